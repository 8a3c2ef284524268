//! The guide for machines: editions, programs and questions as JSON, described by an OpenAPI document and a page.
//!
//! What these shapes say is a promise to people we don't know: what is added does not change [`FORMAT`], what is taken
//! out or means something else does. `docs/DATA.md` tells it to them.

pub mod asked;
pub mod edition;
pub mod filters;
pub mod manual;
pub mod openapi;
pub mod paging;
pub mod parameters;
pub mod program;
pub mod question;

use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::{HttpResponse, HttpResponseBuilder};
use jiff::Timestamp;
use serde::Serialize;

use crate::error::AppError;
use crate::guide::Page;

/// The version of all JSON and CSV that the guide hands out.
pub const FORMAT: u32 = 1;

/// The content type of JSON.
pub const JSON: &str = "application/json";

/// Under what the guide prints vendors' answers.
pub const NOTICE: &str = "Unedited content provided by vendors.";

/// What lets pages of other sites read an answer, too.
pub const OPEN: [(HeaderName, &str); 2] =
    [(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"), (header::ACCESS_CONTROL_EXPOSE_HEADERS, "ETag, Link")];

/// An answer that pages of other sites may read.
pub fn opened(mut response: HttpResponseBuilder) -> HttpResponseBuilder {
    OPEN.into_iter().for_each(|line| {
        response.insert_header(line);
    });
    response
}

/// The methods that open data takes.
pub const METHODS: &str = "GET, HEAD, OPTIONS";

/// What a browser is told that asks on behalf of another site's page: whoever has an answer already may say which, and that
/// holds for a day.
pub async fn allow() -> HttpResponse {
    opened(HttpResponse::NoContent())
        .insert_header((header::ACCESS_CONTROL_ALLOW_METHODS, METHODS))
        .insert_header((header::ACCESS_CONTROL_ALLOW_HEADERS, "If-None-Match, If-Modified-Since"))
        .insert_header((header::ACCESS_CONTROL_MAX_AGE, "86400"))
        .finish()
}

/// JSON, ready to be sent again and again. `modified`: when what it says last changed.
///
/// # Errors
/// What the serializer says.
pub fn json(shape: &impl Serialize, modified: Option<Timestamp>) -> Result<Page, AppError> {
    open(serde_json::to_vec(shape).map_err(AppError::broken)?, JSON, modified)
}

/// Open data of this content type, likewise.
///
/// # Errors
/// As [`Page::new`].
pub fn open(body: Vec<u8>, media: &'static str, modified: Option<Timestamp>) -> Result<Page, AppError> {
    OPEN.into_iter()
        .try_fold(Page::new(body, media, modified)?, |page, (name, value)| page.saying(name, HeaderValue::from_static(value)))
}
