//! When a letter that could not be sent is tried again.

use jiff::SignedDuration;

/// The pause after each failed attempt. They grow, because a server that is still away after an
/// hour is not helped by being asked every minute; together they bridge a weekend.
const PAUSES: [SignedDuration; 7] = [
    SignedDuration::from_mins(1),
    SignedDuration::from_mins(5),
    SignedDuration::from_mins(15),
    SignedDuration::from_hours(1),
    SignedDuration::from_hours(4),
    SignedDuration::from_hours(12),
    SignedDuration::from_hours(24),
];

/// The pause after each failed attempt at a letter that somebody waits for, as long as what is in it is good for anything.
pub const AWAITED: SignedDuration = SignedDuration::from_mins(1);

/// How long to wait after `attempts` failed attempts before the next one; `None` when the letter
/// has failed for good. A letter that was never tried is due at once.
pub fn next_attempt(attempts: u32) -> Option<SignedDuration> {
    let Some(failed_before) = attempts.checked_sub(1) else {
        return Some(SignedDuration::ZERO);
    };
    let index = usize::try_from(failed_before).ok()?;
    PAUSES.get(index).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_letter_is_due_at_once() {
        assert_eq!(next_attempt(0), Some(SignedDuration::ZERO));
    }

    #[test]
    fn pauses_grow_until_the_letter_is_given_up() {
        let pauses: Vec<_> = (1..).map_while(next_attempt).collect();
        assert_eq!(pauses.len(), 7);
        assert!(pauses.is_sorted_by(|earlier, later| earlier < later));
        assert_eq!(pauses[0], SignedDuration::from_mins(1));
        assert_eq!(pauses[6], SignedDuration::from_hours(24));
        assert_eq!(next_attempt(8), None);
        assert_eq!(next_attempt(u32::MAX), None);
    }
}
