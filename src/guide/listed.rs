//! One published profile as the catalogue keeps it.

use std::sync::Arc;

use jiff::Timestamp;
use serde::de::DeserializeOwned;

use super::packed::Packed;
use super::published::{AnswersAlone, Outline, Published};
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
    document: Packed,
}

impl Listed {
    pub(super) fn new(
        heading: &Heading,
        document: &str,
        like: &Arc<[u8]>,
        questionnaire: &Questionnaire,
        vocabulary: &Vocabulary,
    ) -> Result<Self, AppError> {
        let outline: Outline = serde_json::from_str(document).map_err(AppError::broken)?;
        Ok(Self {
            id: heading.id,
            entry: heading.entry_id,
            company_id: heading.company_id,
            slug: heading.slug.clone(),
            letter: letter(&outline.company),
            order: (folded(&outline.company), folded(&outline.program)),
            ticked: vocabulary.ticked(questionnaire, &outline.answers),
            company: outline.company,
            program: outline.program,
            columns: outline.listed,
            confirmed_at: outline.confirmed_at,
            published_from: heading.published_from.timestamp(),
            version: heading.version,
            document: Packed::new(document, like),
        })
    }

    /// What was answered, by question key, without the lines.
    ///
    /// # Errors
    /// [`AppError::Broken`] when it cannot be read.
    pub fn answers<T: DeserializeOwned>(&self) -> Result<T, AppError> {
        let document: AnswersAlone<T> = serde_json::from_str(&self.document.unpack()?).map_err(AppError::broken)?;
        Ok(document.answers)
    }

    /// The frozen document.
    ///
    /// # Errors
    /// [`AppError::Broken`] when it cannot be read.
    pub fn published(&self) -> Result<Published, AppError> {
        serde_json::from_str(&self.document.unpack()?).map_err(AppError::broken)
    }

    /// The labelled lines alone.
    ///
    /// # Errors
    /// [`AppError::Broken`] when they cannot be read.
    pub fn printed(&self) -> Result<Printed, AppError> {
        serde_json::from_str(&self.document.unpack()?).map_err(AppError::broken)
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
