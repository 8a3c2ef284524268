//! What to drop where nothing is found.

use std::cmp::Reverse;

use roaring::RoaringBitmap;

use super::facets::{named_numbers, numbers, quoted, ticked};
use crate::error::AppError;
use crate::guide::Shelf;
use crate::guide::search::{Hits, Offer, Part, Query, Sieve, Texts};
use crate::web::enumeration::enumerated;

/// A filter or a word to drop.
pub struct Dropped {
    /// What to drop.
    pub label: String,
    /// The list without it.
    pub href: String,
    /// How many programs that has.
    pub programs: u64,
}

/// How many mistyped words are looked for beside those of the text itself: each takes several milliseconds.
const MOST_FORGIVEN: usize = 4;

/// What to drop, best first: the text, words of it, or all that is on under one heading.
///
/// # Errors
/// [`AppError::Broken`] when the shelf's texts are not indexed.
pub fn to_drop(year: i32, offer: &Offer, query: &Query, sieve: &Sieve, shelf: &Shelf) -> Result<Vec<Dropped>, AppError> {
    let dropped = |label: String, without: &Query, programs| Dropped { label, href: without.address(year, offer), programs };
    let mut all = Vec::new();
    let without_text = sieve.without_text();
    if !query.text.is_empty() && without_text > 0 {
        all.push(dropped(quoted(&query.text), &query.without_text(), without_text));
        for (words, without, programs) in OtherTexts::of(query, shelf)?.found()? {
            all.push(dropped(words, &without, sieve.with_text_in(&programs)));
        }
    }
    let part = |(filter, part, offered): (usize, usize, &Part)| {
        let label = ticked(query, filter, part, offered)?;
        Some(dropped(label, &query.without_part(filter, part), sieve.without_part(filter, part)))
    };
    let numbers = numbers(offer, query).map(|(place, filter, between)| {
        let without = query.without_numbers(place);
        dropped(named_numbers(filter, between), &without, sieve.without_numbers(place))
    });
    all.extend(offer.parts().filter_map(part).chain(numbers));
    all.retain(|dropped| dropped.programs > 0);
    all.sort_by_key(|dropped| Reverse(dropped.programs));
    Ok(all)
}

/// What is found of a text without some of its words.
struct OtherTexts<'a> {
    query: &'a Query,
    texts: &'a Texts,
    /// The words that stand nowhere: with any of them nothing is found.
    nowhere: Vec<&'a str>,
    /// The words that are found with typing errors forgiven.
    mistyped: Vec<&'a str>,
    /// In how many words more typing errors are forgiven.
    left: usize,
}

impl<'a> OtherTexts<'a> {
    fn of(query: &'a Query, shelf: &'a Shelf) -> Result<Self, AppError> {
        let texts = shelf.indexed()?;
        let mut other = Self { query, texts, nowhere: Vec::new(), mistyped: Vec::new(), left: MOST_FORGIVEN };
        for word in query.words() {
            if texts.has_word(word)? {
                continue;
            }
            let exactly = texts.find_exactly(word)?;
            if !exactly.programs.is_empty() {
                continue;
            }
            let is_mistyped = other.almost(&exactly, 1)?.is_some_and(|almost| !almost.programs.is_empty());
            if is_mistyped { other.mistyped.push(word) } else { other.nowhere.push(word) }
        }
        Ok(other)
    }

    /// The text without the words that stand nowhere. Where each stands somewhere, without one of its first few words. With
    /// what is left out, in quotation marks, and where the others are found.
    fn found(mut self) -> Result<Vec<(String, Query, RoaringBitmap)>, AppError> {
        let without = match self.nowhere.is_empty() {
            true => self.query.without_a_word().into_iter().map(|(word, query)| (quoted(word), query)).collect(),
            false => {
                let words = enumerated(self.nowhere.iter().map(|word| quoted(word)), "and");
                Vec::from_iter(self.query.without_words(&self.nowhere).map(|query| (words, query)))
            }
        };
        without.into_iter().map(|(words, query)| self.find(&query).map(|programs| (words, query, programs))).collect()
    }

    /// Where the text of a query is found, as its page finds it.
    fn find(&mut self, query: &Query) -> Result<RoaringBitmap, AppError> {
        let exactly = self.texts.find_exactly(&query.text)?;
        let mistyped = query.words().into_iter().filter(|word| self.mistyped.contains(word)).count();
        if !exactly.programs.is_empty() || mistyped == 0 {
            return Ok(exactly.programs);
        }
        Ok(self.almost(&exactly, mistyped)?.unwrap_or(exactly).programs)
    }

    /// What is found with typing errors forgiven in so many words; none where there are none, or too many.
    fn almost(&mut self, exactly: &Hits, words: usize) -> Result<Option<Hits>, AppError> {
        let Some(left) = self.left.checked_sub(words) else { return Ok(None) };
        let almost = self.texts.find_almost(exactly)?;
        self.left = if almost.is_some() { left } else { self.left };
        Ok(almost)
    }
}
