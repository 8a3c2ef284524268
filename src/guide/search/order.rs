//! In which order the programs are shown, and which of them on a page.

use std::cmp::Reverse;
use std::ops::Range;

use roaring::RoaringBitmap;

use super::{By, Hits, Offer, Query, Sort};
use crate::guide::{Shelf, folded};
use crate::questionnaire::definition::Question;

/// How many programs stand on a page.
pub const A_PAGE: usize = 50;

/// How many pages so many programs fill: one at least.
pub fn pages(programs: u64) -> usize {
    usize::try_from(programs).unwrap_or(usize::MAX).div_ceil(A_PAGE).max(1)
}

/// The page, counted from 0, of a program before which so many are found.
pub fn page_after(before: u64) -> usize {
    usize::try_from(before).unwrap_or(usize::MAX) / A_PAGE
}

/// The places of the programs on the query's page, in its order. A page after the last shows the last.
pub fn page(shelf: &Shelf, offer: &Offer, found: &RoaringBitmap, hits: Option<&Hits>, query: &Query) -> Vec<u32> {
    let first = query.page.min(pages(found.len()) - 1) * A_PAGE;
    some(shelf, offer, found, hits, query.sort, first..first + A_PAGE)
}

/// The places of some of the programs in this order, counted from 0; without an order, where a text was found what fits
/// best comes first, and else they stand A to Z.
pub fn some(
    shelf: &Shelf,
    offer: &Offer,
    found: &RoaringBitmap,
    hits: Option<&Hits>,
    sort: Option<Sort>,
    wanted: Range<usize>,
) -> Vec<u32> {
    let a_to_z = |wanted: Range<usize>| found.iter().skip(wanted.start).take(wanted.len()).collect();
    match (sort, hits) {
        (None, Some(hits)) => {
            let scored = hits.programs.iter().zip(&hits.scores).filter(|(place, _)| found.contains(*place));
            best(scored.map(|(place, score)| (Reverse(Ordered(*score)), place)), wanted)
        }
        (None, None) => a_to_z(wanted),
        (Some(Sort { by: By::Company, reversed: false }), _) => a_to_z(wanted),
        (Some(Sort { by: By::Company, reversed: true }), _) => found.iter().rev().skip(wanted.start).take(wanted.len()).collect(),
        (Some(Sort { by: By::Column(column), reversed }), _) => match offer.columns.get(column) {
            Some(question) => by_column(shelf, question, column, found, reversed, wanted),
            None => a_to_z(wanted),
        },
    }
}

/// By numbers, by the order in which options are offered, or else by the words that stand in the column. What is not
/// answered comes last in either direction; what is answered alike stands A to Z.
fn by_column(
    shelf: &Shelf,
    question: &Question,
    column: usize,
    found: &RoaringBitmap,
    reversed: bool,
    wanted: Range<usize>,
) -> Vec<u32> {
    let answered = shelf.answered();
    if let Some(numbers) = answered.numbers(&question.key) {
        let number = |place: u32| numbers.get(place as usize).copied().flatten();
        let keyed = found.iter().map(|place| (number(place), place));
        return match reversed {
            false => best(keyed.map(|(number, place)| ((number.is_none(), number), place)), wanted),
            true => best(keyed.map(|(number, place)| ((number.is_none(), Reverse(number)), place)), wanted),
        };
    }
    let options = answered.vocabulary().options(&question.key);
    if !options.is_empty() {
        let options: Vec<&String> = if reversed { options.iter().rev().collect() } else { options.iter().collect() };
        let sets = options.into_iter().filter_map(|option| answered.programs(&question.key, option));
        return one_after_the_other(found, sets, wanted);
    }
    let word =
        |place: u32| shelf.at(place).and_then(|listed| listed.columns.get(column)).map_or(String::new(), |word| folded(word));
    let keyed = found.iter().map(|place| (word(place), place));
    match reversed {
        false => best(keyed.map(|(word, place)| ((word.is_empty(), word), place)), wanted),
        true => best(keyed.map(|(word, place)| ((word.is_empty(), Reverse(word)), place)), wanted),
    }
}

/// The wanted ones of these places, the smallest keys first.
fn best<Key: Ord>(places: impl Iterator<Item = (Key, u32)>, wanted: Range<usize>) -> Vec<u32> {
    let mut places: Vec<(Key, u32)> = places.collect();
    if wanted.end < places.len() {
        places.select_nth_unstable(wanted.end);
        places.truncate(wanted.end);
    }
    places.sort_unstable();
    places.into_iter().skip(wanted.start).map(|(_, place)| place).collect()
}

/// The wanted ones of these places: those of the first set, then of the next, at last those of none.
fn one_after_the_other<'a>(
    found: &RoaringBitmap,
    sets: impl Iterator<Item = &'a RoaringBitmap>,
    wanted: Range<usize>,
) -> Vec<u32> {
    let (mut left, mut skip, mut places) = (found.clone(), wanted.start, Vec::new());
    let mut take = |set: &RoaringBitmap| {
        places.extend(set.iter().skip(skip).take(wanted.len() - places.len()));
        skip = skip.saturating_sub(usize::try_from(set.len()).unwrap_or(usize::MAX));
    };
    for set in sets {
        take(&(&left & set));
        left -= set;
    }
    take(&left);
    places
}

/// A number that is one, in its order.
#[derive(PartialEq)]
struct Ordered(f32);

impl Eq for Ordered {}

impl PartialOrd for Ordered {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ordered {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

#[cfg(test)]
#[path = "order_tests.rs"]
mod tests;
