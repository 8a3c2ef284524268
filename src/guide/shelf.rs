//! The profiles of one edition, A to Z.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;

use super::search::Texts;
use super::similar::Weights;
use super::{Answered, Listed, Vocabulary, folded};
use crate::db::ids::CompanyId;
use crate::domain::token;
use crate::error::AppError;

/// The profiles of one edition. A program is known by its place in the list A to Z, counted from 0.
#[derive(Debug, Default)]
pub struct Shelf {
    listed: Vec<Arc<Listed>>,
    by_slug: HashMap<String, u32>,
    answered: Answered,
    mark: String,
    weights: OnceLock<Weights>,
    newest: Option<Timestamp>,
    texts: OnceLock<Option<Texts>>,
}

impl Shelf {
    pub(super) fn new(mut listed: Vec<Arc<Listed>>, vocabulary: Arc<Vocabulary>) -> Self {
        listed.sort_by(|one, other| one.order.cmp(&other.order));
        let by_slug = (0..).zip(&listed).map(|(place, listed)| (listed.slug.clone(), place)).collect();
        let answered = Answered::new(vocabulary, listed.iter().map(|listed| &listed.ticked));
        let newest = listed.iter().map(|listed| listed.published_from).max();
        let mark = token::mark(&listed.iter().map(|listed| listed.id.to_string()).collect::<Vec<_>>().join(" "));
        Self { listed, by_slug, answered, mark, weights: OnceLock::new(), newest, texts: OnceLock::new() }
    }

    /// Changes whenever a profile is published, replaced or taken down.
    pub fn mark(&self) -> &str {
        &self.mark
    }

    /// When the newest of its profiles was published; none while there is none.
    pub fn updated(&self) -> Option<Timestamp> {
        self.newest
    }

    /// All profiles, A to Z.
    pub fn listed(&self) -> &[Arc<Listed>] {
        &self.listed
    }

    /// The profile at a place.
    pub fn at(&self, place: u32) -> Option<&Arc<Listed>> {
        self.listed.get(place as usize)
    }

    /// The place of the profile with this address.
    pub fn place(&self, slug: &str) -> Option<u32> {
        self.by_slug.get(slug).copied()
    }

    /// The profile with this address.
    pub fn find(&self, slug: &str) -> Option<&Arc<Listed>> {
        self.at(self.place(slug)?)
    }

    /// The profiles in whose company's or program's name each of these words stands, or begins a word, A to Z.
    pub fn called(&self, words: &str) -> impl Iterator<Item = &Arc<Listed>> {
        let words = folded(words);
        self.listed.iter().filter(move |listed| {
            let names = [&listed.order.0, &listed.order.1];
            let begins = |word: &str| names.iter().any(|name| name.split('-').any(|known| known.starts_with(word)));
            words.split('-').all(begins)
        })
    }

    /// The profiles of a company, A to Z.
    pub fn of_company(&self, company: CompanyId) -> impl Iterator<Item = &Arc<Listed>> {
        self.listed.iter().filter(move |listed| listed.company_id == company)
    }

    /// The profile of the same program in another edition: the one of that name, or the company's only one in both.
    pub fn same_program<'a>(&self, listed: &Listed, other: &'a Self) -> Option<&'a Arc<Listed>> {
        other.program_of(listed.company_id, &listed.program, self.of_company(listed.company_id).count() == 1)
    }

    /// The profile of a company's program of this name; of the company's only one here, where it is its `only` one there.
    pub fn program_of(&self, company: CompanyId, program: &str, only: bool) -> Option<&Arc<Listed>> {
        let (there, name): (Vec<_>, _) = (self.of_company(company).collect(), folded(program));
        let named = there.iter().copied().find(|listed| listed.order.1 == name);
        named.or(match there[..] {
            [alone] if only => Some(alone),
            _ => None,
        })
    }

    /// What every option weighs, found out when it is first asked for.
    pub(super) fn weights(&self) -> &Weights {
        self.weights.get_or_init(|| Weights::new(self))
    }

    /// The places of the programs under a letter.
    pub fn under(&self, letter: char) -> Range<u32> {
        let before = |listed: &Arc<Listed>| (listed.letter != '#', listed.letter) < (letter != '#', letter);
        let up_to = |listed: &Arc<Listed>| (listed.letter != '#', listed.letter) <= (letter != '#', letter);
        let place = |index: usize| u32::try_from(index).unwrap_or(u32::MAX);
        place(self.listed.partition_point(before))..place(self.listed.partition_point(up_to))
    }

    /// The texts, to be searched; none until they are indexed, which is soon after the shelf is there.
    ///
    /// # Errors
    /// [`AppError::Broken`] when they could not be indexed.
    pub fn texts(&self) -> Result<Option<&Texts>, AppError> {
        match self.texts.get() {
            Some(None) => Err(AppError::broken("the texts could not be indexed")),
            indexed => Ok(indexed.and_then(Option::as_ref)),
        }
    }

    /// The texts, where they have been waited for.
    ///
    /// # Errors
    /// [`AppError::Broken`] when they are not indexed.
    pub fn indexed(&self) -> Result<&Texts, AppError> {
        self.texts()?.ok_or_else(|| AppError::broken("the texts are not indexed"))
    }

    /// Whether it is known by now what the texts are, or that they could not be indexed.
    pub(super) fn is_indexed(&self) -> bool {
        self.texts.get().is_some()
    }

    /// Puts the texts in place: none when they could not be indexed.
    pub(super) fn index(&self, texts: Option<Texts>) {
        self.texts.get_or_init(|| texts);
    }

    /// Who answered what.
    pub fn answered(&self) -> &Answered {
        &self.answered
    }
}
