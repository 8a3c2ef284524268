//! Mails about what leaves the guide, and comes back.

use askama::Template;

use super::{Frame, OpenNote, Words, plain, words};

/// To the vendor: the editors took the profile down.
#[derive(Debug, Clone)]
pub struct ProfileTakenDown {
    /// The frame.
    pub frame: Frame,
    /// The company.
    pub company: String,
    /// The program.
    pub program: String,
    /// Who took it down.
    pub editor: String,
    /// The notes that wait for the vendor.
    pub notes: Vec<OpenNote>,
    /// The entry's page.
    pub link: String,
}

words!(ProfileTakenDown, "profile_taken_down", "mail/profile_taken_down.txt", "mail/profile_taken_down.html", |mail| format!(
    "Taken down: {}",
    mail.program
));

/// To every editor, or to the vendor: an entry takes part no longer.
#[derive(Debug, Clone)]
pub struct EntryWithdrawn {
    /// The frame.
    pub frame: Frame,
    /// The company.
    pub company: String,
    /// The program.
    pub program: String,
    /// Who withdrew it.
    pub by: String,
    /// The reference, in two groups of four.
    pub reference: String,
    /// Whether it goes to editors: then its vendor withdrew it.
    pub to_editors: bool,
    /// The notes that wait for the vendor.
    pub notes: Vec<OpenNote>,
    /// The review page, or the entry's page.
    pub link: String,
}

impl EntryWithdrawn {
    /// What the button says.
    fn act(&self) -> &'static str {
        if self.to_editors { "See the entry" } else { "Go to your entry" }
    }
}

words!(EntryWithdrawn, "entry_withdrawn", "mail/entry_withdrawn.txt", "mail/entry_withdrawn.html", |mail| format!(
    "Withdrawn: {}",
    mail.program
));

/// To the vendor: the editors brought a withdrawn entry back.
#[derive(Debug, Clone)]
pub struct EntryReinstated {
    /// The frame.
    pub frame: Frame,
    /// The company.
    pub company: String,
    /// The program.
    pub program: String,
    /// Who brought it back.
    pub editor: String,
    /// Whether it may be submitted: before the deadline, or again.
    pub may_submit: bool,
    /// The deadline that it must meet, in words; none once it has passed, or where the entry came in time before.
    pub deadline: Option<String>,
    /// The entry's page.
    pub link: String,
}

words!(EntryReinstated, "entry_reinstated", "mail/entry_reinstated.txt", "mail/entry_reinstated.html", |mail| format!(
    "Brought back: {}",
    mail.program
));
