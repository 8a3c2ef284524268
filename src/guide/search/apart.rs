//! What is written in one word here and in several there: "roadshow" is "road show", too, and so is "road-show". Of words that
//! somebody wrote as one it counts only that they stand one after the other: most profiles have the words "data" and "base"
//! somewhere.

use super::joints::is_number;
use super::meant::{almost, almost_beginning, errors, is_latin};
use super::standing::Standing;
use crate::error::AppError;

/// The shortest of the two words into which one is divided: shorter ones stand in too many words by chance, and what was
/// mistyped would be taken for two others.
const SHORTEST: usize = 4;
/// The shortest second of a word that begins none: "roadsh" is on its way to "road show".
const SHORTEST_BEGUN: usize = 2;
/// How many letters may follow the second where it is mistyped: "roadshwo" is "road shows".
const LONGER: usize = 2;
/// The most pairs that are looked for in place of one mistyped word.
const MOST: usize = 40;

/// The shortest last word of a row that begins longer ones: "op" begins no "operating".
const SHORTEST_LAST: usize = 3;

/// Words that stand one after the other: two at least.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Apart {
    pub words: Vec<String>,
    /// Whether the last may begin a longer word.
    pub begins: bool,
}

impl Apart {
    /// The words of a row.
    pub fn row(words: Vec<String>) -> Self {
        let begins = words.last().is_some_and(|last| begins_others(last));
        Self { words, begins }
    }

    fn pair(first: &str, second: &str, begins: bool) -> Self {
        Self { words: [first, second].map(str::to_owned).into(), begins }
    }

    /// Whether a word of a text may be one of these that others follow.
    pub fn goes_on_after(&self, word: &str) -> bool {
        self.words.split_last().is_some_and(|(_, before)| before.iter().any(|before| before == word))
    }

    /// Whether a word of a text may be the last of these.
    pub fn ends_with(&self, word: &str) -> bool {
        self.words.last().is_some_and(|last| if self.begins { word.starts_with(last) } else { word == last })
    }
}

/// Whether the last word of a row begins longer ones.
pub(super) fn begins_others(last: &str) -> bool {
    last.len() >= SHORTEST_LAST && !is_number(last)
}

/// What a word is in two that stand in the texts; the second may be the beginning of one.
pub(super) fn divided(word: &str, standing: &impl Standing) -> Result<Vec<Apart>, AppError> {
    let mut pairs = Vec::new();
    let may_be_begun = word.len() >= SHORTEST + SHORTEST_BEGUN && is_latin(word) && !standing.has_beginning(word)?;
    let shortest = if may_be_begun { SHORTEST_BEGUN } else { SHORTEST };
    for (first, second) in divisions(word, SHORTEST, shortest) {
        if standing.has(first)? && standing.has_beginning(second)? {
            pairs.push(Apart::pair(first, second, true));
        }
    }
    Ok(pairs)
}

/// What a mistyped word may be in two: one of them as it was typed and the other almost, or both where the last letter of
/// the one and the first of the other changed places.
pub(super) fn almost_divided(word: &str, standing: &impl Standing) -> Result<Vec<Apart>, AppError> {
    let mut pairs = Vec::new();
    let stands = |first: &str| Ok::<_, AppError>(first.len() >= SHORTEST && standing.has(first)?);
    let begins = |second: &str| Ok::<_, AppError>(second.len() >= SHORTEST && standing.has_beginning(second)?);
    // One letter may be missing.
    for (first, second) in divisions(word, SHORTEST - 1, SHORTEST - 1) {
        if stands(first)? {
            let near = standing.near(&*almost_beginning(second, 1)?, second.len() + LONGER, MOST)?;
            pairs.extend(near.iter().filter(|near| is_another(near, second)).map(|near| Apart::pair(first, near, false)));
        }
        if begins(second)? {
            let near = standing.near(&*almost(first, 1)?, first.len() + 1, MOST)?;
            pairs.extend(near.iter().filter(|near| is_another(near, first)).map(|near| Apart::pair(near, second, true)));
        }
        if let Some((first, second)) = with_ends_changed(first, second)
            && stands(&first)?
            && begins(&second)?
        {
            pairs.push(Apart::pair(&first, &second, true));
        }
    }
    pairs.truncate(MOST);
    Ok(pairs)
}

/// What a row may be where some of its words are mistyped.
pub(super) fn almost_row(words: &[String], standing: &impl Standing) -> Result<Vec<Apart>, AppError> {
    let mut rows = vec![Vec::new()];
    for word in words {
        let errors = errors(word);
        let ways = match errors == 0 || standing.has(word)? {
            true => vec![word.clone()],
            false => standing.near(&*almost(word, errors)?, word.len() + LONGER, MOST)?,
        };
        rows =
            rows.iter().flat_map(|row| ways.iter().map(|way| [&**row, std::slice::from_ref(way)].concat())).take(MOST).collect();
    }
    rows.retain(|row| row != words);
    Ok(rows.into_iter().map(Apart::row).collect())
}

fn is_another(near: &str, word: &str) -> bool {
    near != word && near.len() >= SHORTEST
}

fn with_ends_changed(first: &str, second: &str) -> Option<(String, String)> {
    let (start, last) = first.split_at_checked(first.len().checked_sub(1)?)?;
    let (begin, rest) = second.split_at_checked(1)?;
    Some((format!("{start}{begin}"), format!("{last}{rest}")))
}

/// A word of Latin letters, divided wherever the first part and the second have so many.
fn divisions(word: &str, first: usize, second: usize) -> impl Iterator<Item = (&str, &str)> {
    let last = if is_latin(word) { (word.len() + 1).saturating_sub(second) } else { 0 };
    (first..last).filter_map(|at| word.split_at_checked(at))
}
