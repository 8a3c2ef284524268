//! What a person is told of an error: what happened, what was kept, what to do. Nothing of what is inside.

use super::{Way, not_now};
use crate::db::DbError;
use crate::domain::Shut;
use crate::error::AppError;

/// What a person is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The heading.
    pub title: &'static str,
    /// Sentences: what happened, and what was kept.
    pub happened: Vec<String>,
    /// Sentences: what to do.
    pub advice: Vec<String>,
    /// Where that is done, where it is somewhere else than whatever failed.
    pub way: Option<Way>,
}

impl Explanation {
    /// An explanation of these sentences.
    pub fn new(title: &'static str, happened: &[&str], advice: &[&str]) -> Self {
        let owned = |sentences: &[&str]| sentences.iter().map(|sentence| (*sentence).to_owned()).collect();
        Self { title, happened: owned(happened), advice: owned(advice), way: None }
    }

    /// The same with the way to where its advice is followed.
    pub fn leading_to(self, href: &str, label: &str) -> Self {
        Self { way: Some(Way { href: href.to_owned(), label: label.to_owned() }), ..self }
    }

    /// All its sentences, in order.
    pub fn sentences(&self) -> impl Iterator<Item = &str> {
        self.happened.iter().chain(&self.advice).map(String::as_str)
    }
}

/// When it opens, or until when it was open.
fn not_open(shut: &Shut) -> Explanation {
    let happened = [shut.sentence(), "All that was saved before is kept."];
    match shut {
        Shut::NotYet(_) => {
            Explanation::new("The edition is not open yet", &happened[..1], &["Come back then to begin an entry."])
        }
        Shut::NoMore(_) => {
            Explanation::new("The edition is closed", &happened, &["If you need more time, write to the editors."])
        }
        Shut::NoEdition => Explanation::new("The edition is not open yet", &happened[..1], &[]),
    }
}

impl AppError {
    /// What a person is told.
    pub fn explanation(&self) -> Explanation {
        match self {
            Self::NotThere => Explanation::new(
                "There is nothing here",
                &["The address may be mistyped, or the page may not be yours to see."],
                &["Check the address.", "If it came in a mail, sign in as the person that the mail was for."],
            ),
            Self::SignIn { .. } => Explanation::new("Sign in first", &["This page is for people who are signed in."], &[]),
            Self::WrongMethod { .. } => Explanation::new(
                "This address works otherwise",
                &["Nothing was changed."],
                &["Go back, and use the page’s own links and buttons."],
            ),
            Self::NotNow(not_now) => not_now::explanation(*not_now),
            Self::Outdated => Explanation::new(
                "The entry has been changed since",
                &[
                    "Since you opened the review an answer was changed, or somebody else wrote a note. So nothing was decided.",
                    NOTES_KEPT,
                ],
                &["Load the review anew: it shows answers and notes as they are now."],
            ),
            Self::NotOpen(shut) => not_open(shut),
            Self::Incomplete => Explanation::new(
                "The entry is not complete",
                &["It was not submitted. All answers are kept."],
                &["Open “Check and submit”: it shows what is missing, with a link to each."],
            ),
            Self::NeedsNote => Explanation::new(
                "Say what should be changed",
                &["Changes are asked for with at least one open note, and there is none."],
                &["Go back, write a note at a question or on the whole entry, and ask again."],
            ),
            Self::Unusable(sentence) => Explanation::new(
                "There is a problem",
                &[sentence, "Nothing was changed."],
                &["Go back: what you typed is still there."],
            ),
            Self::Parameter(sentence) => Explanation::new("The address cannot be used", &[sentence], &[]),
            Self::Malformed(malformed) => malformed_form(&malformed.to_string()),
            Self::Unreadable(_) => Explanation::new(
                "The form cannot be read",
                &["It is not what a browser sends.", NOTHING_CHANGED],
                &["Go back and try again."],
            ),
            Self::OtherSite => Explanation::new(
                "This form came from another site",
                &["For your safety nothing was changed."],
                &["Open the page here and fill it in again."],
            ),
            Self::TooLarge => Explanation::new(
                "The form is too large",
                &["It has more than a million characters, which is more than any answer may have.", NOTHING_CHANGED],
                &["Go back, shorten what was pasted, and save again."],
            ),
            Self::TooManyTries => Explanation::new(
                "Too many tries",
                &["Too many codes were tried in a short time."],
                &["Wait fifteen minutes and try again. A link that you already have still works."],
            ),
            Self::TooManyMails => Explanation::new(
                "Too many mails",
                &["Too many sign-in mails were asked for in a short time."],
                &["Wait fifteen minutes and try again. A link or a code that you already have still works."],
            ),
            Self::NotKept { .. } => Explanation::new(
                "You are not signed in",
                &["Your session has ended, and this form could not be kept for you as forms usually are.", NOTHING_CHANGED],
                &["Sign in, and fill it in again."],
            ),
            Self::SomebodyElse { kept: true } => Explanation::new(
                SOMEBODY_ELSE,
                &[
                    "Somebody else is signed in in this browser now than when the page was opened that sent this. So nothing was done.",
                    "What was sent is kept for a day: it waits until its author signs in here again.",
                ],
                &["If that is you, sign out, and sign in with your own address: what you sent stands there again."],
            ),
            Self::SomebodyElse { kept: false } => Explanation::new(
                SOMEBODY_ELSE,
                &[
                    "Somebody else is signed in in this browser now than when the page was opened that sent this. So nothing was done.",
                ],
                &["Sign out, sign in with your own address, and do it again."],
            ),
            Self::LinkSpent { .. } => Explanation::new(
                "This link does not work any more",
                &["A sign-in link works once and for twenty minutes."],
                &["If you are not signed in, ask for a new one: it takes a minute."],
            ),
            Self::CodeSpent { .. } => Explanation::new(
                "This code does not work any more",
                &[
                    "A code works once, for twenty minutes, and only in the browser that asked for it. After five wrong ones none does.",
                ],
                &["If you are not signed in, ask for a new one: it takes a minute."],
            ),
            Self::Database(DbError::Unavailable(_)) => Explanation::new(
                "We cannot reach our records at the moment",
                &["What you asked for cannot be shown now.", ALL_KEPT],
                &["Wait a minute, and try again."],
            ),
            Self::Database(_) | Self::Template(_) | Self::Broken(_) => Explanation::new(
                "Something went wrong on our side",
                &["What you asked for cannot be shown now.", ALL_KEPT],
                &["Try again. If it happens twice, write to the editors; it has been noted."],
            ),
        }
    }

    /// What a person is told who has sent something.
    pub(super) fn explanation_of_post(&self) -> Explanation {
        let told = self.explanation();
        match self {
            Self::Database(DbError::Unavailable(_)) => Explanation::new(
                told.title,
                &[ALL_KEPT, NOT_SAVED],
                &["Go back: what you typed should still be there. Wait a minute, and send it again."],
            ),
            Self::Database(_) | Self::Template(_) | Self::Broken(_) => Explanation::new(
                told.title,
                &[ALL_KEPT, PERHAPS_SAVED],
                &["Go back and try again. If it happens twice, write to the editors; it has been noted."],
            ),
            _ => told,
        }
    }

    /// Whether it is our fault and belongs into the log.
    pub(super) fn is_ours(&self) -> bool {
        matches!(self, Self::Database(_) | Self::Template(_) | Self::Broken(_))
    }
}

const SOMEBODY_ELSE: &str = "Somebody else is signed in";
const ALL_KEPT: &str = "All that was saved before is kept.";
const NOT_SAVED: &str = "What you sent just now was not saved.";
const PERHAPS_SAVED: &str = "What you sent just now may not be.";
const NOTES_KEPT: &str = "Your notes are kept.";
const NOTHING_CHANGED: &str = "Nothing was changed: all that was saved before is kept.";

/// Whether a sentence tells what was kept of a form of which nothing was done.
pub(super) fn is_about_what_was_kept(sentence: &str) -> bool {
    [ALL_KEPT, NOT_SAVED, PERHAPS_SAVED, NOTES_KEPT, NOTHING_CHANGED, not_now::NOTHING_CHANGED].contains(&sentence)
}

/// A form that came otherwise than it was sent, `how` in half a sentence: "the field “body” came twice".
pub fn malformed_form(how: &str) -> Explanation {
    Explanation::new(
        "The form did not arrive whole",
        &[&format!("Something happened to it on the way: {how}."), NOTHING_CHANGED],
        &["Go back: what you typed should still be there. Load the page anew before you send it again."],
    )
}
