//! The guide as files: every page that needs no server, under the address at which readers know it.

use super::{Reading, figures, list, profile};
use crate::error::AppError;
use crate::guide::Page;
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
pub fn editions(house: &House) -> Result<Vec<Reading<'_>>, AppError> {
    house.editions.all().iter().map(|edition| Reading::of_year(house, edition.year)).collect()
}

/// Every address of the site. What others lead to comes first, so that a site is whole whenever it is looked at.
///
/// # Errors
/// [`AppError::NotThere`] while an edition is not in the catalogue.
pub fn addresses<'a>(house: &'a House, editions: &'a [Reading<'a>]) -> Result<Vec<Address<'a>>, AppError> {
    let mut addresses: Vec<_> = assets::all().map(|(path, page)| Address::new(path, move || Ok(page.clone()))).collect();
    addresses.push(Address::new("/404.html", || failure::nothing_here(house)));
    for reading in editions {
        addresses.extend(of_edition(reading)?);
    }
    addresses.extend(editions.last().map(|newest| Address::new("/", || list::make(newest))));
    Ok(addresses)
}

fn of_edition<'a>(reading: &'a Reading<'a>) -> Result<Vec<Address<'a>>, AppError> {
    let year = reading.edition.year;
    let mut addresses = Vec::new();
    for listed in reading.shelf()?.listed() {
        let path = format!("/{year}/programs/{}", listed.slug);
        addresses.push(Address::new(format!("{path}/print"), || profile::make(reading, &listed.slug, true)));
        addresses.push(Address::new(path, || profile::make(reading, &listed.slug, false)));
    }
    addresses.push(Address::new(format!("/{year}/figures"), || figures::make(reading)));
    addresses.push(Address::new(format!("/{year}/"), || list::make(reading)));
    Ok(addresses)
}
