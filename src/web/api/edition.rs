//! Editions as open data.

use actix_web::{HttpResponse, web};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::{FORMAT, NOTICE, filters, json, program};
use crate::error::AppError;
use crate::guide::{Page, Reach};
use crate::web::reader::Reading;
use crate::workflow::House;

/// Every edition.
#[derive(Serialize, ToSchema)]
pub struct Editions {
    /// The version of the format.
    format: u32,
    /// The editions, oldest first.
    editions: Vec<Edition>,
}

/// One edition of the guide.
#[derive(Serialize, ToSchema)]
pub struct Edition {
    /// Its year, which names it in addresses.
    #[schema(examples(2017))]
    year: i32,
    /// Its title.
    #[schema(examples("2017 Partner Program Guide"))]
    title: String,
    /// Its page for people.
    #[schema(format = "uri")]
    url: String,
    /// Under what the answers are printed: repeat it where you show them.
    notice: &'static str,
    /// How many programs are published.
    programs: usize,
    /// Changes whenever a profile of the edition is published, replaced or taken down, and at no other time.
    #[schema(examples("9f86d081884c7d65"))]
    version: String,
    /// When the newest of its profiles was published; null while there is none.
    #[schema(value_type = Option<String>, format = DateTime)]
    updated: Option<Timestamp>,
    /// The edition in files and feeds.
    links: EditionLinks,
}

/// Where the rest is.
#[derive(Serialize, ToSchema)]
struct EditionLinks {
    /// All programs and questions in one JSON file.
    #[schema(format = "uri")]
    json: String,
    /// All programs in one CSV file.
    #[schema(format = "uri")]
    csv: String,
    /// The same as a workbook for spreadsheets.
    #[schema(format = "uri")]
    xlsx: String,
    /// What was asked.
    #[schema(format = "uri")]
    questions: String,
    /// The programs, some at a time; none where the guide is a site of files.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "uri")]
    programs: Option<String>,
    /// What the programs can be filtered by; none where the guide is a site of files.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "uri")]
    filters: Option<String>,
    /// The newest publications.
    #[schema(format = "uri")]
    feed: String,
}

impl Edition {
    /// An edition with what is published in it at this moment.
    ///
    /// # Errors
    /// [`AppError::NotThere`] for an edition that is not in the catalogue.
    pub fn new(reading: &Reading) -> Result<Self, AppError> {
        let (house, edition, shelf) = (&reading.house, &reading.edition, reading.shelf()?);
        let answered_here = |path: String| (house.reach == Reach::Server).then(|| house.address(&path));
        Ok(Self {
            year: edition.year,
            title: edition.title(),
            url: reading.address(""),
            notice: NOTICE,
            programs: shelf.listed().len(),
            version: shelf.mark().to_owned(),
            updated: shelf.updated(),
            links: EditionLinks {
                json: reading.address("programs.json"),
                csv: reading.address("programs.csv"),
                xlsx: reading.address("programs.xlsx"),
                questions: reading.address("questions.json"),
                programs: answered_here(program::path(edition.year)),
                filters: answered_here(filters::path(edition.year)),
                feed: reading.address("feed.atom"),
            },
        })
    }
}

/// `/api/v1/editions`
///
/// # Errors
/// [`AppError::NotThere`] while there is no edition.
#[utoipa::path(
    get, path = "/api/v1/editions", tag = "Editions", operation_id = "editions", summary = "All editions",
    responses((status = 200, description = "The editions, oldest first.", body = Editions))
)]
pub async fn list(house: web::Data<House>) -> Result<HttpResponse, AppError> {
    let reading = Reading::newest(&house)?;
    reading.answer("/api/v1/editions", make).await
}

/// All editions.
///
/// # Errors
/// What the serializer says.
pub fn make(reading: &Reading) -> Result<Page, AppError> {
    let all = reading.all();
    let modified = all.iter().filter_map(|reading| reading.shelf().ok()?.updated()).max();
    json(&Editions { format: FORMAT, editions: all.iter().map(Edition::new).collect::<Result<_, _>>()? }, modified)
}
