//! Connections kept open and lent out, each with a watch on what the database said through it.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use diesel::{
    Connection as _,
    connection::{Instrumentation, InstrumentationEvent},
    r2d2::{HandleError, ManageConnection, Pool, PooledConnection, R2D2Connection},
};

use super::{Connection, DatabaseUrl, DbError, connection::connect, error::is_conflict};

/// A connection and what went wrong on it.
pub(super) struct Watched {
    /// To ask.
    pub(super) connection: Connection,
    /// What went wrong since the last [`Watch::begin`].
    pub(super) watch: Watch,
}

/// Remembers failures of a transaction's queries. A closure wraps a database error in an error of
/// its own, or drops it; whether to try again, or whether PostgreSQL has given the transaction up,
/// must be known all the same.
#[derive(Clone, Default)]
pub(super) struct Watch {
    failed: Arc<AtomicBool>,
    conflict: Arc<AtomicBool>,
}

impl Watch {
    /// Forgets what was.
    pub(super) fn begin(&self) {
        self.failed.store(false, Ordering::Relaxed);
        self.conflict.store(false, Ordering::Relaxed);
    }

    /// Whether any query failed.
    pub(super) fn saw_failure(&self) -> bool {
        self.failed.load(Ordering::Relaxed)
    }

    /// Whether a query failed because another transaction was in the way.
    pub(super) fn saw_conflict(&self) -> bool {
        self.conflict.load(Ordering::Relaxed)
    }
}

impl Instrumentation for Watch {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        if let InstrumentationEvent::FinishQuery { error: Some(error), .. } = event {
            self.failed.store(true, Ordering::Relaxed);
            if is_conflict(error) {
                self.conflict.store(true, Ordering::Relaxed);
            }
        }
    }
}

/// Opens connections.
#[derive(Debug)]
pub(super) struct Connector(pub(super) DatabaseUrl);

impl Connector {
    /// Opens one.
    pub(super) fn open(&self) -> Result<Watched, DbError> {
        let mut connection = connect(&self.0)?;
        let watch = Watch::default();
        connection.set_instrumentation(watch.clone());
        Ok(Watched { connection, watch })
    }
}

impl ManageConnection for Connector {
    type Connection = Watched;
    type Error = DbError;

    fn connect(&self) -> Result<Watched, DbError> {
        self.open()
    }

    fn is_valid(&self, watched: &mut Watched) -> Result<(), DbError> {
        Ok(watched.connection.ping()?)
    }

    fn has_broken(&self, watched: &mut Watched) -> bool {
        std::thread::panicking() || watched.connection.is_broken()
    }
}

/// Tells the log why the pool can't connect; callers are told after their wait.
#[derive(Debug)]
struct Logged;

impl HandleError<DbError> for Logged {
    fn handle_error(&self, error: DbError) {
        tracing::warn!(%error, "no new database connection");
    }
}

/// Connections that are lent out.
#[derive(Clone)]
pub(super) struct Connections(Pool<Connector>);

impl Connections {
    /// Keeps up to `number` connections; who wants one waits `patience`.
    pub(super) fn new(url: &DatabaseUrl, number: u32, patience: Duration) -> Self {
        let pool = Pool::builder()
            .max_size(number)
            .min_idle(Some(1))
            .connection_timeout(patience)
            // A server may have gone since; a file has not.
            .test_on_check_out(matches!(url, DatabaseUrl::Postgres(_)))
            .error_handler(Box::new(Logged))
            .build_unchecked(Connector(url.clone()));
        Self(pool)
    }

    /// Borrows a connection.
    pub(super) fn lend(&self) -> Result<PooledConnection<Connector>, DbError> {
        self.0.get().map_err(|error| DbError::Unavailable(error.to_string()))
    }
}
