//! Where an entry stands.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Where an entry stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// The vendor is filling it in.
    Draft,
    /// The vendor is done; an editor has to look.
    Submitted,
    /// An editor asked for changes.
    ChangesRequested,
    /// An editor found it good.
    Approved,
    /// Readers see it.
    Published,
    /// It will not be published.
    Withdrawn,
}

/// A word that is no [`Status`].
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0:?} is no status of an entry")]
pub struct UnknownStatus(String);

impl Status {
    /// All of them, in the order of an entry's life.
    pub const ALL: [Self; 6] =
        [Self::Draft, Self::Submitted, Self::ChangesRequested, Self::Approved, Self::Published, Self::Withdrawn];

    /// The word that is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::ChangesRequested => "changes_requested",
            Self::Approved => "approved",
            Self::Published => "published",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl FromStr for Status {
    type Err = UnknownStatus;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|status| status.as_str() == word).ok_or_else(|| UnknownStatus(word.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_is_read_back_from_its_word() {
        for status in Status::ALL {
            assert_eq!(status.as_str().parse(), Ok(status));
            assert_eq!(serde_json::to_value(status).unwrap(), status.as_str());
        }
        assert!("Draft".parse::<Status>().is_err());
    }
}
