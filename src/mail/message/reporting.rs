//! The mail of a reader who reports something outdated.

use askama::Template;

use super::{Frame, Words, plain, words};

/// To the vendor and to every editor: a reader reports that something in a profile is outdated.
#[derive(Debug, Clone)]
pub struct FactReported {
    /// The frame.
    pub frame: Frame,
    /// The company.
    pub company: String,
    /// The program.
    pub program: String,
    /// The label of the answer that is meant; none for the profile as a whole.
    pub question: Option<String>,
    /// What the profile says there, line by line.
    pub answer: Vec<String>,
    /// What the reader wrote.
    pub wrong: String,
    /// The reader's address, if they gave it.
    pub from: Option<String>,
    /// The profile's address, at the answer.
    pub profile: String,
    /// Whether it goes to editors: they cannot change an answer.
    pub to_editors: bool,
    /// The entry's page, or its history at the desk.
    pub link: String,
}

impl FactReported {
    /// What the button says.
    fn act(&self) -> &'static str {
        if self.to_editors { "See the entry’s history" } else { "Go to your entry" }
    }
}

words!(FactReported, "fact_reported", "mail/fact_reported.txt", "mail/fact_reported.html", |mail| format!(
    "A reader reports something outdated: {}",
    mail.program
));
