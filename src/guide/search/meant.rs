//! What somebody means who asks for a word: the word itself, what begins with it, and, where nothing else is found, what
//! is written almost like it. The same machines look through the index and mark what was found.
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
use std::fmt;
use std::sync::Arc;

use tantivy::Term;
use tantivy::query::{DfaWrapper, FuzzyTermQuery};
use tantivy::schema::Field;
use tantivy_fst::Automaton;

use super::apart::{Apart, almost_divided, almost_row, begins_others, divided};
use super::joints::{Joint, Row, is_number};
use super::standing::Standing;
use super::words::asked;
use crate::error::AppError;

/// The longest word in which typing errors are looked for: longer ones take too much memory.
const LONGEST_WITH_ERRORS: usize = 24;
/// The shortest word of a row in which a typing error is seen: a shorter one may be any other.
const SHORTEST_PART: usize = 3;

/// A word that is asked for.
#[derive(Clone)]
pub(super) struct Meant {
    pub word: String,
    /// What stands in its place where it is written together with its neighbours.
    pub joined: Vec<String>,
    /// What stands in its place where it is written in several words, and with typing errors, where those are forgiven.
    pub apart: Vec<Apart>,
    /// The words of its row; empty for a word alone.
    row: Vec<String>,
    may_be_mistyped: bool,
    /// Take the word and whatever begins with it; none for a letter that stands alone before other words, as in "R&D".
    pub beginnings: Vec<Arc<DfaWrapper>>,
    /// Take the word with typing errors; none unless those are forgiven.
    pub near: Vec<Arc<DfaWrapper>>,
}

impl fmt::Debug for Meant {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Meant({}{})", self.word, if self.near.is_empty() { "" } else { ", or almost" })
    }
}

/// A word before it has its machines, with what stands in its place elsewhere.
struct Spelt {
    word: String,
    joined: Vec<String>,
    apart: Vec<Apart>,
    row: Vec<String>,
    may_be_mistyped: bool,
    /// Whether it stands alone: what is in a row already is joined no further.
    alone: bool,
    /// Whether it may begin a longer word also before others.
    begins: bool,
    /// What it is with hyphens.
    hyphened: Option<String>,
}

impl Spelt {
    fn alone(word: String) -> Self {
        let (joined, apart, row) = (Vec::new(), Vec::new(), Vec::new());
        Self { begins: word.len() > 1, word, joined, apart, row, may_be_mistyped: true, alone: true, hyphened: None }
    }
}

impl Meant {
    /// The words of a text.
    pub fn all(text: &str, standing: &impl Standing) -> Result<Vec<Self>, AppError> {
        let mut words = spelt(text, standing)?;
        join_neighbours(&mut words, standing)?;
        let last = words.len().saturating_sub(1);
        words.into_iter().enumerate().map(|(index, spelt)| Self::new(spelt, index == last)).collect()
    }

    /// The same words, with typing errors forgiven in those that stand nowhere; none where there is none to forgive.
    pub fn forgiving(words: &[Self], standing: &impl Standing) -> Result<Option<Vec<Self>>, AppError> {
        let forgiven: Vec<Self> = words.iter().map(|word| word.forgiven(standing)).collect::<Result<_, _>>()?;
        let any = forgiven.iter().zip(words).any(|(forgiven, word)| forgiven.ways() > word.ways());
        Ok(any.then_some(forgiven))
    }

    fn new(spelt: Spelt, is_last: bool) -> Result<Self, AppError> {
        let Spelt { word, joined, apart, row, may_be_mistyped, begins, hyphened, .. } = spelt;
        let begins = begins || is_last && row.is_empty();
        let begin = begins.then_some(&word).into_iter().chain(&hyphened);
        let beginnings = begin.map(|word| machine(FuzzyTermQuery::new_prefix(term(word), 0, true))).collect::<Result<_, _>>()?;
        Ok(Self { beginnings, near: Vec::new(), word, joined, apart, row, may_be_mistyped })
    }

    fn forgiven(&self, standing: &impl Standing) -> Result<Self, AppError> {
        let mut forgiven = self.clone();
        if !self.may_be_mistyped {
            return Ok(forgiven);
        }
        let errors = errors(&self.word);
        if errors > 0 && !standing.has(&self.word)? {
            forgiven.near.push(almost(&self.word, errors)?);
            forgiven.apart.extend(almost_divided(&self.word, standing)?);
        }
        forgiven.apart.extend(almost_row(&self.row, standing)?);
        Ok(forgiven)
    }

    /// In how many ways it is looked for that typing errors add to.
    fn ways(&self) -> usize {
        self.near.len() + self.apart.len()
    }

    /// Whether a word of a text is what was asked for.
    pub fn is(&self, word: &str) -> bool {
        self.is_whole(word) || self.beginnings.iter().chain(&self.near).any(|machine| takes(machine, word))
    }

    /// Whether it is that as it was asked for.
    pub fn is_whole(&self, word: &str) -> bool {
        self.wholes().any(|whole| whole == word)
    }

    /// The word, and what stands in its place.
    pub fn wholes(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.word).chain(&self.joined).map(String::as_str)
    }
}

/// The words of a text: a row of letters or numbers as one where that stands anywhere.
fn spelt(text: &str, standing: &impl Standing) -> Result<Vec<Spelt>, AppError> {
    let mut words: Vec<Spelt> = Vec::new();
    for row in asked(text) {
        words.extend(spelt_row(row, standing)?);
    }
    let mut seen = HashSet::new();
    words.retain(|spelt| seen.insert(spelt.word.clone()));
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
fn spelt_joined(Row { words, joint, .. }: Row, standing: &impl Standing) -> Result<Spelt, AppError> {
    let apart = vec![Apart::row(words.clone())];
    let in_a_row = |word: String| Spelt { alone: false, row: words.clone(), ..Spelt::alone(word) };
    if joint == Joint::Slash {
        let joined = if let [one, other] = &words[..]
            && is_number(one)
            && is_number(other)
        {
            vec![format!("{one}x{other}")]
        } else {
            Vec::new()
        };
        return Ok(Spelt {
            begins: false,
            may_be_mistyped: is_mistyped(&words, standing)?,
            joined,
            apart,
            ..in_a_row(words.join("/"))
        });
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

pub(super) fn is_latin(word: &str) -> bool {
    word.bytes().all(|letter| letter.is_ascii_lowercase())
}

/// How many typing errors are forgiven: none in short words and numbers, where any other is as likely meant.
pub(super) fn errors(word: &str) -> u8 {
    let letters = word.chars().count();
    if word.contains(|letter: char| letter.is_ascii_digit()) || letters > LONGEST_WITH_ERRORS {
        return 0;
    }
    match letters {
        0..=4 => 0,
        5..=7 => 1,
        _ => 2,
    }
}

/// A word as machines take it: they know no field, and a term has to have one.
fn term(word: &str) -> Term {
    Term::from_field_text(Field::from_field_id(0), word)
}

/// Takes a word with so many typing errors.
pub(super) fn almost(word: &str, errors: u8) -> Result<Arc<DfaWrapper>, AppError> {
    machine(FuzzyTermQuery::new(term(word), errors, true))
}

/// Takes whatever begins with a word with so many typing errors.
pub(super) fn almost_beginning(word: &str, errors: u8) -> Result<Arc<DfaWrapper>, AppError> {
    machine(FuzzyTermQuery::new_prefix(term(word), errors, true))
}

fn machine(query: FuzzyTermQuery) -> Result<Arc<DfaWrapper>, AppError> {
    query.automaton().map(Arc::new).map_err(AppError::broken)
}

pub(super) fn takes(machine: &DfaWrapper, word: &str) -> bool {
    let mut state = machine.start();
    for byte in word.bytes() {
        state = machine.accept(&state, byte);
        if !machine.can_match(&state) {
            return false;
        }
    }
    machine.is_match(&state)
}

#[cfg(test)]
#[path = "meant_tests.rs"]
mod tests;
