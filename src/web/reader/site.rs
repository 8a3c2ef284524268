//! The guide as files: every page that needs no server, under the address at which readers know it.

use super::data::{self, Notation};
use super::{Reading, card, feed, figures, list, profile, sitemap};
use crate::error::AppError;
use crate::guide::Page;
use crate::web::api::{manual, program, question};
use crate::web::{assets, failure};
use crate::workflow::House;

/// A page of the site, made when it is asked for.
pub struct Address<'a> {
    /// Its path, as in a browser: `/2017/programs/digium`.
    pub path: String,
    make: Box<dyn Fn() -> Result<Page, AppError> + Sync + 'a>,
}

impl<'a> Address<'a> {
    fn new(path: impl Into<String>, make: impl Fn() -> Result<Page, AppError> + Sync + 'a) -> Self {
        Self { path: path.into(), make: Box::new(make) }
    }

    /// The bytes that a server sends under this address.
    ///
    /// # Errors
    /// What making the page says.
    pub fn page(&self) -> Result<Page, AppError> {
        (self.make)()
    }
}

/// What the site is made from: every edition, oldest first.
///
/// # Errors
/// [`AppError::NotThere`] while an edition is not in the catalogue.
pub fn editions(house: &House) -> Result<Vec<Reading>, AppError> {
    house.editions.all().iter().map(|edition| Reading::of_year(house, edition.year)).collect()
}

/// Every address of the site. What others lead to comes first, so that a site is whole whenever it is looked at.
///
/// # Errors
/// [`AppError::NotThere`] while an edition is not in the catalogue.
pub fn addresses<'a>(house: &'a House, editions: &'a [Reading]) -> Result<Vec<Address<'a>>, AppError> {
    let mut addresses: Vec<_> = assets::all().map(|(path, page)| Address::new(path, move || Ok(page.clone()))).collect();
    addresses.push(Address::new("/favicon.ico", assets::make_icon));
    addresses.push(Address::new("/404.html", || failure::nothing_here(house)));
    for reading in editions {
        addresses.extend(of_edition(reading)?);
    }
    if let Some(newest) = editions.last() {
        addresses.extend(of_all_editions(newest)?);
    }
    Ok(addresses)
}

fn of_all_editions<'a>(newest: &'a Reading) -> Result<Vec<Address<'a>>, AppError> {
    let part = |number| Address::new(format!("/sitemap/{number}.xml"), move || sitemap::make_part(newest, number));
    let question = |name: String| Address::new(format!("/questions/{name}"), move || question::make_one(newest, &name));
    let mut addresses: Vec<_> = question::names(newest).into_iter().map(question).collect();
    addresses.extend((1..=sitemap::parts(newest)?).map(part));
    addresses.push(Address::new("/sitemap.xml", || sitemap::make(newest)));
    addresses.push(Address::new("/robots.txt", || sitemap::make_robots(newest)));
    addresses.push(Address::new("/api/", || manual::make(newest)));
    addresses.push(Address::new("/", || list::make(newest)));
    Ok(addresses)
}

fn of_edition<'a>(reading: &'a Reading) -> Result<Vec<Address<'a>>, AppError> {
    let year = reading.edition.year;
    let mut addresses = Vec::new();
    for listed in reading.shelf()?.listed() {
        let path = format!("/{year}/programs/{}", listed.slug);
        addresses.push(Address::new(format!("{path}/print"), || profile::make(reading, &listed.slug, true)));
        addresses.push(Address::new(format!("{path}/card"), || card::make(reading, &listed.slug)));
        addresses.push(Address::new(format!("{path}.json"), || program::make(reading, &listed.slug)));
        addresses.push(Address::new(path, || profile::make(reading, &listed.slug, false)));
    }
    for notation in [Notation::Json, Notation::Csv] {
        addresses.push(Address::new(notation.address(year), move || data::make(reading, notation)));
    }
    addresses.push(Address::new(data::xlsx::address(year), || data::xlsx::make(reading)));
    addresses.push(Address::new(format!("/{year}/questions.json"), || question::make(reading)));
    addresses.push(Address::new(format!("/{year}/feed.atom"), || feed::make(reading)));
    addresses.push(Address::new(format!("/{year}/figures"), || figures::make(reading)));
    addresses.push(Address::new(format!("/{year}/"), || list::make(reading)));
    Ok(addresses)
}
