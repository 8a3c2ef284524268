//! What somebody means who asks for a word: the word itself, what begins with it, and, where nothing else is found, what
//! is written almost like it. The same machines look through the index and mark what was found.
//!
//! How else it may be written is [told](super::spelt) by what stands in the texts.

use std::fmt;
use std::sync::Arc;

use tantivy::Term;
use tantivy::query::{DfaWrapper, FuzzyTermQuery};
use tantivy::schema::Field;
use tantivy_fst::Automaton;

use super::apart::{Apart, almost_divided, almost_row};
use super::letters::is_unspaced;
use super::spelt::{Spelt, spelt};
use super::standing::Standing;
use crate::error::AppError;

/// The longest word in which typing errors are looked for: longer ones take too much memory.
const LONGEST_WITH_ERRORS: usize = 24;
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

impl Meant {
    /// The words of a text.
    pub fn all(text: &str, standing: &impl Standing) -> Result<Vec<Self>, AppError> {
        let words = spelt(text, standing)?;
        let last = words.len().saturating_sub(1);
        words.into_iter().enumerate().map(|(index, spelt)| Self::new(spelt, index == last)).collect()
    }

    /// The same words, with typing errors forgiven in those that stand nowhere; none where there is none to forgive.
    pub fn forgiving(words: &[Self], standing: &impl Standing) -> Result<Option<Vec<Self>>, AppError> {
        let mut forgiven: Vec<Self> = words.iter().map(|word| word.forgiven(standing)).collect::<Result<_, _>>()?;
        for index in 1..forgiven.len() {
            if let Some([one, other]) = forgiven.get_mut(index - 1..=index) {
                Self::take_plural(one, other, standing)?;
            }
        }
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
        if !standing.has(&self.word)? {
            forgiven.near = near(&self.word, standing)?;
            if errors(&self.word) > 0 {
                forgiven.apart.extend(almost_divided(&self.word, standing)?);
            }
        }
        forgiven.apart.extend(almost_row(&self.row, standing)?);
        Ok(forgiven)
    }

    /// Two words that are the plural of one which stands in the texts are no others, mistyped: "data bases" is "database",
    /// and not "data" and "based".
    fn take_plural(one: &mut Self, other: &mut Self, standing: &impl Standing) -> Result<(), AppError> {
        let singular = other.word.strip_suffix('s').map(|singular| format!("{}{singular}", one.word));
        let may_be_one = !other.near.is_empty() && one.row.is_empty() && is_latin(&one.word) && is_latin(&other.word);
        let Some(singular) = singular.filter(|_| may_be_one) else { return Ok(()) };
        if standing.has(&singular)? {
            (other.near, other.apart) = (Vec::new(), Vec::new());
            one.joined.push(singular.clone());
            other.joined.push(singular);
        }
        Ok(())
    }

    /// In how many ways it is looked for that typing errors add to.
    fn ways(&self) -> usize {
        self.joined.len() + self.near.len() + self.apart.len()
    }

    /// Whether a word of a text is what was asked for.
    pub fn is(&self, word: &str) -> bool {
        self.is_whole(word) || self.beginnings.iter().chain(&self.near).any(|machine| takes(machine, word))
    }

    /// Whether it is that as it was asked for.
    pub fn is_whole(&self, word: &str) -> bool {
        self.wholes().any(|whole| whole == word)
    }

    /// Whether it is the first alone of a pair of characters, as scripts without blanks are cut into.
    pub fn is_first_of_pair(&self, pair: &str) -> bool {
        let mut characters = pair.chars();
        let both = (characters.next(), characters.next());
        matches!(both, (Some(first), Some(second)) if is_unspaced(first) && is_unspaced(second)) && is_one(&self.word)
    }

    /// The word, and what stands in its place.
    pub fn wholes(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.word).chain(&self.joined).map(String::as_str)
    }
}

fn is_one(word: &str) -> bool {
    word.chars().count() == 1
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

/// What takes a word with typing errors.
fn near(word: &str, standing: &impl Standing) -> Result<Vec<Arc<DfaWrapper>>, AppError> {
    let errors = errors(word);
    let mut near: Vec<_> = (errors > 0).then(|| almost(word, errors)).into_iter().collect::<Result<_, _>>()?;
    for meant in slips(word) {
        if standing.has(&meant)? {
            near.push(almost(&meant, 0)?);
        }
    }
    Ok(near)
}

/// The words that somebody may have meant who typed one of four letters: those of which a letter is left out, as in "Dany",
/// or two are swapped, as in "laed". With another letter it is as likely another word: "café" is no "case".
fn slips(word: &str) -> Vec<String> {
    if word.len() != 4 || !is_latin(word) {
        return Vec::new();
    }
    let left_out = (0..=word.len()).flat_map(|at| ('a'..='z').map(move |letter| (at, letter)));
    let whole = left_out.map(|(at, letter)| [&word[..at], letter.encode_utf8(&mut [0; 4]), &word[at..]].concat());
    let swapped = (1..word.len()).map(|at| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.swap(at - 1, at);
        letters.into_iter().collect()
    });
    whole.chain(swapped).collect()
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
