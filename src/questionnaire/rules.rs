//! What keeps one answer from being complete, kind by kind.

mod chosen;
mod parts;
mod typed;

use super::answer::{Answer, Row};
use super::check::Calendar;
use super::definition::{Groups, Kind, Question};
use super::sentence;

/// Something wrong with an answer, before it is known at which question.
pub(super) struct Wrong {
    pub field: String,
    pub sentence: String,
    pub missing: bool,
}

/// Collects what is wrong with the answer in `field`.
pub(super) struct Inspection<'a> {
    question: &'a Question,
    field: String,
    calendar: Calendar,
    wrong: Vec<Wrong>,
}

/// Everything wrong with this answer, in the order of its parts.
pub(super) fn inspect(question: &Question, answer: Option<&Answer>, field: &str, calendar: Calendar) -> Vec<Wrong> {
    let blank;
    let answer = match answer {
        Some(answer) => answer,
        None => {
            blank = Answer::blank(&question.kind);
            &blank
        }
    };
    let mut inspection = Inspection { question, field: field.to_owned(), calendar, wrong: Vec::new() };
    match answer.is_blank() || !answer.fits(&question.kind) {
        true if question.optional => {}
        true => inspection.missing(),
        false => inspection.answer(answer),
    }
    inspection.wrong
}

impl Inspection<'_> {
    fn refuse(&mut self, part: &str, sentence: impl Into<String>) {
        self.wrong.push(Wrong { field: format!("{}{part}", self.field), sentence: sentence.into(), missing: false });
    }

    fn miss(&mut self, part: &str, sentence: impl Into<String>) {
        self.wrong.push(Wrong { field: format!("{}{part}", self.field), sentence: sentence.into(), missing: true });
    }

    /// Something is wrong with the whole: the link leads to its first control.
    fn refuse_all(&mut self, sentence: impl Into<String>) {
        let field = self.question.first_control(&self.field);
        self.wrong.push(Wrong { field, sentence: sentence.into(), missing: false });
    }

    fn missing(&mut self) {
        let question = self.question;
        let made = || match &question.kind {
            Kind::Person => format!("Enter the name and title of {}", question.as_object()),
            Kind::Month | Kind::OneOf { .. } if question.called.is_some() => format!("Select {}", question.as_object()),
            Kind::Month | Kind::OneOf { .. } => sentence::select(&question.label),
            Kind::AnyOf { .. } | Kind::GridAny { .. } => sentence::select_some(&question.label),
            Kind::GridOne { .. } => sentence::select_in_each_row(&question.label),
            Kind::Groups(groups) => format!("Enter at least {}", sentence::so_many(groups.fewest.max(1), &groups.item)),
            _ if question.called.is_some() => format!("Enter {}", question.as_object()),
            _ => sentence::enter(&question.label),
        };
        let sentence = question.missing.clone().unwrap_or_else(made);
        self.wrong.push(Wrong { field: question.first_control(&self.field), sentence, missing: true });
    }

    fn answer(&mut self, answer: &Answer) {
        let question = self.question;
        match (&question.kind, answer) {
            (Kind::Line { longest, .. } | Kind::Paragraph { longest }, Answer::Text(text)) => {
                self.length("", None, text, *longest)
            }
            (Kind::Email, Answer::Text(text)) => self.email(text),
            (Kind::WebAddress, Answer::Text(text)) => self.web_address(text),
            (Kind::Phone, Answer::Text(text)) => self.phone(text),
            (Kind::WholeNumber { least, most }, Answer::Number(number)) => self.whole_number(number, *least, *most),
            (Kind::Year { earliest, latest }, Answer::Number(number)) => self.year(number, *earliest, *latest),
            (Kind::Month, Answer::Month(month)) => self.month(month),
            (Kind::MonthYear { latest }, Answer::MonthYear(typed)) => self.month_year(typed, *latest),
            (Kind::Address, Answer::Address(address)) => self.address(address),
            (Kind::Person, Answer::Person(person)) => self.person(person),
            (Kind::OneOf { options, other }, Answer::OneOf(one)) => self.one_of(one, options, *other),
            (Kind::AnyOf { options, other }, Answer::AnyOf(any)) => self.any_of("", &question.label, any, options, *other),
            (Kind::GridOne { rows, options }, Answer::GridOne(chosen)) => {
                for row in rows {
                    self.grid_row(row, chosen.get(&row.key).map(String::as_str), options);
                }
                self.unknown_rows(rows, chosen.keys());
            }
            (Kind::GridAny { rows, options, other }, Answer::GridAny(ticked)) => {
                for row in rows {
                    if let Some(any) = ticked.get(&row.key) {
                        self.any_of(&format!(".{}", row.key), &row.label, any, options, *other);
                    }
                }
                self.unknown_rows(rows, ticked.keys());
            }
            (Kind::Groups(groups), Answer::Groups(rows)) => self.groups(groups, rows),
            _ => {}
        }
    }

    fn groups(&mut self, groups: &Groups, rows: &[Row]) {
        if rows.len() < groups.fewest {
            self.miss("", format!("Enter at least {}", sentence::so_many(groups.fewest, &groups.item)));
        }
        if rows.len() > groups.most {
            let most = sentence::so_many(groups.most, &groups.item);
            self.refuse("", format!("There must be {most} or fewer; remove {}", rows.len() - groups.most));
        }
        for (index, row) in rows.iter().enumerate() {
            let name = |field: &Question| format!("{}.{}.{}", self.field, index + 1, field.key);
            let title = groups.title(index);
            if row.values().all(Answer::is_blank) {
                let field = groups.first_to_answer().map(|field| field.first_control(&name(field))).unwrap_or_default();
                let sentence = match rows.len() > groups.fewest {
                    true => format!("Enter {title}, or remove it"),
                    false => format!("Enter {title}"),
                };
                self.wrong.push(Wrong { field, sentence, missing: true });
                continue;
            }
            for field in &groups.fields {
                let found = inspect(field, row.get(&field.key), &name(field), self.calendar).into_iter();
                let in_row = |wrong: Wrong| Wrong { sentence: field.said_of(&title, &wrong.sentence), ..wrong };
                self.wrong.extend(found.map(in_row));
            }
        }
    }
}
