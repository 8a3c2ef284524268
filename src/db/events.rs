//! Events: what happened, line by line.

use diesel::{
    prelude::*,
    sql_types::{Nullable, Text},
};
use serde_json::Value;

use super::{
    Connection, DbError, Document, Moment,
    accounts::Account,
    dialect::{on_each, written_by_hand},
    entries::Entry,
    ids::{AccountId, EditionId, EntryId, EventId},
    schema::{accounts, entries, events},
    types::sql::{self, Guid, Json},
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
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// What happened.
    pub event: Event,
    /// To which entry.
    pub entry: Option<Entry>,
    /// How who did it is called.
    pub author: Option<String>,
}

/// Writes an event.
pub fn insert(connection: &mut Connection, event: &Event) -> Result<(), DbError> {
    on_each!(connection, |inner| Insert(event).execute(inner))?;
    Ok(())
}

struct Insert<'a>(&'a Event);

written_by_hand!(Insert<'_>, |self, out| {
    out.push_sql("INSERT INTO events (id, entry_id, account_id, act, details, at) VALUES (");
    out.push_bind_param::<Guid, _>(&self.0.id)?;
    out.push_sql(", ");
    out.push_bind_param::<Nullable<Guid>, _>(&self.0.entry_id)?;
    out.push_sql(", ");
    out.push_bind_param::<Nullable<Guid>, _>(&self.0.account_id)?;
    out.push_sql(", ");
    out.push_bind_param::<Text, _>(&self.0.act)?;
    out.push_sql(", ");
    out.push_bind_param::<Json, _>(&self.0.details)?;
    out.push_sql(", ");
    out.push_bind_param::<sql::Moment, _>(&self.0.at)?;
    out.push_sql(")");
});

/// The event with this id.
pub fn find(connection: &mut Connection, id: EventId) -> Result<Option<Event>, DbError> {
    Ok(events::table.find(id).select(Event::as_select()).get_result(connection).optional()?)
}

/// What was read of a line.
type Row = (Event, Option<Entry>, Option<Account>);

impl From<Row> for Line {
    fn from((event, entry, author): Row) -> Self {
        Self { event, entry, author: author.map(|author| author.called().to_owned()) }
    }
}

/// The history of an entry with how who did it is called, the oldest first.
pub fn of_entry(connection: &mut Connection, entry: EntryId) -> Result<Vec<(Event, Option<String>)>, DbError> {
    let rows: Vec<(Event, Option<Account>)> = events::table
        .left_join(accounts::table)
        .filter(events::entry_id.eq(entry))
        .order((events::at, events::id))
        .select((Event::as_select(), Option::<Account>::as_select()))
        .load(connection)?;
    Ok(rows.into_iter().map(|(event, author)| (event, author.map(|author| author.called().to_owned()))).collect())
}

/// What happened last to the entries of an edition, or to none at all, the newest first.
pub fn newest_of_edition(connection: &mut Connection, edition: EditionId, limit: i64, offset: i64) -> Result<Vec<Line>, DbError> {
    let rows: Vec<Row> = events::table
        .left_join(entries::table)
        .left_join(accounts::table)
        .filter(entries::edition_id.eq(edition).or(events::entry_id.is_null()))
        .order((events::at.desc(), events::id.desc()))
        .limit(limit)
        .offset(offset)
        .select((Event::as_select(), Option::<Entry>::as_select(), Option::<Account>::as_select()))
        .load(connection)?;
    Ok(rows.into_iter().map(Line::from).collect())
}

/// Every time that an entry of an edition did this, with what there is to know about it, the oldest first.
pub fn of_act(connection: &mut Connection, edition: EditionId, act: &str) -> Result<Vec<Event>, DbError> {
    Ok(events::table
        .inner_join(entries::table)
        .filter(entries::edition_id.eq(edition))
        .filter(events::act.eq(act))
        .order((events::at, events::id))
        .select(Event::as_select())
        .load(connection)?)
}

/// What happened last at all, the newest first.
pub fn newest(connection: &mut Connection, limit: i64, offset: i64) -> Result<Vec<Line>, DbError> {
    let rows: Vec<Row> = events::table
        .left_join(entries::table)
        .left_join(accounts::table)
        .order((events::at.desc(), events::id.desc()))
        .limit(limit)
        .offset(offset)
        .select((Event::as_select(), Option::<Entry>::as_select(), Option::<Account>::as_select()))
        .load(connection)?;
    Ok(rows.into_iter().map(Line::from).collect())
}
