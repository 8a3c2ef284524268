//! How often something may be tried. Counted in the database, so that several instances count together and a restart
//! forgets nothing.

use jiff::SignedDuration;

use super::House;
use crate::db::{Connection, attempts};
use crate::domain::token;
use crate::error::AppError;

/// How often something may be tried in a time.
pub(super) struct Limit {
    /// What is tried.
    pub kind: &'static str,
    /// The time in which tries are counted; not longer than [`REMEMBERED`].
    pub window: SignedDuration,
    /// How often about the same thing, if that is limited.
    pub by_subject: Option<i64>,
    /// How often by the same sender.
    pub by_sender: i64,
}

/// How long an attempt is remembered.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(1);

impl Limit {
    /// Counts one more try. Of its subject and its sender only hashes are kept.
    ///
    /// # Errors
    /// [`AppError::TooManyTries`] when there were as many already as may be.
    pub(super) fn count(&self, connection: &mut Connection, house: &House, subject: &str, sender: &str) -> Result<(), AppError> {
        let now = house.now();
        let since = (now - self.window).into();
        attempts::delete_before(connection, (now - REMEMBERED).into())?;
        let attempt = attempts::Attempt {
            id: house.id(),
            kind: self.kind.to_owned(),
            subject_hash: token::hash(subject),
            sender_hash: token::hash(sender),
            at: now.into(),
        };
        let about = attempts::about(connection, self.kind, &attempt.subject_hash, since)?;
        let from_sender = attempts::from_sender(connection, self.kind, &attempt.sender_hash, since)?;
        if self.by_subject.is_some_and(|most| about >= most) || from_sender >= self.by_sender {
            return Err(AppError::TooManyTries);
        }
        Ok(attempts::insert(connection, &attempt)?)
    }
}
