//! Databases to test on: an SQLite file, and one on the tests' PostgreSQL server.

use almanac::db::{DatabaseUrl, Db, Settings};
use tempfile::TempDir;

use crate::support::postgres::server;

/// A fresh database, gone with the test.
pub struct TestDatabase {
    pub name: &'static str,
    pub url: DatabaseUrl,
    _folder: Option<TempDir>,
}

impl TestDatabase {
    pub async fn open(&self) -> Db {
        Db::open(&self.url, Settings::default()).await.unwrap()
    }
}

/// One of each that this machine has.
pub fn both() -> Vec<TestDatabase> {
    [Some(sqlite()), postgres()].into_iter().flatten().collect()
}

pub fn sqlite() -> TestDatabase {
    let folder = tempfile::tempdir().unwrap();
    let url = DatabaseUrl::sqlite(folder.path().join("new").join("almanac.sqlite"));
    TestDatabase { name: "SQLite", url, _folder: Some(folder) }
}

pub fn postgres() -> Option<TestDatabase> {
    let url = server()?.fresh_database(None).parse().unwrap();
    Some(TestDatabase { name: "PostgreSQL", url, _folder: None })
}
