//! What is known of an answer beyond what it says: who saved it, when, and what stands beside it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::db::ids::AccountId;
use crate::questionnaire::form::Turn;

/// What is known of a saved answer.
#[derive(Debug, Clone)]
pub struct Saved {
    /// Who saved it, if an account did.
    pub by: Option<AccountId>,
    /// When.
    pub at: Timestamp,
    /// In which turns of which forms.
    pub turns: Turns,
    /// What others typed meanwhile, oldest first.
    pub rivals: Vec<Rival>,
}

impl Saved {
    /// When anything about the answer was changed last, and by whom, if by an account.
    pub fn last_change(&self) -> (Timestamp, Option<AccountId>) {
        self.turns.beside.as_ref().map_or((self.at, self.by), |beside| (beside.at, Some(beside.by)))
    }
}

/// The turns of forms in which an answer, and what stands beside it, came to be what they are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turns {
    /// That of the answer itself, as it was typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<Turn>,
    /// The press that made another of what was typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub press: Option<Press>,
    /// That of what was said to its query.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub query: Option<Turn>,
    /// What was changed beside the answer since it is what it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub beside: Option<Beside>,
}

/// The last change of what stands beside an answer: what was said to its query, another answer that was typed, a choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beside {
    /// Who changed it.
    pub by: AccountId,
    /// When.
    pub at: Timestamp,
}

/// An answer that arrived when the question had been answered otherwise meanwhile.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rival {
    /// The answer.
    pub value: Value,
    /// Who typed it.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// In which form, and which of its turns.
    #[serde(default)]
    pub turn: Option<Turn>,
}

/// A button that changed an answer: a row more, or which of two is right. The form that was sent does not know what became of
/// it, and may say the same again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Press {
    /// The form.
    pub form: String,
    /// At which of its turns.
    #[serde(default)]
    pub number: i32,
    /// The mark of what stood in it.
    pub typed: String,
    /// The answer that was not chosen: whoever goes back to the form may choose it all the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other: Option<Value>,
}
