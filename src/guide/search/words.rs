//! The words of a text as they are searched: in small Latin letters without accents, whatever script they are written in.
//! Scripts without blanks between words are searched by pairs of characters.

use std::iter::Peekable;
use std::str::CharIndices;

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Cuts texts into words.
#[derive(Debug, Clone, Default)]
pub(super) struct Words;

/// The words of one text.
pub(super) struct WordsOf<'a> {
    text: &'a str,
    letters: Peekable<CharIndices<'a>>,
    word: Token,
}

/// The words of a text, each with the bytes where it stands.
pub(super) fn words(text: &str) -> WordsOf<'_> {
    WordsOf { text, letters: text.char_indices().peekable(), word: Token::default() }
}

/// The words that somebody asks for, each once.
pub(super) fn asked(text: &str) -> Vec<String> {
    let mut asked: Vec<String> = Vec::new();
    let (mut words, mut end) = (words(text), 0);
    while words.advance() {
        let word = words.token();
        // The last character of a row stands in the pair before it already.
        if word.offset_to > end && !asked.contains(&word.text) {
            asked.push(word.text.clone());
        }
        end = word.offset_to;
    }
    asked
}

impl Tokenizer for Words {
    type TokenStream<'a> = WordsOf<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordsOf<'a> {
        words(text)
    }
}

impl TokenStream for WordsOf<'_> {
    fn advance(&mut self) -> bool {
        self.word.text.clear();
        self.word.position = self.word.position.wrapping_add(1);
        while let Some((offset, letter)) = self.letters.next() {
            self.word.offset_from = offset;
            match is_unspaced(letter) {
                true => self.pair(letter),
                false => self.word(letter),
            }
            if !self.word.text.is_empty() {
                return true;
            }
        }
        false
    }

    fn token(&self) -> &Token {
        &self.word
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.word
    }
}

impl WordsOf<'_> {
    /// A character with the one that follows it, if that is of such a script too.
    fn pair(&mut self, letter: char) {
        self.word.text.push(letter);
        let second = self.letters.peek().filter(|(_, next)| is_unspaced(*next));
        self.word.text.extend(second.map(|(_, next)| next));
        self.word.offset_to = self.word.offset_from + self.word.text.len();
    }

    /// All letters up to what is none.
    fn word(&mut self, letter: char) {
        if !is_letter(letter) {
            return;
        }
        fold(letter, &mut self.word.text);
        while let Some((_, next)) = self.letters.next_if(|(_, next)| is_letter(*next) && !is_unspaced(*next)) {
            fold(next, &mut self.word.text);
        }
        self.word.offset_to = self.letters.peek().map_or(self.text.len(), |(offset, _)| *offset);
        self.pass_possessive();
    }

    /// What a word belongs to is the word that people look for: "Digium’s" is "digium".
    fn pass_possessive(&mut self) {
        let mut after = self.letters.clone();
        let apostrophe = after.next_if(|(_, letter)| matches!(letter, '\'' | '’'));
        let s = after.next_if(|(_, letter)| matches!(letter, 's' | 'S'));
        let ends = after.peek().is_none_or(|(_, letter)| !is_letter(*letter));
        if apostrophe.is_some() && s.is_some() && ends {
            self.letters = after;
        }
    }
}

/// Letters and digits, and the accents that stand after their letter.
fn is_letter(letter: char) -> bool {
    match letter.is_ascii() {
        true => letter.is_ascii_alphanumeric(),
        false => letter.is_alphanumeric() || deunicode::deunicode_char(letter) == Some(""),
    }
}

fn fold(letter: char, word: &mut String) {
    if letter.is_ascii() {
        return word.push(letter.to_ascii_lowercase());
    }
    match deunicode::deunicode_char(letter) {
        Some(latin) => word.extend(latin.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase())),
        None => word.extend(letter.to_lowercase()),
    }
}

/// Chinese and Japanese, Thai, Lao, Khmer and Burmese: nothing parts their words.
fn is_unspaced(letter: char) -> bool {
    !letter.is_ascii()
        && matches!(letter,
        '\u{0e01}'..='\u{0e4e}' | '\u{0e81}'..='\u{0ece}' | '\u{1000}'..='\u{103f}' | '\u{1780}'..='\u{17d3}'
        | '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}'
        | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{323af}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn all(text: &str) -> Vec<String> {
        let (mut words, mut all) = (words(text), Vec::new());
        while words.advance() {
            all.push(words.token().text.clone());
        }
        all
    }

    #[test]
    fn words_are_folded_to_small_latin_letters() {
        for (text, folded) in [
            ("Digium, Inc.", "digium inc"),
            ("Bartłomiej Żółkiewski", "bartlomiej zolkiewski"),
            ("Siobhán O’Dálaigh-Núñez", "siobhan o dalaigh nunez"),
            ("Nu\u{301}n\u{303}ez", "nunez"),
            ("Straße Æther", "strasse aether"),
            ("the partner's, Digium’s and O'Shea", "the partner digium and o shea"),
            ("ΑΣΤΡΟΛΊΘΙ Αστρολίθι", "astrolithi astrolithi"),
            ("61% to 70%", "61 to 70"),
            ("R&D + <b>bold</b>", "r d b bold b"),
            (" … – ", ""),
        ] {
            assert_eq!(all(text).join(" "), folded, "{text}");
        }
    }

    #[test]
    fn scripts_without_blanks_are_cut_into_pairs() {
        assert_eq!(all("霧灯ネット K.K."), ["霧灯", "灯ネ", "ネッ", "ット", "ト", "k", "k"]);
        assert_eq!(asked("霧灯ネ"), ["霧灯", "灯ネ"]);
        assert_eq!(asked("霧"), ["霧"]);
        assert_eq!(asked("Digium digium"), ["digium"]);
    }

    proptest! {
        #[test]
        fn every_word_stands_where_it_says(text in "\\PC{0,40}") {
            let (mut words, mut last) = (words(&text), 0);
            while words.advance() {
                let word = words.token();
                prop_assert!(word.offset_from >= last && word.offset_to <= text.len());
                prop_assert!(!text[word.offset_from..word.offset_to].is_empty());
                last = word.offset_from;
            }
        }
    }
}
