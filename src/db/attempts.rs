//! Attempts: what is counted so that nobody tries too often. Only hashes are stored, and those not for long.

use diesel::prelude::*;

use super::{Connection, DbError, Moment, ids::AttemptId, schema::attempts};

/// An attempt, counted against a limit.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = attempts)]
pub struct Attempt {
    /// Its id.
    pub id: AttemptId,
    /// What was tried.
    pub kind: String,
    /// The hash of what it was about: an e-mail address, an entry.
    pub subject_hash: String,
    /// The hash of where it came from.
    pub sender_hash: String,
    /// When.
    pub at: Moment,
}

/// Writes an attempt.
pub fn insert(connection: &mut Connection, attempt: &Attempt) -> Result<(), DbError> {
    diesel::insert_into(attempts::table).values(attempt).execute(connection)?;
    Ok(())
}

/// The number of attempts of a kind about this since `since`.
pub fn about(connection: &mut Connection, kind: &str, subject_hash: &str, since: Moment) -> Result<i64, DbError> {
    Ok(attempts::table
        .filter(attempts::subject_hash.eq(subject_hash))
        .filter(attempts::kind.eq(kind))
        .filter(attempts::at.ge(since))
        .count()
        .get_result(connection)?)
}

/// The number of attempts of a kind from a sender since `since`.
pub fn from_sender(connection: &mut Connection, kind: &str, sender_hash: &str, since: Moment) -> Result<i64, DbError> {
    Ok(attempts::table
        .filter(attempts::sender_hash.eq(sender_hash))
        .filter(attempts::kind.eq(kind))
        .filter(attempts::at.ge(since))
        .count()
        .get_result(connection)?)
}

/// Forgets the attempts before `moment`; how many.
pub fn delete_before(connection: &mut Connection, moment: Moment) -> Result<usize, DbError> {
    Ok(diesel::delete(attempts::table.filter(attempts::at.lt(moment))).execute(connection)?)
}
