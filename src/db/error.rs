//! What can go wrong between Almanac and its database.

use diesel::result::{DatabaseErrorKind, Error as DieselError};
use thiserror::Error;

/// Beginnings of what the two databases say when somebody else was in the way and the same
/// transaction may succeed the next time. PostgreSQL's serialization failure has a kind of its own.
const CONFLICTS: [&str; 4] = ["deadlock detected", "database is locked", "database table is locked", "database schema is locked"];

/// Beginnings of what PostgreSQL says when it gave up or goes away.
const GIVING_UP: [&str; 3] = ["canceling statement due to", "terminating connection due to", "the database system is"];

/// What can go wrong between Almanac and its database.
#[derive(Debug, Error)]
pub enum DbError {
    /// The database is down, out of reach or too busy: later it may work again.
    #[error("the database can't be used at the moment: {0}")]
    Unavailable(String),
    /// A query failed, and would fail again.
    #[error("a query failed: {0}")]
    Query(#[source] DieselError),
    /// The schema could not be brought up to date.
    #[error("the database's schema can't be brought up to date: {0}")]
    Migration(String),
    /// A newer version of Almanac has changed the schema: this one does not know what it would write.
    #[error("a newer version of Almanac has changed the database's schema ({0}): run that version, or a backup from before it")]
    Newer(String),
    /// The thread that spoke to the database stopped: a closure panicked, or the process ends.
    #[error("a database task stopped before its end: {0}")]
    Stopped(String),
}

impl DbError {
    /// Whether a row like this is there already (a unique or primary key said so).
    pub fn is_duplicate(&self) -> bool {
        matches!(self, Self::Query(DieselError::DatabaseError(DatabaseErrorKind::UniqueViolation, _)))
    }

    /// Whether a row that is pointed to is missing, or is still pointed to by others.
    pub fn is_missing_reference(&self) -> bool {
        matches!(self, Self::Query(DieselError::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, _)))
    }
}

impl From<DieselError> for DbError {
    fn from(error: DieselError) -> Self {
        if is_conflict(&error) || is_lost_connection(&error) { Self::Unavailable(error.to_string()) } else { Self::Query(error) }
    }
}

/// Whether the same transaction may succeed when tried again at once: another one was in the way.
pub(super) fn is_conflict(error: &DieselError) -> bool {
    match error {
        DieselError::DatabaseError(DatabaseErrorKind::SerializationFailure, _) => true,
        DieselError::DatabaseError(_, information) => starts_with_one_of(information.message(), &CONFLICTS),
        DieselError::RollbackErrorOnCommit { commit_error, .. } => is_conflict(commit_error),
        _ => false,
    }
}

/// Whether the database went away, or gave up waiting.
fn is_lost_connection(error: &DieselError) -> bool {
    match error {
        DieselError::DatabaseError(DatabaseErrorKind::ClosedConnection, _) => true,
        DieselError::DatabaseError(_, information) => starts_with_one_of(information.message(), &GIVING_UP),
        DieselError::RollbackErrorOnCommit { commit_error, .. } => is_lost_connection(commit_error),
        DieselError::BrokenTransactionManager => true,
        _ => false,
    }
}

fn starts_with_one_of(message: &str, beginnings: &[&str]) -> bool {
    beginnings.iter().any(|beginning| message.starts_with(beginning))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(kind: DatabaseErrorKind, message: &str) -> DieselError {
        DieselError::DatabaseError(kind, Box::new(message.to_owned()))
    }

    #[test]
    fn conflicts_are_told_from_faults() {
        assert!(is_conflict(&said(DatabaseErrorKind::SerializationFailure, "could not serialize access")));
        assert!(is_conflict(&said(DatabaseErrorKind::Unknown, "deadlock detected")));
        assert!(is_conflict(&said(DatabaseErrorKind::Unknown, "database is locked")));
        assert!(!is_conflict(&said(DatabaseErrorKind::UniqueViolation, "UNIQUE constraint failed")));
        assert!(!is_conflict(&DieselError::NotFound));
    }

    #[test]
    fn a_database_that_went_away_is_unavailable() {
        for error in [
            said(DatabaseErrorKind::ClosedConnection, "server closed the connection unexpectedly"),
            said(DatabaseErrorKind::Unknown, "canceling statement due to statement timeout"),
            DieselError::BrokenTransactionManager,
        ] {
            assert!(matches!(DbError::from(error), DbError::Unavailable(_)));
        }
        assert!(matches!(DbError::from(DieselError::NotFound), DbError::Query(_)));
    }
}
