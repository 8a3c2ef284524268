//! One error for all that can go wrong on a way through the house. [`web::failure`](crate::web) turns each into a
//! status and a page; what is inside is for the log and never for the page.

use std::borrow::Cow;

use crate::db::DbError;
use crate::domain::{NotNow, Shut};
use crate::questionnaire::form::Malformed;

/// Why something was not done.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// There is nothing here, or nothing that this person may see.
    #[error("there is nothing here")]
    NotThere,
    /// Somebody must sign in first; then go on at `next`.
    #[error("sign in first")]
    SignIn {
        /// Where they wanted to go.
        next: String,
    },
    /// The address is right, the method is not.
    #[error("this address takes {allowed}")]
    WrongMethod {
        /// The methods that it takes, with commas between them.
        allowed: &'static str,
    },
    /// The act does not fit what the entry is now.
    #[error(transparent)]
    NotNow(#[from] NotNow),
    /// The entry is not what it was when the page was made on which somebody decided.
    #[error("the entry has been changed since")]
    Outdated,
    /// The edition takes no entries at this time.
    #[error("the edition is not open: {}", .0.sentence())]
    NotOpen(Shut),
    /// The entry is not complete, so it cannot be submitted.
    #[error("the entry is not complete")]
    Incomplete,
    /// Changes were asked for without a note that says which.
    #[error("changes need at least one open note")]
    NeedsNote,
    /// What was typed for this act is missing or too long.
    #[error("{0}")]
    Unusable(Cow<'static, str>),
    /// A parameter of an address that cannot be used.
    #[error("{0}")]
    Parameter(String),
    /// A form that did not arrive as it was sent.
    #[error("the form did not arrive whole: {0}")]
    Malformed(#[from] Malformed),
    /// A body that is no form, or no text.
    #[error("the form cannot be read: {0}")]
    Unreadable(String),
    /// A post from another site.
    #[error("the form was sent from another site")]
    OtherSite,
    /// A body above the limit.
    #[error("the form is too large")]
    TooLarge,
    /// Too many tries.
    #[error("too many tries")]
    TooManyTries,
    /// Too many mails to sign in with were asked for.
    #[error("too many sign-in mails")]
    TooManyMails,
    /// Somebody must sign in first, and their form could not be kept meanwhile.
    #[error("sign in first: the form was not kept")]
    NotKept {
        /// Whether it is too large for that; else too many are kept already.
        too_large: bool,
    },
    /// Somebody else is signed in than whoever the form was made for, so it is done for neither.
    #[error("somebody else is signed in than the form was made for")]
    SomebodyElse {
        /// Whether it is kept for whoever it was made for.
        kept: bool,
    },
    /// A sign-in link that is spent, expired or unknown.
    #[error("the sign-in link does not work any more")]
    LinkSpent {
        /// Where its owner wanted to go; empty where that is not known.
        next: String,
    },
    /// A code to sign in with that is spent, expired, tried too often, or of another browser.
    #[error("the sign-in code does not work any more")]
    CodeSpent {
        /// Where its owner wanted to go; empty where that is not known.
        next: String,
    },
    /// The database is away or does not do what it should.
    #[error(transparent)]
    Database(#[from] DbError),
    /// A page or a mail could not be made.
    #[error("a template failed: {0}")]
    Template(#[from] askama::Error),
    /// Something stored is not what it should be.
    #[error("stored data is broken: {0}")]
    Broken(String),
}

impl AppError {
    /// Something stored is not what it should be.
    pub fn broken(error: impl std::fmt::Display) -> Self {
        Self::Broken(error.to_string())
    }

    /// Whether the database is away for now: nobody's fault in here.
    pub fn is_away(&self) -> bool {
        matches!(self, Self::Database(DbError::Unavailable(_)))
    }
}

impl From<diesel::result::Error> for AppError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Database(error.into())
    }
}
