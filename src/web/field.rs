//! A question as its form shows it: what stands in each control, and what is said at it.

mod build;

use build::Wrong;

use crate::questionnaire::country::Country;
use crate::questionnaire::value::MONTHS;
use crate::questionnaire::{Answer, Question, Refusal};

/// A field of a form, with its label and what is wrong with it.
#[derive(Debug, Clone)]
pub struct Field {
    /// The name of its control, and the id.
    pub name: String,
    /// The sentence asked.
    pub label: String,
    /// Whether it may stay empty.
    pub optional: bool,
    /// One short sentence.
    pub hint: Option<String>,
    /// What is wrong, in sentences.
    pub errors: Vec<String>,
    /// The controls.
    pub control: Control,
    /// Ids of what else describes it: notes in the margin.
    pub described_by: Vec<String>,
}

/// The controls of a field, by kind.
#[derive(Debug, Clone)]
pub enum Control {
    /// One line.
    Line(Line),
    /// Several lines.
    Paragraph {
        /// What stands in it.
        value: String,
        /// The most characters, for counting.
        longest: usize,
    },
    /// A list of the months.
    Month {
        /// The number of the one selected.
        selected: Option<i64>,
    },
    /// Parts side by side, each a line of its own.
    Parts(Vec<Part>),
    /// A postal address.
    Address(Box<AddressControl>),
    /// One option.
    Radios(List),
    /// Any number of options.
    Checkboxes(List),
    /// One choice in each row.
    GridOne(Vec<GridRow>),
    /// Any number of options in each row.
    GridAny(Vec<GridRow>),
    /// A list of groups of fields.
    Groups(Box<GroupList>),
}

/// One line of text.
#[derive(Debug, Clone, Default)]
pub struct Line {
    /// What stands in it.
    pub value: String,
    /// The input's type.
    pub kind: &'static str,
    /// The keys that a phone offers; empty for all.
    pub inputmode: &'static str,
    /// What a browser may fill in; empty for its own guess.
    pub autocomplete: &'static str,
    /// Whether words are checked.
    pub spellcheck: bool,
    /// The class of its width; empty for the whole line.
    pub width: &'static str,
}

/// One of several lines side by side.
#[derive(Debug, Clone)]
pub struct Part {
    /// The name of its control, and the id.
    pub name: String,
    /// Its label.
    pub label: &'static str,
    /// The line.
    pub line: Line,
    /// Whether something is wrong with it.
    pub invalid: bool,
}

/// The controls of an address.
#[derive(Debug, Clone)]
pub struct AddressControl {
    /// Up to three lines of the street.
    pub street: Vec<Part>,
    /// City, state and postal code.
    pub parts: Vec<Part>,
    /// The name of the country's control.
    pub country: String,
    /// The code of the country selected.
    pub selected: String,
    /// The countries.
    pub countries: &'static [Country],
}

/// A list of options.
#[derive(Debug, Clone)]
pub struct List {
    /// The options but for those that stand alone.
    pub options: Vec<Choosable>,
    /// Those that stand alone, after an "or".
    pub alone: Vec<Choosable>,
    /// Whether there are so many that they stand in columns.
    pub many: bool,
    /// What was typed under "other"; none where there is no such field.
    pub other: Option<String>,
    /// Whether "other" was chosen, for radios.
    pub other_chosen: bool,
    /// Whether something is wrong with "other".
    pub other_invalid: bool,
}

/// One option.
#[derive(Debug, Clone)]
pub struct Choosable {
    /// Its key.
    pub key: String,
    /// Its words.
    pub label: String,
    /// One short sentence.
    pub hint: Option<String>,
    /// Whether it is ticked.
    pub ticked: bool,
}

/// One row of a grid.
#[derive(Debug, Clone)]
pub struct GridRow {
    /// The name of its controls.
    pub name: String,
    /// Its label.
    pub label: String,
    /// Its options.
    pub list: List,
    /// What is wrong with it.
    pub errors: Vec<String>,
}

/// The rows of a list of groups.
#[derive(Debug, Clone)]
pub struct GroupList {
    /// The rows.
    pub rows: Vec<GroupRow>,
    /// What one is called.
    pub item: String,
    /// Whether another may be added.
    pub more: bool,
}

/// One group.
#[derive(Debug, Clone)]
pub struct GroupRow {
    /// Its title.
    pub title: String,
    /// Its number, from 1.
    pub number: usize,
    /// Its fields; those of numbers that stand together at the end are side by side.
    pub fields: Vec<Field>,
    /// The numbers at its end.
    pub figures: Vec<Field>,
    /// Whether it can move up.
    pub up: bool,
    /// Whether it can move down.
    pub down: bool,
    /// Whether it can be taken out.
    pub removable: bool,
}

impl Field {
    /// The field of a question with this answer.
    pub fn new(question: &Question, answer: Option<&Answer>, refusals: &[Refusal]) -> Self {
        let blank = Answer::blank(&question.kind);
        build::field(question, &question.key, answer.unwrap_or(&blank), &Wrong(refusals))
    }

    /// Whether its label belongs to one control; otherwise it is a legend.
    pub fn is_single(&self) -> bool {
        matches!(self.control, Control::Line(_) | Control::Paragraph { .. } | Control::Month { .. })
    }

    /// The rows of a list of groups.
    pub fn groups(&self) -> Option<&GroupList> {
        if let Control::Groups(groups) = &self.control { Some(groups) } else { None }
    }

    /// The ids of all that describes the control.
    pub fn descriptions(&self) -> String {
        let hint = self.hint.is_some().then(|| format!("{}-hint", self.name));
        let error = (!self.errors.is_empty()).then(|| format!("{}-error", self.name));
        let ids: Vec<String> = hint.into_iter().chain(error).chain(self.described_by.iter().cloned()).collect();
        ids.join(" ")
    }

    /// Whether something is wrong with it.
    pub fn invalid(&self) -> bool {
        !self.errors.is_empty()
    }
}

/// The months by number and name, for their list.
pub fn months() -> impl Iterator<Item = (i64, &'static str)> {
    (1..).zip(MONTHS)
}
