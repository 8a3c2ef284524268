//! Which programs a query leaves, and what each further click would leave.

use roaring::RoaringBitmap;

use super::{Between, Filter, Offer, Query, Tick};
use crate::guide::{Answered, Shelf};

/// The sets of programs that a query's text and filters leave. Choices of one part widen, parts and filters narrow; what
/// is ticked in the rows and in the options of a grid has to meet in one row.
pub struct Sieve<'a> {
    answered: &'a Answered,
    offer: &'a Offer<'a>,
    query: &'a Query,
    /// What the text leaves: all programs where there is none.
    hits: RoaringBitmap,
    /// What each filter leaves; none where nothing of it is asked for.
    left: Vec<Option<RoaringBitmap>>,
    all: u32,
}

/// What stands beside a choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// It is ticked, and so many programs are in the list for it.
    Has(u64),
    /// A click leaves so many programs.
    Leaves(u64),
    /// Something else of its part is ticked, and a click adds so many programs.
    Adds(u64),
}

impl Count {
    /// The number alone.
    pub fn number(self) -> u64 {
        match self {
            Self::Has(number) | Self::Leaves(number) | Self::Adds(number) => number,
        }
    }
}

impl<'a> Sieve<'a> {
    /// The sets of a query. `hits`: the programs in which its text was found; none without a text.
    pub fn new(shelf: &'a Shelf, offer: &'a Offer<'a>, query: &'a Query, hits: Option<&RoaringBitmap>) -> Self {
        let answered = shelf.answered();
        let all = u32::try_from(shelf.listed().len()).unwrap_or(u32::MAX);
        let ticked = |index: usize, part| query.ticked_in(index, part).collect::<Vec<_>>();
        let left = |(index, filter): (usize, &Filter)| match query.numbers.get(&index) {
            Some(between) => Some(numbering(answered, filter.place, *between)),
            None => matching(answered, filter, &ticked(index, 0), &ticked(index, 1)),
        };
        let left = offer.filters.iter().enumerate().map(left).collect();
        let hits = hits.cloned().unwrap_or_else(|| everything(all));
        Self { answered, offer, query, hits, left, all }
    }

    /// The programs that are left.
    pub fn found(&self) -> RoaringBitmap {
        self.narrowed(self.hits.clone(), None)
    }

    /// How many would be left without the text.
    pub fn without_text(&self) -> u64 {
        self.narrowed(everything(self.all), None).len()
    }

    /// How many would be left with another text, found in these programs.
    pub fn with_text_in(&self, hits: &RoaringBitmap) -> u64 {
        self.narrowed(hits.clone(), None).len()
    }

    /// How many would be left with nothing ticked in a part of a filter.
    pub fn without_part(&self, filter: usize, part: usize) -> u64 {
        let base = self.base(filter);
        let ticked = |other| if other == part { Vec::new() } else { self.query.ticked_in(filter, other).collect() };
        self.count(&base, filter, &ticked(0), &ticked(1))
    }

    /// How many would be left with numbers of every size in a filter.
    pub fn without_numbers(&self, filter: usize) -> u64 {
        self.base(filter).len()
    }

    /// What stands beside each choice of a part of a filter.
    pub fn counts(&self, filter: usize, part: usize) -> Vec<Count> {
        let base = self.base(filter);
        let ticked: Vec<usize> = self.query.ticked_in(filter, part).collect();
        let beside: Vec<usize> = self.query.ticked_in(filter, 1 - part.min(1)).collect();
        let with = |choices: &[usize]| match part {
            0 => self.count(&base, filter, choices, &beside),
            _ => self.count(&base, filter, &beside, choices),
        };
        let now = if ticked.is_empty() { 0 } else { with(&ticked) };
        let count = |choice: usize| {
            if ticked.contains(&choice) {
                return Count::Has(with(&[choice]));
            }
            match ticked.is_empty() {
                true => Count::Leaves(with(&[choice])),
                false => Count::Adds(with(&[ticked.as_slice(), &[choice]].concat()).saturating_sub(now)),
            }
        };
        let choices = self.offer.part(filter, part).map_or(0, |part| part.choices.len());
        (0..choices).map(count).collect()
    }

    /// How many programs of the whole edition ticked each choice of a part, whatever the query.
    pub fn overall(&self, filter: usize, part: usize) -> Vec<u64> {
        let all = everything(self.all);
        let count = |choice: usize| match part {
            0 => self.count(&all, filter, &[choice], &[]),
            _ => self.count(&all, filter, &[], &[choice]),
        };
        let choices = self.offer.part(filter, part).map_or(0, |part| part.choices.len());
        (0..choices).map(count).collect()
    }

    /// What the text and all filters but this one leave.
    fn base(&self, filter: usize) -> RoaringBitmap {
        self.narrowed(self.hits.clone(), Some(filter))
    }

    fn narrowed(&self, programs: RoaringBitmap, but: Option<usize>) -> RoaringBitmap {
        let left = self.left.iter().enumerate().filter(|(index, _)| Some(*index) != but);
        left.filter_map(|(_, left)| left.as_ref()).fold(programs, |programs, left| programs & left)
    }

    fn count(&self, base: &RoaringBitmap, filter: usize, options: &[usize], rows: &[usize]) -> u64 {
        let filter = self.offer.filters.get(filter);
        let set = filter.and_then(|filter| matching(self.answered, filter, options, rows));
        set.map_or_else(|| base.len(), |set| base.intersection_len(&set))
    }
}

fn everything(all: u32) -> RoaringBitmap {
    let mut everything = RoaringBitmap::new();
    everything.insert_range(0..all);
    everything
}

/// The programs that ticked any of these options in any of these rows; none when there is neither.
fn matching(answered: &Answered, filter: &Filter, options: &[usize], rows: &[usize]) -> Option<RoaringBitmap> {
    let keys = |part: usize, choices: &[usize]| {
        let offered = filter.parts.get(part);
        choices.iter().filter_map(|choice| offered?.key(*choice)).map(str::to_owned).collect::<Vec<_>>()
    };
    let (options, rows) = (keys(0, options), keys(1, rows));
    if options.is_empty() && rows.is_empty() {
        return None;
    }
    let places = match rows.is_empty() {
        true => vec![filter.place.to_owned()],
        false => rows.iter().map(|row| format!("{}.{row}", filter.place)).collect(),
    };
    let mut set = RoaringBitmap::new();
    for place in &places {
        if options.is_empty() {
            set |= answered.any(place);
        }
        for programs in options.iter().filter_map(|option| answered.programs(place, option)) {
            set |= programs;
        }
    }
    Some(set)
}

/// The programs that answered a question with one of these numbers.
fn numbering(answered: &Answered, question: &str, between: Between) -> RoaringBitmap {
    let numbers = (0_u32..).zip(answered.numbers(question).unwrap_or_default());
    let within = numbers.filter(|(_, number)| number.is_some_and(|number| between.contains(number)));
    within.map(|(place, _)| place).collect()
}

impl Query {
    /// Whether this is ticked.
    pub fn has(&self, filter: usize, part: usize, choice: usize) -> bool {
        self.ticked.contains(&Tick { filter, part, choice })
    }
}

#[cfg(test)]
#[path = "sieve_tests.rs"]
mod tests;
