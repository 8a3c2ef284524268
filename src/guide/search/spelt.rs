//! How the words of a text may be spelt elsewhere.
//!
//! Words that others write as one, and one that others write as two, are told by which of them stand in the texts:
//!
//! - "e-mail" is asked for as "email", which a text that says "e-mail" has too, or as "e mail", one after the other: what
//!   somebody joined is not what stands here and there. Both may begin longer words where the last word has three letters;
//!   with its hyphens it begins them anyway, so "co-op" is "co-operation", but neither "Cooper" nor "CO, operating".
//!   Where "e-mial" is found nowhere, "emial" may have been meant, mistyped.
//! - "24/7" is nothing in one word: it is "24 7", one after the other, or "24x7", and begins no "70".
//! - "road show" is each of its words, or "roadshow" in place of both.
//! - "roadshow" is "road show" as well, [one after the other](super::apart).

use std::collections::HashSet;

use super::apart::{Apart, begins_others, divided};
use super::joints::{Joint, Row, is_number};
use super::meant::is_latin;
use super::standing::Standing;
use super::words::asked;
use crate::error::AppError;

/// The shortest word of a row in which a typing error is seen: a shorter one may be any other.
const SHORTEST_PART: usize = 3;

/// A word before it has its machines, with what stands in its place elsewhere.
pub(super) struct Spelt {
    pub word: String,
    pub joined: Vec<String>,
    pub apart: Vec<Apart>,
    pub row: Vec<String>,
    pub may_be_mistyped: bool,
    /// Whether it stands alone: what is in a row already is joined no further.
    alone: bool,
    /// Whether it may begin a longer word also before others.
    pub begins: bool,
    /// What it is with hyphens.
    pub hyphened: Option<String>,
}

impl Spelt {
    fn alone(word: String) -> Self {
        let (joined, apart, row) = (Vec::new(), Vec::new(), Vec::new());
        Self { begins: word.len() > 1, word, joined, apart, row, may_be_mistyped: true, alone: true, hyphened: None }
    }
}

/// The words of a text: a row of letters or numbers as one where that stands anywhere.
pub(super) fn spelt(text: &str, standing: &impl Standing) -> Result<Vec<Spelt>, AppError> {
    let mut words: Vec<Spelt> = Vec::new();
    for row in asked(text) {
        words.extend(spelt_row(row, standing)?);
    }
    let mut seen = HashSet::new();
    words.retain(|spelt| seen.insert(spelt.word.clone()));
    join_neighbours(&mut words, standing)?;
    Ok(words)
}

fn spelt_row(row: Row, standing: &impl Standing) -> Result<Vec<Spelt>, AppError> {
    let joined = row.words.concat();
    if row.words.len() == 1 {
        let apart = divided(&joined, standing)?;
        return Ok(vec![Spelt { apart, ..Spelt::alone(joined) }]);
    }
    if row.joint <= Joint::Slash {
        return Ok(vec![spelt_joined(row, standing)?]);
    }
    let in_a_row = |word: String| Spelt { alone: false, ..Spelt::alone(word) };
    let stands = standing.has(&joined)?;
    if stands && row.joint == Joint::Spaced {
        return Ok(vec![in_a_row(joined)]);
    }
    let joined = if stands { vec![joined] } else { Vec::new() };
    Ok(row.words.into_iter().map(|word| Spelt { joined: joined.clone(), ..in_a_row(word) }).collect())
}

/// Words that somebody joined: in one word, or one after the other.
fn spelt_joined(Row { words, parts, joint, .. }: Row, standing: &impl Standing) -> Result<Spelt, AppError> {
    let mut apart = vec![Apart::row(words.clone())];
    let in_a_row = |word: String| Spelt { alone: false, row: words.clone(), ..Spelt::alone(word) };
    if joint == Joint::Slash {
        apart.extend((parts != words).then(|| Apart::row(parts)));
        let (joined, may_be_mistyped) = (times(&words).into_iter().collect(), is_mistyped(&words, standing)?);
        return Ok(Spelt { begins: false, may_be_mistyped, joined, apart, ..in_a_row(words.join("/")) });
    }
    let joined = words.concat();
    let stands = standing.has(&joined)?;
    // A number in one word is what it is in groups, too.
    if words.iter().all(|word| is_number(word)) {
        return Ok(Spelt { apart: if stands { Vec::new() } else { apart }, ..in_a_row(joined) });
    }
    let (begins, hyphened) = (words.last().is_some_and(|last| begins_others(last)), Some(words.join("-")));
    let may_be_mistyped = !stands && is_mistyped(&words, standing)?;
    Ok(Spelt { begins, hyphened, may_be_mistyped, apart, ..in_a_row(joined) })
}

/// What two numbers with a slash between them are as well: "24/7" is "24x7".
fn times(words: &[String]) -> Option<String> {
    let [one, other] = words else { return None };
    (is_number(one) && is_number(other)).then(|| format!("{one}x{other}"))
}

/// Whether any of these words stands nowhere; a short one may be any other.
fn is_mistyped(words: &[String], standing: &impl Standing) -> Result<bool, AppError> {
    let mut is_mistyped = false;
    for word in words {
        if !standing.has(word)? {
            if word.len() < SHORTEST_PART {
                return Ok(false);
            }
            is_mistyped = true;
        }
    }
    Ok(is_mistyped)
}

/// Two neighbours may stand in one word.
fn join_neighbours(words: &mut [Spelt], standing: &impl Standing) -> Result<(), AppError> {
    for index in 1..words.len() {
        let Some([one, other]) = words.get_mut(index - 1..=index) else { break };
        if !(one.alone && other.alone && is_latin(&one.word) && is_latin(&other.word)) {
            continue;
        }
        let joined = format!("{}{}", one.word, other.word);
        if standing.has(&joined)? {
            one.joined.push(joined.clone());
            other.joined.push(joined);
        }
    }
    Ok(())
}
