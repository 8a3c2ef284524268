//! What waits to be written to SQLite is committed together; each act is still all or nothing, and alone.

use std::cell::Cell;
use std::sync::mpsc::{Sender, channel};
use std::time::Duration;

use almanac::db::{Connection, Db, DbError, accounts, companies, entries};
use diesel::Connection as _;
use diesel::connection::SimpleConnection;
use tokio::sync::mpsc::error::TryRecvError;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::{JoinHandle, yield_now};
use tokio::time::timeout;

use super::databases::sqlite;
use super::rows::{account, company, entry, id};

type Outcome<T> = JoinHandle<Result<T, DbError>>;

/// Hands an act in. The tests run on one thread: when this returns, the act stands in the queue.
async fn hand_in<T, F>(db: &Db, act: F) -> Outcome<T>
where
    F: Fn(&mut Connection) -> Result<T, DbError> + Send + 'static,
    T: Send + 'static,
{
    let db = db.clone();
    let task = tokio::spawn(async move { db.write(act).await });
    yield_now().await;
    task
}

/// An act that ends when it is told to: what is handed in before that is committed together with it.
struct Lasting {
    begun: UnboundedReceiver<()>,
    end: Sender<()>,
    outcome: Outcome<()>,
}

impl Lasting {
    async fn handed_in(db: &Db) -> Self {
        let ((end, ended), (begins, begun)) = (channel(), unbounded_channel());
        let act = move |connection: &mut Connection| {
            companies::insert(connection, &company("Lasting"))?;
            begins.send(()).unwrap();
            ended.recv().unwrap();
            Ok(())
        };
        Self { begun, end, outcome: hand_in(db, act).await }
    }

    async fn begun(db: &Db) -> Self {
        let mut lasting = Self::handed_in(db).await;
        lasting.begun.recv().await.unwrap();
        lasting
    }

    async fn end(self) -> Result<(), DbError> {
        self.end.send(()).unwrap();
        self.outcome.await.unwrap()
    }
}

/// Founds a company, and says how many there are.
fn founds(name: &'static str) -> impl Fn(&mut Connection) -> Result<usize, DbError> + Send + 'static {
    move |connection| {
        companies::insert(connection, &company(name))?;
        Ok(companies::all(connection)?.len())
    }
}

async fn names(db: &Db) -> Vec<String> {
    db.read(companies::all).await.unwrap().into_iter().map(|company| company.name).collect()
}

#[tokio::test]
async fn an_act_that_comes_to_nothing_takes_back_nothing_of_its_neighbours() {
    let database = sqlite();
    let db = database.open().await;
    let lasting = Lasting::begun(&db).await;
    let before = hand_in(&db, founds("Before")).await;
    let twice = hand_in(&db, |connection| {
        companies::insert(connection, &company("Twice"))?;
        let ann = account("ann@example.org");
        accounts::insert(connection, &ann)?;
        accounts::insert(connection, &ann)
    });
    let twice = twice.await;
    let panics = hand_in(&db, |connection| -> Result<(), DbError> {
        companies::insert(connection, &company("Panics"))?;
        connection.transaction(|connection| {
            companies::insert(connection, &company("Panics within"))?;
            panic!("a test's")
        })
    });
    let panics = panics.await;
    let after = hand_in(&db, founds("After")).await;
    lasting.end().await.unwrap();

    // Each sees what those before it have done, and nothing of what came to nothing.
    assert_eq!((before.await.unwrap().unwrap(), after.await.unwrap().unwrap()), (2, 3));
    assert!(twice.await.unwrap().is_err_and(|error| error.is_duplicate()));
    assert!(matches!(panics.await.unwrap(), Err(DbError::Stopped(_))));
    assert_eq!(names(&db).await, ["After", "Before", "Lasting"]);
    assert_eq!(db.read(accounts::all).await.unwrap(), []);
}

#[tokio::test]
async fn a_commit_that_fails_fails_for_all() {
    let database = sqlite();
    let db = database.open().await;
    let lasting = Lasting::begun(&db).await;
    let before = hand_in(&db, founds("Before")).await;
    let of_nobody = hand_in(&db, |connection| {
        // Found out only at the commit.
        connection.batch_execute("PRAGMA defer_foreign_keys = ON")?;
        entries::insert(connection, &entry(id(), id(), "nobody"))
    });
    let of_nobody = of_nobody.await;
    let after = hand_in(&db, founds("After")).await;
    assert!(matches!(lasting.end().await, Err(DbError::Unavailable(_))));
    assert!(matches!(before.await.unwrap(), Err(DbError::Unavailable(_))));
    assert!(matches!(of_nobody.await.unwrap(), Err(DbError::Unavailable(_))));
    assert!(matches!(after.await.unwrap(), Err(DbError::Unavailable(_))));
    assert_eq!(names(&db).await, [""; 0]);
    assert_eq!(db.write(founds("Next")).await.unwrap(), 1);
}

#[tokio::test]
async fn nobody_is_told_before_it_is_committed() {
    let database = sqlite();
    let db = database.open().await;
    let first = Lasting::begun(&db).await;
    let done = hand_in(&db, founds("Done")).await;
    let mut second = Lasting::handed_in(&db).await;
    first.end.send(()).unwrap();
    second.begun.recv().await.unwrap();
    assert_eq!(names(&db).await, [""; 0]);
    assert!(!first.outcome.is_finished() && !done.is_finished());
    second.end().await.unwrap();
    first.outcome.await.unwrap().unwrap();
    assert_eq!(done.await.unwrap().unwrap(), 2);
    assert_eq!(names(&db).await, ["Done", "Lasting", "Lasting"]);
}

#[tokio::test]
async fn an_act_is_done_even_if_nobody_waits_for_it_any_more() {
    let database = sqlite();
    let db = database.open().await;
    let lasting = Lasting::begun(&db).await;
    let abandoned = hand_in(&db, founds("Abandoned")).await;
    abandoned.abort();
    assert!(abandoned.await.unwrap_err().is_cancelled());
    drop(db);
    lasting.end().await.unwrap();
    assert_eq!(names(&database.open().await).await, ["Abandoned", "Lasting"]);
}

#[tokio::test]
async fn many_wait_together_and_each_is_done_in_its_turn() {
    let database = sqlite();
    let db = database.open().await;
    let lasting = Lasting::begun(&db).await;
    let mut outcomes = Vec::new();
    for _ in 0..150 {
        outcomes.push(hand_in(&db, founds("One of many")).await);
    }
    lasting.end().await.unwrap();
    for (number, outcome) in outcomes.into_iter().enumerate() {
        assert_eq!(outcome.await.unwrap().unwrap(), number + 2);
    }
}

thread_local! {
    /// Gone with the thread: whoever listens is told.
    static ALIVE: Cell<Option<UnboundedSender<()>>> = const { Cell::new(None) };
}

#[tokio::test]
async fn the_writing_thread_ends_with_its_last_handle_when_everything_is_done() {
    let database = sqlite();
    let first = database.open().await;
    let second = first.clone();
    let (alive, mut ended) = unbounded_channel();
    let mark = move |_: &mut Connection| -> Result<(), DbError> {
        ALIVE.set(Some(alive.clone()));
        Ok(())
    };
    first.write(mark).await.unwrap();
    drop(first);
    second.write(founds("Second")).await.unwrap();

    let lasting = Lasting::begun(&second).await;
    drop(second);
    lasting.outcome.abort();
    assert!(lasting.outcome.await.unwrap_err().is_cancelled());
    assert_eq!(ended.try_recv(), Err(TryRecvError::Empty), "it ended before everything was done");
    lasting.end.send(()).unwrap();
    assert_eq!(timeout(Duration::from_secs(10), ended.recv()).await, Ok(None), "it goes on without a handle");
    assert_eq!(names(&database.open().await).await, ["Lasting", "Second"]);
}
