//! A profile's frozen document.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
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

/// What lists, filters and figures need of a document, without its lines: the larger part, which is passed over.
#[derive(Debug, Deserialize)]
pub(super) struct Outline {
    pub(super) company: String,
    pub(super) program: String,
    pub(super) listed: Vec<String>,
    pub(super) answers: Map<String, Value>,
    pub(super) confirmed_at: Timestamp,
}

/// The answers of a document alone.
#[derive(Debug, Deserialize)]
pub(super) struct AnswersAlone<T> {
    pub(super) answers: T,
}
