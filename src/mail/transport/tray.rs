//! Letters kept in memory, for tests.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::mail::Letter;

/// The letters a [`Transport::Memory`](super::Transport::Memory) was given, oldest first. Clones
/// share them.
#[derive(Debug, Clone, Default)]
pub struct Tray(Arc<Mutex<Vec<Letter>>>);

impl Tray {
    /// A copy of all letters.
    pub fn letters(&self) -> Vec<Letter> {
        self.lock().clone()
    }

    /// All letters, leaving the tray empty.
    pub fn take(&self) -> Vec<Letter> {
        std::mem::take(&mut *self.lock())
    }

    pub(super) fn put(&self, letter: Letter) {
        self.lock().push(letter);
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Letter>> {
        // A test that failed while it held the lock must not hide behind a second failure here.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
