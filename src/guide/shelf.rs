//! The profiles of one edition, A to Z.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use super::similar::Weights;
use super::{Answered, Listed, Vocabulary};
use crate::db::ids::CompanyId;

/// The profiles of one edition. A program is known by its place in the list A to Z, counted from 0.
#[derive(Debug, Default)]
pub struct Shelf {
    listed: Vec<Arc<Listed>>,
    by_slug: HashMap<String, u32>,
    answered: Answered,
    weights: OnceLock<Weights>,
}

impl Shelf {
    pub(super) fn new(mut listed: Vec<Arc<Listed>>, vocabulary: Arc<Vocabulary>) -> Self {
        listed.sort_by(|one, other| one.order.cmp(&other.order));
        let by_slug = (0..).zip(&listed).map(|(place, listed)| (listed.slug.clone(), place)).collect();
        let answered = Answered::new(vocabulary, listed.iter().map(|listed| &listed.ticked));
        Self { listed, by_slug, answered, weights: OnceLock::new() }
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

    /// The profiles of a company, A to Z.
    pub fn of_company(&self, company: CompanyId) -> impl Iterator<Item = &Arc<Listed>> {
        self.listed.iter().filter(move |listed| listed.company_id == company)
    }

    /// The profile of the same program in another edition: the one of that name, or the company's only one in both.
    pub fn same_program<'a>(&self, listed: &Listed, other: &'a Self) -> Option<&'a Arc<Listed>> {
        let there: Vec<_> = other.of_company(listed.company_id).collect();
        let named = there.iter().copied().find(|program| program.order.1 == listed.order.1);
        named.or_else(|| match there[..] {
            [only] if self.of_company(listed.company_id).count() == 1 => Some(only),
            _ => None,
        })
    }

    /// What every option weighs, found out when it is first asked for.
    pub(super) fn weights(&self) -> &Weights {
        self.weights.get_or_init(|| Weights::new(self))
    }

    /// Who answered what.
    pub fn answered(&self) -> &Answered {
        &self.answered
    }
}
