//! Entries: one program's submission to one edition.

use diesel::{
    prelude::*,
    query_builder::Query,
    sql_types::{Integer, Text},
};

use super::{
    Connection, DbError, Moment,
    dialect::{on_each, written_by_hand},
    ids::{AccountId, CompanyId, EditionId, EntryId},
    schema::{editions, entries, members},
    types::{
        sql::{self, Guid},
        stored_as_text,
    },
};
use crate::domain::status::Status;

stored_as_text!(Status);

/// One program's submission to one edition.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = entries)]
pub struct Entry {
    /// Its id.
    pub id: EntryId,
    /// The edition.
    pub edition_id: EditionId,
    /// The company.
    pub company_id: CompanyId,
    /// Eight characters to quote in a mail or on the telephone; unique.
    pub reference: String,
    /// Its part of a public address; unique within the edition.
    pub slug: String,
    /// Where it stands.
    pub status: Status,
    /// Counts the saves.
    pub revision: i32,
    /// The company's name as answered.
    pub company_name: String,
    /// The program's name as answered.
    pub program_name: String,
    /// When it was begun.
    pub created_at: Moment,
    /// When anything about it changed last.
    pub updated_at: Moment,
    /// Since when it stands there.
    pub status_since: Moment,
    /// When it was submitted last.
    pub submitted_at: Option<Moment>,
    /// The newest turn of each form that was sent lately.
    pub newest_turns: String,
}

/// Writes a new entry.
pub fn insert(connection: &mut Connection, entry: &Entry) -> Result<(), DbError> {
    diesel::insert_into(entries::table).values(entry).execute(connection)?;
    Ok(())
}

/// The entry with this id.
pub fn find(connection: &mut Connection, id: EntryId) -> Result<Option<Entry>, DbError> {
    Ok(entries::table.find(id).select(Entry::as_select()).get_result(connection).optional()?)
}

/// The entry with this reference.
pub fn by_reference(connection: &mut Connection, reference: &str) -> Result<Option<Entry>, DbError> {
    let referred = entries::table.filter(entries::reference.eq(reference));
    Ok(referred.select(Entry::as_select()).get_result(connection).optional()?)
}

/// The entry, if `account` is a member of its company.
pub fn find_for_member(connection: &mut Connection, id: EntryId, account: AccountId) -> Result<Option<Entry>, DbError> {
    let of_member = entries::table
        .inner_join(members::table.on(members::company_id.eq(entries::company_id)))
        .filter(entries::id.eq(id))
        .filter(members::account_id.eq(account));
    Ok(on_each!(connection, |inner| of_member.select(Entry::as_select()).get_result(inner)).optional()?)
}

/// The entries of an account's companies with their editions' years, the newest first.
pub fn of_account(connection: &mut Connection, account: AccountId) -> Result<Vec<(Entry, i32)>, DbError> {
    Ok(entries::table
        .inner_join(members::table.on(members::company_id.eq(entries::company_id)))
        .inner_join(editions::table)
        .filter(members::account_id.eq(account))
        .order((editions::year.desc(), entries::created_at.desc(), entries::id))
        .select((Entry::as_select(), editions::year))
        .load(connection)?)
}

/// The entries of a company, the newest first.
pub fn of_company(connection: &mut Connection, company: CompanyId) -> Result<Vec<Entry>, DbError> {
    Ok(entries::table
        .filter(entries::company_id.eq(company))
        .order((entries::created_at.desc(), entries::id))
        .select(Entry::as_select())
        .load(connection)?)
}

/// The entries of an edition, those first that have stood where they stand the longest.
pub fn for_edition(connection: &mut Connection, edition: EditionId) -> Result<Vec<Entry>, DbError> {
    Ok(entries::table
        .filter(entries::edition_id.eq(edition))
        .order((entries::status_since, entries::id))
        .select(Entry::as_select())
        .load(connection)?)
}

/// The entries of an edition that stand at `status`, the longest waiting first.
pub fn at_status(connection: &mut Connection, edition: EditionId, status: Status) -> Result<Vec<Entry>, DbError> {
    Ok(entries::table
        .filter(entries::edition_id.eq(edition))
        .filter(entries::status.eq(status))
        .order((entries::status_since, entries::id))
        .select(Entry::as_select())
        .load(connection)?)
}

/// Moves an entry from one status to another; `false` if it does not stand at `from` (any more). One that stays where it
/// is has stood there since it came.
pub fn change_status(connection: &mut Connection, id: EntryId, from: Status, to: Status, now: Moment) -> Result<bool, DbError> {
    let standing = entries::table.find(id).filter(entries::status.eq(from));
    let since = (from != to).then_some(entries::status_since.eq(now));
    let changed =
        diesel::update(standing).set((entries::status.eq(to), since, entries::updated_at.eq(now))).execute(connection)?;
    Ok(changed == 1)
}

/// Remembers that an entry was submitted now.
pub fn set_submitted(connection: &mut Connection, id: EntryId, now: Moment) -> Result<(), DbError> {
    diesel::update(entries::table.find(id)).set(entries::submitted_at.eq(now)).execute(connection)?;
    Ok(())
}

/// Counts a save, and returns the new revision; `None` if there is no such entry.
pub fn count_save(connection: &mut Connection, save: &Save) -> Result<Option<i32>, DbError> {
    Ok(on_each!(connection, |inner| save.get_result(inner)).optional()?)
}

/// What an entry remembers of a save.
#[derive(Debug, Clone, Copy)]
pub struct Save<'a> {
    /// The entry.
    pub id: EntryId,
    /// The company's name as answered.
    pub company_name: &'a str,
    /// The program's name as answered.
    pub program_name: &'a str,
    /// The newest turn of each form that was sent lately.
    pub newest_turns: &'a str,
    /// When it was saved.
    pub now: Moment,
}

impl Query for Save<'_> {
    type SqlType = Integer;
}

written_by_hand!(Save<'_>, |self, out| {
    out.push_sql("UPDATE entries SET revision = revision + 1, company_name = ");
    out.push_bind_param::<Text, _>(self.company_name)?;
    out.push_sql(", program_name = ");
    out.push_bind_param::<Text, _>(self.program_name)?;
    out.push_sql(", newest_turns = ");
    out.push_bind_param::<Text, _>(self.newest_turns)?;
    out.push_sql(", updated_at = ");
    out.push_bind_param::<sql::Moment, _>(&self.now)?;
    out.push_sql(" WHERE id = ");
    out.push_bind_param::<Guid, _>(&self.id)?;
    out.push_sql(" RETURNING revision");
});

/// Remembers the newest turns of the forms that were sent lately, where nothing was changed.
pub fn set_newest_turns(connection: &mut Connection, id: EntryId, newest_turns: &str) -> Result<(), DbError> {
    diesel::update(entries::table.find(id)).set(entries::newest_turns.eq(newest_turns)).execute(connection)?;
    Ok(())
}

/// Gives an entry another address; `false` if there is no such entry.
pub fn set_slug(connection: &mut Connection, id: EntryId, slug: &str) -> Result<bool, DbError> {
    let changed = diesel::update(entries::table.find(id)).set(entries::slug.eq(slug)).execute(connection)?;
    Ok(changed == 1)
}

/// Whether an entry of the edition has this slug.
pub fn slug_taken(connection: &mut Connection, edition: EditionId, slug: &str) -> Result<bool, DbError> {
    let taken = entries::table.filter(entries::edition_id.eq(edition)).filter(entries::slug.eq(slug));
    Ok(diesel::select(diesel::dsl::exists(taken)).get_result(connection)?)
}

/// Whether an entry has this reference.
pub fn reference_taken(connection: &mut Connection, reference: &str) -> Result<bool, DbError> {
    let taken = entries::table.filter(entries::reference.eq(reference));
    Ok(diesel::select(diesel::dsl::exists(taken)).get_result(connection)?)
}
