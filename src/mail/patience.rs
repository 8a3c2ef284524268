//! A mail server that does not let us in is left alone for a while. Servers lock out whoever guesses again and again, and
//! they cannot tell twenty waiting mails with one wrong password from a guesser.

use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};

use super::{SendError, next_attempt};

/// The longest pause: somebody may be waiting for a mail, and mends what is wrong at the server.
const LONGEST_PAUSE: SignedDuration = SignedDuration::from_mins(15);

/// Until when the server is left alone. It is not stored: whoever mends a password starts Almanac anew with it.
#[derive(Debug, Default)]
pub struct Patience(Mutex<Refusals>);

#[derive(Debug, Default)]
struct Refusals {
    /// How many in a row.
    count: u32,
    until: Option<Timestamp>,
}

impl Patience {
    /// Until when nobody signs in; none when there is nothing to wait for.
    pub fn until(&self, now: Timestamp) -> Option<Timestamp> {
        self.refusals().until.filter(|until| now < *until)
    }

    /// Takes note of what came of a letter.
    pub fn heed(&self, outcome: &Result<(), SendError>, now: Timestamp) {
        let mut refusals = self.refusals();
        match outcome {
            Err(SendError::NotLetIn(_)) => {
                // Those that were on their way together are one refusal.
                if refusals.until.is_none_or(|until| until <= now) {
                    refusals.count = refusals.count.saturating_add(1);
                    let pause = next_attempt(refusals.count).unwrap_or(LONGEST_PAUSE).min(LONGEST_PAUSE);
                    refusals.until = Some(now + pause);
                }
            }
            // One that left in a pause was on its way before: the next may not be let in all the same.
            Ok(()) if refusals.until.is_none_or(|until| until <= now) => *refusals = Refusals::default(),
            // Whether it would let us in is not known.
            Ok(()) | Err(_) => {}
        }
    }

    fn refusals(&self) -> MutexGuard<'_, Refusals> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_end_with_the_first_letter_that_leaves() {
        let (patience, refused) = (Patience::default(), Err(SendError::NotLetIn("535".to_owned().into())));
        let away = Err(SendError::Passing("away".to_owned().into()));
        let mut now: Timestamp = "2017-03-20T12:00:00Z".parse().unwrap();
        assert_eq!(patience.until(now), None);
        let mut pauses = Vec::new();
        for _ in 0..10 {
            for outcome in [&refused, &refused, &away, &Ok(())] {
                patience.heed(outcome, now);
            }
            let until = patience.until(now).unwrap();
            pauses.push((until - now).as_mins());
            now = until;
            assert_eq!(patience.until(now), None, "then it is tried again");
        }
        assert_eq!(pauses, [1, 5, 15, 15, 15, 15, 15, 15, 15, 15]);
        patience.heed(&Ok(()), now);
        patience.heed(&refused, now);
        assert_eq!(patience.until(now), Some(now + SignedDuration::from_mins(1)));
    }
}
