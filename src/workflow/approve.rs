//! An editor is content with an entry, and so with what was noted on it.

use serde_json::json;

use super::entry_in_hand::Seen;
use super::{EntryInHand, House, chronicle, entry_in_hand};
use crate::db::ids::EntryId;
use crate::db::{Connection, notes};
use crate::domain::{Act, Actor, Status};
use crate::error::AppError;

impl House {
    /// Approves a submitted entry. One that is approved already is left as it is.
    ///
    /// # Errors
    /// [`AppError::NotNow`] unless it is submitted; [`AppError::Outdated`] if it is not what was seen.
    pub async fn approve(&self, actor: &Actor, id: EntryId, seen: Seen) -> Result<EntryInHand, AppError> {
        let (house, actor) = (self.clone(), actor.clone());
        self.db
            .write(move |connection| {
                let mut entry = entry_in_hand::as_seen(connection, &house.editions, &actor, id, seen)?;
                if entry.entry.status != Status::Approved {
                    approve(connection, &house, &actor, &mut entry)?;
                }
                Ok(entry)
            })
            .await
    }
}

/// Approves an entry, and settles its notes.
pub(super) fn approve(
    connection: &mut Connection,
    house: &House,
    editor: &Actor,
    entry: &mut EntryInHand,
) -> Result<(), AppError> {
    let details = json!({ "settled": entry.open_notes() });
    chronicle::move_on(connection, house, editor, &mut entry.entry, Act::Approve, details)?;
    settle(connection, house, editor, entry)
}

/// Settles the notes that its vendor sees: nobody waits for an answer any more.
pub(super) fn settle(
    connection: &mut Connection,
    house: &House,
    editor: &Actor,
    entry: &mut EntryInHand,
) -> Result<(), AppError> {
    let now = house.now();
    for thread in entry.threads.iter_mut().filter(|thread| thread.is_open() && !thread.internal) {
        notes::resolve(connection, thread.id, editor.account, now.into())?;
        thread.resolved_at = Some(now);
    }
    Ok(())
}
