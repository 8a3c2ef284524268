//! Questions as open data: what the keys of answers and the columns of tables mean.

use std::collections::BTreeSet;

use actix_web::{HttpResponse, web};
use serde::Serialize;
use utoipa::ToSchema;

use super::edition::Edition;
use super::{FORMAT, json};
use crate::error::AppError;
use crate::guide::Page;
use crate::questionnaire::definition::{Choice, Condition};
use crate::questionnaire::{Kind, Question as Asked, Questionnaire, flat};
use crate::web::problem::Problem;
use crate::web::reader::Reading;
use crate::workflow::House;

/// What an edition asked.
#[derive(Serialize, ToSchema)]
pub struct Questions<'a> {
    /// The version of the format.
    format: u32,
    /// The edition.
    edition: Edition,
    /// The questions, in the order in which they were asked.
    questions: Vec<Question<'a>>,
}

/// One question, or one field of a group.
#[derive(Serialize, ToSchema)]
pub struct Question<'a> {
    /// Names the question in every edition that asks it, and leads to all of them.
    #[schema(format = "uri")]
    id: String,
    /// Names its answer; within a group, its field.
    #[schema(examples("join_fee"))]
    key: &'a str,
    /// What was asked, word for word.
    label: &'a str,
    /// A shorter label, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    short: Option<&'a str>,
    /// The title of the page on which it was asked; none for a field.
    #[serde(skip_serializing_if = "Option::is_none")]
    section: Option<&'a str>,
    /// Which shape its answer has.
    #[schema(examples("one_of"))]
    kind: &'static str,
    /// Whether a complete entry may leave it out.
    optional: bool,
    /// Asked only if an earlier question was answered with one of these options.
    #[serde(rename = "if", skip_serializing_if = "Option::is_none")]
    only_if: Option<Depends<'a>>,
    /// Asked unless an earlier question was answered with one of these options.
    #[serde(skip_serializing_if = "Option::is_none")]
    unless: Option<Depends<'a>>,
    /// The options that were offered.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    options: Vec<Named<'a>>,
    /// Whether something else could be typed.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    other: bool,
    /// The rows of a grid.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    rows: Vec<Named<'a>>,
    /// The fields of a group.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(no_recursion)]
    fields: Vec<Question<'a>>,
    /// Its columns in the CSV file; none for a field, whose columns are its group's.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    columns: Vec<String>,
}

/// An option or a row.
#[derive(Serialize, ToSchema)]
struct Named<'a> {
    /// Names it in answers.
    key: &'a str,
    /// Its words.
    label: &'a str,
}

/// An earlier answer on which a question depends.
#[derive(Serialize, ToSchema)]
struct Depends<'a> {
    /// The key of the earlier question.
    question: &'a str,
    /// The keys of the options.
    is: &'a [String],
}

/// One question in every edition that asks it.
#[derive(Serialize, ToSchema)]
pub struct OneQuestion<'a> {
    /// The version of the format.
    format: u32,
    /// The question's id.
    #[schema(format = "uri")]
    id: String,
    /// How it was asked in each, oldest first.
    editions: Vec<InEdition<'a>>,
}

/// A question as an edition asks it.
#[derive(Serialize, ToSchema)]
struct InEdition<'a> {
    /// The edition's year.
    year: i32,
    /// The question.
    question: Question<'a>,
}

fn named(choices: &[Choice]) -> Vec<Named<'_>> {
    choices.iter().map(|choice| Named { key: &choice.key, label: &choice.label }).collect()
}

fn depends(condition: Option<&Condition>) -> Option<Depends<'_>> {
    condition.map(|condition| Depends { question: &condition.question, is: condition.is.all() })
}

impl<'a> Question<'a> {
    /// A question of a page.
    fn asked(reading: &Reading, questionnaire: &'a Questionnaire, question: &'a Asked) -> Self {
        let section = questionnaire.page_of(&question.key).map(|page| page.title.as_str());
        Self { section, columns: flat::columns(question), ..Self::named(reading, &question.key, question) }
    }

    /// A question of this name, which for a field begins with its group's.
    fn named(reading: &Reading, name: &str, question: &'a Asked) -> Self {
        Self {
            id: id(reading, name),
            key: &question.key,
            label: &question.label,
            short: question.short.as_deref(),
            section: None,
            kind: question.kind.name(),
            optional: question.optional,
            only_if: depends(question.only_if.as_ref()),
            unless: depends(question.unless.as_ref()),
            options: named(question.options()),
            other: question.kind.takes_other(),
            rows: named(question.rows()),
            fields: fields(question).iter().map(|field| Self::named(reading, &format!("{name}.{}", field.key), field)).collect(),
            columns: Vec::new(),
        }
    }

    /// The question, or the field of a group, that has this name in an edition.
    fn find(reading: &'a Reading, name: &str) -> Option<Self> {
        let questionnaire = &reading.edition.questionnaire;
        let Some((group, field)) = name.split_once('.') else {
            return questionnaire.question(name).map(|question| Self::asked(reading, questionnaire, question));
        };
        let Kind::Groups(groups) = &questionnaire.question(group)?.kind else { return None };
        let field = groups.fields.iter().find(|known| known.key == field)?;
        Some(Self::named(reading, name, field))
    }
}

/// What names a question in every edition: an address.
pub fn id(reading: &Reading, name: &str) -> String {
    reading.house.address(&format!("/questions/{name}"))
}

/// What the questions of all editions and the fields of their groups are named, each once.
pub fn names(reading: &Reading) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for reading in reading.all() {
        for question in reading.edition.questionnaire.questions() {
            names.extend(fields(question).iter().map(|field| format!("{}.{}", question.key, field.key)));
            names.insert(question.key.clone());
        }
    }
    names
}

/// The fields of a group; nothing where it is none.
fn fields(question: &Asked) -> &[Asked] {
    if let Kind::Groups(groups) = &question.kind { &groups.fields } else { &[] }
}

/// All questions of an edition.
pub fn questions<'a>(reading: &'a Reading) -> Vec<Question<'a>> {
    let questionnaire = &reading.edition.questionnaire;
    questionnaire.questions().map(|question| Question::asked(reading, questionnaire, question)).collect()
}

/// `/api/v1/editions/{year}/questions`
///
/// # Errors
/// [`AppError::NotThere`] for a year without an edition.
#[utoipa::path(
    get, path = "/api/v1/editions/{year}/questions", tag = "Questions", operation_id = "questions",
    summary = "What an edition asked",
    params(("year" = i32, Path, description = "The edition’s year.", example = 2017, minimum = 1000, maximum = 9999)),
    responses(
        (status = 200, description = "The questions, in the order in which they were asked.", body = Questions),
        (status = 404, description = "No such edition.", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn list(house: web::Data<House>, year: web::Path<i32>) -> Result<HttpResponse, AppError> {
    let reading = Reading::of_year(&house, *year)?;
    reading.answer(&format!("/{year}/questions.json"), make).await
}

/// What an edition asked.
///
/// # Errors
/// [`AppError::NotThere`] for an edition that is not in the catalogue.
pub fn make(reading: &Reading) -> Result<Page, AppError> {
    let questions = Questions { format: FORMAT, edition: Edition::new(reading)?, questions: questions(reading) };
    json(&questions, reading.shelf()?.updated())
}

/// `/questions/{key}`: where a question's id leads.
///
/// # Errors
/// [`AppError::NotThere`] for a question that no edition asks.
#[utoipa::path(
    get, path = "/questions/{key}", tag = "Questions", operation_id = "question",
    summary = "One question in every edition that asks it",
    description = "The address is the question’s id.",
    params(("key" = String, Path, description = "A question’s key; for a field of a group `group.field`.",
        example = "join_fee", pattern = "^[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)?$")),
    responses(
        (status = 200, description = "The question.", body = OneQuestion),
        (status = 404, description = "No edition asks it.", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn show(house: web::Data<House>, key: web::Path<String>) -> Result<HttpResponse, AppError> {
    let reading = Reading::newest(&house)?;
    reading.answer(&format!("/questions/{key}"), move |reading| make_one(reading, &key)).await
}

/// One question in every edition that asks it.
///
/// # Errors
/// [`AppError::NotThere`] for a question that no edition asks.
pub fn make_one(reading: &Reading, key: &str) -> Result<Page, AppError> {
    let all = reading.all();
    let in_edition = |reading| Some((reading, Question::find(reading, key)?));
    let editions =
        all.iter().filter_map(in_edition).map(|(reading, question)| InEdition { year: reading.edition.year, question });
    let question = OneQuestion { format: FORMAT, id: id(reading, key), editions: editions.collect() };
    if question.editions.is_empty() { Err(AppError::NotThere) } else { json(&question, None) }
}
