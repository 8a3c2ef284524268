//! What questions mean to the rest of Almanac.

use serde::{Deserialize, Serialize};

/// The meanings that the definition assigns to questions, so that no key stands in code.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Roles {
    /// The company's name: the profile's title.
    pub company: String,
    /// The program's name: the profile's subtitle.
    pub program: String,
    /// The e-mail address printed as the program's contact.
    pub contact: String,
    /// The company's web address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub website: Option<String>,
    /// Questions (or `group.field`) that readers filter by.
    #[serde(default)]
    pub filters: Vec<String>,
    /// Questions that head the columns of the readers' list.
    #[serde(default)]
    pub listed: Vec<String>,
    /// Questions that a comparison shows first.
    #[serde(default)]
    pub compared_first: Vec<String>,
    /// Questions (or `group.field`) whose answers are counted and drawn as figures of the edition.
    #[serde(default)]
    pub figures: Vec<String>,
    /// Questions (or `group.field`) that lead a reader to the programs that fit.
    #[serde(default)]
    pub finder: Vec<String>,
}
