//! What is there to be found by search engines, and what they need not look for.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::{Reading, list};
use crate::error::AppError;
use crate::guide::Page;
use crate::workflow::House;

/// The most addresses that one file may have.
const MOST: usize = 50_000;
const XML: &str = "application/xml; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";

/// An address, and when what stands there last changed.
struct Place {
    address: String,
    changed: Option<String>,
}

/// A file of addresses.
#[derive(Template)]
#[template(path = "reader/sitemap.xml")]
struct Sitemap<'a> {
    places: &'a [Place],
}

/// A file of such files.
#[derive(Template)]
#[template(path = "reader/sitemap_index.xml")]
struct Index {
    files: Vec<String>,
}

/// `/sitemap.xml`
///
/// # Errors
/// [`AppError::NotThere`] while there is no edition.
pub async fn show(house: web::Data<House>) -> Result<HttpResponse, AppError> {
    let reading = Reading::newest(&house)?;
    reading.answer("/sitemap.xml", make).await
}

/// `/sitemap/{number}.xml`: a part of a sitemap that is too long for one file.
///
/// # Errors
/// [`AppError::NotThere`] for a part that there is not.
pub async fn part(house: web::Data<House>, number: web::Path<usize>) -> Result<HttpResponse, AppError> {
    let reading = Reading::newest(&house)?;
    reading.answer(&format!("/sitemap/{number}.xml"), move |reading| make_part(reading, *number)).await
}

/// `/robots.txt`
///
/// # Errors
/// [`AppError::NotThere`] while there is no edition.
pub async fn robots(house: web::Data<House>) -> Result<HttpResponse, AppError> {
    let reading = Reading::newest(&house)?;
    reading.answer("/robots.txt", make_robots).await
}

/// The sitemap: all addresses, or where its parts are.
///
/// # Errors
/// [`AppError::NotThere`] for an edition that is not in the catalogue.
pub fn make(reading: &Reading) -> Result<Page, AppError> {
    let places = places(reading)?;
    match split(places.len()) {
        0 => xml(&Sitemap { places: &places }),
        parts => {
            let file = |number| reading.house.address(&format!("/sitemap/{number}.xml"));
            xml(&Index { files: (1..=parts).map(file).collect() })
        }
    }
}

/// A part of a sitemap that is too long for one file, counted from 1.
///
/// # Errors
/// [`AppError::NotThere`] for a part that there is not.
pub fn make_part(reading: &Reading, number: usize) -> Result<Page, AppError> {
    let places = places(reading)?;
    if !(1..=split(places.len())).contains(&number) {
        return Err(AppError::NotThere);
    }
    let part = places.chunks(MOST).nth(number - 1).ok_or(AppError::NotThere)?;
    xml(&Sitemap { places: part })
}

/// What search engines may read: everything but what belongs to somebody.
///
/// # Errors
/// Those of [`Page::new`].
pub fn make_robots(reading: &Reading) -> Result<Page, AppError> {
    let private = ["/entries", "/desk", "/sign-in", "/demo/"].map(|path| format!("Disallow: {path}\n")).concat();
    let text = format!("User-agent: *\nAllow: /\n{private}\nSitemap: {}\n", reading.house.address("/sitemap.xml"));
    Page::new(text.into_bytes(), TEXT, None)
}

/// In how many parts the sitemap is; 0 where one file has room for all.
///
/// # Errors
/// [`AppError::NotThere`] for an edition that is not in the catalogue.
pub fn parts(reading: &Reading) -> Result<usize, AppError> {
    Ok(split(places(reading)?.len()))
}

fn split(addresses: usize) -> usize {
    if addresses > MOST { addresses.div_ceil(MOST) } else { 0 }
}

fn xml(template: &impl Template) -> Result<Page, AppError> {
    Page::new(template.render()?.into_bytes(), XML, None)
}

/// Every page that is worth finding: lists, figures, finders and profiles of all editions, the newest edition first.
fn places(reading: &Reading) -> Result<Vec<Place>, AppError> {
    let mut places = Vec::new();
    for reading in reading.all().iter().rev() {
        let shelf = reading.shelf()?;
        let changed = shelf.updated().map(|updated| updated.to_string());
        let finder = reading.house.has_finder(&reading.edition).then_some("find");
        let others = ["figures"].into_iter().chain(finder).map(|path| reading.address(path));
        let pages = list::pages(reading)?.map(|path| reading.house.address(&path)).chain(others);
        places.extend(pages.map(|address| Place { address, changed: changed.clone() }));
        places.extend(shelf.listed().iter().map(|listed| Place {
            address: reading.address(&format!("programs/{}", listed.slug)),
            changed: Some(listed.published_from.to_string()),
        }));
    }
    places.push(Place { address: reading.house.address("/api/"), changed: None });
    Ok(places)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_sitemap_is_split() {
        assert_eq!([1, MOST, MOST + 1, 2 * MOST, 2 * MOST + 1].map(split), [0, 0, 2, 2, 3]);
    }

    #[test]
    fn every_part_is_well_formed() {
        let place = |address: &str| Place { address: address.to_owned(), changed: Some("2017-05-04T10:11:12Z".to_owned()) };
        let places = [place("https://guide.example/?a=1&b=2"), Place { changed: None, ..place("https://guide.example/2017/") }];
        let text = Sitemap { places: &places }.render().unwrap();
        assert!(text.starts_with("<?xml"), "{text}");
        assert!(text.contains("a=1&#38;b=2"), "{text}");
        assert_eq!(text.matches("<lastmod>").count(), 1);
    }
}
