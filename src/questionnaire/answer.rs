//! What was answered: typed values that can also hold what was typed and is not a value yet.
//!
//! Saving never depends on completeness, so every shape keeps a text that is no number, a date of which
//! only the year is there, an option list that contradicts itself. [`check`](super::check) refuses them.
//! The JSON of an answer is the contract of import, export and storage; see [`Answer::to_json`].

mod json;

use std::fmt;

use indexmap::IndexMap;

pub use json::WrongShape;

use super::definition::{Choice, Kind};
use super::value::{four_digit_year, month_number, whole_number};

/// A value, or the text that was typed instead of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Typed<T> {
    /// A value of its kind.
    Value(T),
    /// What was typed; empty when nothing was.
    Text(String),
}

impl<T> Typed<T> {
    /// The value, if it is one.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Text(_) => None,
        }
    }

    fn is_blank(&self) -> bool {
        matches!(self, Self::Text(text) if text.is_empty())
    }
}

impl Typed<i64> {
    /// A number as it was typed, with commas and spaces, or whatever was typed instead.
    pub fn number(typed: String) -> Self {
        whole_number(&typed).map_or(Self::Text(typed), Self::Value)
    }
}

impl<T: fmt::Display> fmt::Display for Typed<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value(value) => value.fmt(formatter),
            Self::Text(text) => text.fmt(formatter),
        }
    }
}

/// A month of a certain year, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MonthYear {
    /// The month: a number or a name.
    pub month: String,
    /// The year.
    pub year: String,
}

impl fmt::Display for MonthYear {
    /// As it is printed, "02/2007"; while it is none yet, as it is typed.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.value() {
            Some((year, month)) => write!(formatter, "{month:02}/{year:04}"),
            None => formatter.write_str([self.month.as_str(), self.year.as_str()].join(" ").trim()),
        }
    }
}

/// A postal address, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Address {
    /// One to three lines.
    pub street: Vec<String>,
    /// The city.
    pub city: String,
    /// The state or province, as a code or a name.
    pub state: String,
    /// The ZIP or postal code.
    pub postal_code: String,
    /// The country's code of two letters (ISO 3166-1).
    pub country: String,
}

/// A person, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Person {
    /// The name.
    pub name: String,
    /// The title in the company.
    pub title: String,
}

/// One option, or what was typed under "other".
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OneOf {
    /// The option's key, or [`OTHER`] when "other" was chosen.
    pub option: Option<String>,
    /// What was typed under "other".
    pub other: String,
}

/// Any number of options, and what was typed under "other".
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AnyOf {
    /// The options' keys.
    pub options: Vec<String>,
    /// What was typed under "other"; empty when nothing was.
    pub other: String,
}

/// One row of a list of groups: the answers of its fields.
pub type Row = IndexMap<String, Answer>;

/// The key under which a list's "other" is posted. No option may have it.
pub const OTHER: &str = "other";

/// The answer to one question, in the shape of its kind.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// Line, paragraph, e-mail, web address, phone.
    Text(String),
    /// Whole number, year.
    Number(Typed<i64>),
    /// Month, 1 to 12.
    Month(Typed<i64>),
    /// Month and year.
    MonthYear(MonthYear),
    /// Postal address.
    Address(Address),
    /// Person.
    Person(Person),
    /// One of.
    OneOf(OneOf),
    /// Any of.
    AnyOf(AnyOf),
    /// Grid of one-of: row key to option key.
    GridOne(IndexMap<String, String>),
    /// Grid of any-of: row key to options.
    GridAny(IndexMap<String, AnyOf>),
    /// List of groups.
    Groups(Vec<Row>),
}

impl Answer {
    /// The answer before anybody has answered.
    pub fn blank(kind: &Kind) -> Self {
        match kind {
            Kind::Line { .. } | Kind::Paragraph { .. } | Kind::Email | Kind::WebAddress | Kind::Phone => {
                Self::Text(String::new())
            }
            Kind::WholeNumber { .. } | Kind::Year { .. } => Self::Number(Typed::Text(String::new())),
            Kind::Month => Self::Month(Typed::Text(String::new())),
            Kind::MonthYear { .. } => Self::MonthYear(MonthYear::default()),
            Kind::Address => Self::Address(Address { country: super::country::HOME.into(), ..Address::default() }),
            Kind::Person => Self::Person(Person::default()),
            Kind::OneOf { .. } => Self::OneOf(OneOf::default()),
            Kind::AnyOf { .. } => Self::AnyOf(AnyOf::default()),
            Kind::GridOne { .. } => Self::GridOne(IndexMap::new()),
            Kind::GridAny { .. } => Self::GridAny(IndexMap::new()),
            Kind::Groups(_) => Self::Groups(Vec::new()),
        }
    }

    /// Whether it has the shape of this kind. It has not when the question's kind was changed after it was answered;
    /// then it counts as no answer.
    pub fn fits(&self, kind: &Kind) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(&Self::blank(kind))
    }

    /// Whether nothing has been answered. A country alone, which the form preselects, is nothing.
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Text(text) => text.is_empty(),
            Self::Number(number) | Self::Month(number) => number.is_blank(),
            Self::MonthYear(MonthYear { month, year }) => month.is_empty() && year.is_empty(),
            Self::Address(address) => {
                address.street.iter().all(String::is_empty)
                    && address.city.is_empty()
                    && address.state.is_empty()
                    && address.postal_code.is_empty()
            }
            Self::Person(Person { name, title }) => name.is_empty() && title.is_empty(),
            Self::OneOf(one) => one.option.is_none() && one.other.is_empty(),
            Self::AnyOf(any) => any.is_blank(),
            Self::GridOne(rows) => rows.is_empty(),
            Self::GridAny(rows) => rows.values().all(AnyOf::is_blank),
            Self::Groups(rows) => rows.iter().all(|row| row.values().all(Self::is_blank)),
        }
    }

    /// The options that are ticked, for conditions and filters; none for other kinds.
    pub fn ticked(&self) -> Vec<&str> {
        match self {
            Self::OneOf(one) => one.option.as_deref().into_iter().collect(),
            Self::AnyOf(any) => any.options.iter().map(String::as_str).collect(),
            _ => Vec::new(),
        }
    }
}

impl MonthYear {
    /// A month and a year as they were typed. Together they are written in one way, however they were typed.
    pub fn typed(month: String, year: String) -> Self {
        let typed = Self { month, year };
        match typed.value() {
            Some((year, month)) => Self { month: format!("{month:02}"), year: format!("{year:04}") },
            None => typed,
        }
    }

    /// The year and the month, if both are there.
    pub fn value(&self) -> Option<(i16, i8)> {
        four_digit_year(&self.year).zip(month_number(&self.month))
    }
}

/// The most lines of a street; a form has no more fields for them.
pub const STREET_LINES: usize = 3;

impl AnyOf {
    /// What was ticked and typed, each option once and in the order of its list.
    pub fn ticked(mut options: Vec<String>, other: String, list: &[Choice]) -> Self {
        let place = |key: &String| list.iter().position(|option| &option.key == key).unwrap_or(list.len());
        options.sort_by_cached_key(place);
        let mut once: Vec<String> = Vec::with_capacity(options.len());
        for option in options {
            if !once.contains(&option) {
                once.push(option);
            }
        }
        Self { options: once, other }
    }

    /// Whether nothing is ticked or typed.
    pub fn is_blank(&self) -> bool {
        self.options.is_empty() && self.other.is_empty()
    }
}
