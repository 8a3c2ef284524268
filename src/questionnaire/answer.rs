//! What was answered: typed values that can also hold what was typed and is not a value yet.
//!
//! Saving never depends on completeness, so every shape keeps a text that is no number, a date of which
//! only the year is there, an option list that contradicts itself. [`check`](super::check) refuses them.
//! The JSON of an answer is the contract of import, export and storage; see [`Answer::to_json`].

use std::fmt;

use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use super::definition::{Choice, Groups, Kind, Question};
use super::value::{four_digit_year, month_number, tidy, tidy_line, whole_number};

/// A value, or the text that was typed instead of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Typed<T> {
    /// A value of its kind.
    Value(T),
    /// What was typed; empty when nothing was.
    Text(String),
}

impl<T> Typed<T> {
    /// The value, if it is one.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Text(_) => None,
        }
    }

    fn is_blank(&self) -> bool {
        matches!(self, Self::Text(text) if text.is_empty())
    }
}

impl Typed<i64> {
    /// A number as it was typed, with commas and spaces, or whatever was typed instead.
    pub fn number(typed: String) -> Self {
        whole_number(&typed).map_or(Self::Text(typed), Self::Value)
    }
}

impl<T: fmt::Display> fmt::Display for Typed<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value(value) => value.fmt(formatter),
            Self::Text(text) => text.fmt(formatter),
        }
    }
}

/// A month of a certain year, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MonthYear {
    /// The month: a number or a name.
    pub month: String,
    /// The year.
    pub year: String,
}

impl fmt::Display for MonthYear {
    /// As it is printed, "02/2007"; while it is none yet, as it is typed.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.value() {
            Some((year, month)) => write!(formatter, "{month:02}/{year:04}"),
            None => formatter.write_str([self.month.as_str(), self.year.as_str()].join(" ").trim()),
        }
    }
}

/// A postal address, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Address {
    /// One to three lines.
    pub street: Vec<String>,
    /// The city.
    pub city: String,
    /// The state or province, as a code or a name.
    pub state: String,
    /// The ZIP or postal code.
    pub postal_code: String,
    /// The country's code of two letters (ISO 3166-1).
    pub country: String,
}

/// A person, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Person {
    /// The name.
    pub name: String,
    /// The title in the company.
    pub title: String,
}

/// One option, or what was typed under "other".
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OneOf {
    /// The option's key, or [`OTHER`] when "other" was chosen.
    pub option: Option<String>,
    /// What was typed under "other".
    pub other: String,
}

/// Any number of options, and what was typed under "other".
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AnyOf {
    /// The options' keys.
    pub options: Vec<String>,
    /// What was typed under "other"; empty when nothing was.
    pub other: String,
}

/// One row of a list of groups: the answers of its fields.
pub type Row = IndexMap<String, Answer>;

/// The key under which a list's "other" is posted. No option may have it.
pub const OTHER: &str = "other";

/// The answer to one question, in the shape of its kind.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// Line, paragraph, e-mail, web address, phone.
    Text(String),
    /// Whole number, year.
    Number(Typed<i64>),
    /// Month, 1 to 12.
    Month(Typed<i64>),
    /// Month and year.
    MonthYear(MonthYear),
    /// Postal address.
    Address(Address),
    /// Person.
    Person(Person),
    /// One of.
    OneOf(OneOf),
    /// Any of.
    AnyOf(AnyOf),
    /// Grid of one-of: row key to option key.
    GridOne(IndexMap<String, String>),
    /// Grid of any-of: row key to options.
    GridAny(IndexMap<String, AnyOf>),
    /// List of groups.
    Groups(Vec<Row>),
}

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
    /// The answer before anybody has answered.
    pub fn blank(kind: &Kind) -> Self {
        match kind {
            Kind::Line { .. } | Kind::Paragraph { .. } | Kind::Email | Kind::WebAddress | Kind::Phone => {
                Self::Text(String::new())
            }
            Kind::WholeNumber { .. } | Kind::Year { .. } => Self::Number(Typed::Text(String::new())),
            Kind::Month => Self::Month(Typed::Text(String::new())),
            Kind::MonthYear { .. } => Self::MonthYear(MonthYear::default()),
            Kind::Address => Self::Address(Address { country: super::country::HOME.into(), ..Address::default() }),
            Kind::Person => Self::Person(Person::default()),
            Kind::OneOf { .. } => Self::OneOf(OneOf::default()),
            Kind::AnyOf { .. } => Self::AnyOf(AnyOf::default()),
            Kind::GridOne { .. } => Self::GridOne(IndexMap::new()),
            Kind::GridAny { .. } => Self::GridAny(IndexMap::new()),
            Kind::Groups(_) => Self::Groups(Vec::new()),
        }
    }

    /// Whether it has the shape of this kind. It has not when the question's kind was changed after it was answered;
    /// then it counts as no answer.
    pub fn fits(&self, kind: &Kind) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(&Self::blank(kind))
    }

    /// Whether nothing has been answered. A country alone, which the form preselects, is nothing.
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Text(text) => text.is_empty(),
            Self::Number(number) | Self::Month(number) => number.is_blank(),
            Self::MonthYear(MonthYear { month, year }) => month.is_empty() && year.is_empty(),
            Self::Address(address) => {
                address.street.iter().all(String::is_empty)
                    && address.city.is_empty()
                    && address.state.is_empty()
                    && address.postal_code.is_empty()
            }
            Self::Person(Person { name, title }) => name.is_empty() && title.is_empty(),
            Self::OneOf(one) => one.option.is_none() && one.other.is_empty(),
            Self::AnyOf(any) => any.is_blank(),
            Self::GridOne(rows) => rows.is_empty(),
            Self::GridAny(rows) => rows.values().all(AnyOf::is_blank),
            Self::Groups(rows) => rows.iter().all(|row| row.values().all(Self::is_blank)),
        }
    }

    /// The options that are ticked, for conditions and filters; none for other kinds.
    pub fn ticked(&self) -> Vec<&str> {
        match self {
            Self::OneOf(one) => one.option.as_deref().into_iter().collect(),
            Self::AnyOf(any) => any.options.iter().map(String::as_str).collect(),
            _ => Vec::new(),
        }
    }

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
    /// A month and a year as they were typed. Together they are written in one way, however they were typed.
    pub fn typed(month: String, year: String) -> Self {
        let typed = Self { month, year };
        match typed.value() {
            Some((year, month)) => Self { month: format!("{month:02}"), year: format!("{year:04}") },
            None => typed,
        }
    }

    /// The year and the month, if both are there.
    pub fn value(&self) -> Option<(i16, i8)> {
        four_digit_year(&self.year).zip(month_number(&self.month))
    }

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

/// The most lines of a street; a form has no more fields for them.
pub const STREET_LINES: usize = 3;

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
    /// What was ticked and typed, each option once and in the order of its list.
    pub fn ticked(mut options: Vec<String>, other: String, list: &[Choice]) -> Self {
        let place = |key: &String| list.iter().position(|option| &option.key == key).unwrap_or(list.len());
        options.sort_by_key(place);
        let mut seen = std::collections::HashSet::new();
        options.retain(|option| seen.insert(option.clone()));
        Self { options, other }
    }

    /// Whether nothing is ticked or typed.
    pub fn is_blank(&self) -> bool {
        self.options.is_empty() && self.other.is_empty()
    }

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

fn texts(value: &Value) -> Result<Vec<String>, WrongShape> {
    let list = value.as_array().ok_or_else(|| WrongShape::expected("a list of texts"))?;
    list.iter().map(|value| line(value).map_err(|_| WrongShape::expected("a list of texts"))).collect()
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
