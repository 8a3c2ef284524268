//! Chance, handed in.

use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;
use uuid::Uuid;

type Fill = dyn Fn(&mut [u8]) + Send + Sync;

/// Fills bytes by chance. Tests hand in their own.
#[derive(Clone)]
pub struct Random(Arc<Fill>);

impl Random {
    /// The machine's source of randomness.
    pub fn system() -> Self {
        Self(Arc::new(|bytes| {
            #[expect(
                clippy::disallowed_methods,
                clippy::expect_used,
                reason = "the one place that reads the machine's randomness; without it nothing is safe to go on"
            )]
            getrandom::fill(bytes).expect("the machine gives random bytes");
        }))
    }

    /// A source that fills bytes as `fill` does.
    pub fn filling(fill: impl Fn(&mut [u8]) + Send + Sync + 'static) -> Self {
        Self(Arc::new(fill))
    }

    /// This many random bytes.
    pub fn bytes<const COUNT: usize>(&self) -> [u8; COUNT] {
        let mut bytes = [0; COUNT];
        (self.0)(&mut bytes);
        bytes
    }

    /// A new id (UUIDv7), which sorts by the time it was made.
    pub fn id(&self, now: Timestamp) -> Uuid {
        let milliseconds = u64::try_from(now.as_millisecond()).unwrap_or_default();
        uuid::Builder::from_unix_timestamp_millis(milliseconds, &self.bytes()).into_uuid()
    }
}

impl fmt::Debug for Random {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Random")
    }
}
