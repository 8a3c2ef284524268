//! The database: SQLite or PostgreSQL, behind one pool of connections.
//!
//! [`Db::write`] is a transaction that runs as if nobody else were there, on either database;
//! [`Db::read`] sees one unchanging state. Queries are free functions that take a [`Connection`],
//! one module a group of tables, so that a transaction is made of as many of them as it needs.

mod connection;
mod dialect;
mod error;
mod pool;
mod schema;
mod url;
mod writer;

pub mod accounts;
pub mod answers;
pub mod attempts;
pub mod companies;
pub mod editions;
pub mod entries;
pub mod events;
pub mod ids;
pub mod messages;
pub mod migrations;
pub mod notes;
pub mod profiles;
pub mod signing_in;
pub mod submissions;
pub mod types;

use std::time::Duration;

use tokio::task::spawn_blocking;

pub use self::{
    connection::{Connection, MultiBackend},
    error::DbError,
    types::{Document, Moment, Unread},
    url::{DatabaseUrl, DatabaseUrlError, PostgresUrl},
};
use self::{
    dialect::Purpose,
    error::is_conflict,
    pool::{Connections, Connector, Watched},
    writer::Writer,
};

/// How long to pause before a write is tried again: thirteen times, two seconds in all.
const PAUSES: [Duration; 13] = {
    let mut pauses = [Duration::ZERO; 13];
    let mut number = 0;
    while number < pauses.len() {
        pauses[number] = Duration::from_millis(3 * ((number * number) as u64) + 1);
        number += 1;
    }
    pauses
};

/// How a [`Db`] is opened.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// How many connections it may have at once.
    pub connections: u32,
    /// How long to wait for one before the database counts as unavailable.
    pub patience: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self { connections: 8, patience: Duration::from_secs(3) }
    }
}

/// The database; clones share their connections.
#[derive(Clone)]
pub struct Db {
    connections: Connections,
    /// What SQLite writes with; it lets one write at a time, where PostgreSQL has writers side by side.
    writer: Option<Writer>,
}

impl Db {
    /// Connects, brings the schema up to date, and opens the pool. The error says why it can't.
    pub async fn open(url: &DatabaseUrl, settings: Settings) -> Result<Self, DbError> {
        let url = url.clone();
        off_the_event_loop(move || {
            migrations::run_pending(&url)?;
            let writer = match url {
                DatabaseUrl::Sqlite(_) => Some(Writer::start(Connector(url.clone()))?),
                DatabaseUrl::Postgres(_) => None,
            };
            Ok(Self { connections: Connections::new(&url, settings.connections, settings.patience), writer })
        })
        .await?
    }

    /// Looks at the database: all queries of `look` see the same state. It can't change anything.
    pub async fn read<T, E, F>(&self, look: F) -> Result<T, E>
    where
        F: FnOnce(&mut Connection) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let connections = self.connections.clone();
        off_the_event_loop(move || {
            let mut lent = connections.lend()?;
            transact(&mut lent, Purpose::Read, look).map_err(|failure| failure.error)
        })
        .await?
    }

    /// Changes the database: all that `act` does, or, when it returns an error, nothing of it.
    ///
    /// `act` runs as if no other write ran at the same time. Where the database finds that one was
    /// in the way, `act` runs again from the start, so it must not do anything but ask the database.
    /// What comes back is told only when it is on disk.
    pub async fn write<T, E, F>(&self, mut act: F) -> Result<T, E>
    where
        F: Fn(&mut Connection) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        for pause in PAUSES {
            let (returned, outcome) = self.attempt(act).await?;
            act = returned;
            match outcome {
                Ok(value) => return Ok(value),
                Err(failure) if failure.conflict => tokio::time::sleep(pause).await,
                Err(failure) => return Err(failure.error),
            }
        }
        let (_, outcome) = self.attempt(act).await?;
        outcome.map_err(|failure| failure.error)
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), DbError> {
        self.read(|_| Ok(())).await
    }

    /// Tries a write once, and gives the closure back for another time.
    async fn attempt<T, E, F>(&self, act: F) -> Result<(F, Result<T, Failure<E>>), DbError>
    where
        F: Fn(&mut Connection) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        if let Some(writer) = &self.writer {
            return writer.attempt(act).await;
        }
        let connections = self.connections.clone();
        off_the_event_loop(move || {
            let outcome = match connections.lend() {
                Ok(mut lent) => transact(&mut lent, Purpose::Write, &act),
                Err(error) => Err(Failure { error: error.into(), conflict: false }),
            };
            (act, outcome)
        })
        .await
    }
}

/// Why a transaction came to nothing.
struct Failure<E> {
    error: E,
    /// Another transaction was in the way: it may succeed the next time.
    conflict: bool,
}

impl<E: From<DbError>> From<diesel::result::Error> for Failure<E> {
    fn from(error: diesel::result::Error) -> Self {
        let conflict = is_conflict(&error);
        Self { error: DbError::from(error).into(), conflict }
    }
}

/// Runs one closure in one transaction.
fn transact<T, E: From<DbError>>(
    watched: &mut Watched,
    purpose: Purpose,
    act: impl FnOnce(&mut Connection) -> Result<T, E>,
) -> Result<T, Failure<E>> {
    let Watched { connection, watch } = watched;
    dialect::begin(connection, purpose)?;
    watch.begin();
    let error = match act(connection) {
        Ok(value) => match dialect::commit(connection, watch.saw_failure()) {
            Ok(()) => return Ok(value),
            Err(error) => {
                let failure = Failure::from(error);
                Failure { conflict: failure.conflict || watch.saw_conflict(), ..failure }
            }
        },
        Err(error) => Failure { error, conflict: watch.saw_conflict() },
    };
    // After a failed commit there may be nothing left to roll back, and a lost connection can't;
    // the pool drops a connection whose transaction is still open.
    if let Err(rollback) = dialect::roll_back(connection) {
        tracing::debug!(error = %rollback, "no rollback");
    }
    Err(error)
}

async fn off_the_event_loop<T: Send + 'static>(task: impl FnOnce() -> T + Send + 'static) -> Result<T, DbError> {
    spawn_blocking(task).await.map_err(|error| DbError::Stopped(error.to_string()))
}
