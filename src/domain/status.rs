//! An entry's life.
//!
//! ```text
//!             submit              approve             publish
//!  Draft ───────────────▶ Submitted ─────▶ Approved ─────────▶ Published
//!    ▲  recall ◀────────────┘   │              │ reopen            │
//!    │                          ▼              ▼                   │ revise
//!    └────────── ChangesRequested ◀────────────┘      Draft ◀──────┘
//!  any but Published: withdraw ▶ Withdrawn ─ reinstate ▶ Draft     Published: unpublish ▶ Approved
//! ```
//!
//! A profile that stays up while its entry is revised can be taken down at any status on that way: the entry stays where
//! it is. And while it is up, its entry is not withdrawn.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Where an entry is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// The vendor fills it in.
    Draft,
    /// It waits for the editors.
    Submitted,
    /// The editors sent notes; the vendor goes on.
    ChangesRequested,
    /// The editors are content.
    Approved,
    /// Readers see its profile.
    Published,
    /// It takes part no longer.
    Withdrawn,
}

/// What can be done to an entry's status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// The vendor hands it to the editors.
    Submit,
    /// The vendor takes it back while nobody has decided.
    Recall,
    /// The editors ask for changes.
    RequestChanges,
    /// The editors are content.
    Approve,
    /// The editors publish it.
    Publish,
    /// The editors ask for changes after all.
    Reopen,
    /// The vendor goes on after publication; the profile stays as it is.
    Revise,
    /// The editors take the profile down.
    Unpublish,
    /// It takes part no longer.
    Withdraw,
    /// It takes part again.
    Reinstate,
}

/// The act does not fit the entry's status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an entry that is {status} cannot be {act}")]
pub struct NotNow {
    /// What was tried.
    pub act: Act,
    /// What the entry is.
    pub status: Status,
}

impl Status {
    /// Every status, in the order of an entry's life.
    pub const ALL: [Self; 6] =
        [Self::Draft, Self::Submitted, Self::ChangesRequested, Self::Approved, Self::Published, Self::Withdrawn];

    /// The status after an act.
    ///
    /// # Errors
    /// [`NotNow`] when the act does not fit this status.
    pub fn after(self, act: Act) -> Result<Self, NotNow> {
        use Status::{Approved, ChangesRequested, Draft, Published, Submitted, Withdrawn};
        match (self, act) {
            (Draft | ChangesRequested, Act::Submit) => Ok(Submitted),
            (Submitted, Act::Recall) => Ok(Draft),
            (Submitted, Act::RequestChanges) => Ok(ChangesRequested),
            (Submitted, Act::Approve) => Ok(Approved),
            (Approved, Act::Publish) => Ok(Published),
            (Approved, Act::Reopen) => Ok(ChangesRequested),
            (Published, Act::Revise) => Ok(Draft),
            (Published, Act::Unpublish) => Ok(Approved),
            (under_revision @ (Draft | Submitted | ChangesRequested | Approved), Act::Unpublish) => Ok(under_revision),
            (Draft | Submitted | ChangesRequested | Approved, Act::Withdraw) => Ok(Withdrawn),
            (Withdrawn, Act::Reinstate) => Ok(Draft),
            (status, act) => Err(NotNow { act, status }),
        }
    }

    /// Whether the vendor may change answers.
    pub fn is_open_to_the_vendor(self) -> bool {
        matches!(self, Self::Draft | Self::ChangesRequested)
    }

    /// Its name in storage and addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::ChangesRequested => "changes_requested",
            Self::Approved => "approved",
            Self::Published => "published",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Its name on a page.
    pub fn words(self) -> &'static str {
        match self {
            Self::Draft => "Draft",
            Self::Submitted => "Submitted",
            Self::ChangesRequested => "Changes requested",
            Self::Approved => "Approved",
            Self::Published => "Published",
            Self::Withdrawn => "Withdrawn",
        }
    }
}

impl Act {
    /// Every act.
    pub const ALL: [Self; 10] = [
        Self::Submit,
        Self::Recall,
        Self::RequestChanges,
        Self::Approve,
        Self::Publish,
        Self::Reopen,
        Self::Revise,
        Self::Unpublish,
        Self::Withdraw,
        Self::Reinstate,
    ];

    /// Its name in storage and forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Submit => "submit",
            Self::Recall => "recall",
            Self::RequestChanges => "request_changes",
            Self::Approve => "approve",
            Self::Publish => "publish",
            Self::Reopen => "reopen",
            Self::Revise => "revise",
            Self::Unpublish => "unpublish",
            Self::Withdraw => "withdraw",
            Self::Reinstate => "reinstate",
        }
    }

    /// What an entry is when it is done, as in "cannot be …".
    pub fn done(self) -> &'static str {
        match self {
            Self::Submit => "submitted",
            Self::Recall => "recalled",
            Self::RequestChanges => "sent back for changes",
            Self::Approve => "approved",
            Self::Publish => "published",
            Self::Reopen => "reopened",
            Self::Revise => "revised",
            Self::Unpublish => "taken down",
            Self::Withdraw => "withdrawn",
            Self::Reinstate => "reinstated",
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.words().to_lowercase())
    }
}

impl fmt::Display for Act {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.done())
    }
}

/// A text that is the name of no status or act.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no \"{0}\"")]
pub struct UnknownName(pub String);

impl FromStr for Status {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|status| status.as_str() == text).ok_or_else(|| UnknownName(text.to_owned()))
    }
}

impl FromStr for Act {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|act| act.as_str() == text).ok_or_else(|| UnknownName(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A row a status, a column an act in the order of [`Act::ALL`]; a dot where the act does not fit.
    const TABLE: [(&str, [&str; 10]); 6] = [
        ("draft", ["submitted", ".", ".", ".", ".", ".", ".", "draft", "withdrawn", "."]),
        ("submitted", [".", "draft", "changes_requested", "approved", ".", ".", ".", "submitted", "withdrawn", "."]),
        ("changes_requested", ["submitted", ".", ".", ".", ".", ".", ".", "changes_requested", "withdrawn", "."]),
        ("approved", [".", ".", ".", ".", "published", "changes_requested", ".", "approved", "withdrawn", "."]),
        ("published", [".", ".", ".", ".", ".", ".", "draft", "approved", ".", "."]),
        ("withdrawn", [".", ".", ".", ".", ".", ".", ".", ".", ".", "draft"]),
    ];

    #[test]
    fn every_status_and_every_act() {
        for (status, row) in TABLE {
            let status: Status = status.parse().unwrap();
            for (act, expected) in Act::ALL.into_iter().zip(row) {
                let after = status.after(act).map_or(".", Status::as_str);
                assert_eq!(after, expected, "{status}, {}", act.as_str());
            }
        }
    }

    #[test]
    fn names_read_back() {
        for status in Status::ALL {
            assert_eq!(status.as_str().parse(), Ok(status));
        }
        for act in Act::ALL {
            assert_eq!(act.as_str().parse(), Ok(act));
        }
        assert!("Draft".parse::<Status>().is_err());
    }
}
