//! Reading what happened, to one entry or to a whole edition.

use serde_json::Value;

use super::{EntryInHand, House, entry_in_hand};
use crate::db::events::{self, Event, Line};
use crate::db::ids::{EditionId, EntryId};
use crate::domain::{Access, Actor, Place, decide};
use crate::error::AppError;

/// Events with how who did it is called; nobody when Almanac itself did.
pub type History = Vec<(Event, Option<String>)>;

/// The lines of an edition's history on one of its pages.
pub const LINES: usize = 200;

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

    /// What happened to an edition's entries, and what editors did that is about none, the newest first: the lines of a page,
    /// with one more where another follows.
    ///
    /// # Errors
    /// [`AppError::NotThere`] unless the actor is an editor.
    pub async fn history_of_edition(&self, actor: &Actor, edition: EditionId, page: usize) -> Result<Vec<Line>, AppError> {
        if decide(Some(actor), Place::Desk) != Access::Granted {
            return Err(AppError::NotThere);
        }
        let (limit, offset) = part(LINES, page);
        self.db
            .read(move |connection| events::newest_of_edition(connection, edition, limit, offset).map_err(AppError::from))
            .await
    }
}

/// Where a page of so many rows lies, counted from 1: how many rows are asked for, one more than it has, and how many are passed.
pub(super) fn part(rows: usize, page: usize) -> (i64, i64) {
    let passed = page.saturating_sub(1).saturating_mul(rows);
    (i64::try_from(rows + 1).unwrap_or(i64::MAX), i64::try_from(passed).unwrap_or(i64::MAX))
}

/// Whether an event is for editors only, as the note or the mail is that it tells of.
pub fn is_internal(event: &Event) -> bool {
    event.details.0.get("internal").is_some_and(|internal| internal == &Value::Bool(true))
}
