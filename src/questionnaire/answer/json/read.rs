//! The JSON of an answer, read to its end: what has not its shape stands as nothing in the answer, and is told.

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::WrongShape;
use crate::questionnaire::answer::{Address, Answer, AnyOf, MonthYear, OTHER, OneOf, Person, Row, STREET_LINES, Typed};
use crate::questionnaire::definition::{Choice, Groups, Kind, Question};
use crate::questionnaire::tidy::{tidy, tidy_line};
use crate::questionnaire::value::month_number;

impl Answer {
    /// Reads the JSON of an answer of this kind, with everything in it that has not the kind's shape: that stands as
    /// nothing in the answer. What says the same becomes the same answer: options and rows stand in the questionnaire's
    /// order, texts are tidied as if they were typed, and `null` is nothing.
    pub fn read_json(kind: &Kind, value: &Value) -> (Self, Vec<WrongShape>) {
        let mut reading = Reading::default();
        let answer = reading.answer(kind, value);
        (answer, reading.wrong)
    }
}

/// What was wrong up to here, in the part that is being read.
#[derive(Default)]
struct Reading {
    wrong: Vec<WrongShape>,
}

impl Reading {
    fn expected(&mut self, expected: impl Into<String>) {
        self.wrong.push(WrongShape { part: None, expected: expected.into(), unknown: None });
    }

    /// Tells what stands in an object beside its parts.
    fn strange(&mut self, object: &Map<String, Value>, expected: &str, is_part: impl Fn(&str) -> bool) {
        for unknown in object.keys().filter(|key| !is_part(key)) {
            let (expected, unknown) = (expected.to_owned(), Some(unknown.clone()));
            self.wrong.push(WrongShape { part: None, expected, unknown });
        }
    }

    /// Reads a part of what is being read.
    fn within<T>(&mut self, part: &str, read: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.wrong.len();
        let answer = read(self);
        for wrong in self.wrong.iter_mut().skip(before) {
            let inner = wrong.part.take();
            wrong.part = Some(inner.map_or_else(|| part.to_owned(), |inner| format!("{part}.{inner}")));
        }
        answer
    }

    fn answer(&mut self, kind: &Kind, value: &Value) -> Answer {
        if value.is_null() {
            return Answer::blank(kind);
        }
        match kind {
            Kind::Paragraph { .. } => Answer::Text(tidy(self.text(value))),
            Kind::Line { .. } | Kind::Email | Kind::WebAddress | Kind::Phone => Answer::Text(self.line(value)),
            Kind::WholeNumber { .. } | Kind::Year { .. } => Answer::Number(self.number(value, "a whole number")),
            Kind::Month => Answer::Month(self.month(value)),
            Kind::MonthYear { .. } => Answer::MonthYear(self.month_year(value)),
            Kind::Address => Answer::Address(self.address(value)),
            Kind::Person => {
                let object = self.object(value, "a name and a title", &["name", "title"]);
                Answer::Person(Person { name: self.part(object, "name"), title: self.part(object, "title") })
            }
            Kind::OneOf { .. } => Answer::OneOf(self.one_of(value)),
            Kind::AnyOf { options, .. } => Answer::AnyOf(self.any_of(value, options)),
            Kind::GridOne { rows, .. } => {
                let chosen = self.by_row(value, rows, Self::line);
                Answer::GridOne(chosen.into_iter().filter(|(_, option)| !option.is_empty()).collect())
            }
            Kind::GridAny { rows, options, .. } => {
                let ticked = self.by_row(value, rows, |reading, any| reading.any_of(any, options));
                Answer::GridAny(ticked.into_iter().filter(|(_, any)| !any.is_blank()).collect())
            }
            Kind::Groups(groups) => Answer::Groups(self.groups(value, groups)),
        }
    }

    fn text<'v>(&mut self, value: &'v Value) -> &'v str {
        value.as_str().unwrap_or_else(|| {
            self.expected("a text");
            ""
        })
    }

    fn line(&mut self, value: &Value) -> String {
        tidy_line(self.text(value))
    }

    /// A list of texts without the empty ones, which say nothing.
    fn texts(&mut self, value: &Value) -> Vec<String> {
        let texts = value.as_array().and_then(|list| list.iter().map(Value::as_str).collect::<Option<Vec<_>>>());
        if texts.is_none() {
            self.expected("a list of texts");
        }
        texts.unwrap_or_default().into_iter().map(tidy_line).filter(|text| !text.is_empty()).collect()
    }

    /// The keys of a list's options, none of which stands twice: who counts them in the file would find another number.
    fn keys(&mut self, value: &Value) -> Vec<String> {
        let keys = self.texts(value);
        if let Some((_, twice)) = keys.iter().enumerate().find(|(place, key)| keys[..*place].contains(key)) {
            self.expected(format!("a list in which no option stands twice, as \"{twice}\" does"));
        }
        keys
    }

    fn number(&mut self, value: &Value, expected: &str) -> Typed<i64> {
        match (value, value.as_i64()) {
            (Value::String(typed), _) => Typed::number(tidy_line(typed)),
            (_, Some(number)) => Typed::Value(number),
            (_, None) => {
                self.expected(expected);
                Typed::Text(String::new())
            }
        }
    }

    fn month(&mut self, value: &Value) -> Typed<i64> {
        let month = self.number(value, "the number of a month");
        month_number(&month.to_string()).map_or(month, |named| Typed::Value(named.into()))
    }

    fn month_year(&mut self, value: &Value) -> MonthYear {
        const EXPECTED: &str = "a month and year, like \"2007-02\"";
        if let Some(text) = value.as_str() {
            let typed = text.split_once('-').map(|(year, month)| MonthYear::typed(tidy_line(month), tidy_line(year)));
            return typed.filter(|typed| typed.value().is_some()).unwrap_or_else(|| {
                self.expected(EXPECTED);
                MonthYear::default()
            });
        }
        let object = self.object(value, EXPECTED, &["month", "year"]);
        MonthYear::typed(self.part(object, "month"), self.part(object, "year"))
    }

    fn address(&mut self, value: &Value) -> Address {
        let object = self.object(value, "an address", &["street", "city", "state", "postal_code", "country"]);
        Address {
            street: self.within("street", |reading| reading.street(object.and_then(|object| object.get("street")))),
            city: self.part(object, "city"),
            state: self.part(object, "state"),
            postal_code: self.part(object, "postal_code"),
            country: self.part(object, "country"),
        }
    }

    fn street(&mut self, value: Option<&Value>) -> Vec<String> {
        let street = match value {
            None | Some(Value::Null) => Vec::new(),
            Some(Value::String(line)) => vec![tidy_line(line)],
            Some(lines) => self.texts(lines),
        };
        let mut street: Vec<String> = street.into_iter().filter(|line| !line.is_empty()).collect();
        if street.len() > STREET_LINES {
            self.expected(format!("a list of {STREET_LINES} lines or fewer"));
            street.truncate(STREET_LINES);
        }
        street
    }

    /// Without `chosen`, a text under "other" chooses it.
    fn one_of(&mut self, value: &Value) -> OneOf {
        const EXPECTED: &str = "one option's key";
        if value.is_string() {
            return OneOf { option: Some(self.line(value)).filter(|option| !option.is_empty()), other: String::new() };
        }
        let object = self.object(value, EXPECTED, &["options", "other", "chosen"]);
        let (mut options, other) = (self.options(object), self.part(object, "other"));
        let chosen = object.and_then(|object| object.get("chosen"));
        let chosen = chosen.map_or(!other.is_empty(), |chosen| chosen == &Value::Bool(true));
        if options.len() > 1 {
            self.expected(EXPECTED);
        }
        let option = options.pop().or_else(|| chosen.then(|| OTHER.to_owned()));
        OneOf { option, other }
    }

    fn any_of(&mut self, value: &Value, list: &[Choice]) -> AnyOf {
        if value.is_null() {
            return AnyOf::default();
        }
        if value.is_array() {
            return AnyOf::ticked(self.keys(value), String::new(), list);
        }
        let object = self.object(value, "a list of options' keys", &["options", "other"]);
        AnyOf::ticked(self.options(object), self.part(object, "other"), list)
    }

    fn options(&mut self, object: Option<&Map<String, Value>>) -> Vec<String> {
        match object.and_then(|object| object.get("options")) {
            None | Some(Value::Null) => Vec::new(),
            Some(list) => self.within("options", |reading| reading.keys(list)),
        }
    }

    /// What stands in each row of a grid, in the order of its rows; rows that the grid has not come last.
    fn by_row<T>(&mut self, value: &Value, rows: &[Choice], mut read: impl FnMut(&mut Self, &Value) -> T) -> IndexMap<String, T> {
        let Some(object) = value.as_object() else {
            self.expected("an object with the answer of each row");
            return IndexMap::new();
        };
        let known = rows.iter().filter_map(|row| object.get_key_value(&row.key));
        let unknown = object.iter().filter(|(given, _)| !rows.iter().any(|row| &row.key == *given));
        let given = known.chain(unknown).filter(|(_, value)| !value.is_null());
        given.map(|(row, value)| (row.clone(), self.within(row, |reading| read(reading, value)))).collect()
    }

    fn groups(&mut self, value: &Value, groups: &Groups) -> Vec<Row> {
        let Some(rows) = value.as_array() else {
            self.expected("a list of objects");
            return Vec::new();
        };
        let numbered = rows.iter().enumerate().map(|(index, row)| ((index + 1).to_string(), row));
        numbered.map(|(number, row)| self.within(&number, |reading| reading.row(row, groups))).collect()
    }

    fn row(&mut self, value: &Value, groups: &Groups) -> Row {
        let object = value.as_object();
        match object {
            None => self.expected("an object"),
            Some(object) => {
                let is_field = |key: &str| groups.fields.iter().any(|field| field.key == key);
                self.strange(object, &format!("made of a {}’s fields", groups.item), is_field);
            }
        }
        let field = |field: &Question| {
            let value = object.and_then(|object| object.get(&field.key)).unwrap_or(&Value::Null);
            (field.key.clone(), self.within(&field.key, |reading| reading.answer(&field.kind, value)))
        };
        groups.fields.iter().map(field).collect()
    }

    /// The object with these parts, if it is one.
    fn object<'v>(&mut self, value: &'v Value, expected: &str, parts: &[&str]) -> Option<&'v Map<String, Value>> {
        let Some(object) = value.as_object() else {
            self.expected(expected);
            return None;
        };
        self.strange(object, expected, |key| parts.contains(&key));
        Some(object)
    }

    fn part(&mut self, object: Option<&Map<String, Value>>, name: &str) -> String {
        match object.and_then(|object| object.get(name)) {
            None | Some(Value::Null) => String::new(),
            Some(value) => self.within(name, |reading| reading.line(value)),
        }
    }
}
