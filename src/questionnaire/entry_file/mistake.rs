//! What can be wrong with an entry file.

use super::FileStatus;
use crate::questionnaire::NotToml;
use crate::questionnaire::answer::WrongShape;
use crate::questionnaire::asked::Answers;
use crate::questionnaire::check::Refusal;

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
        source: NotToml,
    },
    /// It is JSON, but a list or a single value.
    #[error("{file}: an entry must be one JSON object, with \"edition\", \"status\", \"member\" and \"answers\"")]
    NoObject {
        /// The file.
        file: String,
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
        /// How far the entry has come, if that can be read.
        status: Option<FileStatus>,
        /// The answers without what is mistaken in them.
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

impl EntryMistake {
    /// The question that it is about.
    pub fn question(&self) -> Option<&str> {
        match self {
            Self::UnknownKey(_) | Self::Key { .. } | Self::Member { .. } => None,
            Self::UnknownQuestion { question, .. }
            | Self::WrongShape { question, .. }
            | Self::UnknownOption { question, .. }
            | Self::UnknownRow { question, .. }
            | Self::NoOther { question, .. }
            | Self::NoReason(question)
            | Self::NoQuery(question) => Some(question),
        }
    }

    /// The part of the answer that stands as nothing because of it; empty for the whole, none where all of it stands.
    fn part(&self) -> Option<&str> {
        match self {
            Self::WrongShape { wrong, .. } if wrong.unknown.is_some() => None,
            Self::WrongShape { wrong, .. } => {
                let part = wrong.part.as_deref().unwrap_or_default();
                // A list of options is no part of its own in a form.
                Some(part.strip_suffix("options").map_or(part, |whole| whole.trim_end_matches('.')))
            }
            Self::UnknownOption { part, .. } | Self::NoOther { part, .. } => Some(part),
            _ => None,
        }
    }

    /// Whether it is about what this refusal says of the same answer in other words.
    pub(super) fn covers(&self, refusal: &Refusal) -> bool {
        let (Some(question), Some(part)) = (self.question(), self.part()) else { return false };
        let mistaken = if part.is_empty() { question.to_owned() } else { format!("{question}.{part}") };
        let rest = refusal.field.strip_prefix(&mistaken);
        refusal.question == question && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    }
}

fn in_part(part: &str) -> String {
    if part.is_empty() { String::new() } else { format!("in \"{part}\", ") }
}
