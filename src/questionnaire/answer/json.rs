//! The JSON of an answer: the contract of import, export and storage.

use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use super::{Address, Answer, AnyOf, MonthYear, OTHER, OneOf, Person, Row, STREET_LINES, Typed};
use crate::questionnaire::definition::{Choice, Groups, Kind, Question};
use crate::questionnaire::tidy::{tidy, tidy_line};
use crate::questionnaire::value::month_number;

/// JSON that has not the shape of its question's kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}must be {expected}", part.as_ref().map(|part| format!("\"{part}\" ")).unwrap_or_default())]
pub struct WrongShape {
    /// The part of the answer that it is about, like `state` or `2.worldwide_partners`; none if it is about the whole.
    pub part: Option<String>,
    /// What would have been right, as in "must be …".
    pub expected: String,
}

impl WrongShape {
    fn expected(expected: impl Into<String>) -> Self {
        Self { part: None, expected: expected.into() }
    }

    fn in_part(self, part: &str) -> Self {
        let part = self.part.map_or_else(|| part.to_owned(), |inner| format!("{part}.{inner}"));
        Self { part: Some(part), expected: self.expected }
    }
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

    /// Reads the JSON of an answer of this kind. What says the same becomes the same answer: options and rows stand in
    /// the questionnaire's order, texts are tidied as if they were typed, and `null` is nothing.
    ///
    /// # Errors
    /// [`WrongShape`] when it is not of the kind's shape. Whether the answer is right is another matter.
    pub fn from_json(kind: &Kind, value: &Value) -> Result<Self, WrongShape> {
        if value.is_null() {
            return Ok(Self::blank(kind));
        }
        match kind {
            Kind::Paragraph { .. } => Ok(Self::Text(tidy(text(value)?))),
            Kind::Line { .. } | Kind::Email | Kind::WebAddress | Kind::Phone => Ok(Self::Text(line(value)?)),
            Kind::WholeNumber { .. } | Kind::Year { .. } => Ok(Self::Number(number(value, "a whole number")?)),
            Kind::Month => {
                let month = number(value, "the number of a month")?;
                let named = month_number(&month.to_string()).map(|named| Typed::Value(named.into()));
                Ok(Self::Month(named.unwrap_or(month)))
            }
            Kind::MonthYear { .. } => MonthYear::from_json(value).map(Self::MonthYear),
            Kind::Address => Address::from_json(value).map(Self::Address),
            Kind::Person => {
                let object = object(value, "a name and a title", &["name", "title"])?;
                Ok(Self::Person(Person { name: part(object, "name")?, title: part(object, "title")? }))
            }
            Kind::OneOf { .. } => OneOf::from_json(value).map(Self::OneOf),
            Kind::AnyOf { options, .. } => AnyOf::from_json(value, options).map(Self::AnyOf),
            Kind::GridOne { rows, .. } => {
                let chosen = by_row(value, rows, line)?;
                Ok(Self::GridOne(chosen.into_iter().filter(|(_, option)| !option.is_empty()).collect()))
            }
            Kind::GridAny { rows, options, .. } => {
                let ticked = by_row(value, rows, |any| AnyOf::from_json(any, options))?;
                Ok(Self::GridAny(ticked.into_iter().filter(|(_, any)| !any.is_blank()).collect()))
            }
            Kind::Groups(groups) => {
                let rows = value.as_array().ok_or_else(|| WrongShape::expected("a list of objects"))?;
                let row = |(index, row): (usize, &Value)| {
                    row_from_json(groups, row).map_err(|wrong| wrong.in_part(&(index + 1).to_string()))
                };
                rows.iter().enumerate().map(row).collect::<Result<_, _>>().map(Self::Groups)
            }
        }
    }
}

impl MonthYear {
    fn from_json(value: &Value) -> Result<Self, WrongShape> {
        const EXPECTED: &str = "a month and year, like \"2007-02\"";
        if let Some(text) = value.as_str() {
            let (year, month) = text.split_once('-').ok_or_else(|| WrongShape::expected(EXPECTED))?;
            let typed = Self::typed(tidy_line(month), tidy_line(year));
            return typed.value().map(|_| typed).ok_or_else(|| WrongShape::expected(EXPECTED));
        }
        let object = object(value, EXPECTED, &["month", "year"])?;
        Ok(Self::typed(part(object, "month")?, part(object, "year")?))
    }
}

impl Address {
    fn from_json(value: &Value) -> Result<Self, WrongShape> {
        let object = object(value, "an address", &["street", "city", "state", "postal_code", "country"])?;
        let street = match object.get("street") {
            None | Some(Value::Null) => Vec::new(),
            Some(Value::String(line)) => vec![tidy_line(line)],
            Some(lines) => texts(lines).map_err(|wrong| wrong.in_part("street"))?,
        };
        let street: Vec<String> = street.into_iter().filter(|line| !line.is_empty()).collect();
        if street.len() > STREET_LINES {
            return Err(WrongShape::expected(format!("a list of {STREET_LINES} lines or fewer")).in_part("street"));
        }
        Ok(Self {
            street,
            city: part(object, "city")?,
            state: part(object, "state")?,
            postal_code: part(object, "postal_code")?,
            country: part(object, "country")?,
        })
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

    /// Without `chosen`, a text under "other" chooses it.
    fn from_json(value: &Value) -> Result<Self, WrongShape> {
        if value.is_string() {
            return Ok(Self { option: Some(line(value)?).filter(|option| !option.is_empty()), other: String::new() });
        }
        const EXPECTED: &str = "one option's key";
        let object = object(value, EXPECTED, &["options", "other", "chosen"])?;
        let mut options = options(object)?;
        let other = part(object, "other")?;
        let chosen = object.get("chosen").map_or(!other.is_empty(), |chosen| chosen == &json!(true));
        match (options.len(), chosen) {
            (0, true) => Ok(Self { option: Some(OTHER.into()), other }),
            (0, false) => Ok(Self { option: None, other }),
            (1, _) => Ok(Self { option: options.pop(), other }),
            _ => Err(WrongShape::expected(EXPECTED)),
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

    fn from_json(value: &Value, list: &[Choice]) -> Result<Self, WrongShape> {
        if value.is_null() {
            return Ok(Self::default());
        }
        if value.is_array() {
            return Ok(Self::ticked(texts(value)?, String::new(), list));
        }
        let object = object(value, "a list of options' keys", &["options", "other"])?;
        Ok(Self::ticked(options(object)?, part(object, "other")?, list))
    }
}

fn row_to_json(row: &Row) -> Value {
    row.iter().map(|(field, answer)| (field.clone(), answer.to_json())).collect::<Map<_, _>>().into()
}

fn row_from_json(groups: &Groups, value: &Value) -> Result<Row, WrongShape> {
    let object = value.as_object().ok_or_else(|| WrongShape::expected("an object"))?;
    if let Some(unknown) = object.keys().find(|key| !groups.fields.iter().any(|field| &field.key == *key)) {
        return Err(WrongShape::expected(format!("made of a {}’s fields; \"{unknown}\" is none", groups.item)));
    }
    groups.fields.iter().map(|field| Ok((field.key.clone(), field_from_json(field, object)?))).collect()
}

fn field_from_json(field: &Question, object: &Map<String, Value>) -> Result<Answer, WrongShape> {
    let value = object.get(&field.key).unwrap_or(&Value::Null);
    Answer::from_json(&field.kind, value).map_err(|wrong| wrong.in_part(&field.key))
}

/// What stands in each row of a grid, in the order of its rows; rows that the grid has not come last.
fn by_row<T>(
    value: &Value,
    rows: &[Choice],
    read: impl Fn(&Value) -> Result<T, WrongShape>,
) -> Result<IndexMap<String, T>, WrongShape> {
    let object = value.as_object().ok_or_else(|| WrongShape::expected("an object with the answer of each row"))?;
    let known = rows.iter().filter_map(|row| object.get_key_value(&row.key));
    let unknown = object.iter().filter(|(given, _)| !rows.iter().any(|row| &row.key == *given));
    let read = |(row, value): (&String, &Value)| Ok((row.clone(), read(value).map_err(|wrong| wrong.in_part(row))?));
    known.chain(unknown).filter(|(_, value)| !value.is_null()).map(read).collect()
}

fn text(value: &Value) -> Result<&str, WrongShape> {
    value.as_str().ok_or_else(|| WrongShape::expected("a text"))
}

fn line(value: &Value) -> Result<String, WrongShape> {
    text(value).map(tidy_line)
}

/// A list of texts without the empty ones, which say nothing.
fn texts(value: &Value) -> Result<Vec<String>, WrongShape> {
    let list = value.as_array().ok_or_else(|| WrongShape::expected("a list of texts"))?;
    let texts = list.iter().map(|value| line(value).map_err(|_| WrongShape::expected("a list of texts")));
    let texts = texts.collect::<Result<Vec<_>, _>>()?;
    Ok(texts.into_iter().filter(|text| !text.is_empty()).collect())
}

fn options(object: &Map<String, Value>) -> Result<Vec<String>, WrongShape> {
    match object.get("options") {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(list) => texts(list).map_err(|wrong| wrong.in_part("options")),
    }
}

fn number(value: &Value, expected: &str) -> Result<Typed<i64>, WrongShape> {
    match value {
        Value::String(typed) => Ok(Typed::number(tidy_line(typed))),
        _ => value.as_i64().map(Typed::Value).ok_or_else(|| WrongShape::expected(expected)),
    }
}

fn object<'a>(value: &'a Value, expected: &str, parts: &[&str]) -> Result<&'a Map<String, Value>, WrongShape> {
    let object = value.as_object().ok_or_else(|| WrongShape::expected(expected))?;
    match object.keys().find(|key| !parts.contains(&key.as_str())) {
        Some(unknown) => Err(WrongShape::expected(format!("{expected}; \"{unknown}\" is no part of it"))),
        None => Ok(object),
    }
}

fn part(object: &Map<String, Value>, name: &str) -> Result<String, WrongShape> {
    match object.get(name) {
        None | Some(Value::Null) => Ok(String::new()),
        Some(value) => line(value).map_err(|wrong| wrong.in_part(name)),
    }
}
