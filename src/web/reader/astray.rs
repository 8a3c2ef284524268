//! An address that is almost a reader's page: with a stroke too many at its end, or in capitals. It leads to the page.

use actix_web::http::{Method, header};
use actix_web::{HttpRequest, HttpResponse};

use super::Reading;
use crate::workflow::House;

/// What leads a request that found nothing to where it was meant to go, with its query; none where there is nothing either.
pub fn led(request: &HttpRequest, house: &House) -> Option<HttpResponse> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return None;
    }
    let path = meant(request.path(), house)?;
    let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
    Some(HttpResponse::PermanentRedirect().insert_header((header::LOCATION, format!("{path}{query}"))).finish())
}

fn meant(asked: &str, house: &House) -> Option<String> {
    let path = asked.trim_end_matches('/').to_ascii_lowercase();
    let (year, rest) = path.strip_prefix('/')?.split_once('/')?;
    let year = year.parse().ok().filter(|number: &i32| number.to_string() == year)?;
    // What is right already leads nowhere else.
    (path != asked && is_there(&Reading::of_year(house, year).ok()?, rest)).then_some(path)
}

/// Whether readers have something at this path below an edition's.
fn is_there(reading: &Reading, path: &str) -> bool {
    let is_published = |slug: &str| reading.profile(slug).is_ok();
    match path.split('/').collect::<Vec<_>>()[..] {
        ["compare" | "figures" | "feed.atom" | "programs.json" | "programs.csv" | "programs.xlsx" | "questions.json"] => true,
        ["find"] => !reading.edition.questionnaire.roles.finder.is_empty(),
        ["programs", file] => is_published(file.strip_suffix(".json").unwrap_or(file)),
        ["programs", slug, "card" | "print" | "report"] => is_published(slug),
        _ => false,
    }
}
