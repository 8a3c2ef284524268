//! The readers' side: pages from memory, already compressed, the same for everybody.

use std::sync::Arc;

use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use jiff::Timestamp;

use crate::domain::Edition;
use crate::error::AppError;
use crate::guide::{Catalogue, Listed, Page, Shelf};
use crate::workflow::House;

pub mod list;
pub mod profile;

/// What a reader's page is made from: the house, an edition, and the catalogue as it is at this moment. Whatever a page
/// says comes from here, so it can be kept until the catalogue changes, and is the same in a file.
pub struct Reading<'a> {
    /// The house.
    pub house: &'a House,
    /// The edition.
    pub edition: Arc<Edition>,
    catalogue: Arc<Catalogue>,
}

impl<'a> Reading<'a> {
    /// The edition of this year.
    ///
    /// # Errors
    /// [`AppError::NotThere`] for a year without an edition.
    pub fn of_year(house: &'a House, year: i32) -> Result<Self, AppError> {
        let edition = house.editions.by_year(year).ok_or(AppError::NotThere)?;
        Self::new(house, edition)
    }

    /// The newest edition.
    ///
    /// # Errors
    /// [`AppError::NotThere`] while there is none.
    pub fn newest(house: &'a House) -> Result<Self, AppError> {
        let edition = house.editions.newest().ok_or(AppError::NotThere)?;
        Self::new(house, edition)
    }

    fn new(house: &'a House, edition: Arc<Edition>) -> Result<Self, AppError> {
        let catalogue = house.guide.catalogue();
        // The catalogue is read after the editions are: one without a shelf has no profile either.
        catalogue.shelf(edition.id).ok_or(AppError::NotThere)?;
        Ok(Self { house, edition, catalogue })
    }

    /// All that is published, in every edition.
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// What is published in the edition.
    ///
    /// # Errors
    /// [`AppError::NotThere`] for an edition that is not in the catalogue.
    pub fn shelf(&self) -> Result<&Shelf, AppError> {
        self.catalogue.shelf(self.edition.id).ok_or(AppError::NotThere)
    }

    /// The edition as it is when its texts can be searched: soon after a start or a publication.
    ///
    /// # Errors
    /// [`AppError::Broken`] when they could not be indexed.
    pub async fn with_texts(self) -> Result<Self, AppError> {
        let mut news = self.house.guide.news();
        let mut reading = Self::new(self.house, self.edition)?;
        while reading.shelf()?.texts()?.is_none() {
            news.changed().await.map_err(AppError::broken)?;
            reading = Self::new(reading.house, reading.edition)?;
        }
        Ok(reading)
    }

    /// The profile with this address.
    ///
    /// # Errors
    /// [`AppError::NotThere`] for what is not published.
    pub fn profile(&self, slug: &str) -> Result<&Arc<Listed>, AppError> {
        self.shelf()?.find(slug).ok_or(AppError::NotThere)
    }

    /// Answers with the page under this address (path and query), made at its first request and kept.
    ///
    /// # Errors
    /// What `make` says.
    pub fn answer(
        &self,
        request: &HttpRequest,
        address: &str,
        make: impl FnOnce() -> Result<Page, AppError>,
    ) -> Result<HttpResponse, AppError> {
        Ok(respond(request, &*self.catalogue.pages().find_or_make(address, make)?))
    }
}

/// Makes a page ready to be sent again and again. `modified`: when what it says last changed.
pub fn made(template: &impl Template, modified: Option<Timestamp>) -> Result<Page, AppError> {
    Page::html(template.render()?, modified)
}

/// Answers with a finished page, in the encoding that the reader takes, or that nothing has changed.
pub fn respond(request: &HttpRequest, page: &Page) -> HttpResponse {
    let (bytes, encoding) = match accepted(request) {
        Encoding::Brotli => (&page.brotli, Some("br")),
        Encoding::Gzip => (&page.gzip, Some("gzip")),
        Encoding::Identity => (&page.identity, None),
    };
    let tag = format!("\"{}{}\"", page.mark, encoding.map(|encoding| format!("-{encoding}")).unwrap_or_default());
    let unchanged = header_text(request, header::IF_NONE_MATCH.as_str())
        .is_some_and(|known| known.split(',').any(|known| known.trim().trim_start_matches("W/") == tag || known.trim() == "*"));
    let mut response = if unchanged { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response.insert_header((header::ETAG, tag)).insert_header((header::VARY, "Accept-Encoding"));
    response.insert_header((header::CACHE_CONTROL, "public, max-age=0, must-revalidate"));
    if let Some(modified) = page.modified.and_then(|modified| HeaderValue::from_str(&http_date(modified)).ok()) {
        response.insert_header((header::LAST_MODIFIED, modified));
    }
    if unchanged {
        return response.finish();
    }
    if let Some(encoding) = encoding {
        response.insert_header((header::CONTENT_ENCODING, encoding));
    }
    response.content_type(page.media.as_ref()).body(bytes.clone())
}

enum Encoding {
    Brotli,
    Gzip,
    Identity,
}

/// The best encoding that the request takes.
fn accepted(request: &HttpRequest) -> Encoding {
    let takes = |wanted: &str| {
        let accepted = header_text(request, header::ACCEPT_ENCODING.as_str()).unwrap_or_default();
        accepted.split(',').any(|offer| {
            let (name, weight) = offer.split_once(';').unwrap_or((offer, ""));
            name.trim().eq_ignore_ascii_case(wanted) && !matches!(weight.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000")
        })
    };
    if takes("br") {
        Encoding::Brotli
    } else if takes("gzip") {
        Encoding::Gzip
    } else {
        Encoding::Identity
    }
}

fn header_text<'a>(request: &'a HttpRequest, name: &str) -> Option<&'a str> {
    request.headers().get(name).and_then(|value| value.to_str().ok())
}

fn http_date(moment: Timestamp) -> String {
    moment.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}
