//! Every place where the two databases differ.

use std::num::NonZeroU32;

use diesel::{
    PgConnection, QueryResult, SqliteConnection,
    connection::{AnsiTransactionManager, SimpleConnection, TransactionManager},
    prelude::*,
    result::Error as DieselError,
};

use super::{Connection, connection::keep_a_log, ids::MessageId, schema::messages, types::Moment};

/// Runs the same code on whichever database it is: for what Diesel offers on each of them, and not
/// on a connection that may be either.
macro_rules! on_each {
    ($connection:expr, |$inner:ident| $body:expr) => {
        match $connection {
            $crate::db::Connection::Postgres($inner) => $body,
            $crate::db::Connection::Sqlite($inner) => $body,
        }
    };
}

/// Inserts one row; a row that is there already, by `$key`, stays as it is. Says how many came.
macro_rules! insert_or_ignore {
    ($connection:expr, $table:path, $row:expr, $key:expr) => {
        $crate::db::dialect::on_each!($connection, |inner| diesel::insert_into($table)
            .values($row)
            .on_conflict($key)
            .do_nothing()
            .execute(inner))
    };
}

/// Inserts a slice of rows. PostgreSQL takes at most 65,535 values a statement, so they go in parts.
macro_rules! insert_all {
    ($connection:expr, $table:path, $rows:expr) => {
        $rows.chunks(1000).try_fold(0, |sum, part| {
            let inserted = $crate::db::dialect::on_each!(&mut *$connection, |inner| {
                diesel::insert_into($table).values(part).execute(inner)
            })?;
            diesel::QueryResult::Ok(sum + inserted)
        })
    };
}

/// A statement that is written by hand, the same for both databases, and kept prepared by its text. What Diesel writes
/// itself it prepares anew each time where it is an UPDATE, an upsert or an INSERT with columns that may be null: too
/// slow for what happens at every save. Run it with [`on_each`].
macro_rules! written_by_hand {
    ($statement:ty, |$self:ident, $out:ident| $write:block) => {
        $crate::db::dialect::written_by_hand!($statement, diesel::pg::Pg, |$self, $out| $write);
        $crate::db::dialect::written_by_hand!($statement, diesel::sqlite::Sqlite, |$self, $out| $write);

        impl diesel::query_builder::QueryId for $statement {
            type QueryId = ();
            const HAS_STATIC_QUERY_ID: bool = false;
        }

        impl<Connection> diesel::RunQueryDsl<Connection> for $statement {}
    };
    ($statement:ty, $database:ty, |$self:ident, $out:ident| $write:block) => {
        impl diesel::query_builder::QueryFragment<$database> for $statement {
            fn walk_ast<'b>(
                &'b $self,
                mut $out: diesel::query_builder::AstPass<'_, 'b, $database>,
            ) -> diesel::QueryResult<()> {
                $write
                Ok(())
            }
        }
    };
}
pub(crate) use {insert_all, insert_or_ignore, on_each, written_by_hand};

/// What a transaction is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// To look at one unchanging state of the database.
    Read,
    /// To change it as if nobody else were there.
    Write,
}

/// Begins a transaction.
///
/// SQLite: a writer takes the lock at once. One that begins as a reader and then writes fails
/// without waiting when somebody else wrote in between. PostgreSQL: serializable, so that what a
/// writer has read still holds when it commits, as it does in SQLite where writers take turns.
pub(super) fn begin(connection: &mut Connection, purpose: Purpose) -> QueryResult<()> {
    match connection {
        Connection::Postgres(postgres) => AnsiTransactionManager::begin_transaction_sql(
            postgres,
            match purpose {
                Purpose::Read => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
                Purpose::Write => "BEGIN ISOLATION LEVEL SERIALIZABLE",
            },
        ),
        Connection::Sqlite(sqlite) => AnsiTransactionManager::begin_transaction_sql(
            sqlite,
            match purpose {
                Purpose::Read => "BEGIN DEFERRED",
                Purpose::Write => "BEGIN IMMEDIATE",
            },
        ),
    }
}

/// Commits. `doubtful` says that a query of this transaction failed: PostgreSQL then answers COMMIT
/// with a silent rollback unless a savepoint was rolled back, so it is asked first.
pub(super) fn commit(connection: &mut Connection, doubtful: bool) -> QueryResult<()> {
    if doubtful && let Connection::Postgres(postgres) = connection {
        postgres.batch_execute("SELECT 1")?;
    }
    on_each!(connection, |inner| AnsiTransactionManager::commit_transaction(inner))
}

/// Begins a savepoint in the transaction that is open, and says how deep that one was, for [`roll_back_to`].
pub(super) fn begin_within(connection: &mut Connection) -> QueryResult<NonZeroU32> {
    let depth = depth(connection)?.ok_or(DieselError::NotInTransaction)?;
    on_each!(connection, |inner| AnsiTransactionManager::begin_transaction(inner))?;
    Ok(depth)
}

/// Rolls back the savepoints that are open within a transaction of this depth.
pub(super) fn roll_back_to(connection: &mut Connection, outer: NonZeroU32) -> QueryResult<()> {
    while depth(connection)? != Some(outer) {
        roll_back(connection)?;
    }
    Ok(())
}

/// How many transactions are open, one within the other.
fn depth(connection: &mut Connection) -> QueryResult<Option<NonZeroU32>> {
    on_each!(connection, |inner| AnsiTransactionManager::transaction_manager_status_mut(inner).transaction_depth())
}

/// Rolls back.
pub(super) fn roll_back(connection: &mut Connection) -> QueryResult<()> {
    on_each!(connection, |inner| AnsiTransactionManager::rollback_transaction(inner))
}

/// The messages that are due at `now`, the oldest first. PostgreSQL locks them, and passes over what
/// another instance has locked; in SQLite the transaction has the whole database to itself.
pub(super) fn due_messages(connection: &mut Connection, now: Moment, limit: i64) -> QueryResult<Vec<MessageId>> {
    let due = messages::table
        .filter(messages::sent_at.is_null())
        .filter(messages::failed_at.is_null())
        .filter(messages::next_attempt_at.le(now))
        .filter(messages::claimed_until.is_null().or(messages::claimed_until.le(now)))
        .order((messages::next_attempt_at, messages::id))
        .limit(limit)
        .select(messages::id);
    match connection {
        Connection::Postgres(postgres) => due.for_update().skip_locked().load(postgres),
        Connection::Sqlite(sqlite) => due.load(sqlite),
    }
}

/// Lets one process at a time change the schema; others wait.
pub(super) fn alone<T, E: From<diesel::result::Error>>(
    connection: &mut Connection,
    on_postgres: impl FnOnce(&mut PgConnection) -> Result<T, E>,
    on_sqlite: impl FnOnce(&mut SqliteConnection) -> Result<T, E>,
) -> Result<T, E> {
    match connection {
        Connection::Postgres(postgres) => {
            // Any number will do, as long as it is always the same; it ends with the connection, if not before.
            postgres.batch_execute("SET lock_timeout = '60s'")?;
            postgres.batch_execute("SELECT pg_advisory_lock(2017112301)")?;
            let outcome = on_postgres(postgres);
            postgres.batch_execute("SELECT pg_advisory_unlock(2017112301)")?;
            outcome
        }
        Connection::Sqlite(sqlite) => {
            // A table can only be rebuilt while foreign keys are not enforced; they are checked after.
            sqlite.batch_execute("PRAGMA busy_timeout = 60000")?;
            keep_a_log(sqlite)?;
            sqlite.batch_execute("PRAGMA foreign_keys = OFF")?;
            sqlite.immediate_transaction(on_sqlite)
        }
    }
}
