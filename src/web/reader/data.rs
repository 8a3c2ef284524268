//! An edition in one file: all its programs as JSON, as CSV or as a workbook.
//!
//! A file of text is made piece by piece. That of a usual edition is put together, compressed and kept like any page; a large one
//! is sent while it is made, so that it takes no more memory than a piece.

use actix_web::http::Method;
use actix_web::http::header::{self, EntityTag, Header, HeaderName, IfNoneMatch};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, body, web};
use futures_util::stream;

use super::Reading;
use crate::error::AppError;
use crate::guide::Page;
use crate::web::api::program::{self, OneProgram};
use crate::web::api::question::{self, Questions};
use crate::web::api::{JSON, OPEN};
use crate::web::finished;
use crate::web::problem::Problem;
use crate::workflow::House;

mod csv;
mod json;
mod table;
pub mod xlsx;

/// The most programs of an edition whose files are kept: some 5 KB of JSON a program, before it is compressed.
const KEPT: usize = 400;
/// How many programs a piece has.
const A_PIECE: usize = 20;

/// How an edition is written down as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notation {
    /// One object: the edition, its questions, its programs.
    Json,
    /// A row a program, a column a question or part of one.
    Csv,
}

impl Notation {
    /// Its content type.
    pub fn media(self) -> &'static str {
        match self {
            Self::Json => JSON,
            Self::Csv => csv::MEDIA,
        }
    }

    /// The path of an edition's file.
    pub fn address(self, year: i32) -> String {
        format!("/{year}/programs.{}", self.ending())
    }

    /// What its address ends with.
    fn ending(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Csv => "csv",
        }
    }

    /// What stands in the head of its answers.
    fn head(self, reading: &Reading) -> Vec<(HeaderName, String)> {
        let mut head: Vec<_> = OPEN.map(|(name, value)| (name, value.to_owned())).into();
        if self == Self::Csv {
            head.push((header::LINK, format!("<{}>; rel=\"describedby\"", reading.address("questions.json"))));
            head.push((header::CONTENT_DISPOSITION, attachment(reading, self.ending())));
        }
        head
    }

    fn beginning(self, reading: &Reading) -> Result<Vec<u8>, AppError> {
        match self {
            Self::Json => json::beginning(reading),
            Self::Csv => csv::beginning(reading),
        }
    }

    /// The programs at these places.
    fn programs(self, reading: &Reading, places: std::ops::Range<usize>) -> Result<Vec<u8>, AppError> {
        match self {
            Self::Json => json::programs(reading, places),
            Self::Csv => csv::programs(reading, places),
        }
    }

    fn end(self) -> Vec<u8> {
        match self {
            Self::Json => json::END.to_vec(),
            Self::Csv => Vec::new(),
        }
    }

    /// The file's piece of this number, counted from 0; none behind the last.
    fn piece(self, reading: &Reading, number: usize) -> Result<Option<Vec<u8>>, AppError> {
        let programs = reading.shelf()?.listed().len();
        let pieces = programs.div_ceil(A_PIECE);
        Ok(match number {
            0 => Some(self.beginning(reading)?),
            _ if number <= pieces => {
                let first = (number - 1) * A_PIECE;
                Some(self.programs(reading, first..programs.min(first + A_PIECE))?)
            }
            _ if number == pieces + 1 => Some(self.end()),
            _ => None,
        })
    }
}

/// `/{year}/programs.json`
///
/// # Errors
/// [`AppError::NotThere`] for a year without an edition.
#[utoipa::path(
    get, path = "/{year}/programs.json", tag = "Files", operation_id = "editionAsJson", summary = "An edition as JSON",
    description = "The edition, its questions and all its programs, sorted by company. A large edition is sent while it is \
                   made: without a length, and with a weak `ETag`.",
    params(("year" = i32, Path, description = "The edition’s year.", example = 2017, minimum = 1000, maximum = 9999)),
    responses(
        (status = 200, description = "The edition.", body = json::EditionFile),
        (status = 404, description = "No such edition.", body = Problem,
            content_type = "application/problem+json"),
    )
)]
pub async fn as_json(request: HttpRequest, house: web::Data<House>, year: web::Path<i32>) -> Result<HttpResponse, AppError> {
    file(&request, &house, *year, Notation::Json).await
}

/// `/{year}/programs.csv`
///
/// # Errors
/// [`AppError::NotThere`] for a year without an edition.
#[utoipa::path(
    get, path = "/{year}/programs.csv", tag = "Files", operation_id = "editionAsCsv", summary = "An edition as CSV",
    description = "A row a program, sorted by company, under a head of keys. The header `Link` has the address of the \
                   questions, where `columns` says which question each column belongs to.",
    params(("year" = i32, Path, description = "The edition’s year.", example = 2017, minimum = 1000, maximum = 9999)),
    responses(
        (status = 200, description = "The programs.", body = String, content_type = "text/csv",
            headers(("Link" = String, description = "The questions (RFC 8288, `rel=\"describedby\"`)."))),
        (status = 404, description = "No such edition.", body = Problem,
            content_type = "application/problem+json"),
    )
)]
pub async fn as_csv(request: HttpRequest, house: web::Data<House>, year: web::Path<i32>) -> Result<HttpResponse, AppError> {
    file(&request, &house, *year, Notation::Csv).await
}

/// `/{year}/programs.xlsx`
///
/// # Errors
/// [`AppError::NotThere`] for a year without an edition.
#[utoipa::path(
    get, path = "/{year}/programs.xlsx", tag = "Files", operation_id = "editionAsWorkbook", summary = "An edition as a workbook",
    description = "For Excel, LibreOffice and their like: the rows and columns of the CSV file, and what columns and options \
                   mean, each on a sheet of its own.",
    params(("year" = i32, Path, description = "The edition’s year.", example = 2017, minimum = 1000, maximum = 9999)),
    responses(
        (status = 200, description = "The workbook.", body = Vec<u8>,
            content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (status = 404, description = "No such edition.", body = Problem,
            content_type = "application/problem+json"),
    )
)]
pub async fn as_workbook(house: web::Data<House>, year: web::Path<i32>) -> Result<HttpResponse, AppError> {
    Reading::of_year(&house, *year)?.answer_aside(&xlsx::address(*year), xlsx::make).await
}

/// `/{year}/programs/{slug}.json`
///
/// # Errors
/// [`AppError::NotThere`] for what is not published.
#[utoipa::path(
    get, path = "/{year}/programs/{slug}.json", tag = "Files", operation_id = "programAsJson", summary = "One program as JSON",
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
pub async fn one_as_json(house: web::Data<House>, path: web::Path<(i32, String)>) -> Result<HttpResponse, AppError> {
    program::show(house, path).await
}

/// `/{year}/questions.json`
///
/// # Errors
/// [`AppError::NotThere`] for a year without an edition.
#[utoipa::path(
    get, path = "/{year}/questions.json", tag = "Files", operation_id = "questionsAsJson", summary = "What an edition asked",
    description = "The dictionary of the other files.",
    params(("year" = i32, Path, description = "The edition’s year.", example = 2017, minimum = 1000, maximum = 9999)),
    responses(
        (status = 200, description = "The questions, in the order in which they were asked.", body = Questions),
        (status = 404, description = "No such edition.", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn questions_as_json(house: web::Data<House>, year: web::Path<i32>) -> Result<HttpResponse, AppError> {
    question::list(house, year).await
}

async fn file(request: &HttpRequest, house: &web::Data<House>, year: i32, notation: Notation) -> Result<HttpResponse, AppError> {
    let reading = Reading::of_year(house, year)?;
    if reading.shelf()?.listed().len() > KEPT {
        return sent_while_made(request, reading, notation);
    }
    reading.answer(&notation.address(year), move |reading| make(reading, notation)).await
}

/// A file that browsers keep under a name, and other sites may read.
fn open_as_attachment(page: Page, reading: &Reading, ending: &str) -> Result<Page, AppError> {
    let lines = OPEN.map(|(name, value)| (name, value.to_owned()));
    let lines = lines.into_iter().chain([(header::CONTENT_DISPOSITION, attachment(reading, ending))]);
    lines.into_iter().try_fold(page, |page, (name, value)| page.saying(name, value))
}

fn attachment(reading: &Reading, ending: &str) -> String {
    format!("attachment; filename=\"programs-{}.{ending}\"", reading.edition.year)
}

/// The whole file.
///
/// # Errors
/// [`AppError::NotThere`] for an edition that is not in the catalogue.
pub fn make(reading: &Reading, notation: Notation) -> Result<Page, AppError> {
    let mut whole = Vec::new();
    let mut number = 0;
    while let Some(piece) = notation.piece(reading, number)? {
        whole.extend(piece);
        number += 1;
    }
    let page = Page::new(whole, notation.media(), reading.shelf()?.updated())?;
    notation.head(reading).into_iter().try_fold(page, |page, (name, value)| page.saying(name, value))
}

/// What is needed to go on with a file whatever is published meanwhile.
struct Rest {
    reading: Reading,
    notation: Notation,
    next: usize,
}

impl Rest {
    /// The next piece, and what is left after it; none at the end.
    fn go_on(mut self) -> Result<Option<(Bytes, Self)>, AppError> {
        let piece = self.notation.piece(&self.reading, self.next)?;
        self.next += 1;
        Ok(piece.map(|piece| (Bytes::from(piece), self)))
    }
}

/// The file, sent piece by piece. Its mark is that of what is published: it is known before the first byte is made.
fn sent_while_made(request: &HttpRequest, reading: Reading, notation: Notation) -> Result<HttpResponse, AppError> {
    let mark = format!("{}-{}-{}", env!("CARGO_PKG_VERSION"), reading.shelf()?.mark(), notation.ending());
    let tag = EntityTag::new_weak(mark);
    let unchanged = match IfNoneMatch::parse(request) {
        Ok(IfNoneMatch::Any) => true,
        Ok(IfNoneMatch::Items(known)) => known.iter().any(|known| known.weak_eq(&tag)),
        Err(_) => false,
    };
    let mut response = if unchanged { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response.insert_header(header::ETag(tag));
    for line in notation.head(&reading) {
        response.insert_header(line);
    }
    response.insert_header((header::CACHE_CONTROL, finished::UNTIL_CHANGED.clone()));
    if unchanged {
        return Ok(response.finish());
    }
    response.content_type(notation.media());
    if request.method() == Method::HEAD {
        // Else all of it would be made, to be thrown away.
        return Ok(response.message_body(body::None::new()).map_err(AppError::broken)?.map_into_boxed_body());
    }
    let rest = Rest { reading, notation, next: 0 };
    let pieces = stream::try_unfold(rest, |rest| async { web::block(|| rest.go_on()).await.map_err(AppError::broken)? });
    Ok(response.streaming(Box::pin(pieces)))
}
