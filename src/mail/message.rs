//! The mails that Almanac writes: one type each, with its subject and its words as text and as HTML
//! (`templates/mail/`).

use askama::Template;
use jiff::Timestamp;

use super::plain;

mod leaving;
mod reporting;

pub use leaving::{EntryReinstated, EntryWithdrawn, ProfileTakenDown};
pub use reporting::FactReported;

/// What frames every mail.
#[derive(Debug, Clone)]
pub struct Frame {
    /// The guide's name, without the year.
    pub guide: String,
    /// The edition's year.
    pub year: i32,
    /// The address of the guide's first page.
    pub home: String,
}

/// A mail's words.
pub trait Words {
    /// Its name in the outbox.
    const KIND: &'static str;
    /// Until when the secret that it carries is good for anything; none for a mail without one. A mail with a secret does
    /// not leave later, and its words are wiped once nobody is going to send them any more.
    fn secret_until(&self) -> Option<Timestamp> {
        None
    }
    /// The subject line.
    fn subject(&self) -> String;
    /// The plain text.
    ///
    /// # Errors
    /// What the template says.
    fn text(&self) -> Result<String, askama::Error>;
    /// The HTML.
    ///
    /// # Errors
    /// What the template says.
    fn html(&self) -> Result<String, askama::Error>;
}

macro_rules! words {
    (
        $message:ident, $kind:literal, $text:literal, $html:literal,
        |$this:ident| $subject:expr $(, secret until $secret_until:expr)?
    ) => {
        impl Words for $message {
            const KIND: &'static str = $kind;

            $(
                fn secret_until(&self) -> Option<Timestamp> {
                    let $this = self;
                    Some($secret_until)
                }
            )?

            fn subject(&self) -> String {
                let $this = self;
                $subject
            }

            fn text(&self) -> Result<String, askama::Error> {
                #[derive(Template)]
                #[template(path = $text, escape = "none")]
                struct Text<'a> {
                    mail: &'a $message,
                }
                Text { mail: self }.render().map(|text| plain::laid_out(&text))
            }

            fn html(&self) -> Result<String, askama::Error> {
                #[derive(Template)]
                #[template(path = $html)]
                struct Html<'a> {
                    mail: &'a $message,
                    title: String,
                }
                Html { mail: self, title: self.subject() }.render()
            }
        }
    };
}
use words;

/// To somebody who wants to sign in.
#[derive(Debug, Clone)]
pub struct SignIn {
    /// The frame.
    pub frame: Frame,
    /// Opens a page with a button.
    pub link: String,
    /// The code, in two groups of four.
    pub code: String,
    /// How long both live.
    pub minutes: i64,
    /// When they have run out.
    pub expires_at: Timestamp,
}

words!(
    SignIn,
    "sign_in",
    "mail/sign_in.txt",
    "mail/sign_in.html",
    |mail| format!("Sign in to the {}", mail.frame.guide),
    secret until mail.expires_at
);

/// To somebody who was made an editor.
#[derive(Debug, Clone)]
pub struct EditorInvited {
    /// The frame.
    pub frame: Frame,
    /// The address the person signs in with.
    pub email: String,
    /// Where to sign in.
    pub link: String,
}

words!(EditorInvited, "editor_invited", "mail/editor_invited.txt", "mail/editor_invited.html", |mail| format!(
    "You are an editor of the {}",
    mail.frame.guide
));

/// To every editor: an entry was submitted.
#[derive(Debug, Clone)]
pub struct EntrySubmitted {
    /// The frame.
    pub frame: Frame,
    /// The company.
    pub company: String,
    /// The program.
    pub program: String,
    /// Who submitted it.
    pub submitted_by: String,
    /// When, in the edition's time zone.
    pub submitted_at: String,
    /// Whether it had been submitted before.
    pub again: bool,
    /// How many queries it raises.
    pub queries: usize,
    /// How many of them its vendor confirmed with a reason.
    pub confirmed: usize,
    /// How many notes are open.
    pub open_notes: i64,
    /// How many entries wait for the editors, with this one.
    pub waiting: usize,
    /// The reference, in two groups of four.
    pub reference: String,
    /// The review page.
    pub link: String,
}

words!(EntrySubmitted, "entry_submitted", "mail/entry_submitted.txt", "mail/entry_submitted.html", |mail| format!(
    "An entry was submitted: {}",
    mail.program
));

/// A printed section in a mail: the copy to keep.
#[derive(Debug, Clone)]
pub struct CopySection {
    /// The page's title.
    pub title: String,
    /// Label and lines of each answer.
    pub lines: Vec<(String, Vec<String>)>,
}

/// To the vendor: the entry has arrived, with a copy to keep.
#[derive(Debug, Clone)]
pub struct EntryReceived {
    /// The frame.
    pub frame: Frame,
    /// The company.
    pub company: String,
    /// The program.
    pub program: String,
    /// The reference, in two groups of four.
    pub reference: String,
    /// When, in the edition's time zone.
    pub submitted_at: String,
    /// Whether readers see a profile already, which stays as it is for now.
    pub is_revision: bool,
    /// The day on which profiles appear; none once they have.
    pub publishes_on: Option<String>,
    /// Whom to ask.
    pub contact_name: String,
    /// Where.
    pub contact_email: String,
    /// The entry's page.
    pub link: String,
    /// Everything that was submitted.
    pub copy: Vec<CopySection>,
}

words!(EntryReceived, "entry_received", "mail/entry_received.txt", "mail/entry_received.html", |mail| format!(
    "We have your entry: {}",
    mail.program
));

/// One open note in a mail.
#[derive(Debug, Clone)]
pub struct OpenNote {
    /// The question's label; none for a note on the whole entry.
    pub question: Option<String>,
    /// What was written, line by line.
    pub body: String,
    /// Opens the page at the question.
    pub link: String,
}

/// To the vendor: the editors ask for changes.
#[derive(Debug, Clone)]
pub struct ChangesRequested {
    /// The frame.
    pub frame: Frame,
    /// The company.
    pub company: String,
    /// The program.
    pub program: String,
    /// Who asks.
    pub editor: String,
    /// What for.
    pub notes: Vec<OpenNote>,
    /// The entry's page.
    pub link: String,
}

words!(ChangesRequested, "changes_requested", "mail/changes_requested.txt", "mail/changes_requested.html", |mail| format!(
    "Changes are asked for: {}",
    mail.program
));

/// How a profile comes to stand in the guide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Appearance {
    /// For the first time.
    First,
    /// In place of an earlier version.
    Update,
    /// After it had been taken down.
    Return,
}

/// To the vendor: the profile is published.
#[derive(Debug, Clone)]
pub struct ProfilePublished {
    /// The frame.
    pub frame: Frame,
    /// The company.
    pub company: String,
    /// The program.
    pub program: String,
    /// What readers saw before.
    pub appearance: Appearance,
    /// The profile's address.
    pub profile: String,
    /// The entry's page.
    pub link: String,
}

words!(ProfilePublished, "profile_published", "mail/profile_published.txt", "mail/profile_published.html", |mail| format!(
    "Published: {}",
    mail.program
));
