//! Posted fields into answers and back. A page's form is read strictly: a field twice, missing or misspelt is a
//! refusal of the whole form, because then something was lost on the way; whatever is typed in a field is taken.

mod read;
mod told;
mod turn;
mod write;

pub use read::read;
pub use told::{Told, told};
pub use turn::{Arrival, NewestTurns, Turn};
pub use write::write;

use super::answer::{Answer, Row};
use super::definition::{Choice, Groups, Questionnaire};

/// The field of a form that says for whose account it was made. It is taken off before the form is read.
pub const AUTHOR: &str = "by";

/// The field of a form above which stands what is unusual on its page, and the question whether it is right.
pub const ASKED: &str = "asked";

/// The fields of a posted form, in the order of the form.
pub type Fields = Vec<(String, String)>;

/// A form that did not arrive as it was sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// A field that stands once came twice.
    #[error("the field “{0}” came twice")]
    Twice(String),
    /// A field that every form has did not come.
    #[error("the field “{0}” is missing")]
    Missing(String),
    /// A field that no form has came.
    #[error("the field “{0}” does not belong to this page")]
    Unknown(String),
    /// A field whose text is nothing that a person types, and not what the page has in it.
    #[error("the field “{0}” is not one that this page sends")]
    Foreign(String),
    /// An option that its list has not.
    #[error("“{option}” is not an option of the field “{field}”")]
    UnknownOption {
        /// The field.
        field: String,
        /// What came.
        option: String,
    },
    /// The button pressed does not belong to this page.
    #[error("the button “{0}” does not belong to this page")]
    UnknownAct(String),
}

/// Which button was pressed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Save and continue.
    Continue,
    /// Save and come back later.
    Later,
    /// Nothing was pressed: the page saves itself.
    Autosave,
    /// Change the rows of a group.
    Rows {
        /// The group's question.
        question: String,
        /// What to do with them.
        change: RowChange,
    },
    /// Copy the answer that this question may be the same as.
    SameAs(String),
}

impl Act {
    /// The question whose answer the button changes, if it changes one.
    pub fn question(&self) -> Option<&str> {
        match self {
            Self::Rows { question, .. } | Self::SameAs(question) => Some(question),
            Self::Continue | Self::Later | Self::Autosave => None,
        }
    }
}

/// A change to the rows of a group. Rows are counted from 1, as their fields are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowChange {
    /// Add a blank one at the end.
    Add,
    /// Take one out.
    Remove(usize),
    /// Move one before the one above it.
    Up(usize),
    /// Move one behind the one below it.
    Down(usize),
}

/// What was posted for one question.
#[derive(Debug, Clone, PartialEq)]
pub struct PostedAnswer {
    /// The question.
    pub question: String,
    /// What was typed and ticked.
    pub answer: Answer,
    /// The mark of the answer that the form was rendered from.
    pub from: String,
    /// The query that the form showed, and what was said to it.
    pub query: Option<PostedQuery>,
    /// Which of two rival answers was chosen, where the form asked.
    pub rival: Option<Chosen>,
    /// The mark of the rival that the form showed.
    pub rival_from: Option<String>,
}

/// What was said to a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostedQuery {
    /// The sentence that was shown.
    pub sentence: String,
    /// "This is correct" was ticked.
    pub correct: bool,
    /// The reason.
    pub reason: String,
    /// The mark of what had been said to it when the form was rendered; none where the form does not say.
    pub from: Option<String>,
}

/// One of two answers that were typed at the same time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chosen {
    /// The one in the field.
    Field,
    /// The other one.
    Rival,
}

/// A page as it was posted.
#[derive(Debug, Clone, PartialEq)]
pub struct PostedPage {
    /// The questions that the form showed, in the page's order.
    pub answers: Vec<PostedAnswer>,
    /// Which button was pressed.
    pub act: Act,
    /// Whether the form asked if what is unusual on its page is right.
    pub asked: bool,
    /// Which form was sent, and the how manieth time; none where the form does not say.
    pub turn: Option<Turn>,
}

/// Changes the rows of a group's answer. A row that is not there, or a row too many, changes nothing: a second
/// click on the same button must be harmless.
pub fn change_rows(groups: &Groups, answer: &mut Answer, change: RowChange) {
    let Answer::Groups(rows) = answer else { return };
    match change {
        RowChange::Add if rows.len() < groups.most => rows.push(blank_row(groups)),
        RowChange::Remove(row) if (1..=rows.len()).contains(&row) => drop(rows.remove(row - 1)),
        RowChange::Up(row) if (2..=rows.len()).contains(&row) => rows.swap(row - 2, row - 1),
        RowChange::Down(row) if row >= 1 && row < rows.len() => rows.swap(row - 1, row),
        _ => {}
    }
}

/// A row before anything is typed in it.
pub fn blank_row(groups: &Groups) -> Row {
    groups.fields.iter().map(|field| (field.key.clone(), Answer::blank(&field.kind))).collect()
}

impl Questionnaire {
    /// The answer that "same as" copies to this question, if there is one to copy.
    pub fn same_answer(&self, question: &str, answers: &super::Answers) -> Option<Answer> {
        let from = self.question(question)?.same_as.as_deref()?;
        answers.get(from).filter(|answer| !answer.is_blank()).cloned()
    }
}

/// Whether a list has this option.
fn stands_in(options: &[Choice], key: &str) -> bool {
    options.iter().any(|option| option.key == key)
}
