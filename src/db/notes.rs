//! Notes: what editors and vendors write to each other about an entry.

use diesel::{dsl::count_star, prelude::*};

use super::{
    Connection, DbError, Moment,
    accounts::Account,
    ids::{AccountId, EditionId, EntryId, NoteId},
    schema::{accounts, entries, notes},
};

/// A note about a question or a whole entry.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = notes)]
pub struct Note {
    /// Its id.
    pub id: NoteId,
    /// The entry.
    pub entry_id: EntryId,
    /// The question's key; none for a note about the whole entry.
    pub question: Option<String>,
    /// The note that began the thread; none for that note itself.
    pub thread_id: Option<NoteId>,
    /// Who wrote it.
    pub account_id: AccountId,
    /// What they wrote.
    pub body: String,
    /// Whether it is for editors only.
    pub internal: bool,
    /// When it was resolved; none while it is open.
    pub resolved_at: Option<Moment>,
    /// Who resolved it.
    pub resolved_by: Option<AccountId>,
    /// When it was written.
    pub created_at: Moment,
}

/// Writes a note.
pub fn insert(connection: &mut Connection, note: &Note) -> Result<(), DbError> {
    diesel::insert_into(notes::table).values(note).execute(connection)?;
    Ok(())
}

/// The note with this id.
pub fn find(connection: &mut Connection, id: NoteId) -> Result<Option<Note>, DbError> {
    Ok(notes::table.find(id).select(Note::as_select()).get_result(connection).optional()?)
}

/// The notes about an entry with how their authors are called, internal ones too, the oldest first.
pub fn of_entry(connection: &mut Connection, entry: EntryId) -> Result<Vec<(Note, String)>, DbError> {
    let rows: Vec<(Note, Account)> = notes::table
        .inner_join(accounts::table.on(accounts::id.eq(notes::account_id)))
        .filter(notes::entry_id.eq(entry))
        .order((notes::created_at, notes::id))
        .select((Note::as_select(), Account::as_select()))
        .load(connection)?;
    Ok(rows.into_iter().map(|(note, author)| (note, author.called().to_owned())).collect())
}

/// The number of threads about an entry that are open and that the vendor sees.
pub fn open_count(connection: &mut Connection, entry: EntryId) -> Result<i64, DbError> {
    Ok(notes::table
        .filter(notes::entry_id.eq(entry))
        .filter(notes::thread_id.is_null())
        .filter(notes::resolved_at.is_null())
        .filter(notes::internal.eq(false))
        .count()
        .get_result(connection)?)
}

/// The same for all entries of an edition that have any.
pub fn open_counts(connection: &mut Connection, edition: EditionId) -> Result<Vec<(EntryId, i64)>, DbError> {
    Ok(notes::table
        .inner_join(entries::table)
        .filter(entries::edition_id.eq(edition))
        .filter(notes::thread_id.is_null())
        .filter(notes::resolved_at.is_null())
        .filter(notes::internal.eq(false))
        .group_by(notes::entry_id)
        .select((notes::entry_id, count_star()))
        .load(connection)?)
}

/// Resolves an open note; `false` if it is resolved already, or not there.
pub fn resolve(connection: &mut Connection, id: NoteId, account: AccountId, now: Moment) -> Result<bool, DbError> {
    let changed = diesel::update(notes::table.find(id).filter(notes::resolved_at.is_null()))
        .set((notes::resolved_at.eq(now), notes::resolved_by.eq(account)))
        .execute(connection)?;
    Ok(changed == 1)
}

/// Opens a resolved note again; `false` if it is open, or not there.
pub fn reopen(connection: &mut Connection, id: NoteId) -> Result<bool, DbError> {
    let changed = diesel::update(notes::table.find(id).filter(notes::resolved_at.is_not_null()))
        .set((notes::resolved_at.eq(None::<Moment>), notes::resolved_by.eq(None::<AccountId>)))
        .execute(connection)?;
    Ok(changed == 1)
}
