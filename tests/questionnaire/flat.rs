//! An entry as a row of a table: nothing is lost on the way there.

use std::collections::HashMap;

use almanac::questionnaire::flat::{Cell, columns, flat};
use almanac::questionnaire::{Answer, Kind, Question, Questionnaire, made_up};
use serde_json::{Map, Value, json};

use super::{calendar, every_kind, guide, sample};

/// The answer that stands in a row, in the JSON that it came from; none where all its cells are empty.
pub fn unflat(question: &Question, name: &str, row: &HashMap<String, String>) -> Option<Value> {
    let cell = |column: &str| row.get(column).unwrap_or_else(|| panic!("no column {column}")).as_str();
    let some = |text: &str| (!text.is_empty()).then(|| json!(text));
    let other = |column: &str| if question.kind.takes_other() { cell(&format!("{column}.other")) } else { "" };
    let keys = |column: &str| -> Vec<&str> { cell(column).split(';').filter(|key| !key.is_empty() && *key != "other").collect() };
    let any = |column: &str| match (keys(column), other(column)) {
        (keys, "") => (!keys.is_empty()).then(|| json!(keys)),
        (keys, other) => Some(json!({ "options": keys, "other": other })),
    };
    let all = |parts: Vec<(&str, Option<Value>)>| -> Option<Value> {
        let parts: Map<String, Value> = parts.into_iter().filter_map(|(part, value)| Some((part.to_owned(), value?))).collect();
        (!parts.is_empty()).then(|| parts.into())
    };
    match &question.kind {
        Kind::WholeNumber { .. } | Kind::Year { .. } | Kind::Month => {
            some(cell(name)).map(|_| json!(cell(name).parse::<i64>().unwrap()))
        }
        Kind::Address => {
            let street = cell(&format!("{name}.street"));
            let street = (!street.is_empty()).then(|| json!(street.lines().collect::<Vec<_>>()));
            let part = |part: &'static str| (part, some(cell(&format!("{name}.{part}"))));
            all(vec![("street", street), part("city"), part("state"), part("postal_code"), part("country")])
        }
        Kind::Person => all(["name", "title"].map(|part| (part, some(cell(&format!("{name}.{part}"))))).into()),
        Kind::OneOf { .. } => match other(name) {
            "" => some(cell(name)),
            typed => Some(json!({ "options": keys(name), "other": typed })),
        },
        Kind::AnyOf { .. } => any(name),
        Kind::GridOne { rows, .. } => {
            all(rows.iter().map(|row| (row.key.as_str(), some(cell(&format!("{name}.{}", row.key))))).collect())
        }
        Kind::GridAny { rows, .. } => {
            all(rows.iter().map(|row| (row.key.as_str(), any(&format!("{name}.{}", row.key)))).collect())
        }
        Kind::Groups(groups) => {
            let fields = |number: usize| {
                let field = |field: &Question| (field.key.clone(), unflat(field, &format!("{name}.{number}.{}", field.key), row));
                let fields = groups.fields.iter().map(field).filter_map(|(key, value)| Some((key, value?)));
                fields.collect::<Map<_, _>>()
            };
            let rows: Vec<_> = (1..=groups.most).map(fields).filter(|fields| !fields.is_empty()).collect();
            (!rows.is_empty()).then(|| json!(rows))
        }
        _ => some(cell(name)),
    }
}

/// What a row says to a question, as an answer.
pub fn answer_in(question: &Question, row: &HashMap<String, String>) -> Answer {
    let value = unflat(question, &question.key, row).unwrap_or(Value::Null);
    Answer::from_json(&question.kind, &value).unwrap_or_else(|wrong| panic!("{} {wrong}: {value}", question.key))
}

fn row(question: &Question, answer: Option<&Answer>) -> HashMap<String, String> {
    let text = |cell| match cell {
        Cell::Number(number) => number.to_string(),
        Cell::Text(text) => text,
    };
    flat(question, answer).into_iter().map(|(column, cell)| (column, text(cell))).collect()
}

#[test]
fn every_answer_can_be_had_back_from_its_columns() {
    let mut seen = 0;
    let mut check = |questionnaire: &Questionnaire, answers: &almanac::questionnaire::Answers| {
        for question in questionnaire.questions() {
            let answer = answers.get(&question.key).filter(|answer| !answer.is_blank());
            let back = answer_in(question, &row(question, answer));
            // As import and form write it: a field that is empty is there.
            match answer.map(|answer| Answer::from_json(&question.kind, &answer.to_json()).unwrap()) {
                Some(answer) => assert_eq!(back, answer, "{}", question.key),
                None => assert!(back.is_blank(), "{}: {back:?}", question.key),
            }
            seen += usize::from(answer.is_some());
        }
    };
    for name in ["digium", "kirito-networks", "astrolithi"] {
        check(guide(), &sample(name).answers);
    }
    for questionnaire in [guide(), every_kind()] {
        for number in 0..50 {
            check(questionnaire, &made_up::entry(questionnaire, calendar(), number).answers);
        }
    }
    assert!(seen > 3000, "{seen}");
}

#[test]
fn the_columns_are_the_same_whatever_is_answered_and_stand_once() {
    for questionnaire in [guide(), every_kind()] {
        let entry = made_up::entry(questionnaire, calendar(), 7);
        let mut all: Vec<String> = Vec::new();
        for question in questionnaire.questions() {
            let answered = flat(question, entry.answers.get(&question.key));
            assert_eq!(answered.into_iter().map(|(column, _)| column).collect::<Vec<_>>(), columns(question));
            all.extend(columns(question));
        }
        let count = all.len();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), count);
        assert!(all.iter().all(|column| column.starts_with(|first: char| first.is_ascii_lowercase())));
    }
}

#[test]
fn what_does_not_fit_its_question_and_a_country_alone_are_no_answer() {
    let questionnaire = every_kind();
    for question in questionnaire.questions() {
        let blank = Answer::blank(&question.kind);
        assert!(flat(question, Some(&blank)).iter().all(|(_, cell)| *cell == Cell::Text(String::new())), "{}", question.key);
        let other = if matches!(blank, Answer::Text(_)) { Answer::Groups(vec![]) } else { Answer::Text("x".to_owned()) };
        assert_eq!(flat(question, Some(&other)), flat(question, None), "{}", question.key);
    }
}
