//! The letters of a text as they are searched. What is written in half or full width, or a mark and its letter apart, is
//! read as the one letter that it is (NFKC).

use std::borrow::Cow;

use icu_normalizer::ComposingNormalizerBorrowed;

/// A text's letters, and where they stand in it.
pub(super) struct Letters<'a> {
    text: Cow<'a, str>,
    /// Where each letter, or the letters of one sign, begin: here and in the text, with the end of both. Empty where the
    /// letters are the text's own.
    places: Vec<(usize, usize)>,
}

impl<'a> Letters<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let own = Self { text: Cow::Borrowed(text), places: Vec::new() };
        if text.is_ascii() || !text.contains(has_another_form) { own } else { Self::read(text) }
    }

    fn read(written: &'a str) -> Self {
        let (mut text, mut places) = (String::with_capacity(written.len()), Vec::new());
        let mut letters = written.char_indices().peekable();
        while let Some((from, letter)) = letters.next() {
            places.push((text.len(), from));
            let mut to = from + letter.len_utf8();
            let mut is_written_otherwise = has_another_form(letter);
            while let Some((mark, letter)) = letters.next_if(|(_, letter)| is_mark_of_kana(*letter)) {
                (to, is_written_otherwise) = (mark + letter.len_utf8(), true);
            }
            let sign = written.get(from..to).unwrap_or_default();
            match is_written_otherwise {
                true => text.push_str(&ComposingNormalizerBorrowed::new_nfkc().normalize(sign)),
                false => text.push_str(sign),
            }
        }
        places.push((text.len(), written.len()));
        Self { text: Cow::Owned(text), places }
    }

    /// The letters.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// How many letters there are.
    pub(super) fn count(&self) -> usize {
        self.text.chars().count()
    }

    /// Where the text has its first letters, so many at most. No sign is cut.
    pub(super) fn up_to(&self, most: usize) -> usize {
        match self.text.char_indices().nth(most) {
            Some((letter, _)) => self.bytes(letter, letter).0,
            None => self.places.last().map_or(self.text.len(), |(_, end)| *end),
        }
    }

    /// The bytes of the text where these letters stand. A sign of which they are a part stands there as a whole.
    pub(super) fn bytes(&self, from: usize, to: usize) -> (usize, usize) {
        if self.places.is_empty() {
            return (from, to);
        }
        let up_to = self.places.partition_point(|(letter, _)| *letter <= from);
        let before = self.places.partition_point(|(letter, _)| *letter < to);
        let place = |index: usize| self.places.get(index).map_or(0, |(_, byte)| *byte);
        (place(up_to.saturating_sub(1)), place(before))
    }
}

/// The marks that make a ga of a ka, and a pa of a ha, where they stand apart from it.
fn is_mark_of_kana(letter: char) -> bool {
    matches!(letter, '\u{3099}' | '\u{309a}' | '\u{ff9e}' | '\u{ff9f}')
}

/// Half and full width, characters of old registers, and several in the room of one.
fn has_another_form(letter: char) -> bool {
    !letter.is_ascii()
        && (is_mark_of_kana(letter)
            || matches!(letter,
            '\u{2e80}'..='\u{2fdf}' | '\u{3200}'..='\u{33ff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}'
            | '\u{2f800}'..='\u{2fa1f}'))
}

/// Letters and digits, the accents that stand after their letter, and the sign between numbers for which most people
/// type an x.
pub(super) fn is_letter(letter: char) -> bool {
    match letter.is_ascii() {
        true => letter.is_ascii_alphanumeric(),
        false => letter.is_alphanumeric() || letter == '×' || deunicode::deunicode_char(letter) == Some(""),
    }
}

/// Adds a letter to a word as it is searched.
pub(super) fn fold(letter: char, word: &mut String) {
    if letter.is_ascii() {
        return word.push(letter.to_ascii_lowercase());
    }
    match deunicode::deunicode_char(letter) {
        Some(latin) => word.extend(latin.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase())),
        None => word.extend(letter.to_lowercase()),
    }
}

/// Chinese and Japanese, Thai, Lao, Khmer and Burmese: nothing parts their words.
pub(super) fn is_unspaced(letter: char) -> bool {
    !letter.is_ascii()
        && matches!(letter,
        '\u{0e01}'..='\u{0e4e}' | '\u{0e81}'..='\u{0ece}' | '\u{1000}'..='\u{103f}' | '\u{1780}'..='\u{17d3}'
        | '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}'
        | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{323af}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_letter_is_one_however_it_is_written() {
        for (written, read) in [
            ("ﾈｯﾄﾜｰｸ", "ネットワーク"),
            ("ｶﾞｲﾄﾞ", "ガイド"),
            ("カ\u{3099}イト\u{3099}", "ガイド"),
            ("㈱霧灯", "(株)霧灯"),
            ("ＡＢＣ１２", "ABC12"),
            ("Digium™ é", "Digium™ é"),
        ] {
            assert_eq!(Letters::of(written).text(), read, "{written}");
        }
    }

    #[test]
    fn letters_know_where_they_stand() {
        let written = "a ｶﾞｲ ㈱";
        let letters = Letters::of(written);
        let at = |sign: &str| letters.text().find(sign).map(|from| letters.bytes(from, from + sign.len()));
        let found = |sign: &str| at(sign).and_then(|(from, to)| written.get(from..to));
        for (sign, stands) in [("a", "a"), ("ガ", "ｶﾞ"), ("ガイ", "ｶﾞｲ"), ("イ", "ｲ"), ("株", "㈱"), ("(株)", "㈱")]
        {
            assert_eq!(found(sign), Some(stands), "{sign}");
        }
        assert_eq!(letters.count(), 8);
        for (most, part) in [(0, ""), (3, "a ｶﾞ"), (5, "a ｶﾞｲ "), (7, "a ｶﾞｲ "), (8, written), (9, written)] {
            assert_eq!(&written[..letters.up_to(most)], part, "{most}");
        }
    }
}
