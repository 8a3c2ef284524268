//! What a transaction promises, on both databases.

use std::time::{Duration, Instant};

use almanac::db::{Connection, Db, DbError, Settings, accounts, companies, entries, messages, types::EntryId};
use diesel::{Connection as _, connection::SimpleConnection};

use crate::support::postgres::Server;

use super::{
    databases::{both, postgres},
    rows::{account, at, company, edition, entry, message},
};

async fn with_an_entry(db: &Db) -> EntryId {
    db.write(|connection| {
        let (edition, company) = (edition(2017), company("Digium"));
        let entry = entry(edition.id, company.id, "digium");
        almanac::db::editions::insert(connection, &edition)?;
        companies::insert(connection, &company)?;
        entries::insert(connection, &entry)?;
        Ok::<_, DbError>(entry.id)
    })
    .await
    .unwrap()
}

/// Reads, takes its time, then writes what depends on what was read.
async fn read_then_write(db: Db, id: EntryId, times: usize) {
    for _ in 0..times {
        db.write(move |connection| {
            let revision = entries::find(connection, id)?.unwrap().revision;
            std::thread::sleep(Duration::from_millis(1));
            let company_name = (revision + 1).to_string();
            let save = entries::Save { id, company_name: &company_name, program_name: "", newest_turns: "", now: at(0) };
            entries::count_save(connection, &save)?;
            Ok::<_, DbError>(())
        })
        .await
        .unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn none_of_many_writers_fails_or_is_forgotten() {
    for database in both() {
        // Two of each, as two processes would have: they share neither connections nor turns.
        let dbs = [database.open().await, database.open().await];
        let id = with_an_entry(&dbs[0]).await;
        let begun = Instant::now();
        let writers: Vec<_> = (0..4).map(|number| tokio::spawn(read_then_write(dbs[number % 2].clone(), id, 50))).collect();
        for writer in writers {
            writer.await.unwrap();
        }
        println!("{}: 200 transactions in {:?}", database.name, begun.elapsed());
        let entry = dbs[0].read(move |connection| entries::find(connection, id)).await.unwrap().unwrap();
        assert_eq!((entry.revision, entry.company_name.as_str()), (200, "200"), "{}", database.name);
    }
}

#[derive(Debug, thiserror::Error)]
enum Refusal {
    #[error("not today")]
    NotToday,
    #[error(transparent)]
    Database(#[from] DbError),
}

#[tokio::test]
async fn an_error_takes_everything_back() {
    for database in both() {
        let db = database.open().await;
        let refused = db.write(|connection| {
            companies::insert(connection, &company("Digium"))?;
            Err::<(), _>(Refusal::NotToday)
        });
        assert!(matches!(refused.await, Err(Refusal::NotToday)));
        let twice = db.write(|connection| {
            let ann = account("ann@example.org");
            accounts::insert(connection, &ann)?;
            accounts::insert(connection, &ann)?;
            Ok::<_, Refusal>(())
        });
        assert!(matches!(twice.await, Err(Refusal::Database(error)) if error.is_duplicate()));
        let left = db.read(|connection| Ok::<_, DbError>((companies::all(connection)?, accounts::all(connection)?)));
        assert_eq!(left.await.unwrap(), (vec![], vec![]), "{}", database.name);
    }
}

#[tokio::test]
async fn a_failure_that_was_dropped_never_loses_a_write_in_silence() {
    fn insert_twice(connection: &mut Connection) {
        let ann = account("ann@example.org");
        accounts::insert(connection, &ann).unwrap();
        assert!(accounts::insert(connection, &ann).is_err());
    }
    for database in both() {
        let db = database.open().await;
        let outcome = db.write(|connection| {
            insert_twice(connection);
            Ok::<_, DbError>(())
        });
        let acknowledged = outcome.await.is_ok();
        let written = db.read(accounts::all).await.unwrap().len();
        assert_eq!(acknowledged, written == 1, "{}", database.name);
    }
}

#[tokio::test]
async fn a_savepoint_can_fail_alone() {
    for database in both() {
        let db = database.open().await;
        let written = db.write(|connection| {
            accounts::insert(connection, &account("ann@example.org"))?;
            let inner = connection.transaction(|connection| {
                companies::insert(connection, &company("Digium"))?;
                accounts::insert(connection, &account("ann@example.org"))
            });
            assert!(inner.is_err_and(|error| error.is_duplicate()));
            Ok::<_, DbError>(())
        });
        written.await.unwrap();
        let left = db.read(|connection| Ok::<_, DbError>((companies::all(connection)?, accounts::all(connection)?.len())));
        assert_eq!(left.await.unwrap(), (vec![], 1), "{}", database.name);
    }
}

#[tokio::test]
async fn a_panic_is_an_error_and_the_next_write_works() {
    for database in both() {
        let db = Db::open(&database.url, Settings { connections: 1, ..Settings::default() }).await.unwrap();
        let panicked = db.write(|connection| -> Result<(), DbError> {
            companies::insert(connection, &company("Digium"))?;
            panic!("a test's")
        });
        assert!(matches!(panicked.await, Err(DbError::Stopped(_))));
        assert_eq!(db.read(companies::all).await.unwrap(), [], "{}", database.name);
        with_an_entry(&db).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn workers_never_claim_the_same_message() {
    for database in both() {
        let dbs = [database.open().await, database.open().await];
        let written = dbs[0].write(|connection| {
            (0..40).try_for_each(|number| messages::insert_or_ignore(connection, &message(&number.to_string(), number)).map(drop))
        });
        written.await.unwrap();
        let workers: Vec<_> = (0..4)
            .map(|number| {
                let db = dbs[number % 2].clone();
                tokio::spawn(async move {
                    let mut claimed = Vec::new();
                    for _ in 0..10 {
                        let some = db.write(|connection| messages::claim_due(connection, at(100), 3, at(200)));
                        claimed.extend(some.await.unwrap().into_iter().map(|message| message.id));
                    }
                    claimed
                })
            })
            .collect();
        let mut claimed = Vec::new();
        for worker in workers {
            claimed.extend(worker.await.unwrap());
        }
        claimed.sort();
        claimed.dedup();
        assert_eq!(claimed.len(), 40, "{}", database.name);
    }
}

#[tokio::test]
async fn a_reader_can_not_write_to_postgres() {
    let Some(database) = postgres() else { return };
    let db = database.open().await;
    let outcome = db.read(|connection| companies::insert(connection, &company("Digium")));
    assert!(matches!(outcome.await, Err(DbError::Query(_))));
}

#[tokio::test]
async fn readers_see_one_state() {
    for database in both() {
        let db = database.open().await;
        let other = db.clone();
        let runtime = tokio::runtime::Handle::current();
        let seen = db.read(move |connection| {
            let before = companies::all(connection)?.len();
            let written = other.write(|connection| companies::insert(connection, &company("Digium")));
            runtime.block_on(written)?;
            Ok::<_, DbError>((before, companies::all(connection)?.len()))
        });
        assert_eq!(seen.await.unwrap(), (0, 0), "{}", database.name);
        assert_eq!(db.read(companies::all).await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn connections_that_were_cut_are_replaced() {
    let Some(database) = postgres() else { return };
    let db = database.open().await;
    let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
               WHERE datname = current_database() AND application_name = 'almanac' AND pid <> pg_backend_pid()";
    db.write(move |connection| Ok::<_, DbError>(connection.batch_execute(cut)?)).await.unwrap();
    for _ in 0..10 {
        db.ping().await.unwrap();
    }
    let cut_itself =
        db.write(|connection| Ok::<_, DbError>(connection.batch_execute("SELECT pg_terminate_backend(pg_backend_pid())")?));
    assert!(matches!(cut_itself.await, Err(DbError::Unavailable(_))));
    db.ping().await.unwrap();
}

#[tokio::test]
async fn a_database_that_is_down_is_told_at_once_and_comes_back() {
    let Some(server) = Server::own() else { return };
    let url = server.fresh_database(None).parse().unwrap();
    let db = Db::open(&url, Settings::default()).await.unwrap();
    server.stop();
    let begun = Instant::now();
    assert!(matches!(db.ping().await, Err(DbError::Unavailable(_))));
    assert!(matches!(db.write(companies::all).await, Err(DbError::Unavailable(_))));
    assert!(begun.elapsed() < Duration::from_secs(8), "{:?}", begun.elapsed());
    let begun = Instant::now();
    let refused = Db::open(&url, Settings::default()).await.err().unwrap().to_string();
    assert!(refused.contains("Connection refused"), "{refused}");
    assert!(begun.elapsed() < Duration::from_secs(4));
    server.start();
    let mut tries = 0;
    while db.ping().await.is_err() {
        tries += 1;
        assert!(tries < 5);
    }
}

#[tokio::test]
async fn opening_says_why_it_can_not() {
    let Some(database) = postgres() else { return };
    let wrong = database.url.to_string();
    // The server lets everybody in by name; a role that is not there is refused as a wrong password is.
    let elsewhere = format!("postgres://nobody:s3cret@{}", wrong.split_once('@').unwrap().1).parse().unwrap();
    let message = Db::open(&elsewhere, Settings::default()).await.err().unwrap().to_string();
    assert!(message.contains("role \"nobody\" does not exist"), "{message}");
    assert!(!message.contains("s3cret"), "{message}");
    let odd = "postgres://ann:s3cret@[::1/almanac".parse().unwrap();
    let message = Db::open(&odd, Settings::default()).await.err().unwrap().to_string();
    assert!(!message.contains("s3cret"), "{message}");
    let nowhere = "sqlite:/proc/nowhere/almanac.sqlite".parse().unwrap();
    assert!(matches!(Db::open(&nowhere, Settings::default()).await, Err(DbError::Unavailable(_))));
}
