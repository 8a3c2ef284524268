//! What can be wrong with an entry file.

use crate::questionnaire::answer::WrongShape;
use crate::questionnaire::asked::Answers;

/// A file that holds no entry which could be brought in.
#[derive(Debug, thiserror::Error)]
pub enum EntryFileError {
    /// Its name ends neither in `.toml` nor in `.json`.
    #[error("{file}: an entry file ends in .toml or .json")]
    UnknownFormat {
        /// The file.
        file: String,
    },
    /// It is no TOML.
    #[error("{file} is not well-formed TOML: {source}")]
    NotToml {
        /// The file.
        file: String,
        /// Where and why.
        source: toml::de::Error,
    },
    /// It is no JSON, or says something twice.
    #[error("{file} is not well-formed JSON: {source}")]
    NotJson {
        /// The file.
        file: String,
        /// Where and why.
        source: serde_json::Error,
    },
    /// It says something that is no entry to this questionnaire.
    #[error("{}", mistakes.iter().map(|mistake| format!("{file}: {mistake}")).collect::<Vec<_>>().join("\n"))]
    Mistakes {
        /// The file.
        file: String,
        /// All of them.
        mistakes: Vec<EntryMistake>,
        /// The answers in which there is none.
        answers: Answers,
    },
}

/// One mistake in an entry file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EntryMistake {
    /// A key that no entry file has.
    #[error("unknown key \"{0}\"")]
    UnknownKey(String),
    /// A key that every entry file has is missing, or holds something else.
    #[error("\"{key}\" must be {expected}")]
    Key {
        /// The key.
        key: &'static str,
        /// What it must be.
        expected: &'static str,
    },
    /// Something is wrong with a member.
    #[error("member {number}: {wrong}")]
    Member {
        /// Which one, from 1 on.
        number: usize,
        /// What it is.
        wrong: String,
    },
    /// An answer, or a reason, to a question that is not asked in this questionnaire.
    #[error("in [{table}]: there is no question \"{question}\"")]
    UnknownQuestion {
        /// `answers` or `reasons`.
        table: &'static str,
        /// What stands there.
        question: String,
    },
    /// An answer that has not the shape of its question's kind.
    #[error("question \"{question}\": {wrong}")]
    WrongShape {
        /// The question.
        question: String,
        /// What would have been right.
        wrong: WrongShape,
    },
    /// An option that its list has not.
    #[error("question \"{question}\": {}there is no option \"{option}\"", in_part(part))]
    UnknownOption {
        /// The question.
        question: String,
        /// Where in the answer, like `2.partner_types`; empty if the answer has no parts.
        part: String,
        /// What stands there.
        option: String,
    },
    /// A row that its grid has not.
    #[error("question \"{question}\": {}there is no row \"{row}\"", in_part(part))]
    UnknownRow {
        /// The question.
        question: String,
        /// Where in the answer; empty if the answer has no parts.
        part: String,
        /// What stands there.
        row: String,
    },
    /// A text under "other" in a list that has no "other".
    #[error("question \"{question}\": {}the list has no \"other\"", in_part(part))]
    NoOther {
        /// The question.
        question: String,
        /// Where in the answer; empty if the answer has no parts.
        part: String,
    },
    /// A reason that is no text, or an empty one.
    #[error("question \"{0}\": its reason must be a text that is not empty")]
    NoReason(String),
    /// A reason for an answer that is not unusual.
    #[error("question \"{0}\": there is a reason, but no query that it would confirm")]
    NoQuery(String),
}

fn in_part(part: &str) -> String {
    if part.is_empty() { String::new() } else { format!("in \"{part}\", ") }
}
