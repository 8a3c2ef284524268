//! How a question is answered.

use serde::{Deserialize, Serialize};

use super::{Choice, Groups, LatestMonth, LatestYear};

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

/// What a line of text holds, where that changes how it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineContent {
    /// A person's name: no spell check.
    Name,
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

fn longest_line() -> usize {
    120
}

fn longest_paragraph() -> usize {
    2000
}

fn earliest_year() -> i64 {
    1800
}
