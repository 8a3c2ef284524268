//! The JSON of an answer: the contract of import, export and storage.

mod read;

use serde_json::{Map, Value, json};

use super::{Answer, AnyOf, OTHER, OneOf, Row, Typed};
use crate::questionnaire::definition::Kind;

/// JSON that has not the shape of its question's kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}must be {expected}{}", named(part.as_ref()), strange(unknown.as_ref()))]
pub struct WrongShape {
    /// The part of the answer that it is about, like `state` or `2.worldwide_partners`; none if it is about the whole.
    pub part: Option<String>,
    /// What would have been right, as in "must be …".
    pub expected: String,
    /// What stands there and has no place; none where something stands in the place of what would have been right.
    pub unknown: Option<String>,
}

fn named(part: Option<&String>) -> String {
    part.map(|part| format!("\"{part}\" ")).unwrap_or_default()
}

fn strange(unknown: Option<&String>) -> String {
    unknown.map(|unknown| format!("; \"{unknown}\" is no part of it")).unwrap_or_default()
}

impl Answer {
    /// The answer as JSON: text `"…"`; number `4055`; month `12`; month and year `"2007-02"`; address and person
    /// objects; one of `"key"`; any of `["key", …]`; either with other `{"options": […], "other": "text"}`;
    /// grid `{"row": "key"}` or `{"row": […]}`; groups a list of objects. What was typed and is not a value is
    /// its text.
    pub fn to_json(&self) -> Value {
        match self {
            Self::Text(text) => json!(text),
            Self::Number(Typed::Value(number)) | Self::Month(Typed::Value(number)) => json!(number),
            Self::Number(Typed::Text(text)) | Self::Month(Typed::Text(text)) => json!(text),
            Self::MonthYear(typed) => match typed.value() {
                Some((year, month)) => json!(format!("{year:04}-{month:02}")),
                None => json!({ "month": typed.month, "year": typed.year }),
            },
            Self::Address(address) => json!({
                "street": address.street, "city": address.city, "state": address.state,
                "postal_code": address.postal_code, "country": address.country,
            }),
            Self::Person(person) => json!({ "name": person.name, "title": person.title }),
            Self::OneOf(one) => one.to_json(),
            Self::AnyOf(any) => any.to_json(),
            Self::GridOne(rows) => rows.iter().map(|(row, option)| (row.clone(), json!(option))).collect::<Map<_, _>>().into(),
            Self::GridAny(rows) => rows.iter().map(|(row, any)| (row.clone(), any.to_json())).collect::<Map<_, _>>().into(),
            Self::Groups(rows) => rows.iter().map(row_to_json).collect(),
        }
    }

    /// Reads the JSON of an answer of this kind; see [`Answer::read_json`].
    ///
    /// # Errors
    /// [`WrongShape`] when it is not of the kind's shape. Whether the answer is right is another matter.
    pub fn from_json(kind: &Kind, value: &Value) -> Result<Self, WrongShape> {
        let (answer, wrong) = Self::read_json(kind, value);
        wrong.into_iter().next().map_or(Ok(answer), Err)
    }
}

impl OneOf {
    fn to_json(&self) -> Value {
        match (&self.option, self.other.is_empty()) {
            (Some(option), true) if option == OTHER => json!({ "options": [], "other": "", "chosen": true }),
            (Some(option), false) if option == OTHER => json!({ "options": [], "other": self.other }),
            (Some(option), true) => json!(option),
            (Some(option), false) => json!({ "options": [option], "other": self.other }),
            (None, _) => json!({ "options": [], "other": self.other, "chosen": false }),
        }
    }
}

impl AnyOf {
    fn to_json(&self) -> Value {
        match self.other.is_empty() {
            true => json!(self.options),
            false => json!({ "options": self.options, "other": self.other }),
        }
    }
}

fn row_to_json(row: &Row) -> Value {
    row.iter().map(|(field, answer)| (field.clone(), answer.to_json())).collect::<Map<_, _>>().into()
}
