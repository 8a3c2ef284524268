//! Lists of groups of fields, such as tiers.

use serde::{Deserialize, Serialize};

use super::Question;

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
    /// The field where a row begins that is not answered yet: the first that may not be left out.
    pub fn first_to_answer(&self) -> Option<&Question> {
        self.fields.iter().find(|field| !field.optional).or_else(|| self.fields.first())
    }

    /// The title of the row at `index`, counted from 0.
    pub fn title(&self, index: usize) -> String {
        match index {
            0 => self.first.clone(),
            _ => self.next.replace("{n}", &(index + 1).to_string()),
        }
    }
}
