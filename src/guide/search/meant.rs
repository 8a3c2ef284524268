//! What somebody means who asks for a word: the word itself, what begins with it, and, where nothing else is found, what
//! is written almost like it. The same machines look through the index and mark what was found.

use std::fmt;
use std::sync::Arc;

use tantivy::Term;
use tantivy::query::{DfaWrapper, FuzzyTermQuery};
use tantivy::schema::Field;
use tantivy_fst::Automaton;

use super::words::asked;
use crate::error::AppError;

/// The longest word in which typing errors are looked for: longer ones take too much memory.
const LONGEST_WITH_ERRORS: usize = 24;

/// A word that is asked for.
#[derive(Clone)]
pub(super) struct Meant {
    pub word: String,
    /// Takes the word and whatever begins with it; none for a letter that stands alone before other words, as in "R&D".
    pub beginning: Option<Arc<DfaWrapper>>,
    /// Takes the word with typing errors; none unless those are forgiven.
    pub near: Option<Arc<DfaWrapper>>,
}

impl fmt::Debug for Meant {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Meant({}{})", self.word, if self.near.is_some() { ", or almost" } else { "" })
    }
}

impl Meant {
    /// The words of a text. `forgiving`: whether typing errors in them are forgiven.
    pub fn all(text: &str, forgiving: bool) -> Result<Vec<Self>, AppError> {
        let words = asked(text);
        let last = words.len().saturating_sub(1);
        let meant = |(index, word): (usize, String)| {
            let begins = word.len() > 1 || index == last;
            Self::new(word, begins, forgiving)
        };
        words.into_iter().enumerate().map(meant).collect()
    }

    fn new(word: String, begins: bool, forgiving: bool) -> Result<Self, AppError> {
        // The machines know no field; a term has to have one.
        let term = || Term::from_field_text(Field::from_field_id(0), &word);
        let machine = |query: FuzzyTermQuery| query.automaton().map(Arc::new).map_err(AppError::broken);
        let errors = if forgiving { forgiven(&word) } else { 0 };
        Ok(Self {
            beginning: begins.then(|| machine(FuzzyTermQuery::new_prefix(term(), 0, true))).transpose()?,
            near: (errors > 0).then(|| machine(FuzzyTermQuery::new(term(), errors, true))).transpose()?,
            word,
        })
    }

    /// Whether a word of a text is what was asked for.
    pub fn is(&self, word: &str) -> bool {
        let takes = |machine: &Option<Arc<DfaWrapper>>| machine.as_ref().is_some_and(|machine| takes(machine, word));
        word == self.word || takes(&self.beginning) || takes(&self.near)
    }
}

/// How many typing errors are forgiven: none in short words and numbers, where any other is as likely meant.
fn forgiven(word: &str) -> u8 {
    let letters = word.chars().count();
    if word.contains(|letter: char| letter.is_ascii_digit()) || letters > LONGEST_WITH_ERRORS {
        return 0;
    }
    match letters {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
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
mod tests {
    use super::*;

    fn is(asked: &str, word: &str, forgiving: bool) -> bool {
        Meant::all(asked, forgiving).unwrap().iter().all(|meant| meant.is(word))
    }

    #[test]
    fn a_word_is_itself_or_its_beginning() {
        for (asked, word, means) in [
            ("digium", "digium", true),
            ("dig", "digium", true),
            ("digium", "dig", false),
            ("d", "digium", true),
            ("r&d", "digium", false),
            ("", "x", true),
        ] {
            assert_eq!(is(asked, word, false), means, "{asked} {word}");
        }
        assert!(is("霧", "霧灯", false), "a character of such a script is more than a letter");
    }

    #[test]
    fn errors_are_forgiven_by_the_length_of_the_word() {
        for (asked, word, means) in [
            ("digum", "digium", true),
            ("diguim", "digium", true),
            ("unifed", "unified", true),
            ("comunicatoins", "communications", true),
            ("dgm", "digium", false),
            ("msp", "mssp", false),
            ("2007", "2008", false),
            ("cloud", "loud", true),
            ("cloud", "proud", false),
        ] {
            assert_eq!(is(asked, word, true), means, "{asked} {word}");
            assert!(!is(asked, word, false), "{asked} {word}");
        }
        assert!(!is(&"x".repeat(100), &"x".repeat(99), true));
    }
}
