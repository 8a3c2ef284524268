//! One published profile as the catalogue keeps it.

use std::sync::Arc;

use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::document::{Document, Heads, Parts, Values};
use super::published::{Published, Stored};
use super::vocabulary::{Ticked, Vocabulary};
use crate::db::ids::{CompanyId, EntryId, ProfileId};
use crate::db::profiles::Heading;
use crate::error::AppError;
use crate::questionnaire::Printed;
use crate::questionnaire::definition::Questionnaire;

/// One profile of the catalogue: what lists show of it, and its document, packed.
#[derive(Debug)]
pub struct Listed {
    /// The profile's id: another version has another one.
    pub id: ProfileId,
    /// The entry it was made from.
    pub entry: EntryId,
    /// The company; its profiles of other years belong to the same one.
    pub company_id: CompanyId,
    /// Its part of the address.
    pub slug: String,
    /// The letter it stands under: A to Z, or # for all others.
    pub letter: char,
    /// The company's name.
    pub company: String,
    /// The program's name.
    pub program: String,
    /// The columns of the readers' list, in the definition's order.
    pub columns: Vec<String>,
    /// When its vendor submitted it.
    pub confirmed_at: Timestamp,
    /// Since when readers see it.
    pub published_from: Timestamp,
    /// Which version of the entry's profile it is.
    pub version: i32,
    /// By what it is sorted in the list A to Z.
    pub(super) order: (String, String),
    pub(super) ticked: Ticked,
    document: Document,
}

impl Listed {
    pub(super) fn new(
        heading: &Heading,
        document: &str,
        like: &Arc<Parts>,
        questionnaire: &Questionnaire,
        vocabulary: &Vocabulary,
    ) -> Result<Self, AppError> {
        let stored: Stored = serde_json::from_str(document).map_err(AppError::broken)?;
        let answers: Map<String, Value> = serde_json::from_str(stored.answers.get()).map_err(AppError::broken)?;
        let document = Document::new(&Parts::new(&stored).map_err(AppError::broken)?, like);
        Ok(Self {
            id: heading.id,
            entry: heading.entry_id,
            company_id: heading.company_id,
            slug: heading.slug.clone(),
            letter: letter(&stored.company),
            order: (folded(&stored.company), folded(&stored.program)),
            ticked: vocabulary.ticked(questionnaire, &answers),
            company: stored.company,
            program: stored.program,
            columns: stored.listed,
            confirmed_at: stored.confirmed_at,
            published_from: heading.published_from.timestamp(),
            version: heading.version,
            document,
        })
    }

    /// What was answered, by question key, without the lines.
    ///
    /// # Errors
    /// [`AppError::Broken`] when it cannot be read.
    pub fn answers<T: DeserializeOwned>(&self) -> Result<T, AppError> {
        self.document.answers()
    }

    /// The frozen document.
    ///
    /// # Errors
    /// [`AppError::Broken`] when it cannot be read.
    pub fn published(&self) -> Result<Published, AppError> {
        let sections = self.document.sections()?;
        Ok(Published {
            printed: Printed { company: self.company.clone(), program: self.program.clone(), sections },
            listed: self.columns.clone(),
            answers: self.answers()?,
            confirmed_at: self.confirmed_at,
        })
    }

    /// What the labelled lines say, without their labels.
    ///
    /// # Errors
    /// [`AppError::Broken`] when it cannot be read.
    pub(super) fn values(&self) -> Result<Values, AppError> {
        self.document.values()
    }

    /// The labelled lines without what they say.
    ///
    /// # Errors
    /// [`AppError::Broken`] when they cannot be read.
    pub(super) fn heads(&self) -> Result<Heads, AppError> {
        self.document.heads()
    }
}

/// A name as it is sorted: in Latin letters, without case and marks.
pub fn folded(name: &str) -> String {
    slug::slugify(name)
}

/// The letter under which a name stands: A to Z, or # for all others.
pub fn letter(company: &str) -> char {
    let first = folded(company).chars().next().map(|first| first.to_ascii_uppercase());
    first.filter(char::is_ascii_alphabetic).unwrap_or('#')
}

#[cfg(test)]
mod tests {
    use super::letter;

    #[test]
    fn a_name_stands_under_its_latin_letter_or_among_the_others() {
        let letters: String = ["3Com", "acme", "Österreich AG", "Zenith", "", "…"].into_iter().map(letter).collect();
        assert_eq!(letters, "#AOZ##");
    }
}
