//! One question: what is asked, when, and what it is called.

use serde::{Deserialize, Serialize};

use super::{Choice, Condition, Kind, QueryRule};
use crate::questionnaire::sentence;

/// One question, or one field of a group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// Names the answer for ever: in storage, import, export and addresses.
    pub key: String,
    /// The sentence asked, printed word for word.
    pub label: String,
    /// How it is answered.
    #[serde(flatten)]
    pub kind: Kind,
    /// One short sentence under the label.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// The heading over a group's rows on the form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead: Option<String>,
    /// The head of its column where the label is too long.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub short: Option<String>,
    /// What the rows of a grid are, in a word or two, where readers choose among them: "Sales model".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows_short: Option<String>,
    /// What a sentence calls it, with its article: "the year in which the company was founded".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub called: Option<String>,
    /// The whole sentence of the refusal while nothing is answered: "Select yes if …".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing: Option<String>,
    /// What the fit finder asks a reader instead of the label: "Which technologies do you sell?"
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ask_reader: Option<String>,
    /// What the fit finder asks about the rows of a grid that takes many options a row: "How do you sell them?"
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ask_reader_rows: Option<String>,
    /// May stay unanswered in a complete entry.
    #[serde(default)]
    pub optional: bool,
    /// Asked only if an earlier answer is one of these.
    #[serde(rename = "if", default, skip_serializing_if = "Option::is_none")]
    pub only_if: Option<Condition>,
    /// Asked unless an earlier answer is one of these.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unless: Option<Condition>,
    /// The earlier question whose answer a button copies here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub same_as: Option<String>,
    /// What that button says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub same_label: Option<String>,
    /// What makes an answer unusual.
    #[serde(rename = "query", default, skip_serializing_if = "Vec::is_empty")]
    pub queries: Vec<QueryRule>,
}

impl Question {
    /// The conditions under which it is asked, each with whether it must hold.
    pub fn conditions(&self) -> impl Iterator<Item = (&Condition, bool)> {
        self.only_if.iter().map(|condition| (condition, true)).chain(self.unless.iter().map(|condition| (condition, false)))
    }

    /// The keys of the other questions that it names: in conditions, rules, and as the one to be the same as.
    pub fn others(&self) -> impl Iterator<Item = &str> {
        let conditions = self.conditions().map(|(condition, _)| &condition.question);
        let rules = self.queries.iter().filter_map(|query| query.rule.other());
        conditions.chain(rules).chain(&self.same_as).map(String::as_str)
    }

    /// The options of a list or grid; none for other kinds.
    pub fn options(&self) -> &[Choice] {
        match &self.kind {
            Kind::OneOf { options, .. }
            | Kind::AnyOf { options, .. }
            | Kind::GridOne { options, .. }
            | Kind::GridAny { options, .. } => options,
            _ => &[],
        }
    }

    /// The rows of a grid; none for other kinds.
    pub fn rows(&self) -> &[Choice] {
        match &self.kind {
            Kind::GridOne { rows, .. } | Kind::GridAny { rows, .. } => rows,
            _ => &[],
        }
    }

    /// Whether "Other (please describe)" stands at the end of its options.
    pub fn has_other(&self) -> bool {
        self.kind.takes_other()
    }

    /// What a sentence calls its answer, after a verb: "the CEO".
    pub fn as_object(&self) -> String {
        self.called.clone().unwrap_or_else(|| sentence::object(&self.label))
    }

    /// What a sentence calls its answer, at its beginning: "The CEO".
    pub fn as_subject(&self) -> String {
        self.called.as_deref().map_or_else(|| sentence::subject(&self.label), sentence::capitalized)
    }

    /// A sentence about its answer after what it is said of: "Top Tier: enter the number". A name keeps its capital.
    pub fn said_of(&self, title: &str, sentence: &str) -> String {
        let is_name = |called: &&str| called.starts_with(char::is_uppercase) && sentence.starts_with(*called);
        match self.called.as_deref().filter(is_name) {
            Some(_) => format!("{title}: {sentence}"),
            None => format!("{title}: {}", sentence::uncapitalized(sentence)),
        }
    }

    /// The id of the first control of its form, where that of the question is `name`: of a group, the first to be answered.
    pub fn first_control(&self, name: &str) -> String {
        let first = |choices: &[Choice]| choices.first().map(|choice| format!(".{}", choice.key)).unwrap_or_default();
        match &self.kind {
            Kind::MonthYear { .. } => format!("{name}.month"),
            Kind::Address => format!("{name}.street.1"),
            Kind::Person => format!("{name}.name"),
            Kind::OneOf { options, .. } | Kind::AnyOf { options, .. } => format!("{name}{}", first(options)),
            Kind::GridOne { rows, options } | Kind::GridAny { rows, options, .. } => {
                format!("{name}{}{}", first(rows), first(options))
            }
            Kind::Groups(groups) => match groups.first_to_answer() {
                Some(field) => field.first_control(&format!("{name}.1.{}", field.key)),
                None => name.to_owned(),
            },
            _ => name.to_owned(),
        }
    }

    /// The head of its column: the short form where there is one.
    pub fn heading(&self) -> &str {
        self.short.as_deref().unwrap_or(&self.label)
    }

    /// What its rows are called together, for a grid.
    pub fn rows_heading(&self) -> String {
        self.rows_short.clone().unwrap_or_else(|| format!("{}, by row", self.heading()))
    }
}
