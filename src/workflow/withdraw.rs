//! An entry takes part no longer, or again: its vendor or an editor says so. Nothing of it is deleted.

use serde_json::json;

use super::{EntryInHand, House, chronicle, entry_in_hand, post};
use crate::db::Connection;
use crate::db::ids::EntryId;
use crate::domain::{Act, Actor, NotNow, Phase, Status, reference};
use crate::error::AppError;
use crate::mail::message::{EntryReinstated, EntryWithdrawn};

impl House {
    /// The vendor withdraws an entry. The editors are told if it has ever been with them.
    ///
    /// # Errors
    /// [`AppError::NotNow`] while readers see its profile.
    pub async fn withdraw(&self, actor: &Actor, id: EntryId) -> Result<EntryInHand, AppError> {
        let (house, actor) = (self.clone(), actor.clone());
        self.db
            .write(move |connection| {
                let mut entry = entry_in_hand::of_vendor(connection, &house.editions, &actor, id)?;
                if leave(connection, &house, &actor, &mut entry)? && entry.entry.submitted_at.is_some() {
                    let link = house.address(&format!("/desk/entries/{id}"));
                    let mail = withdrawn(&house, &actor, &entry, true, link);
                    post::send_to_editors(connection, &house, &post::once("withdrawn", &house, &entry), &actor.email, &mail)?;
                }
                Ok(entry)
            })
            .await
    }

    /// An editor withdraws an entry. The company's people are told.
    ///
    /// # Errors
    /// [`AppError::NotNow`] while readers see its profile.
    pub async fn withdraw_at_desk(&self, actor: &Actor, id: EntryId) -> Result<EntryInHand, AppError> {
        let (house, actor) = (self.clone(), actor.clone());
        self.db
            .write(move |connection| {
                let mut entry = entry_in_hand::at_desk(connection, &house.editions, &actor, id)?;
                if leave(connection, &house, &actor, &mut entry)? {
                    let mail = withdrawn(&house, &actor, &entry, false, house.address(&entry.path()));
                    let (key, company) = (post::once("withdrawn", &house, &entry), entry.entry.company_id);
                    post::send_to_members(connection, &house, &key, company, &entry.edition.contact_email, &mail)?;
                }
                Ok(entry)
            })
            .await
    }

    /// The vendor brings a withdrawn entry back: it is a draft again.
    ///
    /// # Errors
    /// [`AppError::NotThere`] unless the actor is a member of its company.
    pub async fn reinstate(&self, actor: &Actor, id: EntryId) -> Result<EntryInHand, AppError> {
        let (house, actor) = (self.clone(), actor.clone());
        self.db
            .write(move |connection| {
                let mut entry = entry_in_hand::of_vendor(connection, &house.editions, &actor, id)?;
                come_back(connection, &house, &actor, &mut entry)?;
                Ok(entry)
            })
            .await
    }

    /// An editor brings a withdrawn entry back. The company's people are told.
    ///
    /// # Errors
    /// [`AppError::NotThere`] unless the actor is an editor and there is such an entry.
    pub async fn reinstate_at_desk(&self, actor: &Actor, id: EntryId) -> Result<EntryInHand, AppError> {
        let (house, actor) = (self.clone(), actor.clone());
        self.db
            .write(move |connection| {
                let mut entry = entry_in_hand::at_desk(connection, &house.editions, &actor, id)?;
                if come_back(connection, &house, &actor, &mut entry)? {
                    let mail = reinstated(&house, &actor, &entry);
                    let (key, company) = (post::once("reinstated", &house, &entry), entry.entry.company_id);
                    post::send_to_members(connection, &house, &key, company, &entry.edition.contact_email, &mail)?;
                }
                Ok(entry)
            })
            .await
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

fn withdrawn(house: &House, actor: &Actor, entry: &EntryInHand, to_editors: bool, link: String) -> EntryWithdrawn {
    EntryWithdrawn {
        frame: post::frame(house, &entry.edition),
        company: entry.entry.company_name.clone(),
        program: entry.program_name().to_owned(),
        by: actor.called().to_owned(),
        reference: reference::shown(&entry.entry.reference),
        to_editors,
        notes: if to_editors { Vec::new() } else { post::open_notes(house, entry) },
        link,
    }
}

fn reinstated(house: &House, editor: &Actor, entry: &EntryInHand) -> EntryReinstated {
    let schedule = &entry.edition.schedule;
    EntryReinstated {
        frame: post::frame(house, &entry.edition),
        company: entry.entry.company_name.clone(),
        program: entry.program_name().to_owned(),
        editor: editor.called().to_owned(),
        deadline: (schedule.phase(house.now()) == Phase::Open).then(|| schedule.deadline_words()),
        link: house.address(&entry.path()),
    }
}
