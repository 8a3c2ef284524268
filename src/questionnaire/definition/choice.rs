//! What is chosen from: the options of a list, the rows and options of a grid.

use serde::{Deserialize, Serialize};

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
