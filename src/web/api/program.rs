//! Programs as open data.

use actix_web::http::header::LINK;
use actix_web::{HttpRequest, HttpResponse, web};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use super::edition::Edition;
use super::paging::{PageLinks, Paging};
use super::{FORMAT, NOTICE, json};
use crate::domain::token;
use crate::error::AppError;
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

/// Some of an edition's programs, sorted by company.
#[derive(Serialize, ToSchema)]
pub struct Programs<'a> {
    /// The version of the format.
    format: u32,
    /// The edition.
    edition: Edition,
    /// How many programs there are on all pages.
    total: usize,
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
/// cannot be a page.
#[utoipa::path(
    get, path = "/api/v1/editions/{year}/programs", tag = "Programs", operation_id = "programs",
    summary = "The programs of an edition, some at a time",
    description = "Sorted by company. The header `Link` has the addresses of the first, previous, next and last page, too.",
    params(
        ("year" = i32, Path, description = "The edition’s year.", example = 2017, minimum = 1000, maximum = 9999),
        Paging,
    ),
    responses(
        (status = 200, description = "A page of programs.", body = Programs,
            headers(("Link" = String, description = "The pages around it (RFC 8288)."))),
        (status = 400, description = "A parameter that there is not, or that cannot be used.", body = Problem,
            content_type = "application/problem+json"),
        (status = 404, description = "No such edition, or a page beyond the last.", body = Problem,
            content_type = "application/problem+json"),
    )
)]
pub async fn list(request: HttpRequest, house: web::Data<House>, year: web::Path<i32>) -> Result<HttpResponse, AppError> {
    let reading = Reading::of_year(&house, *year)?;
    let paging = Paging::read(request.query_string())?;
    reading.answer(&paging.path(&reading), || make_some(&reading, &paging))
}

/// A page of an edition's programs.
///
/// # Errors
/// [`AppError::NotThere`] for a page beyond the last.
pub fn make_some(reading: &Reading, paging: &Paging) -> Result<Page, AppError> {
    let shelf = reading.shelf()?;
    let listed = shelf.listed();
    let links = paging.links(reading, listed.len())?;
    let around = links.header();
    let some = listed.get(paging.range(listed.len())).unwrap_or_default();
    let programs = Programs {
        format: FORMAT,
        edition: Edition::new(reading)?,
        total: listed.len(),
        page: paging.page,
        per_page: paging.per_page,
        pages: paging.pages(listed.len()),
        links,
        programs: some.iter().map(|listed| Program::new(reading, listed)).collect::<Result<_, _>>()?,
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
    reading.answer(&format!("/{}/programs/{}.json", path.0, path.1), || make(&reading, &path.1))
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
