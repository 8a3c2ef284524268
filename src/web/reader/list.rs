//! The list of an edition's programs: the guide's cover and its front door, with search and filters in the address.

mod dropped;
mod facets;
mod leafing;
mod other_texts;
mod page;
mod table;

use std::sync::Arc;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use url::form_urlencoded;

use super::passed_over::PassedOver;
use super::{Reading, made};
use crate::error::AppError;
use crate::guide::search::{Act, Offer, Query, Sieve, order, same_address};
use crate::guide::{Page, Reach};
use crate::workflow::House;
pub(super) use facets::{in_words, quoted, remark};
pub(super) use leafing::Pager;
use page::ListPage;

/// `/`: the newest edition's list.
///
/// # Errors
/// [`AppError::NotThere`] while there is no edition.
pub async fn newest(request: HttpRequest, house: web::Data<House>) -> Result<HttpResponse, AppError> {
    list(&request, Reading::newest(&house)?).await
}

/// `/{year}/`
///
/// # Errors
/// [`AppError::NotThere`] for a year without an edition.
pub async fn show(request: HttpRequest, house: web::Data<House>, year: web::Path<i32>) -> Result<HttpResponse, AppError> {
    list(&request, Reading::of_year(&house, *year)?).await
}

/// `/{year}`: what somebody types; the list stands one stroke further.
///
/// # Errors
/// [`AppError::NotThere`] for a year without an edition.
pub async fn with_stroke(request: HttpRequest, house: web::Data<House>, year: web::Path<i32>) -> Result<HttpResponse, AppError> {
    let edition = house.editions.by_year(*year).ok_or(AppError::NotThere)?;
    let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
    let address = format!("/{}/{query}", edition.year);
    Ok(HttpResponse::PermanentRedirect().insert_header((header::LOCATION, address)).finish())
}

/// What was asked for has one address: what is said otherwise leads there. What cannot be had stays in it, so that the page
/// can say so; what nobody ever offered falls away.
async fn list(request: &HttpRequest, reading: Reading) -> Result<HttpResponse, AppError> {
    let edition = Arc::clone(&reading.edition);
    let offer = Offer::of(&edition.questionnaire);
    let asked = offer.meant(request.query_string());
    let (mut query, act) = Query::of(&asked, &offer);
    let shelf = reading.shelf()?;
    query.keep_programs(|slug| shelf.place(slug).is_some());
    match act {
        Some(Act::Compare) => return Ok(found(&comparison(edition.year, &query))),
        Some(Act::Letter(letter)) => {
            let left = Sieve::new(shelf, &offer, &query, None).found();
            let address = query.on_page(leafing::page_of(shelf, &left, letter)).address(edition.year, &offer);
            return Ok(found(&format!("{address}#{}", leafing::anchor(letter))));
        }
        None => {}
    }
    let passed_over = PassedOver::read(&asked, &reading, &offer);
    let address = passed_over.address(query.address(edition.year, &offer));
    let plain = format!("/{}/", edition.year);
    let asked = request.uri().path_and_query().map_or("", |asked| asked.as_str());
    if !(same_address(asked, &address) || (request.path() == "/" && address == plain)) {
        return Ok(found(&address));
    }
    let kept = if request.path() == "/" { "/" } else { &address };
    let reading = reading.ready_for(&query).await?;
    reading.answer(kept, move |reading| make_found(reading, &query, &passed_over)).await
}

/// Where the programs under a letter begin in the whole list: its page, and the place there. In files all are on one page.
///
/// # Errors
/// [`AppError::NotThere`] for an edition that is not in the catalogue.
pub(super) fn under(reading: &Reading, letter: char) -> Result<String, AppError> {
    let page = match reading.house.reach {
        Reach::Server => order::page_after(reading.shelf()?.under(letter).start.into()),
        Reach::Files => 0,
    };
    Ok(format!("{}#{}", page_address(reading, page), leafing::anchor(letter)))
}

/// The pages of the whole list; in files there is one.
///
/// # Errors
/// [`AppError::NotThere`] for an edition that is not in the catalogue.
pub(super) fn pages(reading: &Reading) -> Result<impl Iterator<Item = String>, AppError> {
    let pages = match reading.house.reach {
        Reach::Server => order::pages(reading.shelf()?.listed().len() as u64),
        Reach::Files => 1,
    };
    Ok((0..pages).map(|page| page_address(reading, page)))
}

/// The path of a page of the whole list, counted from 0.
fn page_address(reading: &Reading, page: usize) -> String {
    Query::default().on_page(page).address(reading.edition.year, &Offer::of(&reading.edition.questionnaire))
}

/// Where the chosen programs stand side by side.
fn comparison(year: i32, query: &Query) -> String {
    let mut chosen = form_urlencoded::Serializer::new(String::new());
    chosen.extend_pairs(query.programs.iter().map(|slug| ("program", slug)));
    match chosen.finish() {
        chosen if chosen.is_empty() => format!("/{year}/compare"),
        chosen => format!("/{year}/compare?{chosen}"),
    }
}

fn found(address: &str) -> HttpResponse {
    HttpResponse::Found().insert_header((header::LOCATION, address)).finish()
}

/// The list of an edition: its first page, or in files all of it.
///
/// # Errors
/// [`AppError::NotThere`] for an edition that is not in the catalogue.
pub fn make(reading: &Reading) -> Result<Page, AppError> {
    make_found(reading, &Query::default(), &PassedOver::default())
}

/// What a query leaves of the list. One with a text needs a reading that is [ready for it](Reading::ready_for).
fn make_found(reading: &Reading, query: &Query, passed_over: &PassedOver) -> Result<Page, AppError> {
    let shelf = reading.shelf()?;
    let offer = Offer::of(&reading.edition.questionnaire);
    let hits = query.hits(shelf)?;
    // It says as well which other editions there are to read.
    let modified = reading.catalogue().changed_at();
    let page = made(&ListPage::new(reading, &offer, query, hits.as_ref(), passed_over)?, modified)?;
    Ok(if query.narrows() { page.for_few() } else { page })
}
