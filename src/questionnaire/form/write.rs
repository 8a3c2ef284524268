//! Answers into the fields that a browser posts.

use super::{Fields, stands_in};
use crate::questionnaire::answer::{Address, Answer, AnyOf, MonthYear, OTHER, Person, STREET_LINES};
use crate::questionnaire::country;
use crate::questionnaire::definition::{Choice, Kind, Question};

/// The fields that a browser posts for this answer, as its form was rendered.
pub fn write(question: &Question, answer: &Answer) -> Fields {
    let mut fields = Vec::new();
    write_answer(question, answer, &question.key, &mut fields);
    fields
}

fn write_answer(question: &Question, answer: &Answer, name: &str, fields: &mut Fields) {
    let mut put = |part: &str, text: &str| fields.push((format!("{name}{part}"), text.to_owned()));
    match (&question.kind, answer) {
        (Kind::Month, Answer::Month(month)) => {
            let known = month.value().filter(|month| (1..=12).contains(*month));
            put("", &known.map(i64::to_string).unwrap_or_default());
        }
        (Kind::Line { .. } | Kind::Paragraph { .. } | Kind::Email | Kind::WebAddress | Kind::Phone, Answer::Text(text)) => {
            put("", text)
        }
        (Kind::WholeNumber { .. } | Kind::Year { .. }, Answer::Number(number)) => put("", &number.to_string()),
        (Kind::MonthYear { .. }, Answer::MonthYear(MonthYear { month, year })) => {
            put(".month", month);
            put(".year", year);
        }
        (Kind::Person, Answer::Person(Person { name, title })) => {
            put(".name", name);
            put(".title", title);
        }
        (Kind::Address, Answer::Address(address)) => write_address(address, &mut put),
        (Kind::OneOf { options, other }, Answer::OneOf(one)) => {
            let known = |option: &&String| (*other && *option == OTHER) || stands_in(options, option);
            one.option.iter().filter(known).for_each(|option| put("", option));
            if *other {
                put(".other", &one.other);
            }
        }
        (Kind::AnyOf { options, other }, Answer::AnyOf(any)) => write_any_of(any, options, *other, "", &mut put),
        (Kind::GridOne { rows, options }, Answer::GridOne(chosen)) => {
            for row in rows {
                let chosen = chosen.get(&row.key).filter(|option| stands_in(options, option));
                chosen.into_iter().for_each(|option| put(&format!(".{}", row.key), option));
            }
        }
        (Kind::GridAny { rows, options, other }, Answer::GridAny(ticked)) => {
            let blank = AnyOf::default();
            for row in rows {
                let any = ticked.get(&row.key).unwrap_or(&blank);
                write_any_of(any, options, *other, &format!(".{}", row.key), &mut put);
            }
        }
        (Kind::Groups(groups), Answer::Groups(rows)) => {
            for (index, row) in rows.iter().enumerate() {
                for field in &groups.fields {
                    let blank = Answer::blank(&field.kind);
                    let answer = row.get(&field.key).unwrap_or(&blank);
                    write_answer(field, answer, &format!("{name}.{}.{}", index + 1, field.key), fields);
                }
            }
        }
        // An answer in the shape of another kind, from before the question changed: its form is blank.
        (kind, _) => write_answer(question, &Answer::blank(kind), name, fields),
    }
}

fn write_address(address: &Address, put: &mut impl FnMut(&str, &str)) {
    for line in 0..STREET_LINES {
        put(&format!(".street.{}", line + 1), address.street.get(line).map_or("", String::as_str));
    }
    put(".city", &address.city);
    put(".state", &address.state);
    put(".postal_code", &address.postal_code);
    put(".country", country::country(&address.country).map_or("", |country| country.code.as_str()));
}

fn write_any_of(any: &AnyOf, options: &[Choice], other: bool, part: &str, put: &mut impl FnMut(&str, &str)) {
    any.options.iter().filter(|option| stands_in(options, option)).for_each(|option| put(part, option));
    if other {
        put(&format!("{part}.other"), &any.other);
    }
}
