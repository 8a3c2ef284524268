//! A vendor takes an entry back: from the editors while nobody has decided, or to go on after publication.

use serde_json::json;

use super::{EntryInHand, House, chronicle, entry_in_hand};
use crate::db::ids::EntryId;
use crate::domain::{Act, Actor};
use crate::error::AppError;

impl House {
    /// Takes a submitted entry back.
    ///
    /// # Errors
    /// [`AppError::NotNow`] once the editors have decided.
    pub async fn recall(&self, actor: &Actor, id: EntryId) -> Result<EntryInHand, AppError> {
        self.vendor_act(actor, id, Act::Recall).await
    }

    /// Goes on with a published entry. The profile stays as it is until the revision is published.
    ///
    /// # Errors
    /// [`AppError::NotNow`] while it is not published.
    pub async fn revise(&self, actor: &Actor, id: EntryId) -> Result<EntryInHand, AppError> {
        self.vendor_act(actor, id, Act::Revise).await
    }

    async fn vendor_act(&self, actor: &Actor, id: EntryId, act: Act) -> Result<EntryInHand, AppError> {
        let (house, actor) = (self.clone(), actor.clone());
        self.db
            .write(move |connection| {
                let mut entry = entry_in_hand::of_vendor(connection, &house.editions, &actor, id)?;
                chronicle::move_on(connection, &house, &actor, &mut entry.entry, act, json!({}))?;
                Ok(entry)
            })
            .await
    }
}
