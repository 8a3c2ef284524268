//! What makes an answer unusual.

use serde::{Deserialize, Serialize};

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

impl Rule {
    /// The key of the question that the answer is compared with, if it is another one.
    pub fn other(&self) -> Option<&String> {
        match self {
            Self::Before { other } | Self::Above { other } | Self::SumDiffers { other, .. } => Some(other),
            Self::RowAbove { .. } => None,
        }
    }
}
