//! The profiles of one edition, A to Z.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Answered, Listed, Vocabulary, folded};

/// The profiles of one edition. A program is known by its place in the list A to Z, counted from 0.
#[derive(Debug, Default)]
pub struct Shelf {
    listed: Vec<Arc<Listed>>,
    by_slug: HashMap<String, u32>,
    answered: Answered,
}

impl Shelf {
    pub(super) fn new(mut listed: Vec<Arc<Listed>>, vocabulary: Arc<Vocabulary>) -> Self {
        listed.sort_by(|one, other| one.order.cmp(&other.order));
        let by_slug = (0..).zip(&listed).map(|(place, listed)| (listed.slug.clone(), place)).collect();
        let answered = Answered::new(vocabulary, listed.iter().map(|listed| &listed.ticked));
        Self { listed, by_slug, answered }
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

    /// Who answered what.
    pub fn answered(&self) -> &Answered {
        &self.answered
    }
}
