//! An editor asks for changes: with at least one open note that says which.

use serde_json::json;

use super::entry_in_hand::Seen;
use super::{EntryInHand, House, chronicle, entry_in_hand, post};
use crate::db::Connection;
use crate::db::ids::EntryId;
use crate::domain::{Act, Actor, Status};
use crate::error::AppError;
use crate::mail::message::ChangesRequested;
use crate::questionnaire::direction::isolated;

impl House {
    /// Sends an entry back to its vendor with all open notes. One that was sent back already is left as it is.
    ///
    /// # Errors
    /// [`AppError::NeedsNote`] without an open note; [`AppError::NotNow`] unless it is submitted or approved;
    /// [`AppError::Outdated`] if it is not what was seen.
    pub async fn request_changes(&self, actor: &Actor, id: EntryId, seen: Seen) -> Result<EntryInHand, AppError> {
        let (house, actor) = (self.clone(), actor.clone());
        self.db.write(move |connection| request_changes(connection, &house, &actor, id, seen)).await
    }
}

fn request_changes(
    connection: &mut Connection,
    house: &House,
    actor: &Actor,
    id: EntryId,
    seen: Seen,
) -> Result<EntryInHand, AppError> {
    let mut entry = entry_in_hand::as_seen(connection, &house.editions, actor, id, seen)?;
    if entry.entry.status == Status::ChangesRequested {
        return Ok(entry);
    }
    let act = if entry.entry.status == Status::Approved { Act::Reopen } else { Act::RequestChanges };
    entry.entry.status.after(act)?;
    if entry.open_notes() == 0 {
        return Err(AppError::NeedsNote);
    }
    let details = json!({ "notes": entry.open_notes() });
    chronicle::move_on(connection, house, actor, &mut entry.entry, act, details)?;
    tell_members(connection, house, actor, &entry)?;
    Ok(entry)
}

fn tell_members(connection: &mut Connection, house: &House, actor: &Actor, entry: &EntryInHand) -> Result<(), AppError> {
    let mail = ChangesRequested {
        frame: post::frame(house, &entry.edition),
        company: entry.company_apart(),
        program: entry.program_apart(),
        editor: isolated(actor.called()).into_owned(),
        notes: post::open_notes(house, entry),
        link: house.address(&entry.path()),
    };
    let key = post::once("changes_requested", house, entry);
    post::send_to_members(connection, house, &key, entry.entry.company_id, &entry.edition.contact_email, &mail)
}
