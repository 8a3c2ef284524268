//! What an edition's programs can be filtered by, with the numbers that stand at the list's filters.

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;
use utoipa::ToSchema;

use super::edition::Edition;
use super::{FORMAT, asked, json};
use crate::error::AppError;
use crate::guide::Page;
use crate::guide::search::{Count, Offer, Part, Query, Sieve};
use crate::web::problem::Problem;
use crate::web::reader::Reading;
use crate::workflow::House;

/// The filters of an edition, or of what a search finds.
#[derive(Serialize, ToSchema)]
pub struct Filters<'a> {
    /// The version of the format.
    format: u32,
    /// The edition.
    edition: Edition,
    /// How many programs the search finds; without one, how many there are.
    total: u64,
    /// Whether no company, program, person or answer has the text that was searched for, and these have something like
    /// it: typing errors were forgiven.
    forgiven: bool,
    /// The filters that have choices: those of the list’s page in its order, then those to which only the figures lead.
    filters: Vec<Filter<'a>>,
}

/// One filter: the options of a question, or the rows of a grid.
#[derive(Serialize, ToSchema)]
struct Filter<'a> {
    /// Its name as a parameter of a search.
    #[schema(examples("company_size"))]
    name: &'a str,
    /// What stands above it on the list’s page.
    #[schema(examples("Size"))]
    heading: &'a str,
    /// Whether it always stands on the list’s page. Others stand there while a search asks for something of them.
    stays: bool,
    /// What it can be, each with a number.
    choices: Vec<FilterChoice<'a>>,
}

/// One option of a filter.
#[derive(Serialize, ToSchema)]
struct FilterChoice<'a> {
    /// Its key, the parameter’s value.
    #[schema(examples("small"))]
    key: &'a str,
    /// What the list’s page calls it.
    label: &'a str,
    /// How many programs: `means` says which.
    programs: u64,
    /// Which programs these are.
    means: Means,
}

/// What the number of an option means.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Means {
    /// The search asks for it, and so many programs of the found have it.
    Has,
    /// The search asks for nothing under this filter; were it to ask for this, so many programs would be left.
    Leaves,
    /// The search asks for something else under this filter; were it to ask for this, too, so many programs would be added.
    Adds,
}

impl<'a> Filter<'a> {
    fn new(offered: &'a Part, stays: bool, counts: Vec<Count>) -> Self {
        let choices = offered.choices.iter().zip(counts);
        let choice = |((key, label), count): (&(&'a str, &'a str), Count)| FilterChoice {
            key,
            label,
            programs: count.number(),
            means: count.into(),
        };
        Self { name: &offered.name, heading: &offered.heading, stays, choices: choices.map(choice).collect() }
    }
}

impl From<Count> for Means {
    fn from(count: Count) -> Self {
        match count {
            Count::Has(_) => Self::Has,
            Count::Leaves(_) => Self::Leaves,
            Count::Adds(_) => Self::Adds,
        }
    }
}

/// `/api/v1/editions/{year}/filters`
///
/// # Errors
/// [`AppError::NotThere`] for a year without an edition; [`AppError::Parameter`] for what cannot be asked for.
#[utoipa::path(
    get, path = "/api/v1/editions/{year}/filters", tag = "Programs", operation_id = "filters",
    summary = "What the programs of an edition can be filtered by, and how many programs each choice has",
    description = "The numbers are those at the filters of the list’s page: what each further choice would leave of a search, or \
                   add to it. The search is the same as that for programs, without an order and without pages.",
    params(("year" = i32, Path, description = "The edition’s year.", example = 2017, minimum = 1000, maximum = 9999)),
    responses(
        (status = 200, description = "The filters.", body = Filters),
        (status = 400, description = "A parameter or an option that there is not, or that cannot be used.", body = Problem,
            content_type = "application/problem+json"),
        (status = 404, description = "No such edition.", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn list(request: HttpRequest, house: web::Data<House>, year: web::Path<i32>) -> Result<HttpResponse, AppError> {
    let reading = Reading::of_year(&house, *year)?;
    let edition = Arc::clone(&reading.edition);
    let offer = Offer::of(&edition.questionnaire);
    let query = asked::search(request.query_string(), &offer)?;
    let reading = reading.ready_for(&query).await?;
    reading.answer(&query.address_at(&path(*year), &offer), move |reading| make(reading, &query)).await
}

/// Where an edition's filters are.
pub fn path(year: i32) -> String {
    format!("/api/v1/editions/{year}/filters")
}

/// The filters of a search. One with a text needs a reading that is [ready for it](Reading::ready_for).
fn make(reading: &Reading, query: &Query) -> Result<Page, AppError> {
    let offer = Offer::of(&reading.edition.questionnaire);
    let shelf = reading.shelf()?;
    let hits = query.hits(shelf)?;
    let stays = |filter: usize| offer.filters.get(filter).is_some_and(|filter| filter.stays);
    let sieve = Sieve::new(shelf, &offer, query, hits.as_ref().map(|hits| &hits.programs));
    let filters = Filters {
        format: FORMAT,
        edition: Edition::new(reading)?,
        total: sieve.found().len(),
        forgiven: hits.is_some_and(|hits| hits.forgiven),
        filters: offer
            .parts()
            .map(|(filter, part, offered)| Filter::new(offered, stays(filter), sieve.counts(filter, part)))
            .collect(),
    };
    json(&filters, shelf.updated())
}
