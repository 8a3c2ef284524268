//! When a question is asked at all.

use serde::{Deserialize, Serialize};

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
