//! Reading what happened, to one entry or to a whole edition.

use serde_json::Value;

use super::{EntryInHand, House, entry_in_hand};
use crate::db::events::{self, Event, Line};
use crate::db::ids::{EditionId, EntryId};
use crate::domain::{Access, Actor, Place, decide};
use crate::error::AppError;

/// Events with how who did it is called; nobody when Almanac itself did.
pub type History = Vec<(Event, Option<String>)>;

/// The most lines of an edition's history on its page.
const NEWEST: i64 = 200;

impl House {
    /// An entry with all that happened to it, the oldest first.
    ///
    /// # Errors
    /// [`AppError::NotThere`] unless the actor is an editor and there is such an entry.
    pub async fn history_at_desk(&self, actor: &Actor, id: EntryId) -> Result<(EntryInHand, History), AppError> {
        let (editions, actor) = (self.editions.clone(), actor.clone());
        self.db
            .read(move |connection| {
                let entry = entry_in_hand::at_desk(connection, &editions, &actor, id)?;
                Ok((entry, events::of_entry(connection, id)?))
            })
            .await
    }

    /// An entry with what its vendor may know of what happened to it, the oldest first.
    ///
    /// # Errors
    /// [`AppError::NotThere`] unless the actor is a member of its company.
    pub async fn history_of_vendor(&self, actor: &Actor, id: EntryId) -> Result<(EntryInHand, History), AppError> {
        let (editions, actor) = (self.editions.clone(), actor.clone());
        self.db
            .read(move |connection| {
                let entry = entry_in_hand::of_vendor(connection, &editions, &actor, id)?;
                let mut history = events::of_entry(connection, id)?;
                history.retain(|(event, _)| !is_internal(event));
                Ok((entry, history))
            })
            .await
    }

    /// What happened last to an edition's entries, the newest first.
    ///
    /// # Errors
    /// [`AppError::NotThere`] unless the actor is an editor.
    pub async fn history_of_edition(&self, actor: &Actor, edition: EditionId) -> Result<Vec<Line>, AppError> {
        if decide(Some(actor), Place::Desk) != Access::Granted {
            return Err(AppError::NotThere);
        }
        self.db.read(move |connection| events::newest_of_edition(connection, edition, NEWEST).map_err(AppError::from)).await
    }
}

/// Whether an event is for editors only: it tells of a note that is.
pub fn is_internal(event: &Event) -> bool {
    event.details.0.get("internal").is_some_and(|internal| internal == &Value::Bool(true))
}
