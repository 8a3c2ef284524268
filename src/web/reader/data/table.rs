//! An edition as a table: a row a program, a column a question or part of one.

use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::domain::token;
use crate::error::AppError;
use crate::guide::Listed;
use crate::questionnaire::Answer;
use crate::questionnaire::flat::{self, Cell};
use crate::web::reader::Reading;

/// The columns before the questions', and what they say. No question's key begins so.
pub(super) const OF_THE_PROGRAM: [(&str, &str); 7] = [
    ("_edition", "The edition’s year"),
    ("_slug", "Names the program within the edition"),
    ("_url", "Its page in the guide"),
    ("_company_id", "The same for a company’s programs in all editions"),
    ("_version", "Counts its publications from 1"),
    ("_published", "Since when readers see this version (UTC)"),
    ("_confirmed", "When its vendor submitted it (UTC)"),
];

/// What stands in a row under a column.
pub(super) enum Content {
    /// A number.
    Number(i64),
    /// A text; empty where nothing was asked or answered.
    Text(String),
    /// A moment.
    Moment(Timestamp),
}

/// The names of the columns.
pub(super) fn head(reading: &Reading) -> Vec<String> {
    let questions = reading.edition.questionnaire.questions().flat_map(flat::columns);
    OF_THE_PROGRAM.map(|(name, _)| name.to_owned()).into_iter().chain(questions).collect()
}

/// The row of a program.
pub(super) fn row(reading: &Reading, listed: &Listed) -> Result<Vec<Content>, AppError> {
    let answers: Map<String, Value> = listed.answers()?;
    let mut row = vec![
        Content::Number(reading.edition.year.into()),
        Content::Text(listed.slug.clone()),
        Content::Text(reading.address(&format!("programs/{}", listed.slug))),
        Content::Text(token::mark(&listed.company_id.to_string())),
        Content::Number(listed.version.into()),
        Content::Moment(listed.published_from),
        Content::Moment(listed.confirmed_at),
    ];
    for question in reading.edition.questionnaire.questions() {
        let answer = answers.get(&question.key).and_then(|value| Answer::from_json(&question.kind, value).ok());
        row.extend(flat::flat(question, answer.as_ref()).into_iter().map(|(_, cell)| match cell {
            Cell::Number(number) => Content::Number(number),
            Cell::Text(text) => Content::Text(text),
        }));
    }
    Ok(row)
}
