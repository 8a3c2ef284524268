//! HTTP only: what comes in is read and handed to an act, what comes back is put on a page.

pub mod account;
pub mod api;
pub mod assets;
pub mod count;
pub mod demo;
pub mod desk;
pub mod enumeration;
pub mod failure;
pub mod field;
pub mod finished;
pub mod form;
pub mod front_door;
pub mod health;
pub mod history;
pub mod identity;
pub mod kept;
pub mod layout;
pub mod log;
pub mod problem;
pub mod reader;
pub mod security;
pub mod sent;
pub mod vendor;

use std::path::PathBuf;

use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use askama::Template;

use crate::error::AppError;

/// What the server stands in.
#[derive(Debug, Clone, Default)]
pub struct Surroundings {
    /// How many proxies stand before it.
    pub proxies: usize,
    /// The folder of the demo's mails; none outside the demo.
    pub demo_mail: Option<PathBuf>,
}

/// A page for one person: never kept by anybody on the way.
///
/// # Errors
/// What the template says.
pub fn page(template: &impl Template) -> Result<HttpResponse, AppError> {
    page_with(StatusCode::OK, template)
}

/// A form shown again with what was typed and what is wrong with it.
///
/// # Errors
/// What the template says.
pub fn unprocessable(template: &impl Template) -> Result<HttpResponse, AppError> {
    page_with(StatusCode::UNPROCESSABLE_ENTITY, template)
}

/// How the page is stored that a form is answered with: by its browser alone, which has it for whoever goes back to it. Of a
/// page that it must not store it could only ask whether the form is to be sent once more.
pub const FOR_BACK: &str = "private, no-cache";

/// A page with a status of its own.
///
/// # Errors
/// What the template says.
pub fn page_with(status: StatusCode, template: &impl Template) -> Result<HttpResponse, AppError> {
    let html = template.render()?;
    let stored = if status.is_success() { "no-store" } else { FOR_BACK };
    let mut response = HttpResponse::build(status);
    Ok(response.content_type("text/html; charset=utf-8").insert_header((header::CACHE_CONTROL, stored)).body(html))
}

/// Goes on elsewhere, after a form was posted.
pub fn see_other(path: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, path)).insert_header((header::CACHE_CONTROL, "no-store")).finish()
}
