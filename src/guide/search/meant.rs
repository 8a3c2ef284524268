//! What somebody means who asks for a word: the word itself, what begins with it, and, where nothing else is found, what
//! is written almost like it. The same machines look through the index and mark what was found.
//!
//! Words that others write as one, and one that others write as two, are told by which of them stand in the texts:
//!
//! - "e-mail" is asked for as "email", which a text that says "e-mail" has too, if any text has it; else as "e" and "mail".
//! - "cloud-based" is each of its words, or "cloudbased" in place of both: others write it in two.
//! - "road show" is each of its words, or "roadshow" in place of both.
//! - "roadshow" is "road" and "show" if it stands nowhere as it is.

use std::collections::HashSet;
use std::fmt;
use std::sync::Arc;

use tantivy::Term;
use tantivy::query::{DfaWrapper, FuzzyTermQuery};
use tantivy::schema::Field;
use tantivy_fst::Automaton;

use super::joints::Row;
use super::standing::Standing;
use super::words::asked;
use crate::error::AppError;

/// The longest word in which typing errors are looked for: longer ones take too much memory.
const LONGEST_WITH_ERRORS: usize = 24;
/// The shortest part of words with hyphens between them that begins others.
const SHORTEST_PART: usize = 3;
/// The shortest of the two words into which one is divided: shorter ones stand in too many words by chance, and what was
/// mistyped would be taken for two others.
const SHORTEST_OF_TWO: usize = 4;

/// A word that is asked for.
#[derive(Clone)]
pub(super) struct Meant {
    pub word: String,
    /// What stands in its place where it is written together with its neighbours.
    pub joined: Vec<String>,
    /// Takes the word and whatever begins with it; none for a letter that stands alone before other words, as in "R&D", and
    /// for a short part of a row before others, as in "co-op".
    pub beginning: Option<Arc<DfaWrapper>>,
    /// Takes the word with typing errors; none unless those are forgiven.
    pub near: Option<Arc<DfaWrapper>>,
}

impl fmt::Debug for Meant {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Meant({}{})", self.word, if self.near.is_some() { ", or almost" } else { "" })
    }
}

/// A word before it has its machines, with what stands in its place elsewhere.
struct Spelt {
    word: String,
    joined: Vec<String>,
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
        Ok(words.iter().any(|word| word.near.is_some()).then_some(words))
    }

    fn new(Spelt { word, joined, begins, .. }: Spelt, is_last: bool) -> Result<Self, AppError> {
        let beginning = (begins || is_last).then(|| machine(FuzzyTermQuery::new_prefix(term(&word), 0, true))).transpose()?;
        Ok(Self { beginning, near: None, word, joined })
    }

    fn forgiven(&self, standing: &impl Standing) -> Result<Self, AppError> {
        let errors = errors(&self.word);
        let is_misspelt = errors > 0 && !standing.has(&self.word)?;
        let near = is_misspelt.then(|| machine(FuzzyTermQuery::new(term(&self.word), errors, true))).transpose()?;
        Ok(Self { near, ..self.clone() })
    }

    /// Whether a word of a text is what was asked for.
    pub fn is(&self, word: &str) -> bool {
        let takes = |machine: &Option<Arc<DfaWrapper>>| machine.as_ref().is_some_and(|machine| takes(machine, word));
        self.is_whole(word) || takes(&self.beginning) || takes(&self.near)
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

/// The words of a text: a row of letters or numbers as one where that stands anywhere, a word as two where it stands nowhere
/// and they do.
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
    let in_a_row = |word: String, joined| Spelt { begins: word.len() > 1, word, joined, alone: false };
    if let [word] = &row.words[..] {
        return Ok(match divided(word, standing)? {
            Some(parts) => parts.map(|part| in_a_row(part.to_owned(), Vec::new())).into(),
            None => vec![Spelt { alone: true, ..in_a_row(word.clone(), Vec::new()) }],
        });
    }
    let joined = row.words.concat();
    let stands = standing.has(&joined)?;
    let are_words = row.words.iter().all(|word| is_latin(word) && word.len() > 1);
    if stands && !row.is_loose && !are_words {
        return Ok(vec![in_a_row(joined, Vec::new())]);
    }
    let joined = if stands { vec![joined] } else { Vec::new() };
    // Who writes "co-op" means no "company".
    let begins = |word: &str| if are_words { word.len() >= SHORTEST_PART } else { word.len() > 1 };
    let spelt = |word: String| Spelt { begins: begins(&word), ..in_a_row(word, joined.clone()) };
    Ok(row.words.into_iter().map(spelt).collect())
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

/// The two words of which a word is made that stands nowhere; none where it does, or they don't.
fn divided<'a>(word: &'a str, standing: &impl Standing) -> Result<Option<[&'a str; 2]>, AppError> {
    if !is_latin(word) || word.len() < 2 * SHORTEST_OF_TWO || standing.has_beginning(word)? {
        return Ok(None);
    }
    let divisions = (SHORTEST_OF_TWO..=word.len() - SHORTEST_OF_TWO).filter_map(|at| word.split_at_checked(at));
    for (one, other) in divisions {
        if standing.has(one)? && standing.has_beginning(other)? {
            return Ok(Some([one, other]));
        }
    }
    Ok(None)
}

fn is_latin(word: &str) -> bool {
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

fn machine(query: FuzzyTermQuery) -> Result<Arc<DfaWrapper>, AppError> {
    query.automaton().map(Arc::new).map_err(AppError::broken)
}

fn takes(machine: &DfaWrapper, word: &str) -> bool {
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
