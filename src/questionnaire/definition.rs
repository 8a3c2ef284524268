//! What a questionnaire is made of: pages of questions, each with a key that never changes.
//!
//! The same types are read from `guides/{year}/questionnaire.toml` and stored as JSON with the edition.
//! `docs/QUESTIONNAIRE.md` explains every key to the person who writes one.

mod choice;
mod condition;
mod groups;
mod kind;
mod latest;
mod query;
mod question;
mod roles;

pub use choice::Choice;
pub use condition::{Condition, OneOrMany};
pub use groups::Groups;
pub use kind::{Kind, LineContent};
pub use latest::{LatestMonth, LatestYear};
pub use query::{QueryRule, Rule};
pub use question::Question;
pub use roles::Roles;

use serde::{Deserialize, Serialize};

/// A whole questionnaire, in the order in which it is asked and printed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Questionnaire {
    /// Which questions have a meaning for the rest of Almanac.
    pub roles: Roles,
    /// The pages, first to last.
    #[serde(rename = "page", default)]
    pub pages: Vec<Page>,
}

/// One page of the questionnaire: a screen to fill in, a section of the profile.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// Its address under the entry, and its anchor on the profile.
    pub key: String,
    /// Its heading.
    pub title: String,
    /// Short answers, set in two columns on the profile.
    #[serde(default)]
    pub facts: bool,
    /// The questions, first to last.
    #[serde(rename = "question", default)]
    pub questions: Vec<Question>,
}

impl Questionnaire {
    /// The page with this key.
    pub fn page(&self, key: &str) -> Option<&Page> {
        self.pages.iter().find(|page| page.key == key)
    }

    /// The question with this key, on whichever page.
    pub fn question(&self, key: &str) -> Option<&Question> {
        self.questions().find(|question| question.key == key)
    }

    /// The question with this key, or the field of a group, written `group.field`.
    pub fn field_or_question(&self, key: &str) -> Option<&Question> {
        match key.split_once('.') {
            None => self.question(key),
            Some((group, field)) => match &self.question(group)?.kind {
                Kind::Groups(groups) => groups.fields.iter().find(|known| known.key == field),
                _ => None,
            },
        }
    }

    /// Every question, in order.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.pages.iter().flat_map(|page| &page.questions)
    }

    /// The page on which this question stands.
    pub fn page_of(&self, question: &str) -> Option<&Page> {
        self.pages.iter().find(|page| page.questions.iter().any(|asked| asked.key == question))
    }

    /// Whether the question stands as the profile's title or subtitle, and not among its lines.
    pub fn is_title(&self, question: &str) -> bool {
        question == self.roles.company || question == self.roles.program
    }
}
