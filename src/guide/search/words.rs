//! The words of a text as they are searched: in small Latin letters without accents, whatever script they are written in.
//! Scripts without blanks between words are searched by pairs of characters.
//!
//! What one person writes in one word another writes in two: "email" and "e-mail", "4055" and "4,055", "24x7" and "24 x 7".
//! So beside its words a text has what they are [joined](super::joints) to.

use std::collections::HashSet;
use std::mem::take;

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::joints::{self, Row};
use super::letters::{Letters, fold, is_letter, is_unspaced};

/// Cuts texts into words.
#[derive(Debug, Clone, Default)]
pub(super) struct Words;

/// The words of one text.
pub(super) struct WordsOf<'a> {
    letters: Letters<'a>,
    /// Where the next word is looked for.
    at: usize,
    /// What the last word is joined to.
    joined: [Option<Word>; 2],
    /// Whether the last word has a joint after it.
    is_joined: bool,
    token: Token,
}

/// A word, and where it stands among the letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    pub word: String,
    pub from: usize,
    pub to: usize,
    /// Whether it is a character or two of a script that parts no words.
    pub unspaced: bool,
}

/// The words of a text, each with the bytes where it stands.
pub(super) fn words(text: &str) -> WordsOf<'_> {
    WordsOf { letters: Letters::of(text), at: 0, joined: [None, None], is_joined: false, token: Token::default() }
}

/// What somebody asks for: words, and those of one row that may be written as one. Each once.
pub(super) fn asked(text: &str) -> Vec<Row> {
    let letters = Letters::of(text);
    let (text, mut at, mut end) = (letters.text(), 0, 0);
    let mut asked: Vec<Row> = Vec::new();
    while let Some(word) = next(text, at) {
        let row = joints::row_asked(text, word);
        at = row.next;
        // The last character of a row stands in the pair before it already.
        let is_new = row.to > end && asked.iter().all(|known| known.words != row.words);
        end = row.to;
        if is_new {
            asked.push(row);
        }
    }
    asked
}

/// Where the first words of a text end, so many different ones; none where it has no more. Pairs of characters are not
/// counted: few texts have any one of them.
pub(super) fn end_of_first(written: &str, most: usize) -> Option<usize> {
    let letters = Letters::of(written);
    let (text, mut at, mut end) = (letters.text(), 0, 0);
    let mut different = HashSet::new();
    while let Some(word) = next(text, at) {
        at = after(text, &word);
        if !word.unspaced && !different.contains(&word.word) {
            if different.len() == most {
                return Some(letters.bytes(0, end).1);
            }
            different.insert(word.word);
        }
        end = at;
    }
    None
}

/// The parts of a text of which each can be left out. What belongs together stays so: "e-mail", "4,055", "R&D", "O’Neill",
/// and what a script writes without blanks.
pub(super) fn parts(written: &str) -> Vec<&str> {
    let letters = Letters::of(written);
    let (text, mut at) = (letters.text(), 0);
    let mut parts: Vec<(usize, usize)> = Vec::new();
    while let Some(word) = next(text, at) {
        let (from, row) = (word.from, joints::row(text, word));
        at = row.next;
        let belongs = |(first, end): (usize, usize)| end >= from || joints::hold(text, (first, end), (from, row.to));
        match parts.last_mut().filter(|part| belongs(**part)) {
            Some((_, end)) => *end = row.to.max(*end),
            None => parts.push((from, row.to)),
        }
    }
    let written = parts.into_iter().map(|(from, to)| letters.bytes(from, to)).filter_map(|(from, to)| written.get(from..to));
    written.collect()
}

/// The first word of a text from this byte on.
pub(super) fn next(text: &str, at: usize) -> Option<Word> {
    next_in(text, at, String::new())
}

/// The same, written where another word stood: of a text word by word, none has to ask for memory of its own.
fn next_in(text: &str, at: usize, mut place: String) -> Option<Word> {
    let mut at = at;
    loop {
        let (offset, letter) = text.get(at..)?.char_indices().find(|(_, letter)| is_unspaced(*letter) || is_letter(*letter))?;
        let from = at + offset;
        let word = if is_unspaced(letter) { pair(text, from) } else { word(text, from, place) };
        // An accent alone is no word.
        if !word.word.is_empty() {
            return Some(word);
        }
        (at, place) = (word.to, word.word);
    }
}

/// Where a word after this one may begin.
pub(super) fn after(text: &str, word: &Word) -> usize {
    match word.unspaced {
        true => word.from + text.get(word.from..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8),
        false => pass_possessive(text, word.to),
    }
}

/// A character with the one that follows it, if that is of such a script too.
fn pair(text: &str, from: usize) -> Word {
    let mut rest = text.get(from..).unwrap_or_default().chars();
    let mut word: String = rest.next().into_iter().collect();
    word.extend(rest.next().filter(|next| is_unspaced(*next)));
    let to = from + word.len();
    Word { word, from, to, unspaced: true }
}

/// All letters up to what is none.
fn word(text: &str, from: usize, mut word: String) -> Word {
    let rest = text.get(from..).unwrap_or_default();
    // Most words have no other letters than these.
    let (plain, others) = rest.split_at(rest.bytes().take_while(u8::is_ascii_alphanumeric).count());
    word.clear();
    word.push_str(plain);
    word.make_ascii_lowercase();
    let end = others.char_indices().find(|(_, letter)| !is_letter(*letter) || is_unspaced(*letter));
    let others = others.get(..end.map_or(others.len(), |(end, _)| end)).unwrap_or_default();
    others.chars().for_each(|letter| fold(letter, &mut word));
    Word { word, from, to: from + plain.len() + others.len(), unspaced: false }
}

/// Whether words with this between them are no neighbours.
fn parts_words(between: &str) -> bool {
    between.contains(|sign| {
        matches!(
            sign,
            ',' | '.' | ';' | ':' | '!' | '?' | '(' | ')' | '[' | ']' | '{' | '}' | '|' | '•' | '—' | '\n' | '\r' | '\u{2028}'
        )
    })
}

/// What a word belongs to is the word that people look for: "Digium’s" is "digium".
fn pass_possessive(text: &str, to: usize) -> usize {
    let rest = text.get(to..).unwrap_or_default();
    let after = rest.strip_prefix(['\'', '’']).and_then(|rest| rest.strip_prefix(['s', 'S']));
    match after.filter(|after| !after.starts_with(is_letter)) {
        Some(after) => text.len() - after.len(),
        None => to,
    }
}

impl Tokenizer for Words {
    type TokenStream<'a> = WordsOf<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordsOf<'a> {
        words(text)
    }
}

impl TokenStream for WordsOf<'_> {
    fn advance(&mut self) -> bool {
        let text = self.letters.text();
        let word = match self.joined.iter_mut().find_map(Option::take) {
            Some(joined) => joined,
            None => {
                let Some(word) = next_in(text, self.at, take(&mut self.token.text)) else { return false };
                let is_neighbour = self.is_joined || !text.get(self.at..word.from).is_some_and(parts_words);
                self.at = after(text, &word);
                self.joined = joints::joined(text, &word);
                self.is_joined = self.joined.iter().any(Option::is_some);
                // What a word is joined to has its place: the next word comes right after it, too.
                self.token.position = self.token.position.wrapping_add(if is_neighbour { 1 } else { 2 });
                word
            }
        };
        (self.token.offset_from, self.token.offset_to) = self.letters.bytes(word.from, word.to);
        self.token.text = word.word;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
#[path = "words_tests.rs"]
mod tests;
