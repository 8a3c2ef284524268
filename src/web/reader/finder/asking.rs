//! What the finder asks a reader: the questions of the role, in words for readers.

use crate::guide::search::rows_name;
use crate::questionnaire::definition::Choice;
use crate::questionnaire::{Kind, Question, Questionnaire};

/// A question to the reader.
pub struct Asking<'a> {
    /// The question.
    pub legend: &'a str,
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
    let whole = |name: String, legend, options| Asking { legend, lists: vec![List { name, row: None, options }] };
    match &question.kind {
        Kind::GridOne { rows, .. } => {
            let list = |row: &'a Choice| List { name: row_place(key, row), row: Some(&row.label), options };
            vec![Asking { legend, lists: rows.iter().map(list).collect() }]
        }
        Kind::GridAny { rows, .. } => {
            let of_rows = question.ask_reader_rows.as_deref();
            let first = whole(key.to_owned(), legend, options);
            std::iter::once(first).chain(of_rows.map(|legend| whole(rows_name(key), legend, rows))).collect()
        }
        _ => vec![whole(key.to_owned(), legend, options)],
    }
}

/// The place of a grid's row in the catalogue's vocabulary.
pub fn row_place(key: &str, row: &Choice) -> String {
    format!("{key}.{}", row.key)
}
