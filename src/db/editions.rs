//! Editions: one year of the guide each.

use diesel::prelude::*;
use serde_json::Value;

use super::{Connection, DbError, Document, Moment, ids::EditionId, schema::editions};

/// One year of the guide.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = editions)]
pub struct Edition {
    /// Its id.
    pub id: EditionId,
    /// `2017`; unique.
    pub year: i32,
    /// What the guide is called that year.
    pub name: String,
    /// IANA name of the time zone its dates are meant in.
    pub time_zone: String,
    /// From when vendors can fill in the questionnaire.
    pub opens_at: Moment,
    /// Until when they can submit.
    pub deadline_at: Moment,
    /// When approved entries are published.
    pub publishes_at: Moment,
    /// Whom vendors may ask.
    pub contact_name: String,
    /// Where to write to.
    pub contact_email: String,
    /// The questionnaire's definition.
    pub questionnaire: Document<Value>,
    /// When it was made.
    pub created_at: Moment,
}

/// Writes a new edition.
pub fn insert(connection: &mut Connection, edition: &Edition) -> Result<(), DbError> {
    diesel::insert_into(editions::table).values(edition).execute(connection)?;
    Ok(())
}

/// The edition with this id.
pub fn find(connection: &mut Connection, id: EditionId) -> Result<Option<Edition>, DbError> {
    Ok(editions::table.find(id).select(Edition::as_select()).get_result(connection).optional()?)
}

/// The edition of a year.
pub fn by_year(connection: &mut Connection, year: i32) -> Result<Option<Edition>, DbError> {
    let of_year = editions::table.filter(editions::year.eq(year));
    Ok(of_year.select(Edition::as_select()).get_result(connection).optional()?)
}

/// All editions, the newest first.
pub fn all(connection: &mut Connection) -> Result<Vec<Edition>, DbError> {
    let newest_first = editions::table.order(editions::year.desc());
    Ok(newest_first.select(Edition::as_select()).load(connection)?)
}

/// The newest edition that vendors can work on: it has opened, and its deadline is to come.
pub fn newest_open(connection: &mut Connection, now: Moment) -> Result<Option<Edition>, DbError> {
    Ok(editions::table
        .filter(editions::opens_at.le(now))
        .filter(editions::deadline_at.gt(now))
        .order(editions::year.desc())
        .select(Edition::as_select())
        .first(connection)
        .optional()?)
}

/// The newest edition whose publication day has come.
pub fn newest_published(connection: &mut Connection, now: Moment) -> Result<Option<Edition>, DbError> {
    Ok(editions::table
        .filter(editions::publishes_at.le(now))
        .order(editions::year.desc())
        .select(Edition::as_select())
        .first(connection)
        .optional()?)
}

/// Moves an edition's dates; `false` if there is no such edition.
pub fn update_dates(
    connection: &mut Connection,
    id: EditionId,
    opens_at: Moment,
    deadline_at: Moment,
    publishes_at: Moment,
) -> Result<bool, DbError> {
    let changed = diesel::update(editions::table.find(id))
        .set((editions::opens_at.eq(opens_at), editions::deadline_at.eq(deadline_at), editions::publishes_at.eq(publishes_at)))
        .execute(connection)?;
    Ok(changed == 1)
}

/// Replaces an edition's questionnaire; `false` if there is no such edition.
pub fn update_questionnaire(connection: &mut Connection, id: EditionId, questionnaire: Document<Value>) -> Result<bool, DbError> {
    let changed = diesel::update(editions::table.find(id)).set(editions::questionnaire.eq(questionnaire)).execute(connection)?;
    Ok(changed == 1)
}

/// Puts a row in place of the one with its id; `false` if there is none.
pub fn update(connection: &mut Connection, edition: &Edition) -> Result<bool, DbError> {
    let changed = diesel::update(editions::table.find(edition.id)).set(edition).execute(connection)?;
    Ok(changed == 1)
}
