//! One connection to either database.

use std::thread::sleep;
use std::time::{Duration, Instant};

use diesel::{Connection as _, PgConnection, SqliteConnection, connection::SimpleConnection};

pub use self::either::{AnyConnection as Connection, MultiBackend, MultiRawValue};
use super::{DatabaseUrl, DbError, error::is_conflict};

/// How long SQLite waits for another writer, and PostgreSQL for a lock.
pub(super) const LOCK_WAIT: Duration = Duration::from_secs(5);

/// What the derive writes has no documentation, and takes `Connection` to be Diesel's trait: so the
/// enum has another name in here.
#[allow(missing_docs)]
mod either {
    use diesel::{PgConnection, SqliteConnection};

    /// A connection to whichever database the installation uses.
    #[derive(diesel::MultiConnection)]
    pub enum AnyConnection {
        /// To a PostgreSQL server.
        Postgres(PgConnection),
        /// To a SQLite file.
        Sqlite(SqliteConnection),
    }
}

/// Connects for everyday work, by the URL's scheme: the derived `establish` would try one database
/// after the other and hide why it failed.
pub(super) fn connect(url: &DatabaseUrl) -> Result<Connection, DbError> {
    let mut connection = connect_plainly(url)?;
    prepare(&mut connection).map_err(DbError::from)?;
    Ok(connection)
}

/// Connects and leaves the database's own settings as they are.
pub(super) fn connect_plainly(url: &DatabaseUrl) -> Result<Connection, DbError> {
    match url {
        DatabaseUrl::Sqlite(path) => SqliteConnection::establish(&path.to_string_lossy()).map(Connection::Sqlite),
        DatabaseUrl::Postgres(postgres) => PgConnection::establish(&postgres.for_connecting()).map(Connection::Postgres),
    }
    .map_err(|error| {
        // PostgreSQL's own words stand on several lines.
        let said = url.scrub(&error.to_string()).split_whitespace().collect::<Vec<_>>().join(" ");
        DbError::Unavailable(format!("{url}: {said}"))
    })
}

fn prepare(connection: &mut Connection) -> diesel::QueryResult<()> {
    let lock_wait = LOCK_WAIT.as_millis();
    match connection {
        // The waiting time comes first, as the others may have to wait. FULL: a save that was
        // acknowledged outlives a power cut, which WAL alone does not promise.
        Connection::Sqlite(sqlite) => {
            sqlite.batch_execute(&format!("PRAGMA busy_timeout = {lock_wait}"))?;
            keep_a_log(sqlite)?;
            sqlite.batch_execute("PRAGMA synchronous = FULL")?;
            sqlite.batch_execute("PRAGMA foreign_keys = ON")
        }
        // Nothing Almanac asks takes long; what does is stuck, and must not hold others up. What the server warns of,
        // its client would write between the lines of the log; what fails comes as an error.
        Connection::Postgres(postgres) => postgres.batch_execute(&format!(
            "SET client_min_messages = error;
             SET lock_timeout = {lock_wait};
             SET statement_timeout = '20s';
             SET idle_in_transaction_session_timeout = '60s'"
        )),
    }
}

/// Switches a SQLite file to write-ahead logging, for good. The switch does not wait for others who
/// switch at the same moment, whatever the waiting time is.
pub(super) fn keep_a_log(sqlite: &mut SqliteConnection) -> diesel::QueryResult<()> {
    let begun = Instant::now();
    loop {
        match sqlite.batch_execute("PRAGMA journal_mode = WAL") {
            Err(error) if is_conflict(&error) && begun.elapsed() < LOCK_WAIT => sleep(Duration::from_millis(10)),
            outcome => return outcome,
        }
    }
}
