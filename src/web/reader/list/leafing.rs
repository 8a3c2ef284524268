//! Leafing through the list: by letter, and page by page.

use roaring::RoaringBitmap;

use crate::guide::Shelf;
use crate::guide::search::order::page_after;

/// A letter of the alphabet above the list.
pub struct Letter {
    /// The letter, or # for all others.
    pub letter: char,
    /// Where its programs begin; none when there is no such program.
    pub place: Option<Place>,
}

/// Where a letter's programs begin.
pub enum Place {
    /// On this page, at this anchor.
    Here(String),
    /// On another page.
    Elsewhere,
}

/// The pages of a list.
pub struct Pager {
    /// The number of the first program on the page, counted from 1.
    pub first: usize,
    /// That of the last.
    pub last: usize,
    /// How many programs there are.
    pub of: u64,
    /// The page, counted from 1.
    pub current: usize,
    /// How many pages there are.
    pub count: usize,
    /// The pages to leaf to, counted from 1; none for a gap.
    pub pages: Vec<Option<usize>>,
    /// The next page.
    pub next: Option<usize>,
}

/// How many neighbours of the page are shown on either side.
const BESIDE: usize = 3;

impl Pager {
    /// The pages of so many programs, so many on each; none where one page has them all.
    pub fn new(found: u64, on_each: usize, page: usize) -> Option<Self> {
        let found_here = usize::try_from(found).unwrap_or(usize::MAX);
        let count = found_here.div_ceil(on_each).max(1);
        let current = page.min(count - 1) + 1;
        let near = |number: &usize| *number == 1 || *number == count || number.abs_diff(current) <= BESIDE;
        let mut shown: Vec<Option<usize>> = Vec::new();
        for number in (1..=count).filter(near) {
            let gap = shown.last().copied().flatten().is_some_and(|last| last + 1 < number);
            shown.extend(gap.then_some(None));
            shown.push(Some(number));
        }
        let (first, last) = ((current - 1) * on_each + 1, found_here.min(current * on_each));
        let next = (current < count).then_some(current + 1);
        (count > 1).then_some(Self { first, last, of: found, current, count, pages: shown, next })
    }
}

/// Where the programs under a letter begin.
pub fn anchor(letter: char) -> String {
    if letter == '#' { "others".to_owned() } else { letter.to_string() }
}

/// The page, counted from 0, on which the programs under a letter begin.
pub fn page_of(shelf: &Shelf, found: &RoaringBitmap, letter: char) -> usize {
    page_after(found.range_cardinality(..shelf.under(letter).start))
}

/// The alphabet, after # where a name begins with no letter. `pages`: the page that is shown, counted from 0; none where
/// one page has all programs.
pub fn letters(shelf: &Shelf, found: &RoaringBitmap, page: Option<usize>) -> Vec<Letter> {
    let letter = |letter| {
        let under = shelf.under(letter);
        let there = found.range_cardinality(under) > 0;
        let here = page.is_none_or(|page| page_of(shelf, found, letter) == page);
        let place = there.then(|| if here { Place::Here(anchor(letter)) } else { Place::Elsewhere });
        Letter { letter, place }
    };
    let mut letters: Vec<Letter> = std::iter::once('#').chain('A'..='Z').map(letter).collect();
    letters.retain(|letter| letter.letter != '#' || letter.place.is_some());
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_alphabet_stands_without_a_place_for_other_names_that_are_not_there() {
        let letters = letters(&Shelf::default(), &RoaringBitmap::new(), None);
        assert_eq!(letters.iter().map(|letter| letter.letter).collect::<String>(), "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
        assert!(letters.iter().all(|letter| letter.place.is_none()));
        assert_eq!((anchor('D'), anchor('#')), ("D".to_owned(), "others".to_owned()));
    }

    #[test]
    fn many_pages_are_leafed_through_with_gaps() {
        let shown = |found, page| Pager::new(found, 50, page).map(|pager| (pager.first, pager.last, pager.pages, pager.next));
        let all = |pages: &[usize]| pages.iter().map(|page| Some(*page).filter(|page| *page > 0)).collect::<Vec<_>>();
        assert_eq!(shown(0, 0), None);
        assert_eq!(shown(50, 0), None);
        assert_eq!(shown(51, 0), Some((1, 50, all(&[1, 2]), Some(2))));
        assert_eq!(shown(51, 7), Some((51, 51, all(&[1, 2]), None)));
        assert_eq!(shown(5000, 49), Some((2451, 2500, all(&[1, 0, 47, 48, 49, 50, 51, 52, 53, 0, 100]), Some(51))));
    }
}
