//! The vendor's side: one's entries, an entry's home, its pages, checking and submitting it.

pub mod check;
pub mod entries;
pub mod history;
pub mod home;
pub mod page;
pub mod part;
pub mod preview;
pub mod submit;
pub mod withdraw;

use crate::questionnaire::PageStatus;

/// A page's status as it is shown: a mark and a word, and red only for a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress(pub PageStatus);

impl Progress {
    /// Its class.
    pub fn class(self) -> &'static str {
        if self.0 == PageStatus::Problem { "status problem" } else { "status" }
    }

    /// Its mark.
    pub fn mark(self) -> &'static str {
        match self.0 {
            PageStatus::NotStarted => "empty",
            PageStatus::InProgress => "half",
            PageStatus::Problem => "problem",
            PageStatus::Completed => "check",
        }
    }

    /// Its word.
    pub fn words(self) -> &'static str {
        match self.0 {
            PageStatus::NotStarted => "Not started",
            PageStatus::InProgress => "In progress",
            PageStatus::Problem => "There is a problem",
            PageStatus::Completed => "Completed",
        }
    }
}
