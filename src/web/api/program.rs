//! Programs as open data.

use std::sync::Arc;

use actix_web::http::header::LINK;
use actix_web::{HttpRequest, HttpResponse, web};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use super::asked::Asked;
use super::edition::Edition;
use super::paging::{PageLinks, Paging};
use super::{FORMAT, NOTICE, json};
use crate::domain::token;
use crate::error::AppError;
use crate::guide::search::{Offer, Sieve, order};
use crate::guide::{Listed, Page};
use crate::web::problem::Problem;
use crate::web::reader::Reading;
use crate::workflow::House;

/// One published program.
#[derive(Serialize, ToSchema)]
pub struct Program<'a> {
    /// The edition's year.
    #[schema(examples(2017))]
    edition: i32,
    /// Names the program in addresses of its edition; it stays when another version is published.
    #[schema(examples("digium"))]
    slug: &'a str,
    /// Its page for people.
    #[schema(format = "uri")]
    url: String,
    /// The company, by a name that it keeps from one edition to the next.
    #[schema(examples("9f86d081884c7d65"))]
    company_id: String,
    /// The company's name.
    company: &'a str,
    /// The program's name.
    program: &'a str,
    /// Which version of the profile it is, counted from 1.
    version: i32,
    /// Since when readers see this version.
    #[schema(value_type = String, format = DateTime)]
    published: Timestamp,
    /// When its vendor submitted it.
    #[schema(value_type = String, format = DateTime)]
    confirmed: Timestamp,
    /// What was answered, by question key, each in the shape of its question's kind. A question that was not asked or not
    /// answered is left out.
    #[schema(value_type = Object)]
    answers: Box<RawValue>,
}

impl<'a> Program<'a> {
    /// A program as it was published.
    ///
    /// # Errors
    /// [`AppError::Broken`] when its document cannot be read.
    pub fn new(reading: &Reading, listed: &'a Listed) -> Result<Self, AppError> {
        Ok(Self {
            edition: reading.edition.year,
            slug: &listed.slug,
            url: reading.address(&format!("programs/{}", listed.slug)),
            company_id: token::mark(&listed.company_id.to_string()),
            company: &listed.company,
            program: &listed.program,
            version: listed.version,
            published: listed.published_from,
            confirmed: listed.confirmed_at,
            answers: listed.answers()?,
        })
    }
}

/// Some of an edition's programs, or of those that a search finds.
#[derive(Serialize, ToSchema)]
pub struct Programs<'a> {
    /// The version of the format.
    format: u32,
    /// The edition.
    edition: Edition,
    /// How many programs there are on all pages.
    total: usize,
    /// Whether no company, program, person or answer has the text that was searched for, and these have something like
    /// it: typing errors were forgiven.
    forgiven: bool,
    /// Which page this is, counted from 1.
    page: usize,
    /// How many programs a page has.
    per_page: usize,
    /// How many pages there are.
    pages: usize,
    /// The pages around it.
    links: PageLinks,
    /// The programs of this page.
    programs: Vec<Program<'a>>,
}

/// One program by itself.
#[derive(Serialize, ToSchema)]
pub struct OneProgram<'a> {
    /// The version of the format.
    format: u32,
    /// Under what the answers are printed: repeat it where you show them.
    notice: &'static str,
    /// What was asked: labels, kinds and options.
    #[schema(format = "uri")]
    questions: String,
    /// The program.
    program: Program<'a>,
}

/// `/api/v1/editions/{year}/programs`
///
/// # Errors
/// [`AppError::NotThere`] for a year without an edition and a page beyond the last; [`AppError::Parameter`] for what
/// cannot be asked for.
#[utoipa::path(
    get, path = "/api/v1/editions/{year}/programs", tag = "Programs", operation_id = "programs",
    summary = "The programs of an edition, or those that a search finds, some at a time",
    description = "What can be filtered and sorted by depends on the edition. Choices of one filter widen the search, filters \
                   narrow it; what is chosen in the rows and the options of a grid has to meet in one row. The header `Link` \
                   has the addresses of the first, previous, next and last page, too.",
    params(
        ("year" = i32, Path, description = "The edition’s year.", example = 2017, minimum = 1000, maximum = 9999),
        Paging,
    ),
    responses(
        (status = 200, description = "A page of programs.", body = Programs,
            headers(("Link" = String, description = "The pages around it (RFC 8288)."))),
        (status = 400, description = "A parameter or an option that there is not, or that cannot be used.", body = Problem,
            content_type = "application/problem+json"),
        (status = 404, description = "No such edition, or a page beyond the last.", body = Problem,
            content_type = "application/problem+json"),
    )
)]
pub async fn list(request: HttpRequest, house: web::Data<House>, year: web::Path<i32>) -> Result<HttpResponse, AppError> {
    let reading = Reading::of_year(&house, *year)?;
    let edition = Arc::clone(&reading.edition);
    let offer = Offer::of(&edition.questionnaire);
    let asked = Asked::read(request.query_string(), &offer)?;
    let reading = reading.ready_for(&asked.query).await?;
    reading.answer(&asked.address(&path(*year), &offer, asked.paging), move |reading| make_some(reading, &asked)).await
}

/// Where an edition's programs are.
pub fn path(year: i32) -> String {
    format!("/api/v1/editions/{year}/programs")
}

/// A page of what a search finds. One with a text needs a reading that is [ready for it](Reading::ready_for).
///
/// # Errors
/// [`AppError::NotThere`] for a page beyond the last.
fn make_some(reading: &Reading, asked: &Asked) -> Result<Page, AppError> {
    let offer = Offer::of(&reading.edition.questionnaire);
    let (shelf, Asked { query, paging }) = (reading.shelf()?, asked);
    let hits = query.hits(shelf)?;
    let found = Sieve::new(shelf, &offer, query, hits.as_ref().map(|hits| &hits.programs)).found();
    let total = usize::try_from(found.len()).map_err(AppError::broken)?;
    let path = path(reading.edition.year);
    let links = paging.links(total, |paging| reading.house.address(&asked.address(&path, &offer, paging)))?;
    let around = links.header();
    let places = order::some(shelf, &offer, &found, hits.as_ref(), query.sort, paging.range(total));
    let some = places.into_iter().filter_map(|place| shelf.at(place));
    let programs = Programs {
        format: FORMAT,
        edition: Edition::new(reading)?,
        total,
        forgiven: hits.is_some_and(|hits| hits.forgiven),
        page: paging.page,
        per_page: paging.per_page,
        pages: paging.pages(total),
        links,
        programs: some.map(|listed| Program::new(reading, listed)).collect::<Result<_, _>>()?,
    };
    json(&programs, shelf.updated())?.saying(LINK, around)
}

/// `/api/v1/editions/{year}/programs/{slug}`
///
/// # Errors
/// [`AppError::NotThere`] for what is not published.
#[utoipa::path(
    get, path = "/api/v1/editions/{year}/programs/{slug}", tag = "Programs", operation_id = "program",
    summary = "One program",
    params(
        ("year" = i32, Path, description = "The edition’s year.", example = 2017, minimum = 1000, maximum = 9999),
        ("slug" = String, Path, description = "The program’s `slug`.", example = "digium", pattern = "^[a-z0-9-]+$"),
    ),
    responses(
        (status = 200, description = "The program.", body = OneProgram),
        (status = 404, description = "No such edition, or no such program in it.", body = Problem,
            content_type = "application/problem+json"),
    )
)]
pub async fn show(house: web::Data<House>, path: web::Path<(i32, String)>) -> Result<HttpResponse, AppError> {
    let reading = Reading::of_year(&house, path.0)?;
    reading.answer(&format!("/{}/programs/{}.json", path.0, path.1), move |reading| make(reading, &path.1)).await
}

/// One program.
///
/// # Errors
/// [`AppError::NotThere`] for what is not published.
pub fn make(reading: &Reading, slug: &str) -> Result<Page, AppError> {
    let listed = reading.profile(slug)?;
    let program = OneProgram {
        format: FORMAT,
        notice: NOTICE,
        questions: reading.address("questions.json"),
        program: Program::new(reading, listed)?,
    };
    json(&program, Some(listed.published_from))
}
