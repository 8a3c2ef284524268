//! The threads that make readers' pages and compress them: as many as there are processors, and always the same ones.
//!
//! Among the many threads that wait for databases and files, each page would be made by another one, and each would keep
//! the memory that its largest page took.

use std::io;
use std::sync::Arc;
use std::thread;

use tokio::runtime::{Builder, Runtime};
use tokio::sync::oneshot;

use crate::error::AppError;

/// The threads; clones share them. They end with the last clone, without waiting for a page that nobody will read.
#[derive(Debug, Clone)]
pub struct Press(Arc<Threads>);

/// `None` once they are told to end.
#[derive(Debug)]
struct Threads(Option<Runtime>);

impl Press {
    /// Sets the threads up; each starts when there is something to make.
    ///
    /// # Errors
    /// What the system says when it has none to give.
    pub fn start() -> io::Result<Self> {
        let processors = thread::available_parallelism().map_or(1, usize::from);
        let threads = Builder::new_current_thread().max_blocking_threads(processors).thread_name("press").build()?;
        Ok(Self(Arc::new(Threads(Some(threads)))))
    }

    /// Makes something, when what was asked for before is made: not for what takes seconds, as others wait behind it. For
    /// whoever has gone meanwhile it makes nothing.
    ///
    /// # Errors
    /// [`AppError::Broken`] when making it panicked.
    pub async fn make<T: Send + 'static>(&self, make: impl FnOnce() -> T + Send + 'static) -> Result<T, AppError> {
        let Some(threads) = &self.0.0 else { return Err(AppError::Broken("the press has ended".to_owned())) };
        let (reply, made) = oneshot::channel();
        let job = move || {
            if !reply.is_closed() {
                // Who went away while it was made is not told.
                reply.send(make()).ok();
            }
        };
        threads.spawn_blocking(job);
        made.await.map_err(|_| AppError::Broken("what was to be made panicked".to_owned()))
    }
}

impl Drop for Threads {
    fn drop(&mut self) {
        if let Some(threads) = self.0.take() {
            // Any other end waits, which may not be done on a thread that serves requests.
            threads.shutdown_background();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::sync::mpsc::channel;
    use std::sync::{Barrier, Mutex};

    use super::*;

    #[tokio::test]
    async fn pages_are_made_by_as_many_threads_as_there_are_processors() {
        let press = Press::start().unwrap();
        let made = (0..64).map(|_| press.make(|| thread::current().id()));
        let threads = futures_util::future::try_join_all(made).await.unwrap();
        let threads: HashSet<_> = threads.into_iter().collect();
        assert!(threads.len() <= thread::available_parallelism().unwrap().get(), "{threads:?}");
        assert!(!threads.contains(&thread::current().id()));
    }

    #[tokio::test]
    async fn nothing_is_made_for_whoever_has_gone() {
        let press = Press::start().unwrap();
        let threads = thread::available_parallelism().unwrap().get();
        let (hold, held) = channel::<()>();
        let (held, begun) = (Arc::new(Mutex::new(held)), Arc::new(Barrier::new(threads + 1)));
        // Every thread waits until it is let go.
        let busy: Vec<_> = (0..threads)
            .map(|_| {
                let (press, held, begun) = (press.clone(), Arc::clone(&held), Arc::clone(&begun));
                let wait = move || {
                    begun.wait();
                    held.lock().unwrap().recv().is_err()
                };
                tokio::spawn(async move { press.make(wait).await })
            })
            .collect();
        tokio::task::spawn_blocking(move || begun.wait()).await.unwrap();
        let (tell, told) = channel();
        let gone = press.make(move || tell.send(()));
        assert!(futures_util::FutureExt::now_or_never(gone).is_none());
        drop(hold);
        for thread in busy {
            assert!(thread.await.unwrap().unwrap());
        }
        assert_eq!(press.make(|| "made").await.unwrap(), "made");
        assert!(told.recv().is_err(), "it was made for nobody");
    }

    #[tokio::test]
    async fn one_that_panics_does_not_stop_the_press() {
        let press = Press::start().unwrap();
        for _ in 0..8 {
            let broken: Result<(), AppError> = press.make(|| panic!("a page that cannot be made")).await;
            assert!(matches!(broken, Err(AppError::Broken(_))), "{broken:?}");
        }
        assert_eq!(press.make(|| "made").await.unwrap(), "made");
    }
}
