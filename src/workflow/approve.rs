//! An editor is content with an entry.

use serde_json::json;

use super::{EntryInHand, House, chronicle, entry_in_hand};
use crate::db::ids::EntryId;
use crate::domain::{Act, Actor, Status};
use crate::error::AppError;

impl House {
    /// Approves a submitted entry. One that is approved already is left as it is.
    ///
    /// # Errors
    /// [`AppError::NotNow`] unless it is submitted; [`AppError::Outdated`] if it is not of the revision that was seen.
    pub async fn approve(&self, actor: &Actor, id: EntryId, seen: i32) -> Result<EntryInHand, AppError> {
        let (house, actor) = (self.clone(), actor.clone());
        self.db
            .write(move |connection| {
                let mut entry = entry_in_hand::as_seen(connection, &house.editions, &actor, id, seen)?;
                if entry.entry.status != Status::Approved {
                    chronicle::move_on(connection, &house, &actor, &mut entry.entry, Act::Approve, json!({}))?;
                }
                Ok(entry)
            })
            .await
    }
}
