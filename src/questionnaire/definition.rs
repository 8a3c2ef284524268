//! What a questionnaire is made of: pages of questions, each with a key that never changes.
//!
//! The same types are read from `guides/{year}/questionnaire.toml` and stored as JSON with the edition.
//! `docs/QUESTIONNAIRE.md` explains every key to the person who writes one.

use serde::{Deserialize, Serialize};

use super::sentence;

/// A whole questionnaire, in the order in which it is asked and printed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Questionnaire {
    /// Which questions have a meaning for the rest of Almanac.
    pub roles: Roles,
    /// The pages, first to last.
    #[serde(rename = "page", default)]
    pub pages: Vec<Page>,
}

/// The meanings that the definition assigns to questions, so that no key stands in code.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Roles {
    /// The company's name: the profile's title.
    pub company: String,
    /// The program's name: the profile's subtitle.
    pub program: String,
    /// The e-mail address printed as the program's contact.
    pub contact: String,
    /// The company's web address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub website: Option<String>,
    /// Questions (or `group.field`) that readers filter by.
    #[serde(default)]
    pub filters: Vec<String>,
    /// Questions that head the columns of the readers' list.
    #[serde(default)]
    pub listed: Vec<String>,
    /// Questions that a comparison shows first.
    #[serde(default)]
    pub compared_first: Vec<String>,
    /// Questions (or `group.field`) whose answers are counted and drawn as figures of the edition.
    #[serde(default)]
    pub figures: Vec<String>,
    /// Questions (or `group.field`) that lead a reader to the programs that fit.
    #[serde(default)]
    pub finder: Vec<String>,
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

/// How a question is answered, with what belongs to that kind alone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Kind {
    /// One line of text.
    Line {
        /// The most characters it may have, counted after trimming.
        #[serde(default = "longest_line")]
        longest: usize,
        /// What the line holds, where that changes how it is typed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        content: Option<LineContent>,
    },
    /// Text of several lines.
    Paragraph {
        /// The most characters it may have, counted after trimming.
        #[serde(default = "longest_paragraph")]
        longest: usize,
    },
    /// A whole number.
    WholeNumber {
        /// The smallest allowed.
        #[serde(default)]
        least: i64,
        /// The largest allowed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        most: Option<i64>,
    },
    /// A year.
    Year {
        /// The first allowed.
        #[serde(default = "earliest_year")]
        earliest: i64,
        /// The last allowed.
        #[serde(default)]
        latest: LatestYear,
    },
    /// A month of the year.
    Month,
    /// A month of a certain year.
    MonthYear {
        /// The last allowed.
        #[serde(default)]
        latest: LatestMonth,
    },
    /// An e-mail address.
    Email,
    /// A web address, http or https.
    WebAddress,
    /// A phone number, in any form that could be one.
    Phone,
    /// A postal address.
    Address,
    /// A person's name and title.
    Person,
    /// One option of a list.
    OneOf {
        /// The list.
        options: Vec<Choice>,
        /// Whether "Other (please describe)" stands at its end.
        #[serde(default)]
        other: bool,
    },
    /// Any number of options of a list.
    AnyOf {
        /// The list.
        options: Vec<Choice>,
        /// Whether "Other (please describe)" stands at its end.
        #[serde(default)]
        other: bool,
    },
    /// A grid: one choice in each row.
    GridOne {
        /// The rows, all to be answered.
        rows: Vec<Choice>,
        /// The choices of every row.
        options: Vec<Choice>,
    },
    /// A grid: any number of options in each row, at least one in all.
    GridAny {
        /// The rows; one left empty is not printed.
        rows: Vec<Choice>,
        /// The options of every row.
        options: Vec<Choice>,
        /// Whether each row ends with "Other (please describe)".
        #[serde(default)]
        other: bool,
    },
    /// A list of groups of fields, in an order that the vendor sets.
    Groups(Groups),
}

/// A list of groups, such as tiers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Groups {
    /// The fewest rows of a complete answer.
    pub fewest: usize,
    /// The most rows.
    pub most: usize,
    /// What one row is called in a sentence: "tier".
    pub item: String,
    /// The title of the first row: "Top Tier".
    pub first: String,
    /// The title of the others, with their number: "Tier {n}".
    pub next: String,
    /// The field printed in brackets after the title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub named_by: Option<String>,
    /// The field printed as the title's value.
    pub headed_by: String,
    /// The fields of a row, in order.
    #[serde(rename = "field", default)]
    pub fields: Vec<Question>,
}

impl Groups {
    /// The title of the row at `index`, counted from 0.
    pub fn title(&self, index: usize) -> String {
        match index {
            0 => self.first.clone(),
            _ => self.next.replace("{n}", &(index + 1).to_string()),
        }
    }
}

/// What a line of text holds, where that changes how it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineContent {
    /// A person's name: no spell check.
    Name,
}

/// The last year that a year may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(untagged)]
pub enum LatestYear {
    /// The year of the edition.
    #[default]
    #[serde(with = "edition_word")]
    Edition,
    /// This year.
    Year(i64),
}

/// The last month that a month and year may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LatestMonth {
    /// The month that today is in.
    #[default]
    Today,
    /// No limit.
    Any,
}

/// An option of a list, or a row of a grid.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// Names it for ever.
    pub key: String,
    /// Its words, printed as they are.
    pub label: String,
    /// One short sentence beside it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// Cannot be ticked together with any other of its list.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub alone: bool,
}

/// An earlier answer on which a question depends.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Condition {
    /// The earlier question, a list of options.
    pub question: String,
    /// The options, one of which must be among the answer's.
    pub is: OneOrMany,
}

/// One option key or several.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum OneOrMany {
    /// One.
    One(String),
    /// Several, any of which counts.
    Many(Vec<String>),
}

impl OneOrMany {
    /// All of them.
    pub fn all(&self) -> &[String] {
        match self {
            Self::One(one) => std::slice::from_ref(one),
            Self::Many(many) => many,
        }
    }
}

/// What makes an answer unusual, and the sentence that says so, with `{this}`, `{other}` and `{row}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct QueryRule {
    /// The rule.
    #[serde(flatten)]
    pub rule: Rule,
    /// What the vendor is told.
    pub text: String,
}

/// A rule that compares an answer with another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "snake_case")]
pub enum Rule {
    /// This year, or month and year, is before the year `other`.
    Before {
        /// The question that gives the year.
        other: String,
    },
    /// This number is above the number `other`.
    Above {
        /// The question that gives the number.
        other: String,
    },
    /// In a row of this group `field` is above `other_field`.
    RowAbove {
        /// The field that should be the smaller.
        field: String,
        /// The field that should be the larger.
        other_field: String,
    },
    /// The sum of `field` over the rows differs from the number `other` by more than `percent` of it.
    SumDiffers {
        /// The field to add up.
        field: String,
        /// The question that gives the number.
        other: String,
        /// How far apart they may be, in hundredths of `other`.
        percent: f64,
    },
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

impl Rule {
    /// The key of the question that the answer is compared with, if it is another one.
    pub fn other(&self) -> Option<&String> {
        match self {
            Self::Before { other } | Self::Above { other } | Self::SumDiffers { other, .. } => Some(other),
            Self::RowAbove { .. } => None,
        }
    }
}

impl Kind {
    /// Whether "Other (please describe)" stands at the end of its options.
    pub fn takes_other(&self) -> bool {
        matches!(self, Self::OneOf { other: true, .. } | Self::AnyOf { other: true, .. } | Self::GridAny { other: true, .. })
    }

    /// Its name in the file.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Line { .. } => "line",
            Self::Paragraph { .. } => "paragraph",
            Self::WholeNumber { .. } => "whole_number",
            Self::Year { .. } => "year",
            Self::Month => "month",
            Self::MonthYear { .. } => "month_year",
            Self::Email => "email",
            Self::WebAddress => "web_address",
            Self::Phone => "phone",
            Self::Address => "address",
            Self::Person => "person",
            Self::OneOf { .. } => "one_of",
            Self::AnyOf { .. } => "any_of",
            Self::GridOne { .. } => "grid_one",
            Self::GridAny { .. } => "grid_any",
            Self::Groups(_) => "groups",
        }
    }
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

    /// What a sentence calls its answer, at its beginning: "CEO".
    pub fn as_subject(&self) -> String {
        self.called.as_deref().map_or_else(|| sentence::subject(&self.label), sentence::capitalized)
    }

    /// The id of the first control of its form, where that of the question is `name`.
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
            Kind::Groups(groups) => match groups.fields.first() {
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

fn longest_line() -> usize {
    120
}

fn longest_paragraph() -> usize {
    2000
}

fn earliest_year() -> i64 {
    1800
}

mod edition_word {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str("edition")
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<(), D::Error> {
        match String::deserialize(deserializer)?.as_str() {
            "edition" => Ok(()),
            other => Err(D::Error::custom(format!("`{other}` is neither \"edition\" nor a year"))),
        }
    }
}
