//! The published catalogue: the current profiles of every edition, A to Z.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::Page;
use crate::db::ids::EditionId;
use crate::db::profiles::{Change, Heading};
use crate::db::{Connection, DbError, profiles};
use crate::domain::Edition;
use crate::error::AppError;
use crate::questionnaire::Printed;

/// A profile's frozen document, as it is stored: nothing that happens later changes it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Published {
    /// The labelled lines.
    #[serde(flatten)]
    pub printed: Printed,
    /// The columns of the readers' list, in the definition's order.
    pub listed: Vec<String>,
    /// The answers that were asked for, by question key.
    pub answers: Map<String, Value>,
    /// When its vendor submitted it.
    pub confirmed_at: Timestamp,
}

/// A profile that stands next to another in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Neighbour {
    /// Its part of the address.
    pub slug: String,
    /// The company's name.
    pub company: String,
}

/// One profile of the catalogue.
#[derive(Debug)]
pub struct Listed {
    /// Its part of the address.
    pub slug: String,
    /// The letter it stands under: A to Z, or # for all others.
    pub letter: char,
    /// What is published.
    pub profile: Arc<Published>,
    /// Since when.
    pub published_from: Timestamp,
    /// Which version of the entry's profile it is.
    pub version: i32,
    /// The profile before it in the list; its page leads there.
    pub before: Option<Neighbour>,
    /// The profile after it.
    pub after: Option<Neighbour>,
    page: OnceLock<Page>,
    print: OnceLock<Page>,
}

impl Listed {
    /// The profile's page, made at its first request and kept.
    ///
    /// # Errors
    /// What `make` says.
    pub fn page(&self, make: impl FnOnce() -> Result<Page, AppError>) -> Result<&Page, AppError> {
        kept(&self.page, make)
    }

    /// The printer-friendly page, likewise.
    ///
    /// # Errors
    /// What `make` says.
    pub fn print(&self, make: impl FnOnce() -> Result<Page, AppError>) -> Result<&Page, AppError> {
        kept(&self.print, make)
    }
}

fn kept(cell: &OnceLock<Page>, make: impl FnOnce() -> Result<Page, AppError>) -> Result<&Page, AppError> {
    match cell.get() {
        Some(page) => Ok(page),
        None => {
            let page = make()?;
            Ok(cell.get_or_init(|| page))
        }
    }
}

/// The profiles of one edition, A to Z, with the page of their list.
#[derive(Debug, Default)]
struct Shelf {
    listed: Vec<Arc<Listed>>,
    by_slug: HashMap<String, Arc<Listed>>,
    page: OnceLock<Page>,
}

/// How many documents are read at a time.
const AT_A_TIME: usize = 20;

/// Every published profile.
#[derive(Debug, Default)]
pub struct Catalogue {
    shelves: HashMap<EditionId, Shelf>,
    change: Option<Change>,
}

impl Catalogue {
    /// Reads the current profiles of these editions.
    ///
    /// # Errors
    /// What the database says, or that a stored document is broken.
    pub fn load(connection: &mut Connection, editions: &[Arc<Edition>], before: &Self) -> Result<Self, AppError> {
        let change = profiles::newest_change(connection)?;
        let mut shelves = HashMap::new();
        for edition in editions {
            shelves.insert(edition.id, Shelf::new(before.listed(connection, edition.id)?));
        }
        Ok(Self { shelves, change: Some(change) })
    }

    /// Whether something was published or taken down since this catalogue was read.
    ///
    /// # Errors
    /// What the database says.
    pub fn is_stale(&self, connection: &mut Connection) -> Result<bool, DbError> {
        Ok(self.change != Some(profiles::newest_change(connection)?))
    }

    /// How many profiles there are.
    pub fn len(&self) -> usize {
        self.shelves.values().map(|shelf| shelf.listed.len()).sum()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The profiles of an edition, A to Z.
    pub fn of(&self, edition: EditionId) -> &[Arc<Listed>] {
        self.shelves.get(&edition).map_or(&[], |shelf| &shelf.listed)
    }

    /// The profile with this address.
    pub fn find(&self, edition: EditionId, slug: &str) -> Option<&Arc<Listed>> {
        self.shelves.get(&edition)?.by_slug.get(slug)
    }

    /// The page of an edition's list, made at its first request and kept; none for an unknown edition.
    ///
    /// # Errors
    /// What `make` says.
    pub fn list(&self, edition: EditionId, make: impl FnOnce() -> Result<Page, AppError>) -> Result<Option<&Page>, AppError> {
        self.shelves.get(&edition).map(|shelf| kept(&shelf.page, make)).transpose()
    }

    /// The profiles of an edition as they are now. Only those that are not in this catalogue are read, a few at a time:
    /// what is read takes several times its size until it has become a profile.
    fn listed(&self, connection: &mut Connection, edition: EditionId) -> Result<Vec<Arc<Listed>>, AppError> {
        let current = profiles::current(connection, edition)?;
        let (known, new): (Vec<_>, Vec<_>) = current.into_iter().partition(|heading| self.known(heading).is_some());
        let mut listed: Vec<Arc<Listed>> = known.iter().filter_map(|heading| self.known(heading)).cloned().collect();
        for headings in new.chunks(AT_A_TIME) {
            let ids: Vec<_> = headings.iter().map(|heading| heading.id).collect();
            let mut documents: HashMap<_, _> = profiles::documents::<Published>(connection, &ids)?.into_iter().collect();
            let read = |heading: &Heading| Some(Arc::new(Listed::new(heading, documents.remove(&heading.id)?.0)));
            listed.extend(headings.iter().filter_map(read));
        }
        Ok(listed)
    }

    /// The profile that was made of this row already.
    fn known(&self, heading: &Heading) -> Option<&Arc<Listed>> {
        let known = self.find(heading.edition_id, &heading.slug)?;
        let same = known.version == heading.version && known.published_from == heading.published_from.timestamp();
        same.then_some(known)
    }
}

impl Shelf {
    fn new(mut listed: Vec<Arc<Listed>>) -> Self {
        listed.sort_by_cached_key(|listed| (folded(&listed.profile.printed.company), folded(&listed.profile.printed.program)));
        let neighbours: Vec<_> = listed.iter().map(|listed| listed.as_neighbour()).collect();
        for (index, listed) in listed.iter_mut().enumerate() {
            let before = index.checked_sub(1).and_then(|index| neighbours.get(index));
            let after = neighbours.get(index + 1);
            if listed.before.as_ref() != before || listed.after.as_ref() != after {
                *listed = Arc::new(listed.between(before.cloned(), after.cloned()));
            }
        }
        let by_slug = listed.iter().map(|listed| (listed.slug.clone(), Arc::clone(listed))).collect();
        Self { listed, by_slug, page: OnceLock::new() }
    }
}

impl Listed {
    fn new(heading: &Heading, profile: Published) -> Self {
        Self {
            slug: heading.slug.clone(),
            letter: letter(&profile.printed.company),
            profile: Arc::new(profile),
            published_from: heading.published_from.timestamp(),
            version: heading.version,
            before: None,
            after: None,
            page: OnceLock::new(),
            print: OnceLock::new(),
        }
    }

    fn as_neighbour(&self) -> Neighbour {
        Neighbour { slug: self.slug.clone(), company: self.profile.printed.company.clone() }
    }

    /// The same profile between other neighbours: its page leads elsewhere, so it is made anew.
    fn between(&self, before: Option<Neighbour>, after: Option<Neighbour>) -> Self {
        Self {
            slug: self.slug.clone(),
            letter: self.letter,
            profile: Arc::clone(&self.profile),
            published_from: self.published_from,
            version: self.version,
            before,
            after,
            page: OnceLock::new(),
            print: self.print.clone(),
        }
    }
}

/// A name as it is sorted: in Latin letters, without case and marks.
pub fn folded(name: &str) -> String {
    slug::slugify(name)
}

fn letter(company: &str) -> char {
    let first = folded(company).chars().next().map(|first| first.to_ascii_uppercase());
    first.filter(char::is_ascii_alphabetic).unwrap_or('#')
}

#[cfg(test)]
#[path = "catalogue_tests.rs"]
mod tests;
