//! What somebody means who asks for a word: the word itself, what begins with it, and, where nothing else is found, what
//! is written almost like it. The same machines look through the index and mark what was found.
//!
//! Words that others write as one, and one that others write as two, are told by which of them stand in the texts:
//!
//! - "e-mail" is asked for as "email", which a text that says "e-mail" has too, if any text has it; else as "e" and "mail".
//!   Where "e-mial" is found nowhere, "emial" may have been meant, mistyped.
//! - "cloud-based" is each of its words, or "cloudbased" in place of both: others write it in two.
//! - "road show" is each of its words, or "roadshow" in place of both.
//! - "roadshow" is "road show" as well, [one after the other](super::apart).

use std::collections::HashSet;
use std::fmt;
use std::sync::Arc;

use tantivy::Term;
use tantivy::query::{DfaWrapper, FuzzyTermQuery};
use tantivy::schema::Field;
use tantivy_fst::Automaton;

use super::apart::{Apart, almost_divided, divided};
use super::joints::Row;
use super::standing::Standing;
use super::words::asked;
use crate::error::AppError;

/// The longest word in which typing errors are looked for: longer ones take too much memory.
const LONGEST_WITH_ERRORS: usize = 24;
/// The shortest part of words with hyphens between them that begins others.
const SHORTEST_PART: usize = 3;

/// A word that is asked for.
#[derive(Clone)]
pub(super) struct Meant {
    pub word: String,
    /// What stands in its place where it is written together with its neighbours.
    pub joined: Vec<String>,
    /// What stands in its place where it is written in two words, and with typing errors, where those are forgiven.
    pub apart: Vec<Apart>,
    /// What its row is in one word, where that may be mistyped: it stands nowhere, and not every word of the row does.
    row: Option<String>,
    /// Takes the word and whatever begins with it; none for a letter that stands alone before other words, as in "R&D", and
    /// for a short part of a row before others, as in "co-op".
    pub beginning: Option<Arc<DfaWrapper>>,
    /// Take the word, and its row in one, with typing errors; none unless those are forgiven.
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
    row: Option<String>,
    /// Whether it stands alone: what is in a row already is joined no further.
    alone: bool,
    /// Whether it may begin a longer word also before others.
    begins: bool,
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
        let words: Vec<Self> = words.iter().map(|word| word.forgiven(standing)).collect::<Result<_, _>>()?;
        Ok(words.iter().any(|word| !word.near.is_empty()).then_some(words))
    }

    fn new(Spelt { word, joined, apart, row, begins, .. }: Spelt, is_last: bool) -> Result<Self, AppError> {
        let beginning = (begins || is_last).then(|| machine(FuzzyTermQuery::new_prefix(term(&word), 0, true))).transpose()?;
        Ok(Self { beginning, near: Vec::new(), word, joined, apart, row })
    }

    fn forgiven(&self, standing: &impl Standing) -> Result<Self, AppError> {
        let mut forgiven = self.clone();
        for word in std::iter::once(&self.word).chain(&self.row) {
            let errors = errors(word);
            if errors > 0 && !standing.has(word)? {
                forgiven.near.push(almost(word, errors)?);
                forgiven.apart.extend(almost_divided(word, standing)?);
            }
        }
        Ok(forgiven)
    }

    /// Whether a word of a text is what was asked for.
    pub fn is(&self, word: &str) -> bool {
        self.is_whole(word) || self.beginning.iter().chain(&self.near).any(|machine| takes(machine, word))
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
    if let [word] = &row.words[..] {
        let apart = divided(word, standing)?;
        return Ok(vec![Spelt { begins: word.len() > 1, word: joined, joined: Vec::new(), apart, row: None, alone: true }]);
    }
    let in_a_row =
        |word: String| Spelt { begins: word.len() > 1, word, joined: Vec::new(), apart: Vec::new(), row: None, alone: false };
    let stands = standing.has(&joined)?;
    let are_words = row.words.iter().all(|word| is_latin(word) && word.len() > 1);
    if stands && !row.is_loose && !are_words {
        return Ok(vec![in_a_row(joined)]);
    }
    let may_be_mistyped = !stands && is_mistyped(&row.words, standing)?;
    let whole = may_be_mistyped.then(|| joined.clone());
    let joined = if stands { vec![joined] } else { Vec::new() };
    // Who writes "co-op" means no "company".
    let begins = |word: &str| if are_words { word.len() >= SHORTEST_PART } else { word.len() > 1 };
    let spelt = |word: String| Spelt { begins: begins(&word), joined: joined.clone(), row: whole.clone(), ..in_a_row(word) };
    Ok(row.words.into_iter().map(spelt).collect())
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
fn errors(word: &str) -> u8 {
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
