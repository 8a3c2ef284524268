//! What to drop where nothing is found.

use std::cmp::Reverse;

use super::facets::{named_numbers, numbers, quoted, ticked};
use crate::error::AppError;
use crate::guide::Shelf;
use crate::guide::search::{Offer, Part, Query, Sieve};
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

/// What to drop, best first: the text, words of it, or all that is on under one heading. Of the other words no typing
/// errors are forgiven: that takes long, and finds what nobody asked for.
///
/// # Errors
/// [`AppError::Broken`] when the shelf's texts are not indexed.
pub fn to_drop(year: i32, offer: &Offer, query: &Query, sieve: &Sieve, shelf: &Shelf) -> Result<Vec<Dropped>, AppError> {
    let dropped = |label: String, without: &Query, programs| Dropped { label, href: without.address(year, offer), programs };
    let mut all = Vec::new();
    let without_text = sieve.without_text();
    if !query.text.is_empty() && without_text > 0 {
        all.push(dropped(quoted(&query.text), &query.without_text(), without_text));
        for (words, without) in other_texts(query, shelf)? {
            let hits = shelf.indexed()?.find_exactly(&without.text)?;
            all.push(dropped(words, &without, sieve.with_text_in(&hits.programs)));
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

/// Its text without the words that stand nowhere: with any of them nothing is found. Where each stands somewhere, without
/// one of its first few words. With what is left out, in quotation marks.
fn other_texts(query: &Query, shelf: &Shelf) -> Result<Vec<(String, Query)>, AppError> {
    let mut nowhere = Vec::new();
    for word in query.words() {
        if shelf.indexed()?.find_exactly(word)?.programs.is_empty() {
            nowhere.push(word);
        }
    }
    if nowhere.is_empty() {
        let without = query.without_a_word().into_iter();
        return Ok(without.map(|(word, query)| (quoted(word), query)).collect());
    }
    let without = query.without_words(&nowhere);
    let words = enumerated(nowhere.into_iter().map(quoted), "and");
    Ok(without.map(|query| (words, query)).into_iter().collect())
}
