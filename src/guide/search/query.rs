//! What a reader asks for, and the one address that asks for it.

use std::collections::{BTreeMap, BTreeSet};

use url::form_urlencoded;

use super::{Between, Hits, Offer, Parameter, Said};
use crate::error::AppError;
use crate::guide::{Shelf, letter};

/// The most programs that an address carries along.
const MOST_PROGRAMS: usize = 20;

/// What a reader asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// The text to be found; empty when nothing is searched for. It has a word at least.
    pub text: String,
    /// What is ticked in the filters.
    pub ticked: BTreeSet<Tick>,
    /// Which numbers are asked for, by the place of their filter in the [`Offer`].
    pub numbers: BTreeMap<usize, Between>,
    /// The order; none for the usual one: A to Z, or with a text what fits best.
    pub sort: Option<Sort>,
    /// The page of the list, counted from 0.
    pub page: usize,
    /// The addresses of the programs chosen for comparison, in the order chosen.
    pub programs: Vec<String>,
}

/// One tick: a filter, a part of it, and a choice of that, by their places in the [`Offer`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tick {
    /// The filter.
    pub filter: usize,
    /// Its part.
    pub part: usize,
    /// The part's choice.
    pub choice: usize,
}

/// An order of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sort {
    /// By what.
    pub by: By,
    /// From the end to the beginning.
    pub reversed: bool,
}

/// What the list can be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The company's name.
    Company,
    /// A column, by its place.
    Column(usize),
}

/// What a button of the list's form asks for beside the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// The page on which this letter begins.
    Letter(char),
    /// The comparison of the chosen programs.
    Compare,
}

impl Query {
    /// What stands in an address beside what is [said](Said) of a search.
    pub const OWN_NAMES: [&str; 5] = ["page", "program", "letter", "compare", "cut"];

    /// Reads an address's query.
    pub fn read(query: &str, offer: &Offer) -> (Self, Option<Act>) {
        Self::of(&offer.meant(query), offer)
    }

    /// Reads what an address [asks for](Offer::meant). What is not known in it is passed over; of what can be asked for once,
    /// the last counts.
    pub fn of(asked: &[Parameter], offer: &Offer) -> (Self, Option<Act>) {
        let (mut read, mut act) = (Self::default(), None);
        for (name, value) in asked {
            match &**name {
                "page" => read.page = value.parse().map_or(read.page, |page: usize| page.saturating_sub(1)),
                // A button takes the order back that the form carries along.
                "sort" if value.is_empty() => read.sort = None,
                // Programs are called without capitals.
                "program" => read.programs.push(value.to_ascii_lowercase()),
                "letter" if !value.is_empty() => act = Some(Act::Letter(letter(value))),
                "compare" => act = Some(Act::Compare),
                _ => {
                    if let Ok(said) = Said::read(name, value, offer) {
                        read.take(said);
                    }
                }
            }
        }
        read.keep_programs(|slug| !slug.is_empty());
        (read.settled(), act)
    }

    /// Asks for this, too.
    pub fn take(&mut self, said: Said) {
        match said {
            Said::Text(text) => self.text = text,
            Said::Sort(sort) => self.sort = Some(sort),
            Said::Tick(tick) => {
                self.ticked.insert(tick);
            }
            Said::Numbers(filter, between) => {
                self.numbers.insert(filter, between);
            }
        }
    }

    /// The same without saying what goes without saying: without a text, programs are sorted by company anyway.
    #[must_use]
    pub fn settled(self) -> Self {
        let usual = self.text.is_empty().then_some(Sort { by: By::Company, reversed: false });
        Self { sort: self.sort.filter(|sort| Some(*sort) != usual), ..self }
    }

    /// Keeps the chosen programs that there are, each once.
    pub fn keep_programs(&mut self, is_there: impl Fn(&str) -> bool) {
        let mut seen = BTreeSet::new();
        self.programs.retain(|slug| is_there(slug) && seen.insert(slug.clone()));
        self.programs.truncate(MOST_PROGRAMS);
    }

    /// The one address of this query, for the edition of a year.
    pub fn address(&self, year: i32, offer: &Offer) -> String {
        self.address_at(&format!("/{year}/"), offer)
    }

    /// The one address of this query at a path.
    pub fn address_at(&self, path: &str, offer: &Offer) -> String {
        match self.written(offer) {
            query if query.is_empty() => path.to_owned(),
            query => format!("{path}?{query}"),
        }
    }

    /// As it stands in an address behind the question mark.
    pub fn written(&self, offer: &Offer) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        if !self.text.is_empty() {
            query.append_pair("q", &self.text);
        }
        for tick in &self.ticked {
            let part = offer.part(tick.filter, tick.part);
            if let Some((part, key)) = part.and_then(|part| Some((part, part.key(tick.choice)?))) {
                query.append_pair(&part.name, key);
            }
        }
        for (filter, between) in &self.numbers {
            query.extend_pairs(offer.filters.get(*filter).map(|filter| (filter.place, between.to_string())));
        }
        if let Some(sort) = self.sort.and_then(|sort| sort.word(offer)) {
            query.append_pair("sort", &sort);
        }
        if self.page > 0 {
            query.append_pair("page", &(self.page + 1).to_string());
        }
        query.extend_pairs(self.programs.iter().map(|slug| ("program", slug)));
        query.finish()
    }

    /// Where its text is found on a shelf; none without a text.
    ///
    /// # Errors
    /// [`AppError::Broken`] when the shelf's texts are not indexed.
    pub fn hits(&self, shelf: &Shelf) -> Result<Option<Hits>, AppError> {
        (!self.text.is_empty()).then(|| shelf.indexed()?.find(&self.text)).transpose()
    }

    /// Whether it leaves out any program.
    pub fn narrows(&self) -> bool {
        !self.text.is_empty() || self.is_filtered()
    }

    /// Whether anything is asked for but a text.
    pub fn is_filtered(&self) -> bool {
        !self.ticked.is_empty() || !self.numbers.is_empty()
    }

    /// Whether anything of this filter is asked for.
    pub fn asks_for(&self, filter: usize) -> bool {
        self.numbers.contains_key(&filter) || self.ticked.iter().any(|tick| tick.filter == filter)
    }

    /// Whether the list stands in its alphabetical order, so that letters lead into it.
    pub fn is_a_to_z(&self) -> bool {
        self.sort.is_none() && self.text.is_empty()
    }

    /// The same with this one ticked, or no longer.
    pub fn toggled(&self, tick: Tick) -> Self {
        let mut toggled = Self { page: 0, ..self.clone() };
        if !toggled.ticked.remove(&tick) {
            toggled.ticked.insert(tick);
        }
        toggled
    }

    /// What leaves out programs, alone: the same programs in their usual order, none of them chosen.
    pub fn alone(&self) -> Self {
        Self { text: self.text.clone(), ticked: self.ticked.clone(), numbers: self.numbers.clone(), ..Self::default() }
    }

    /// Another page of the same list.
    pub fn on_page(&self, page: usize) -> Self {
        Self { page, ..self.clone() }
    }

    /// What is ticked in a part of a filter.
    pub fn ticked_in(&self, filter: usize, part: usize) -> impl Iterator<Item = usize> {
        let first = Tick { filter, part, choice: 0 };
        let last = Tick { filter, part, choice: usize::MAX };
        self.ticked.range(first..=last).map(|tick| tick.choice)
    }
}

impl Sort {
    /// As it stands in an address; none for a column that there is not.
    pub fn word(self, offer: &Offer) -> Option<String> {
        let key = match self.by {
            By::Company => offer.company,
            By::Column(column) => &offer.columns.get(column)?.key,
        };
        Some(format!("{}{key}", if self.reversed { "-" } else { "" }))
    }
}

/// Whether two addresses say the same, however it is encoded.
pub fn same_address(one: &str, other: &str) -> bool {
    let (one, other) = (one.split_once('?').unwrap_or((one, "")), other.split_once('?').unwrap_or((other, "")));
    one.0 == other.0 && form_urlencoded::parse(one.1.as_bytes()).eq(form_urlencoded::parse(other.1.as_bytes()))
}

#[cfg(test)]
#[path = "query_tests.rs"]
mod tests;
