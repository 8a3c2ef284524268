//! Profiles: what readers see, one row a published version.

use diesel::{
    dsl::{count_star, max},
    prelude::*,
};
use serde_json::Value;

use super::{
    Connection, DbError, Document, Moment, Unread,
    ids::{AccountId, CompanyId, EditionId, EntryId, ProfileId},
    schema::{entries, profiles},
};

/// The frozen, published form of an entry.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = profiles)]
pub struct Profile {
    /// Its id.
    pub id: ProfileId,
    /// The entry.
    pub entry_id: EntryId,
    /// The edition.
    pub edition_id: EditionId,
    /// 1, 2, …
    pub version: i32,
    /// Its part of the address.
    pub slug: String,
    /// What readers see.
    pub document: Document<Value>,
    /// Who published it; nobody when the edition's day had come.
    pub published_by: Option<AccountId>,
    /// From when readers see it.
    pub published_from: Moment,
    /// Until when; none for the current one. An entry has one current profile at most.
    pub published_until: Option<Moment>,
}

/// A profile without its document.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = profiles)]
pub struct Heading {
    /// Its id.
    pub id: ProfileId,
    /// The entry.
    pub entry_id: EntryId,
    /// The company that the entry belongs to.
    #[diesel(select_expression = entries::company_id)]
    pub company_id: CompanyId,
    /// The edition.
    pub edition_id: EditionId,
    /// 1, 2, …
    pub version: i32,
    /// Its part of the address.
    pub slug: String,
    /// From when readers see it.
    pub published_from: Moment,
}

/// Changes whenever a profile is published, replaced or taken down: cheap to ask for again and again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable)]
pub struct Change {
    /// How many there are.
    pub profiles: i64,
    /// When the last one came.
    pub last_from: Option<Moment>,
    /// When the last one went.
    pub last_until: Option<Moment>,
}

/// Publishes: writes a profile. Close the current one first.
pub fn insert(connection: &mut Connection, profile: &Profile) -> Result<(), DbError> {
    diesel::insert_into(profiles::table).values(profile).execute(connection)?;
    Ok(())
}

/// The profile with this id.
pub fn find(connection: &mut Connection, id: ProfileId) -> Result<Option<Profile>, DbError> {
    Ok(profiles::table.find(id).select(Profile::as_select()).get_result(connection).optional()?)
}

/// What readers see of an edition, by slug: everything but the documents.
pub fn current(connection: &mut Connection, edition: EditionId) -> Result<Vec<Heading>, DbError> {
    Ok(profiles::table
        .inner_join(entries::table)
        .filter(profiles::edition_id.eq(edition))
        .filter(profiles::published_until.is_null())
        .order((profiles::slug, profiles::id))
        .select(Heading::as_select())
        .load(connection)?)
}

/// The documents of these profiles, in no order.
pub fn documents(connection: &mut Connection, ids: &[ProfileId]) -> Result<Vec<(ProfileId, Unread)>, DbError> {
    Ok(profiles::table.filter(profiles::id.eq_any(ids)).select((profiles::id, profiles::document)).load(connection)?)
}

/// What readers see of an entry.
pub fn current_of_entry(connection: &mut Connection, entry: EntryId) -> Result<Option<Profile>, DbError> {
    Ok(profiles::table
        .filter(profiles::entry_id.eq(entry))
        .filter(profiles::published_until.is_null())
        .select(Profile::as_select())
        .first(connection)
        .optional()?)
}

/// All versions of an entry's profile, the newest first.
pub fn of_entry(connection: &mut Connection, entry: EntryId) -> Result<Vec<Profile>, DbError> {
    Ok(profiles::table
        .filter(profiles::entry_id.eq(entry))
        .order(profiles::version.desc())
        .select(Profile::as_select())
        .load(connection)?)
}

/// The number of the version that would be published next.
pub fn next_version(connection: &mut Connection, entry: EntryId) -> Result<i32, DbError> {
    let last: Option<i32> =
        profiles::table.filter(profiles::entry_id.eq(entry)).select(max(profiles::version)).first(connection)?;
    Ok(last.unwrap_or(0) + 1)
}

/// Until when readers saw the newest version of an entry's profile; none while they see it, or if there never was one.
pub fn seen_until(connection: &mut Connection, entry: EntryId) -> Result<Option<Moment>, DbError> {
    let newest = profiles::table.filter(profiles::entry_id.eq(entry)).order(profiles::version.desc());
    Ok(newest.select(profiles::published_until).first(connection).optional()?.flatten())
}

/// Takes down what readers see of an entry; `false` if they see nothing.
pub fn close_current(connection: &mut Connection, entry: EntryId, now: Moment) -> Result<bool, DbError> {
    let current = profiles::table.filter(profiles::entry_id.eq(entry)).filter(profiles::published_until.is_null());
    let closed = diesel::update(current).set(profiles::published_until.eq(now)).execute(connection)?;
    Ok(closed == 1)
}

/// What changes whenever readers see something else.
pub fn newest_change(connection: &mut Connection) -> Result<Change, DbError> {
    Ok(profiles::table.select((count_star(), max(profiles::published_from), max(profiles::published_until))).first(connection)?)
}
