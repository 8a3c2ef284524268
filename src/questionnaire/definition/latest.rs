//! How late a year or a month may be.

use serde::{Deserialize, Serialize};

/// The last year that a year may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(untagged)]
pub enum LatestYear {
    /// The year of the edition.
    #[default]
    #[serde(with = "edition_word")]
    Edition,
    /// This year.
    Year(i64),
}

/// The last month that a month and year may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LatestMonth {
    /// The month that today is in.
    #[default]
    Today,
    /// No limit.
    Any,
}

mod edition_word {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str("edition")
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<(), D::Error> {
        match String::deserialize(deserializer)?.as_str() {
            "edition" => Ok(()),
            other => Err(D::Error::custom(format!("`{other}` is neither \"edition\" nor a year"))),
        }
    }
}
