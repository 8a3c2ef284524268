//! An entry as one row of a table. Which columns there are follows from the questionnaire alone, never from what was
//! answered, so that the rows of an edition stand under one head.
//!
//! A question is a column under its key; an answer with parts has a column a part: `address.city`, `manager.name`,
//! `training.basic` for a row of a grid, `tiers.2.name` for a field of the second group. Options are their keys, joined by
//! `;`. What was typed under "other" has a column of its own, `portal.other`, and counts as the option `other`.

use super::answer::{Address, Answer, AnyOf, OTHER, OneOf, Typed};
use super::definition::{Groups, Kind, Question};

/// What stands between the options of one cell. No key contains it.
pub const BETWEEN_OPTIONS: &str = ";";

/// What stands in a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// A number.
    Number(i64),
    /// A text; empty when there is no answer.
    Text(String),
}

/// A question's columns, each with what stands in it. An answer that does not fit the question is none.
pub fn flat(question: &Question, answer: Option<&Answer>) -> Vec<(String, Cell)> {
    let mut row = Row::default();
    row.question(&question.key, question, answer);
    row.0
}

/// A question's columns.
pub fn columns(question: &Question) -> Vec<String> {
    flat(question, None).into_iter().map(|(column, _)| column).collect()
}

#[derive(Default)]
struct Row(Vec<(String, Cell)>);

impl Row {
    fn text(&mut self, column: String, text: impl Into<String>) {
        self.0.push((column, Cell::Text(text.into())));
    }

    fn question(&mut self, name: &str, question: &Question, answer: Option<&Answer>) {
        let blank = Answer::blank(&question.kind);
        let answer = answer.filter(|answer| answer.fits(&question.kind)).unwrap_or(&blank);
        match answer {
            Answer::Text(text) => self.text(name.to_owned(), text),
            Answer::Number(number) | Answer::Month(number) => self.number(name, number),
            Answer::MonthYear(typed) => match typed.value() {
                Some((year, month)) => self.text(name.to_owned(), format!("{year:04}-{month:02}")),
                None => self.text(name.to_owned(), typed.to_string()),
            },
            // A country alone, which the form preselects, is no answer.
            Answer::Address(_) if answer.is_blank() => self.address(name, &Address::default()),
            Answer::Address(address) => self.address(name, address),
            Answer::Person(person) => {
                self.text(format!("{name}.name"), &person.name);
                self.text(format!("{name}.title"), &person.title);
            }
            Answer::OneOf(one) => self.one_of(name, &question.kind, one),
            Answer::AnyOf(any) => self.any_of(name, &question.kind, any),
            Answer::GridOne(chosen) => {
                for row in question.rows() {
                    self.text(format!("{name}.{}", row.key), chosen.get(&row.key).cloned().unwrap_or_default());
                }
            }
            Answer::GridAny(ticked) => {
                let none = AnyOf::default();
                for row in question.rows() {
                    self.any_of(&format!("{name}.{}", row.key), &question.kind, ticked.get(&row.key).unwrap_or(&none));
                }
            }
            Answer::Groups(rows) => {
                if let Kind::Groups(groups) = &question.kind {
                    self.groups(name, groups, rows);
                }
            }
        }
    }

    fn number(&mut self, name: &str, number: &Typed<i64>) {
        let cell = number.value().map_or_else(|| Cell::Text(number.to_string()), |number| Cell::Number(*number));
        self.0.push((name.to_owned(), cell));
    }

    fn address(&mut self, name: &str, address: &Address) {
        self.text(format!("{name}.street"), address.street.join("\n"));
        for (part, text) in [
            ("city", &address.city),
            ("state", &address.state),
            ("postal_code", &address.postal_code),
            ("country", &address.country),
        ] {
            self.text(format!("{name}.{part}"), text);
        }
    }

    fn one_of(&mut self, name: &str, kind: &Kind, one: &OneOf) {
        self.text(name.to_owned(), one.option.clone().unwrap_or_default());
        self.other(name, kind, &one.other);
    }

    fn any_of(&mut self, name: &str, kind: &Kind, any: &AnyOf) {
        let other = (!any.other.is_empty()).then_some(OTHER);
        let options: Vec<&str> = any.options.iter().map(String::as_str).chain(other).collect();
        self.text(name.to_owned(), options.join(BETWEEN_OPTIONS));
        self.other(name, kind, &any.other);
    }

    fn other(&mut self, name: &str, kind: &Kind, typed: &str) {
        if kind.takes_other() {
            self.text(format!("{name}.{OTHER}"), typed);
        }
    }

    fn groups(&mut self, name: &str, groups: &Groups, rows: &[super::Row]) {
        for number in 1..=groups.most {
            for field in &groups.fields {
                let answer = rows.get(number - 1).and_then(|row| row.get(&field.key));
                self.question(&format!("{name}.{number}.{}", field.key), field, answer);
            }
        }
    }
}
