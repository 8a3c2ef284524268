//! What to drop where nothing is found.

use std::cmp::Reverse;

use super::facets::{named_numbers, numbers, quoted, ticked};
use super::other_texts::{OtherText, OtherTexts};
use crate::error::AppError;
use crate::guide::Shelf;
use crate::guide::search::{Offer, Part, Query, Sieve};

/// A filter or a word to drop.
pub struct Dropped {
    /// What to drop.
    pub label: String,
    /// The list without it.
    pub href: String,
    /// How many programs that has.
    pub programs: u64,
    /// The words that stand nowhere, where these are dropped.
    pub nowhere: Option<String>,
}

/// What to drop: first the words of the text that stand nowhere, and then, best first, the text, a word of it, or all that is
/// on under one heading.
///
/// # Errors
/// [`AppError::Broken`] when the shelf's texts are not indexed.
pub fn to_drop(year: i32, offer: &Offer, query: &Query, sieve: &Sieve, shelf: &Shelf) -> Result<Vec<Dropped>, AppError> {
    let dropped =
        |label, without: &Query, programs| Dropped { label, href: without.address(year, offer), programs, nowhere: None };
    let mut all = Vec::new();
    let without_text = sieve.without_text();
    if !query.text.is_empty() && without_text > 0 {
        all.push(dropped(quoted(&query.text), &query.without_text(), without_text));
        let others = OtherTexts::of(query, sieve, shelf.indexed()?)?.found()?;
        let other = |OtherText { without, query, programs, nowhere }| Dropped { nowhere, ..dropped(without, &query, programs) };
        all.extend(others.into_iter().map(other));
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
    all.sort_by_key(|dropped| (dropped.nowhere.is_none(), Reverse(dropped.programs)));
    Ok(all)
}
