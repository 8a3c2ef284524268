//! Atom: the newest publications of an edition, or those of them that a search finds, for feed readers.

use std::cmp::Reverse;
use std::sync::Arc;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use atom_syndication::{Entry, Feed, FixedDateTime, Generator, Link, Person, Text};
use jiff::Timestamp;

use super::head::Alternate;
use super::passed_over::PassedOver;
use super::{Reading, head, list};
use crate::error::AppError;
use crate::guide::search::{Hits, Offer, Query, Sieve, same_address};
use crate::guide::{Listed, Page};
use crate::web::api::{NOTICE, open, opened};
use crate::web::problem::Problem;
use crate::workflow::House;

/// The content type.
const MEDIA: &str = "application/atom+xml; charset=utf-8";
/// How many publications a feed has.
const NEWEST: usize = 50;

/// `/{year}/feed.atom`. What the list is searched for has a feed at one address: what is said otherwise leads there, what is
/// no search falls away, and so does what cannot be searched for: whoever follows a feed reads no page. Of a text that is
/// [passed over](PassedOver) the feed says so.
///
/// # Errors
/// [`AppError::NotThere`] for a year without an edition.
#[utoipa::path(
    get, path = "/{year}/feed.atom", tag = "Files", operation_id = "feed", summary = "The newest publications as an Atom feed",
    description = "The fifty newest, the newest first; with a search, the newest of those that it finds. A program that is \
                   published again keeps its id and gets a new `updated`. What cannot be searched for falls away: the address \
                   leads to the one without. Of a text without a word, or of one that is too long, the `subtitle` says so.",
    params(("year" = i32, Path, description = "The edition’s year.", example = 2017, minimum = 1000, maximum = 9999)),
    responses(
        (status = 200, description = "The feed.", body = String, content_type = "application/atom+xml"),
        (status = 302, description = "At the address of this search, which `Location` says: it was asked for in other words.",
            headers(("Location" = String, description = "The address."))),
        (status = 404, description = "No such edition.", body = Problem,
            content_type = "application/problem+json"),
    )
)]
pub async fn show(request: HttpRequest, house: web::Data<House>, year: web::Path<i32>) -> Result<HttpResponse, AppError> {
    let reading = Reading::of_year(&house, *year)?;
    let edition = Arc::clone(&reading.edition);
    let offer = Offer::of(&edition.questionnaire);
    let asked = offer.meant(request.query_string());
    let query = Query::of(&asked, &offer).0.alone();
    let passed_over = PassedOver::of_text(&asked, &reading, &offer);
    let address = passed_over.address(address(&reading, &offer, &query));
    let asked = request.uri().path_and_query().map_or("", |asked| asked.as_str());
    if !same_address(asked, &address) {
        return Ok(opened(HttpResponse::Found()).insert_header((header::LOCATION, address)).finish());
    }
    let reading = reading.ready_for(&query).await?;
    reading.answer(&address, move |reading| make_found(reading, &query, &passed_over)).await
}

/// The feed of an edition.
///
/// # Errors
/// [`AppError::NotThere`] for an edition that is not in the catalogue.
pub fn make(reading: &Reading) -> Result<Page, AppError> {
    make_found(reading, &Query::default(), &PassedOver::default())
}

/// The feed of what a query leaves. One with a text needs a reading that is [ready for it](Reading::ready_for).
fn make_found(reading: &Reading, query: &Query, passed_over: &PassedOver) -> Result<Page, AppError> {
    let shelf = reading.shelf()?;
    let offer = Offer::of(&reading.edition.questionnaire);
    let hits = query.hits(shelf)?;
    let found = Sieve::new(shelf, &offer, query, hits.as_ref().map(|hits| &hits.programs)).found();
    let mut newest: Vec<&Arc<Listed>> = found.iter().filter_map(|place| shelf.at(place)).collect();
    newest.sort_by_key(|listed| Reverse(listed.published_from));
    newest.truncate(NEWEST);
    let updated = newest.first().map(|listed| listed.published_from);
    let this = passed_over.address(address(reading, &offer, query));
    let feed = Feed {
        title: plain(&title(reading, &offer, query)),
        subtitle: Some(plain(&subtitle(&offer, query, hits.as_ref(), passed_over))),
        id: tag(reading, &query.address_at("feed", &offer)),
        // Of an edition in which nothing is published nobody knows more than when it was opened.
        updated: date(updated.unwrap_or(reading.edition.schedule.opens_at))?,
        authors: vec![Person { name: reading.edition.title(), ..Person::default() }],
        links: vec![
            link("self", MEDIA, reading.house.address(&this)),
            link("alternate", "text/html", reading.house.address(&query.address(reading.edition.year, &offer))),
        ],
        generator: Some(Generator { value: "Almanac".to_owned(), ..Generator::default() }),
        lang: Some("en".to_owned()),
        entries: newest.into_iter().map(|listed| entry(reading, listed)).collect::<Result<_, _>>()?,
        ..Feed::default()
    };
    open(feed.write_to(Vec::new()).map_err(AppError::broken)?, MEDIA, updated)
}

/// The feed of what a query leaves, as pages lead to it.
pub fn of_search(reading: &Reading, offer: &Offer, query: &Query) -> Alternate {
    let query = query.alone();
    Alternate { media: "application/atom+xml", title: title(reading, offer, &query), href: address(reading, offer, &query) }
}

/// Where the feed of what a query leaves is.
fn address(reading: &Reading, offer: &Offer, query: &Query) -> String {
    query.address_at(&format!("/{}/feed.atom", reading.edition.year), offer)
}

fn title(reading: &Reading, offer: &Offer, query: &Query) -> String {
    let words = list::in_words(offer, query);
    let all = [reading.edition.title(), words];
    all.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(": ")
}

fn subtitle(offer: &Offer, query: &Query, hits: Option<&Hits>, passed_over: &PassedOver) -> String {
    let search = query.narrows().then(|| format!("Programs found by {}.", list::in_words(offer, query)));
    let remark = hits.and_then(|hits| list::remark(query, hits));
    search.into_iter().chain(passed_over.words(query)).chain(remark).chain([NOTICE.to_owned()]).collect::<Vec<_>>().join(" ")
}

fn entry(reading: &Reading, listed: &Listed) -> Result<Entry, AppError> {
    let page = reading.address(&format!("programs/{}", listed.slug));
    let facts = head::facts(&reading.edition, listed).map(|(heading, value)| format!("{heading}: {value}"));
    let said = match listed.version {
        1 => "Published.".to_owned(),
        // Whether it had been taken down in between is nothing that readers are told.
        version => format!("Published: version {version}."),
    };
    let published = date(listed.published_from)?;
    Ok(Entry {
        title: plain(&head::title(listed)),
        id: tag(reading, &format!("programs/{}", listed.slug)),
        updated: published,
        published: (listed.version == 1).then_some(published),
        authors: vec![Person { name: writable(&listed.company), ..Person::default() }],
        summary: Some(plain(&[said, facts.collect::<Vec<_>>().join(" · ")].join(" "))),
        rights: Some(plain(NOTICE)),
        links: vec![
            link("alternate", "text/html", page.clone()),
            Link { title: Some("JSON".to_owned()), ..link("related", "application/json", format!("{page}.json")) },
        ],
        ..Entry::default()
    })
}

/// An id that stays whatever becomes of addresses (RFC 4151).
fn tag(reading: &Reading, what: &str) -> String {
    format!("tag:{},{}:{what}", reading.house.host(), reading.edition.year)
}

fn link(relation: &str, media: &str, address: String) -> Link {
    Link { rel: relation.to_owned(), href: address, mime_type: Some(media.to_owned()), ..Link::default() }
}

fn plain(text: &str) -> Text {
    Text::plain(writable(text))
}

/// A text without the characters that XML cannot carry.
fn writable(text: &str) -> String {
    let carried =
        |character: &char| matches!(character, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    text.chars().filter(carried).collect()
}

fn date(moment: Timestamp) -> Result<FixedDateTime, AppError> {
    moment.to_string().parse().map_err(AppError::broken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_carry_is_left_out() {
        assert_eq!(writable("a\u{0}\u{1b}\u{fffe}b\u{ffff}\n\u{85}株式会社 👩\u{200d}💻"), "ab\n\u{85}株式会社 👩\u{200d}💻");
    }

    #[test]
    fn a_moment_is_the_same_in_a_feed() {
        let moment: Timestamp = "2017-05-04T10:11:12.123456Z".parse().unwrap();
        assert_eq!(date(moment).unwrap().to_rfc3339(), "2017-05-04T10:11:12.123456+00:00");
    }
}
