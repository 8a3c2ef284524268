//! An entry takes part no longer, or again: its vendor or an editor says so. Nothing of it is deleted.

use serde_json::json;

use super::submit::{is_due, may_submit};
use super::{EntryInHand, House, chronicle, entry_in_hand, post};
use crate::db::Connection;
use crate::db::ids::EntryId;
use crate::domain::{Act, Actor, NotNow, Status, reference};
use crate::error::AppError;
use crate::mail::message::{EntryReinstated, EntryWithdrawn};
use crate::questionnaire::direction::isolated;

/// On whose side of the guide somebody acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The vendor's.
    Vendor,
    /// The editors'.
    Desk,
}

impl House {
    /// Withdraws an entry; one that is withdrawn already stays so. Each side tells the other, the vendor's only of an entry
    /// that has ever been with the editors.
    ///
    /// # Errors
    /// [`AppError::NotNow`] while readers see its profile; [`AppError::NotThere`] if it is not on the actor's side.
    pub async fn withdraw(&self, actor: &Actor, side: Side, id: EntryId) -> Result<EntryInHand, AppError> {
        let (house, actor) = (self.clone(), actor.clone());
        self.db
            .write(move |connection| {
                let mut entry = side.entry(connection, &house, &actor, id)?;
                if leave(connection, &house, &actor, &mut entry)? {
                    tell_of_withdrawal(connection, &house, &actor, side, &entry)?;
                }
                Ok(entry)
            })
            .await
    }

    /// Brings a withdrawn entry back: it is a draft again. One that takes part is left as it is. The company's people are
    /// told of what an editor did.
    ///
    /// # Errors
    /// [`AppError::NotThere`] if it is not on the actor's side.
    pub async fn reinstate(&self, actor: &Actor, side: Side, id: EntryId) -> Result<EntryInHand, AppError> {
        let (house, actor) = (self.clone(), actor.clone());
        self.db
            .write(move |connection| {
                let mut entry = side.entry(connection, &house, &actor, id)?;
                if come_back(connection, &house, &actor, &mut entry)? && side == Side::Desk {
                    tell_of_return(connection, &house, &actor, &entry)?;
                }
                Ok(entry)
            })
            .await
    }
}

impl Side {
    fn entry(self, connection: &mut Connection, house: &House, actor: &Actor, id: EntryId) -> Result<EntryInHand, AppError> {
        match self {
            Self::Vendor => entry_in_hand::of_vendor(connection, &house.editions, actor, id),
            Self::Desk => entry_in_hand::at_desk(connection, &house.editions, actor, id),
        }
    }
}

/// Withdraws an entry; `false` if it was withdrawn already.
fn leave(connection: &mut Connection, house: &House, actor: &Actor, entry: &mut EntryInHand) -> Result<bool, AppError> {
    if entry.entry.status == Status::Withdrawn {
        return Ok(false);
    }
    if entry.profile.is_some() {
        return Err(NotNow { act: Act::Withdraw, status: Status::Published }.into());
    }
    chronicle::move_on(connection, house, actor, &mut entry.entry, Act::Withdraw, json!({}))?;
    Ok(true)
}

/// Brings an entry back; `false` if it takes part.
fn come_back(connection: &mut Connection, house: &House, actor: &Actor, entry: &mut EntryInHand) -> Result<bool, AppError> {
    if entry.entry.status != Status::Withdrawn {
        return Ok(false);
    }
    chronicle::move_on(connection, house, actor, &mut entry.entry, Act::Reinstate, json!({}))?;
    Ok(true)
}

fn tell_of_withdrawal(
    connection: &mut Connection,
    house: &House,
    actor: &Actor,
    side: Side,
    entry: &EntryInHand,
) -> Result<(), AppError> {
    let (key, review) = (post::once("withdrawn", house, entry), format!("/desk/entries/{}", entry.entry.id));
    match side {
        Side::Vendor if entry.entry.submitted_at.is_none() => Ok(()),
        Side::Vendor => {
            let mail = EntryWithdrawn { to_editors: true, ..withdrawn(house, actor, entry, &review) };
            post::send_to_editors(connection, house, &key, &actor.email, &mail)
        }
        Side::Desk => {
            let mail = EntryWithdrawn { notes: post::open_notes(house, entry), ..withdrawn(house, actor, entry, &entry.path()) };
            post::send_to_members(connection, house, &key, entry.entry.company_id, &entry.edition.contact_email, &mail)
        }
    }
}

fn withdrawn(house: &House, actor: &Actor, entry: &EntryInHand, path: &str) -> EntryWithdrawn {
    EntryWithdrawn {
        frame: post::frame(house, &entry.edition),
        company: entry.company_apart(),
        program: entry.program_apart(),
        by: isolated(actor.called()).into_owned(),
        reference: reference::shown(&entry.entry.reference),
        to_editors: false,
        notes: Vec::new(),
        link: house.address(path),
    }
}

fn tell_of_return(connection: &mut Connection, house: &House, editor: &Actor, entry: &EntryInHand) -> Result<(), AppError> {
    let schedule = &entry.edition.schedule;
    let mail = EntryReinstated {
        frame: post::frame(house, &entry.edition),
        company: entry.company_apart(),
        program: entry.program_apart(),
        editor: isolated(editor.called()).into_owned(),
        may_submit: may_submit(entry, house),
        deadline: is_due(entry, house).then(|| schedule.deadline_words()),
        link: house.address(&entry.path()),
    };
    let key = post::once("reinstated", house, entry);
    post::send_to_members(connection, house, &key, entry.entry.company_id, &entry.edition.contact_email, &mail)
}
