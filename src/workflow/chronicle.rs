//! Writing an entry's history, and moving it from one status to another.

use serde_json::Value;

use super::House;
use crate::db::ids::EntryId;
use crate::db::{Connection, Document, entries, events};
use crate::domain::{Act, Actor, NotNow, Status};
use crate::error::AppError;

/// Writes one line of the history: of an entry, or of the house where it is about none.
pub(super) fn record(
    connection: &mut Connection,
    house: &House,
    actor: Option<&Actor>,
    entry: impl Into<Option<EntryId>>,
    act: &str,
    details: Value,
) -> Result<(), AppError> {
    let event = events::Event {
        id: house.id(),
        entry_id: entry.into(),
        account_id: actor.map(|actor| actor.account),
        act: act.to_owned(),
        details: Document(details),
        at: house.now().into(),
    };
    Ok(events::insert(connection, &event)?)
}

/// Moves an entry on by an act and writes that into its history.
pub(super) fn move_on(
    connection: &mut Connection,
    house: &House,
    actor: &Actor,
    entry: &mut entries::Entry,
    act: Act,
    details: Value,
) -> Result<(), AppError> {
    move_on_by(connection, house, Some(actor), entry, act, details)
}

/// The same where it is nobody's act.
///
/// The status must still be what was read: if somebody else was quicker, it is read anew, and the act most likely
/// does not fit any more.
pub(super) fn move_on_by(
    connection: &mut Connection,
    house: &House,
    actor: Option<&Actor>,
    entry: &mut entries::Entry,
    act: Act,
    details: Value,
) -> Result<(), AppError> {
    let to = entry.status.after(act)?;
    if !entries::change_status(connection, entry.id, entry.status, to, house.now().into())? {
        let status = entries::find(connection, entry.id)?.map_or(Status::Withdrawn, |entry| entry.status);
        return Err(NotNow { act, status }.into());
    }
    entry.status = to;
    record(connection, house, actor, entry.id, act.as_str(), details)
}
