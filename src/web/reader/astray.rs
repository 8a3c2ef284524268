//! An address that is almost a reader's page: with a stroke too many at its end, in capitals, or cut off above the profiles.
//! It leads to the page.

use actix_web::http::{Method, header};
use actix_web::{HttpRequest, HttpResponse};

use super::Reading;
use crate::workflow::House;

/// What leads a request that found nothing to where it was meant to go, with its query; none where there is nothing either.
pub fn led(request: &HttpRequest, house: &House) -> Option<HttpResponse> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return None;
    }
    let path = meant(request, house)?;
    let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
    Some(HttpResponse::PermanentRedirect().insert_header((header::LOCATION, format!("{path}{query}"))).finish())
}

fn meant(request: &HttpRequest, house: &House) -> Option<String> {
    let path = request.path().trim_end_matches('/').to_ascii_lowercase();
    // The programs are listed on the edition's own page, which alone has a stroke at its end.
    let path = match path.strip_suffix("/programs").unwrap_or(&path) {
        edition if edition.rfind('/') == Some(0) => format!("{edition}/"),
        _ => path,
    };
    // What is right already leads nowhere else.
    if path == request.path() || !request.resource_map().has_resource(&path) {
        return None;
    }
    let (year, rest) = path.strip_prefix('/')?.split_once('/')?;
    let reading = Reading::of_year(house, year.parse().ok()?).ok()?;
    is_there(&reading, rest).then_some(path)
}

/// Whether an edition has what readers' pages of this path show.
fn is_there(reading: &Reading, path: &str) -> bool {
    let is_published = |slug: &str| reading.profile(slug).is_ok();
    match path.split('/').collect::<Vec<_>>()[..] {
        ["find"] => reading.house.has_finder(&reading.edition),
        ["programs", file] => is_published(file.strip_suffix(".json").unwrap_or(file)),
        ["programs", slug, _] => is_published(slug),
        _ => true,
    }
}
