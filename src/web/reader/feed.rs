//! Atom: the newest publications of an edition, for feed readers.

use std::sync::Arc;

use actix_web::{HttpResponse, web};
use atom_syndication::{Entry, Feed, FixedDateTime, Generator, Link, Person, Text};
use jiff::Timestamp;

use super::{Reading, head};
use crate::error::AppError;
use crate::guide::{Listed, Page};
use crate::web::api::{NOTICE, open};
use crate::web::problem::Problem;
use crate::workflow::House;

/// The content type.
const MEDIA: &str = "application/atom+xml; charset=utf-8";
/// How many publications a feed has.
const NEWEST: usize = 50;

/// `/{year}/feed.atom`
///
/// # Errors
/// [`AppError::NotThere`] for a year without an edition.
#[utoipa::path(
    get, path = "/{year}/feed.atom", tag = "Files", operation_id = "feed", summary = "The newest publications as an Atom feed",
    description = "The fifty newest, the newest first. A program that is published again keeps its id and gets a new `updated`.",
    params(("year" = i32, Path, description = "The edition’s year.", example = 2017, minimum = 1000, maximum = 9999)),
    responses(
        (status = 200, description = "The feed.", body = String, content_type = "application/atom+xml"),
        (status = 404, description = "No such edition.", body = Problem,
            content_type = "application/problem+json"),
    )
)]
pub async fn show(house: web::Data<House>, year: web::Path<i32>) -> Result<HttpResponse, AppError> {
    let reading = Reading::of_year(&house, *year)?;
    reading.answer(&format!("/{year}/feed.atom"), || make(&reading))
}

/// The feed of an edition.
///
/// # Errors
/// [`AppError::NotThere`] for an edition that is not in the catalogue.
pub fn make(reading: &Reading) -> Result<Page, AppError> {
    let mut newest: Vec<&Arc<Listed>> = reading.shelf()?.listed().iter().collect();
    newest.sort_by_key(|listed| std::cmp::Reverse(listed.published_from));
    newest.truncate(NEWEST);
    let updated = newest.first().map(|listed| listed.published_from);
    let feed = Feed {
        title: plain(&reading.edition.title()),
        subtitle: Some(plain(NOTICE)),
        id: tag(reading, "feed"),
        // Of an edition in which nothing is published nobody knows more than when it was opened.
        updated: date(updated.unwrap_or(reading.edition.schedule.opens_at))?,
        authors: vec![Person { name: reading.edition.title(), ..Person::default() }],
        links: vec![link("self", MEDIA, reading.address("feed.atom")), link("alternate", "text/html", reading.address(""))],
        generator: Some(Generator { value: "Almanac".to_owned(), ..Generator::default() }),
        lang: Some("en".to_owned()),
        entries: newest.into_iter().map(|listed| entry(reading, listed)).collect::<Result<_, _>>()?,
        ..Feed::default()
    };
    open(feed.write_to(Vec::new()).map_err(AppError::broken)?, MEDIA, updated)
}

fn entry(reading: &Reading, listed: &Listed) -> Result<Entry, AppError> {
    let page = reading.address(&format!("programs/{}", listed.slug));
    let facts = head::facts(&reading.edition, listed).map(|(heading, value)| format!("{heading}: {value}"));
    let said = match listed.version {
        1 => "Published.".to_owned(),
        version => format!("Updated: version {version}."),
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
