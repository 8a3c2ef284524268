//! What the finder asks a reader: the questions of the role, in words for readers.

use crate::guide::search::rows_name;
use crate::questionnaire::definition::Choice;
use crate::questionnaire::{Kind, Question, Questionnaire};

/// A question to the reader.
pub struct Asking<'a> {
    /// The question.
    pub legend: &'a str,
    /// What it means to tick one, and several.
    pub hint: &'static str,
    /// Its options; several lists where a grid is answered row by row.
    pub lists: Vec<List<'a>>,
}

/// Options of which a reader may tick any number.
pub struct List<'a> {
    /// The name under which they stand in the address.
    pub name: String,
    /// The row of the grid.
    pub row: Option<&'a str>,
    /// The options.
    pub options: &'a [Choice],
}

/// Of answers of which a program gives one.
const ONE: &str = "Select all that suit you. Of several, one is enough.";
/// The same, row by row.
const ONE_IN_ROW: &str = "Select all that suit you. Of several under one heading, one is enough.";
/// Of things of which a program has any number.
const EACH: &str = "Select all that you need. Each is one more thing that a program must have.";
/// Of the rows in which it has them.
const ROWS: &str = "Select all that suit you. For each thing that you selected in the question before, one of them is enough; \
                    if you selected none there, each of these is one more thing that a program must have.";

/// The questions to the reader, in the order of the role.
pub fn questions(questionnaire: &Questionnaire) -> Vec<Asking<'_>> {
    let keys = questionnaire.roles.finder.iter();
    keys.filter_map(|key| Some((key, questionnaire.field_or_question(key)?)))
        .flat_map(|(key, question)| ask(key, question))
        .collect()
}

fn ask<'a>(key: &str, question: &'a Question) -> Vec<Asking<'a>> {
    let legend = question.ask_reader.as_deref().unwrap_or(&question.label);
    let options = question.options();
    let whole = |name: String, legend, hint, options| Asking { legend, hint, lists: vec![List { name, row: None, options }] };
    // A field of a group is answered once a group, so that a program has any number of its options.
    let is_field = question.key != key;
    match &question.kind {
        Kind::GridOne { rows, .. } => {
            let list = |row: &'a Choice| List { name: row_place(key, row), row: Some(&row.label), options };
            let hint = if is_field { EACH } else { ONE_IN_ROW };
            vec![Asking { legend, hint, lists: rows.iter().map(list).collect() }]
        }
        Kind::GridAny { rows, .. } => {
            let of_rows = question.ask_reader_rows.as_deref();
            let first = whole(key.to_owned(), legend, EACH, options);
            std::iter::once(first).chain(of_rows.map(|legend| whole(rows_name(key), legend, ROWS, rows))).collect()
        }
        Kind::OneOf { .. } if !is_field => vec![whole(key.to_owned(), legend, ONE, options)],
        _ => vec![whole(key.to_owned(), legend, EACH, options)],
    }
}

/// The place of a grid's row in the catalogue's vocabulary.
pub fn row_place(key: &str, row: &Choice) -> String {
    format!("{key}.{}", row.key)
}
