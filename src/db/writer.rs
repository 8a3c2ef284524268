//! SQLite has one writer at a time: here, a thread with a connection of its own. Acts wait in its queue, and what
//! waits together is committed together: the disk is waited for once, not once an act.
//!
//! Each act stands in a savepoint of its own, one after the other, so that an act that comes to nothing takes back
//! nothing of its neighbours'. Nobody is told anything before the commit; where that fails, it fails for all of them.

use std::{
    iter::once,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::mpsc::{Receiver, Sender, channel},
    thread,
};

use diesel::{QueryResult, result::Error as DieselError};
use tokio::sync::oneshot;

use super::{
    Connection, DbError, Failure,
    dialect::{self, Purpose},
    error::is_conflict,
    pool::{Connector, Watched},
};

/// The most acts of one commit: the first of them waits for the last.
const MOST_TOGETHER: usize = 64;

/// Hands acts to the writing thread, which ends when the last of these is gone and everything is done.
#[derive(Clone)]
pub(super) struct Writer(Sender<Box<dyn Waiting>>);

impl Writer {
    /// Starts the thread.
    pub(super) fn start(connector: Connector) -> Result<Self, DbError> {
        let (queue, waiting) = channel();
        let thread = thread::Builder::new().name("writer".to_owned()).spawn(move || serve(&connector, &waiting));
        thread.map_err(|error| DbError::Unavailable(format!("no thread to write with: {error}")))?;
        Ok(Self(queue))
    }

    /// Tries an act once, and gives it back for another time. It is done even if nobody waits for its outcome any
    /// more.
    pub(super) async fn attempt<T, E, F>(&self, act: F) -> Result<(F, Result<T, Failure<E>>), DbError>
    where
        F: Fn(&mut Connection) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let stopped = |why: &str| DbError::Stopped(why.to_owned());
        let (reply, outcome) = oneshot::channel();
        self.0.send(Box::new(Act { act, outcome: None, reply })).map_err(|_| stopped("the writing thread has ended"))?;
        outcome.await.map_err(|_| stopped("it panicked"))
    }
}

/// What waits to be written, whatever it is.
trait Waiting: Send {
    /// Runs it. The error, if there is one, is not the act's own: the whole transaction is lost.
    fn run(&mut self, watched: &mut Watched) -> QueryResult<()>;

    /// Tells who waits for it what came of it, now that this is on disk.
    fn tell(self: Box<Self>);

    /// Tells who waits for it that nothing was written.
    fn fail(self: Box<Self>, because: &Lost);
}

/// Why nothing of a transaction was written.
struct Lost {
    sentence: String,
    /// Another program was in the way: it may succeed the next time.
    conflict: bool,
}

impl From<DieselError> for Lost {
    fn from(error: DieselError) -> Self {
        Self { sentence: error.to_string(), conflict: is_conflict(&error) }
    }
}

/// An act that waits; its outcome once it has run, unless it panicked.
struct Act<T, E, F> {
    act: F,
    outcome: Option<Result<T, Failure<E>>>,
    reply: oneshot::Sender<(F, Result<T, Failure<E>>)>,
}

impl<T, E, F> Waiting for Act<T, E, F>
where
    F: Fn(&mut Connection) -> Result<T, E> + Send,
    T: Send,
    E: From<DbError> + Send,
{
    fn run(&mut self, Watched { connection, watch }: &mut Watched) -> QueryResult<()> {
        watch.begin();
        let outside = dialect::begin_within(connection)?;
        let outcome = catch_unwind(AssertUnwindSafe(|| (self.act)(connection)));
        let ended = match &outcome {
            Ok(Ok(_)) => dialect::commit(connection, false),
            // One that panicked may have left savepoints open in its own.
            _ => dialect::roll_back_to(connection, outside),
        };
        let conflict = watch.saw_conflict();
        self.outcome = outcome.ok().map(|outcome| outcome.map_err(|error| Failure { error, conflict }));
        ended
    }

    fn tell(self: Box<Self>) {
        if let Some(outcome) = self.outcome {
            // Who has gone away is not told.
            self.reply.send((self.act, outcome)).ok();
        }
    }

    fn fail(self: Box<Self>, because: &Lost) {
        let error = DbError::Unavailable(because.sentence.clone()).into();
        self.reply.send((self.act, Err(Failure { error, conflict: because.conflict }))).ok();
    }
}

/// Does what waits until nobody can hand in anything more.
fn serve(connector: &Connector, queue: &Receiver<Box<dyn Waiting>>) {
    let mut kept = None;
    while let Ok(first) = queue.recv() {
        let mut acts = once(first).chain(queue.try_iter()).take(MOST_TOGETHER);
        let mut done = Vec::new();
        match commit_together(connector, &mut kept, &mut acts, &mut done) {
            Ok(()) => done.into_iter().for_each(|act| act.tell()),
            Err(because) => {
                tracing::warn!(error = because.sentence, "a transaction was lost");
                if done.is_empty() {
                    // It could not even be begun. Whoever waits need not wait as long again to hear the same.
                    done.extend(acts);
                }
                done.into_iter().for_each(|act| act.fail(&because));
            }
        }
    }
}

/// Runs acts, and those that come meanwhile, in one transaction. Where it is lost, so is its connection: closing it
/// takes back what was not committed.
fn commit_together(
    connector: &Connector,
    kept: &mut Option<Watched>,
    acts: &mut impl Iterator<Item = Box<dyn Waiting>>,
    done: &mut Vec<Box<dyn Waiting>>,
) -> Result<(), Lost> {
    let connect = || connector.open().map_err(|error| Lost { sentence: error.to_string(), conflict: false });
    let mut watched = kept.take().map_or_else(connect, Ok)?;
    dialect::begin(&mut watched.connection, Purpose::Write)?;
    for mut act in acts {
        let ended = act.run(&mut watched);
        done.push(act);
        ended?;
    }
    dialect::commit(&mut watched.connection, false)?;
    *kept = Some(watched);
    Ok(())
}
