//! The two trees of migrations make the same schema.

use almanac::db::{Connection, DbError, migrations};
use diesel::{QueryableByName, RunQueryDsl, connection::SimpleConnection, sql_query, sql_types::Text};

use super::databases::{both, postgres, sqlite};

#[derive(Debug, PartialEq, Eq, QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    line: String,
}

const OF_SQLITE: &str = "
    SELECT m.name || '.' || c.name || CASE c.\"notnull\" WHEN 1 THEN '' ELSE ' or null' END AS line
    FROM sqlite_master AS m, pragma_table_info(m.name) AS c
    WHERE m.type = 'table' AND m.name NOT LIKE '\\_\\_%' ESCAPE '\\' ORDER BY m.name, c.cid";
const OF_POSTGRES: &str = "
    SELECT table_name || '.' || column_name || CASE is_nullable WHEN 'NO' THEN '' ELSE ' or null' END AS line
    FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name NOT LIKE '\\_\\_%' ORDER BY table_name, ordinal_position";
const INDEXES_OF_SQLITE: &str = "
    SELECT name || ' on ' || tbl_name AS line FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name";
const INDEXES_OF_POSTGRES: &str = "
    SELECT indexname || ' on ' || tablename AS line FROM pg_indexes
    WHERE schemaname = 'public' AND indexname NOT LIKE '%\\_key' AND indexname NOT LIKE '%\\_pkey' ORDER BY indexname";

fn lines(connection: &mut Connection, on_sqlite: &str, on_postgres: &str) -> Result<Vec<String>, DbError> {
    let columns: Vec<Column> = match connection {
        Connection::Sqlite(connection) => sql_query(on_sqlite).load(connection)?,
        Connection::Postgres(connection) => sql_query(on_postgres).load(connection)?,
    };
    let mut lines: Vec<String> = columns.into_iter().map(|column| column.line).collect();
    lines.sort();
    Ok(lines)
}

#[tokio::test]
async fn both_trees_have_the_same_tables_columns_and_indexes() {
    let (on_file, Some(on_server)) = (sqlite(), postgres()) else { return };
    let (one, other) = (on_file.open().await, on_server.open().await);
    for (on_sqlite, on_postgres) in [(OF_SQLITE, OF_POSTGRES), (INDEXES_OF_SQLITE, INDEXES_OF_POSTGRES)] {
        let in_one = one.read(move |connection| lines(connection, on_sqlite, on_postgres)).await.unwrap();
        let in_other = other.read(move |connection| lines(connection, on_sqlite, on_postgres)).await.unwrap();
        assert!(in_one.len() > 10);
        assert_eq!(in_one, in_other);
    }
}

/// The names of a tree's migrations, first to last.
fn names(tree: &str) -> Vec<String> {
    let folders = std::fs::read_dir(format!("{}/migrations/{tree}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let mut names: Vec<_> = folders.map(|folder| folder.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn both_trees_have_the_same_names() {
    assert_eq!(names("sqlite"), names("postgres"));
}

#[tokio::test]
async fn a_schema_can_be_taken_down() {
    for database in both() {
        let db = database.open().await;
        let down = |connection: &mut Connection| {
            let tree = match connection {
                Connection::Sqlite(_) => "sqlite",
                Connection::Postgres(_) => "postgres",
            };
            for name in names(tree).iter().rev() {
                let down = format!("{}/migrations/{tree}/{name}/down.sql", env!("CARGO_MANIFEST_DIR"));
                connection.batch_execute(&std::fs::read_to_string(down).unwrap())?;
            }
            lines(connection, OF_SQLITE, OF_POSTGRES)
        };
        assert_eq!(db.write(down).await.unwrap(), Vec::<String>::new(), "{}", database.name);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn instances_may_start_at_once() {
    for database in both() {
        let starts = (0..4).map(|_| {
            let url = database.url.clone();
            tokio::task::spawn_blocking(move || migrations::run_pending(&url))
        });
        let mut applied = 0;
        for start in starts.collect::<Vec<_>>() {
            applied += start.await.unwrap().unwrap().len();
        }
        assert_eq!(applied, names("sqlite").len(), "{}", database.name);
        assert_eq!(migrations::pending(&database.url).unwrap(), 0);
    }
}
