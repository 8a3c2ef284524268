//! The same question without a part of it.

use std::collections::{BTreeMap, BTreeSet};

use super::Query;
use super::joints::{parted, sign_name};
use super::words::{asked, parts};

/// The most words of a text of which each is left out in turn, and the most words that are looked for in doing so: the
/// others of a text of twelve, six times.
const MOST_LEFT_OUT: usize = 6;
const MOST_LOOKED_FOR: usize = 66;

impl Query {
    /// The same without its text.
    pub fn without_text(&self) -> Self {
        Self { text: String::new(), page: 0, ..self.clone() }.settled()
    }

    /// The words of its text that can be searched for, each once. They are few: a text has no more than
    /// [`MOST_WORDS`](super::MOST_WORDS).
    pub fn words(&self) -> Vec<&str> {
        let mut words: Vec<&str> = Vec::new();
        for word in self.text.split(' ').flat_map(words_of) {
            if !words.contains(&word) {
                words.push(word);
            }
        }
        words
    }

    /// The same without one word of its text, each of the first few words once, with that word; nothing for a text of one.
    pub fn without_a_word(&self) -> Vec<(&str, Self)> {
        let without = |word| Some((word, self.without_words(&[word])?));
        let words = self.words();
        let most = MOST_LOOKED_FOR / words.len().saturating_sub(1).max(1);
        words.into_iter().take(most.min(MOST_LEFT_OUT)).filter_map(without).collect()
    }

    /// The same without these words of its text; none where no word is left.
    pub fn without_words(&self, words: &[&str]) -> Option<Self> {
        let others = self.text.split(' ').flat_map(|written| {
            let mut others = words_of(written);
            let all = others.len();
            others.retain(|word| !words.contains(word));
            // Signs go with the words that they part, and quotation marks with any: one of a pair would be left.
            if others.len() == all { vec![unquoted(written)] } else { others }
        });
        let text = others.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        (!asked(&text).is_empty()).then(|| Self { text, page: 0, ..self.clone() })
    }

    /// What somebody joined in its text by a hyphen, a slash or a dash, with what such signs are called there. The groups of
    /// a number mean nothing by themselves.
    pub fn joined(&self) -> Vec<(&str, &'static str)> {
        let joined = |written| parted(written).map(|(_, signs)| (written, sign_name(&signs)));
        self.text.split(' ').map(unquoted).filter(|written| written.contains(char::is_alphabetic)).filter_map(joined).collect()
    }

    /// The same with blanks in place of the signs in what somebody joined.
    pub fn with_apart(&self, joined: &str) -> Self {
        let apart =
            |written| parted(written).filter(|_| unquoted(written) == joined).map_or(written.to_owned(), |(apart, _)| apart);
        let text = self.text.split(' ').map(apart).collect::<Vec<_>>().join(" ");
        Self { text, page: 0, ..self.clone() }
    }

    /// The same with nothing ticked in a part of a filter.
    pub fn without_part(&self, filter: usize, part: usize) -> Self {
        let mut without = Self { page: 0, ..self.clone() };
        without.ticked.retain(|tick| (tick.filter, tick.part) != (filter, part));
        without
    }

    /// The same with numbers of every size in a filter.
    pub fn without_numbers(&self, filter: usize) -> Self {
        let mut without = Self { page: 0, ..self.clone() };
        without.numbers.remove(&filter);
        without
    }

    /// All programs, in the same order, with the same chosen.
    pub fn without_filters(&self) -> Self {
        Self { ticked: BTreeSet::new(), numbers: BTreeMap::new(), ..self.without_text() }
    }

    /// The same without chosen programs.
    pub fn without_programs(&self) -> Self {
        Self { programs: Vec::new(), ..self.clone() }
    }
}

/// The words of what stands between two blanks: "foo/bar" has two. Where it is one, it is that with its signs.
fn words_of(written: &str) -> Vec<&str> {
    let parts = parts(written);
    if parts.len() == 1 { vec![unquoted(written)] } else { parts }
}

/// What stands between quotation marks or brackets, or beside one of them.
fn unquoted(written: &str) -> &str {
    written.trim_matches(['"', '\'', '“', '”', '„', '‘', '’', '‚', '«', '»', '(', ')', '[', ']'])
}
