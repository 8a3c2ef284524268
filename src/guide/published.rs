//! A profile's frozen document.

use std::borrow::Cow;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::questionnaire::Printed;

/// A profile's frozen document, as it is stored: nothing that happens later changes it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Published {
    /// The labelled lines.
    #[serde(flatten)]
    pub printed: Printed,
    /// The columns of the readers' list, in the definition's order.
    pub listed: Vec<String>,
    /// The answers that were asked for, by question key.
    pub answers: Map<String, Value>,
    /// When its vendor submitted it.
    pub confirmed_at: Timestamp,
}

/// The same as it is read from the database, borrowed from there: of most of it only where it stands is of interest.
#[derive(Debug, Deserialize)]
pub(super) struct Stored<'a> {
    pub(super) company: String,
    pub(super) program: String,
    #[serde(borrow)]
    pub(super) sections: Vec<StoredSection<'a>>,
    pub(super) listed: Vec<String>,
    #[serde(borrow)]
    pub(super) answers: &'a RawValue,
    pub(super) confirmed_at: Timestamp,
}

/// A section of it.
#[derive(Debug, Deserialize)]
pub(super) struct StoredSection<'a> {
    #[serde(borrow)]
    pub(super) key: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) title: Cow<'a, str>,
    pub(super) facts: bool,
    #[serde(borrow)]
    pub(super) lines: Vec<StoredLine<'a>>,
}

/// A line of it.
#[derive(Debug, Deserialize)]
pub(super) struct StoredLine<'a> {
    #[serde(borrow)]
    pub(super) question: &'a RawValue,
    #[serde(borrow)]
    pub(super) anchor: &'a RawValue,
    #[serde(borrow)]
    pub(super) label: &'a RawValue,
    #[serde(borrow)]
    pub(super) value: Option<&'a RawValue>,
}
