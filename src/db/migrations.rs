//! Brings a database's schema up to date. Both trees have the same names in the same order.

use diesel::backend::Backend;
use diesel::migration::{MigrationSource, MigrationVersion};
use diesel::{PgConnection, QueryableByName, RunQueryDsl, SqliteConnection, sql_query, sql_types};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::{Connection, DatabaseUrl, DbError, connection::connect_plainly, dialect, off_the_event_loop};

const FOR_POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");
const FOR_SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");

/// Applies what is missing, in a new database everything, and returns the versions applied. Instances that start at once take turns.
pub fn run_pending(url: &DatabaseUrl) -> Result<Vec<String>, DbError> {
    create_folder(url)?;
    dialect::alone(&mut connect_plainly(url)?, run_on_postgres, run_on_sqlite).map_err(|error| match error {
        DbError::Query(error) => DbError::Migration(format!("{url}: {error}")),
        other => other,
    })
}

/// Whether anything of Almanac's is in the database, be it of another version. Looking makes nothing but an SQLite file
/// that is not there.
pub async fn is_begun(url: &DatabaseUrl) -> Result<bool, DbError> {
    let url = url.clone();
    off_the_event_loop(move || {
        let found = match connect_plainly(&url)? {
            Connection::Postgres(mut postgres) => {
                sql_query("SELECT count(to_regclass('__diesel_schema_migrations')) AS number").get_result::<Number>(&mut postgres)
            }
            Connection::Sqlite(mut sqlite) => {
                sql_query("SELECT count(*) AS number FROM sqlite_master WHERE name = '__diesel_schema_migrations'")
                    .get_result::<Number>(&mut sqlite)
            }
        };
        Ok(found?.number > 0)
    })
    .await?
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = sql_types::BigInt)]
    number: i64,
}

/// The number of migrations that are missing. Looking creates the table in which Diesel keeps what was
/// applied, so this connects by itself.
pub fn pending(url: &DatabaseUrl) -> Result<usize, DbError> {
    match connect_plainly(url)? {
        Connection::Postgres(mut postgres) => postgres.pending_migrations(FOR_POSTGRES).map(|all| all.len()),
        Connection::Sqlite(mut sqlite) => sqlite.pending_migrations(FOR_SQLITE).map(|all| all.len()),
    }
    .map_err(failure)
}

fn run_on_postgres(connection: &mut PgConnection) -> Result<Vec<String>, DbError> {
    refuse_newer(connection, FOR_POSTGRES)?;
    let applied = connection.run_pending_migrations(FOR_POSTGRES).map_err(failure)?;
    Ok(applied.iter().map(ToString::to_string).collect())
}

fn run_on_sqlite(connection: &mut SqliteConnection) -> Result<Vec<String>, DbError> {
    refuse_newer(connection, FOR_SQLITE)?;
    let applied = connection.run_pending_migrations(FOR_SQLITE).map_err(failure)?;
    let applied: Vec<String> = applied.iter().map(ToString::to_string).collect();
    if !applied.is_empty() {
        refuse_dangling_references(connection)?;
    }
    Ok(applied)
}

/// Refuses a schema with a migration that is none of ours.
fn refuse_newer<B: Backend>(connection: &mut impl MigrationHarness<B>, ours: EmbeddedMigrations) -> Result<(), DbError> {
    let ours = MigrationSource::<B>::migrations(&ours).map_err(failure)?;
    let is_ours = |version: &MigrationVersion<'_>| ours.iter().any(|migration| migration.name().version() == *version);
    let applied = connection.applied_migrations().map_err(failure)?;
    applied.into_iter().find(|version| !is_ours(version)).map_or(Ok(()), |version| Err(DbError::Newer(version.to_string())))
}

/// A row of SQLite's `foreign_key_check`.
#[derive(QueryableByName)]
struct DanglingReference {
    #[diesel(sql_type = sql_types::Text)]
    table: String,
    #[diesel(sql_type = sql_types::Text)]
    parent: String,
}

fn refuse_dangling_references(connection: &mut SqliteConnection) -> Result<(), DbError> {
    let dangling = sql_query("PRAGMA foreign_key_check").load::<DanglingReference>(connection)?;
    match dangling.first() {
        None => Ok(()),
        Some(DanglingReference { table, parent }) => {
            Err(DbError::Migration(format!("{} rows would point to nothing, the first from {table} to {parent}", dangling.len())))
        }
    }
}

/// SQLite creates its file, but not the folder it is in.
fn create_folder(url: &DatabaseUrl) -> Result<(), DbError> {
    let DatabaseUrl::Sqlite(path) = url else { return Ok(()) };
    match path.parent() {
        Some(folder) => {
            std::fs::create_dir_all(folder).map_err(|error| DbError::Unavailable(format!("{}: {error}", folder.display())))
        }
        None => Ok(()),
    }
}

fn failure(error: Box<dyn std::error::Error + Send + Sync>) -> DbError {
    DbError::Migration(error.to_string())
}
