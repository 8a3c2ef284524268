//! The readers' side: pages from memory, already compressed, the same for everybody.

use std::sync::Arc;

use actix_web::{HttpResponse, web};
use askama::Template;
use jiff::Timestamp;

use crate::domain::Edition;
use crate::error::AppError;
use crate::guide::search::Query;
use crate::guide::{Catalogue, Listed, Page, Shelf};
use crate::web::finished;
use crate::workflow::House;

pub mod astray;
pub mod card;
pub mod chart;
pub mod compare;
pub mod context;
pub mod data;
pub mod feed;
pub mod figures;
pub mod finder;
pub mod head;
pub mod lean;
pub mod linked_data;
pub mod list;
pub mod passed_over;
pub mod profile;
pub mod report;
pub mod site;
pub mod sitemap;
pub mod years;

/// What a reader's page is made from: the house, an edition, and the catalogue as it is at this moment. Whatever a page
/// says comes from here, so it can be kept until the catalogue changes, and is the same in a file.
#[derive(Clone)]
pub struct Reading {
    /// The house.
    pub house: House,
    /// The edition.
    pub edition: Arc<Edition>,
    catalogue: Arc<Catalogue>,
}

impl Reading {
    /// The edition of this year.
    ///
    /// # Errors
    /// [`AppError::NotThere`] for a year without an edition.
    pub fn of_year(house: &House, year: i32) -> Result<Self, AppError> {
        let edition = house.editions.by_year(year).ok_or(AppError::NotThere)?;
        Self::new(house, edition)
    }

    /// The newest edition.
    ///
    /// # Errors
    /// [`AppError::NotThere`] while there is none.
    pub fn newest(house: &House) -> Result<Self, AppError> {
        let edition = house.editions.newest().ok_or(AppError::NotThere)?;
        Self::new(house, edition)
    }

    fn new(house: &House, edition: Arc<Edition>) -> Result<Self, AppError> {
        let catalogue = house.guide.catalogue();
        // The catalogue is read after the editions are: one without a shelf has no profile either.
        catalogue.shelf(edition.id).ok_or(AppError::NotThere)?;
        Ok(Self { house: house.clone(), edition, catalogue })
    }

    /// Every edition that is in the same catalogue, oldest first.
    pub fn all(&self) -> Vec<Self> {
        let editions = self.house.editions.all();
        let shelved = editions.iter().filter(|edition| self.catalogue.shelf(edition.id).is_some());
        shelved.map(|edition| Self { edition: Arc::clone(edition), ..self.clone() }).collect()
    }

    /// All that is published, in every edition.
    pub fn catalogue(&self) -> &Arc<Catalogue> {
        &self.catalogue
    }

    /// The address of a path below the edition's own, in full.
    pub fn address(&self, path: &str) -> String {
        self.house.address(&format!("/{}/{path}", self.edition.year))
    }

    /// What is published in the edition.
    ///
    /// # Errors
    /// [`AppError::NotThere`] for an edition that is not in the catalogue.
    pub fn shelf(&self) -> Result<&Shelf, AppError> {
        self.catalogue.shelf(self.edition.id).ok_or(AppError::NotThere)
    }

    /// The day on which the edition's profiles appear, in words; none once it is there.
    pub fn publishes(&self) -> Option<String> {
        let schedule = &self.edition.schedule;
        (self.house.now() < schedule.publishes_at).then(|| schedule.day_words(schedule.publishes_at))
    }

    /// The edition before this one, with what is published in it; none where nothing is.
    pub fn year_before(&self) -> Option<(Arc<Edition>, &Shelf)> {
        let editions = self.house.editions.all();
        let before = editions.iter().rev().find(|edition| edition.year < self.edition.year)?;
        let shelf = self.catalogue.shelf(before.id).filter(|shelf| !shelf.listed().is_empty())?;
        Some((Arc::clone(before), shelf))
    }

    /// The edition as it is when this can be found in it. Texts can be searched soon after a start or a publication.
    ///
    /// # Errors
    /// [`AppError::Broken`] when they could not be indexed.
    pub async fn ready_for(self, query: &Query) -> Result<Self, AppError> {
        if query.text.is_empty() {
            return Ok(self);
        }
        let mut news = self.house.guide.news();
        let mut reading = Self::new(&self.house, self.edition)?;
        while reading.shelf()?.texts()?.is_none() {
            news.changed().await.map_err(AppError::broken)?;
            reading = Self::new(&reading.house, reading.edition)?;
        }
        Ok(reading)
    }

    /// The profile with this address.
    ///
    /// # Errors
    /// [`AppError::NotThere`] for what is not published.
    pub fn profile(&self, slug: &str) -> Result<&Arc<Listed>, AppError> {
        self.shelf()?.find(slug).ok_or(AppError::NotThere)
    }

    /// Answers with the page under this address (path and query), made at its first request and kept. It is made by the
    /// press: a search takes milliseconds, in which this thread answers hundreds of other readers.
    ///
    /// # Errors
    /// What `make` says.
    pub async fn answer(
        self,
        address: &str,
        make: impl FnOnce(&Self) -> Result<Page, AppError> + Send + 'static,
    ) -> Result<HttpResponse, AppError> {
        if let Some(page) = self.catalogue.pages().find(address) {
            return Ok(finished::page(page));
        }
        let address = address.to_owned();
        let press = self.house.press.clone();
        let made = press.make(move || self.catalogue.pages().find_or_make(&address, || make(&self)));
        Ok(finished::page(made.await??))
    }

    /// As [`Self::answer`], for what takes seconds where many programs are published: aside, so that no page waits for it.
    ///
    /// # Errors
    /// What `make` says.
    pub async fn answer_aside(
        self,
        address: &str,
        make: impl FnOnce(&Self) -> Result<Page, AppError> + Send + 'static,
    ) -> Result<HttpResponse, AppError> {
        let address = address.to_owned();
        let made = web::block(move || self.catalogue.pages().find_or_make(&address, || make(&self)));
        Ok(finished::page(made.await.map_err(AppError::broken)??))
    }
}

/// Makes a page ready to be sent again and again. `modified`: when what it says last changed.
pub fn made(template: &impl Template, modified: Option<Timestamp>) -> Result<Page, AppError> {
    Page::html(lean::page(&template.render()?), modified)
}
