//! Events: what happened, line by line.

use diesel::prelude::*;
use serde_json::Value;

use super::{
    Connection, DbError, Document, Moment,
    entries::Entry,
    ids::{AccountId, EditionId, EntryId, EventId},
    schema::{accounts, entries, events},
};

/// One line of a history.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = events)]
pub struct Event {
    /// Its id.
    pub id: EventId,
    /// The entry it happened to, if any.
    pub entry_id: Option<EntryId>,
    /// Who did it; nobody when Almanac itself did.
    pub account_id: Option<AccountId>,
    /// What was done.
    pub act: String,
    /// What there is to know about it.
    pub details: Document<Value>,
    /// When.
    pub at: Moment,
}

/// One line of the history of everything.
#[derive(Debug, Clone, PartialEq, Queryable)]
pub struct Line {
    /// What happened.
    pub event: Event,
    /// To which entry.
    pub entry: Option<Entry>,
    /// The name of who did it.
    pub author: Option<String>,
}

/// Writes an event.
pub fn insert(connection: &mut Connection, event: &Event) -> Result<(), DbError> {
    diesel::insert_into(events::table).values(event).execute(connection)?;
    Ok(())
}

/// The event with this id.
pub fn find(connection: &mut Connection, id: EventId) -> Result<Option<Event>, DbError> {
    Ok(events::table.find(id).select(Event::as_select()).first(connection).optional()?)
}

/// The history of an entry with the names of who did it, the oldest first.
pub fn of_entry(connection: &mut Connection, entry: EntryId) -> Result<Vec<(Event, Option<String>)>, DbError> {
    Ok(events::table
        .left_join(accounts::table)
        .filter(events::entry_id.eq(entry))
        .order((events::at, events::id))
        .select((Event::as_select(), accounts::name.nullable()))
        .load(connection)?)
}

/// What happened last to the entries of an edition, the newest first.
pub fn newest_of_edition(connection: &mut Connection, edition: EditionId, limit: i64) -> Result<Vec<Line>, DbError> {
    Ok(events::table
        .left_join(entries::table)
        .left_join(accounts::table)
        .filter(entries::edition_id.eq(edition))
        .order((events::at.desc(), events::id.desc()))
        .limit(limit)
        .select((Event::as_select(), Option::<Entry>::as_select(), accounts::name.nullable()))
        .load(connection)?)
}

/// What happened last at all, the newest first.
pub fn newest(connection: &mut Connection, limit: i64, offset: i64) -> Result<Vec<Line>, DbError> {
    Ok(events::table
        .left_join(entries::table)
        .left_join(accounts::table)
        .order((events::at.desc(), events::id.desc()))
        .limit(limit)
        .offset(offset)
        .select((Event::as_select(), Option::<Entry>::as_select(), accounts::name.nullable()))
        .load(connection)?)
}
