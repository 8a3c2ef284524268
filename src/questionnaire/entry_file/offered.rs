//! Whether an answer names only what its question offers: options, rows, countries.

use super::EntryMistake;
use super::reader::Reader;
use crate::questionnaire::answer::{Answer, AnyOf, OTHER};
use crate::questionnaire::country;
use crate::questionnaire::definition::{Choice, Kind, Question};

impl Reader<'_> {
    /// Reports what the question does not offer: options, rows, countries.
    pub(super) fn known(&mut self, question: &Question, key: &str, answer: &Answer, part: &str) {
        match (&question.kind, answer) {
            (Kind::OneOf { options, other }, Answer::OneOf(one)) => {
                let (others, chosen): (Vec<String>, Vec<String>) = one.option.iter().cloned().partition(|option| option == OTHER);
                let any = AnyOf { options: chosen, other: one.other.clone() };
                self.known_options(key, part, &any, options, *other);
                if !other && !others.is_empty() && one.other.is_empty() {
                    self.mistakes.push(EntryMistake::NoOther { question: key.to_owned(), part: part.to_owned() });
                }
            }
            (Kind::AnyOf { options, other }, Answer::AnyOf(any)) => self.known_options(key, part, any, options, *other),
            (Kind::GridOne { rows, options }, Answer::GridOne(chosen)) => {
                for (row, option) in chosen {
                    let any = AnyOf { options: vec![option.clone()], other: String::new() };
                    self.known_row(key, part, row, rows);
                    self.known_options(key, &below(part, row), &any, options, false);
                }
            }
            (Kind::GridAny { rows, options, other }, Answer::GridAny(ticked)) => {
                for (row, any) in ticked {
                    self.known_row(key, part, row, rows);
                    self.known_options(key, &below(part, row), any, options, *other);
                }
            }
            (Kind::Address, Answer::Address(address)) => {
                let option = address.country.clone();
                if !option.is_empty() && country::country(&option).is_none() {
                    let (question, part) = (key.to_owned(), below(part, "country"));
                    self.mistakes.push(EntryMistake::UnknownOption { question, part, option });
                }
            }
            (Kind::Groups(groups), Answer::Groups(rows)) => {
                for (index, row) in rows.iter().enumerate() {
                    for field in &groups.fields {
                        if let Some(answer) = row.get(&field.key) {
                            self.known(field, key, answer, &format!("{}.{}", index + 1, field.key));
                        }
                    }
                }
            }
            _ => {}
        }
    }

    fn known_row(&mut self, question: &str, part: &str, row: &str, rows: &[Choice]) {
        if !rows.iter().any(|known| known.key == row) {
            let (question, part, row) = (question.to_owned(), part.to_owned(), row.to_owned());
            self.mistakes.push(EntryMistake::UnknownRow { question, part, row });
        }
    }

    fn known_options(&mut self, question: &str, part: &str, any: &AnyOf, options: &[Choice], other: bool) {
        for option in any.options.iter().filter(|option| !options.iter().any(|known| &known.key == *option)) {
            let (question, part) = (question.to_owned(), part.to_owned());
            self.mistakes.push(EntryMistake::UnknownOption { question, part, option: option.clone() });
        }
        if !other && !any.other.is_empty() {
            self.mistakes.push(EntryMistake::NoOther { question: question.to_owned(), part: part.to_owned() });
        }
    }
}

/// The answer without the rows that its grid has not: those are told already.
pub(super) fn in_known_rows(question: &Question, mut answer: Answer) -> Answer {
    let known = |row: &String| question.rows().iter().any(|known| &known.key == row);
    match &mut answer {
        Answer::GridOne(rows) => rows.retain(|row, _| known(row)),
        Answer::GridAny(rows) => rows.retain(|row, _| known(row)),
        _ => {}
    }
    answer
}

fn below(part: &str, name: &str) -> String {
    if part.is_empty() { name.to_owned() } else { format!("{part}.{name}") }
}
