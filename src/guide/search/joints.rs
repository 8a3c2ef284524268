//! What is written in one word here and in several there. A row of words with a joint between each and the next is read as
//! one word too: "e-mail" as "email", "256-428-6000" as "2564286000", "24 x 7" as "24x7". Where all joints are hyphens it is
//! read with them as well, so that "co-op" begins "co-operation" and not "Cooper".

use super::letters::{Letters, is_letter, is_unspaced};
use super::words::{Word, after, next};

/// The most words that are joined, and the shortest group of digits that goes on with a number: "4,055", not "4, 05".
pub(super) const MOST: usize = 6;
const GROUP: usize = 3;

/// Words that somebody asks for, with a joint between each and the next; mostly it is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub words: Vec<String>,
    /// The same with those in one word that have a hyphen between them: "VoIP/e-mail" is "VoIP" and "email".
    pub parts: Vec<String>,
    /// The loosest of its joints.
    pub joint: Joint,
    pub to: usize,
    /// Where the words after it begin.
    pub next: usize,
}

/// What stands between two words, from the tightest to the loosest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Joint {
    /// A hyphen, or what parts the digits of one number.
    Tight,
    /// A slash or a dash: what belongs together, but is never written in one word.
    Slash,
    /// Blanks: "24 x 7".
    Spaced,
    /// They may as well be words of their own: "2016 2017".
    Loose,
}

/// The row that begins with a word, of what may be written as one.
pub(super) fn row(text: &str, first: Word) -> Row {
    row_of(text, first, goes_on)
}

/// The row that begins with a word, of all that whoever asks for it joined.
pub(super) fn row_asked(text: &str, first: Word) -> Row {
    row_of(text, first, |text, word| goes_on(text, word).or_else(|| goes_on_across_a_slash(text, word)))
}

fn row_of(text: &str, first: Word, goes_on: impl Fn(&str, &Word) -> Option<(Word, Joint)>) -> Row {
    let words = vec![first.word.clone()];
    let mut row = Row { parts: words.clone(), words, joint: Joint::Tight, to: first.to, next: after(text, &first) };
    let mut last = first;
    while let Some((word, joint)) = goes_on(text, &last).filter(|_| row.words.len() < MOST) {
        row.words.push(word.word.clone());
        match row.parts.last_mut().filter(|_| joint == Joint::Tight) {
            Some(part) => part.push_str(&word.word),
            None => row.parts.push(word.word.clone()),
        }
        row.joint = row.joint.max(joint);
        (row.to, row.next) = (word.to, after(text, &word));
        last = word;
    }
    row
}

/// What a word of a text and those that follow it are in one word, and with hyphens; none for a word alone. Of a script
/// that parts no words it is the pair across a blank: names are written with one and without.
pub(super) fn joined(text: &str, first: &Word) -> [Option<Word>; 2] {
    if first.unspaced {
        return [across_a_blank(text, first), None];
    }
    // Most words stand alone, and there are very many of them: nothing is copied for these.
    let Some((second, _)) = goes_on(text, first) else { return [None, None] };
    let (mut joined, mut hyphened, mut are_hyphens) = (first.clone(), first.clone(), true);
    let mut following = Some(second);
    for _ in 1..MOST {
        let Some(word) = following.take() else { break };
        are_hyphens &= text.get(joined.to..).is_some_and(|rest| rest.starts_with(is_hyphen));
        joined.word.push_str(&word.word);
        hyphened.word.push('-');
        hyphened.word.push_str(&word.word);
        (joined.to, hyphened.to) = (word.to, word.to);
        following = goes_on(text, &word).map(|(word, _)| word);
    }
    // Numbers are few enough to begin others in one word.
    let is_hyphened = are_hyphens && !is_number(&joined.word);
    [Some(joined), is_hyphened.then_some(hyphened)]
}

/// The word after this one, if there is a joint between them.
fn goes_on(text: &str, word: &Word) -> Option<(Word, Joint)> {
    let is_short = || is_number(&word.word) || word.word.len() == 1;
    let rest = text.get(word.to..)?;
    // Most words end at a blank: nobody looks further.
    if word.unspaced || !(rest.starts_with(is_hyphen) || is_short()) {
        return None;
    }
    let other = next(text, word.to).filter(|other| !other.unspaced)?;
    let joint = joint(word, text.get(word.to..other.from)?, &other)?;
    Some((other, joint))
}

/// The word after this one, if there is but a slash or a dash between them.
fn goes_on_across_a_slash(text: &str, word: &Word) -> Option<(Word, Joint)> {
    let rest = text.get(word.to..)?.strip_prefix(['/', '–'])?;
    let other = next(text, text.len() - rest.len()).filter(|other| !word.unspaced && !other.unspaced)?;
    (other.from + rest.len() == text.len()).then_some((other, Joint::Slash))
}

/// What is written in one piece with a blank in place of each hyphen, slash or dash that joins two of its words, and these
/// signs; none where there are none.
pub(super) fn parted(written: &str) -> Option<(String, Vec<char>)> {
    let letters: Vec<char> = Letters::of(written).text().chars().collect();
    let is_of_a_word =
        |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(|at| is_letter(*at) && !is_unspaced(*at));
    let mut signs = Vec::new();
    let parted = letters.iter().enumerate().map(|(at, sign)| {
        let joins =
            (is_hyphen(*sign) || matches!(sign, '/' | '–')) && is_of_a_word(at.checked_sub(1)) && is_of_a_word(Some(at + 1));
        if joins {
            signs.push(*sign);
        }
        if joins { ' ' } else { *sign }
    });
    let parted = parted.collect();
    (!signs.is_empty()).then_some((parted, signs))
}

/// What such signs are called.
pub(super) fn sign_name(signs: &[char]) -> &'static str {
    let all = |is: fn(char) -> bool| signs.iter().all(|sign| is(*sign));
    match signs.len() {
        1 if all(is_hyphen) => "hyphen",
        _ if all(is_hyphen) => "hyphens",
        1 if all(|sign| sign == '/') => "slash",
        _ if all(|sign| sign == '/') => "slashes",
        1 => "dash",
        _ if all(|sign| sign == '–') => "dashes",
        _ => "signs",
    }
}

/// Whether two parts of a text, each from a byte to a byte, are held together by a sign and one letter: "R&D", "O’Neill".
pub(super) fn hold(text: &str, (first, end): (usize, usize), (from, to): (usize, usize)) -> bool {
    let is_letter = |from: usize, to: usize| text.get(from..to).is_some_and(|part| part.chars().count() == 1);
    matches!(text.get(end..from), Some("&" | "'" | "’")) && (is_letter(first, end) || is_letter(from, to))
}

fn joint(word: &Word, between: &str, other: &Word) -> Option<Joint> {
    let mut signs = between.chars();
    let (first, second, third) = (signs.next()?, signs.next(), signs.next());
    if is_hyphen(first) && second.is_none() {
        return Some(Joint::Tight);
    }
    match (is_number(&word.word), is_number(&other.word)) {
        (true, true) if other.word.len() >= GROUP && third.is_none() && between.chars().all(parts_digits) => {
            Some(if matches!(between, " " | ", ") { Joint::Loose } else { Joint::Tight })
        }
        // "24 x 7", but not "10,000 a year".
        (true, false) if between == " " && other.word.len() == 1 && other.word != "a" => Some(Joint::Spaced),
        (false, true) if between == " " && word.word.len() == 1 => Some(Joint::Spaced),
        _ => None,
    }
}

fn across_a_blank(text: &str, last: &Word) -> Option<Word> {
    let mut rest = text.get(last.to..)?.chars();
    let blank = rest.next().filter(|sign| matches!(sign, ' ' | '\u{3000}' | '・'))?;
    let letter = rest.next().filter(|letter| is_unspaced(*letter))?;
    let is_last = last.word.chars().count() == 1;
    let to = last.to + blank.len_utf8() + letter.len_utf8();
    is_last.then(|| Word { word: format!("{}{letter}", last.word), to, ..last.clone() })
}

pub(super) fn is_number(word: &str) -> bool {
    word.bytes().all(|letter| letter.is_ascii_digit())
}

fn is_hyphen(sign: char) -> bool {
    matches!(sign, '-' | '\u{2010}' | '\u{2011}')
}

/// What stands between groups of digits in numbers and telephone numbers.
fn parts_digits(sign: char) -> bool {
    is_hyphen(sign) || matches!(sign, ' ' | ',' | '.' | '(' | ')' | '\'' | '’' | '\u{a0}' | '\u{2009}' | '\u{202f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_joined_is_written_with_blanks() {
        for (written, apart) in [
            ("cloud-hosting", Some(("cloud hosting", "hyphen"))),
            ("“cloud-based-hosting”", Some(("“cloud based hosting”", "hyphens"))),
            ("VoIP/e-mail", Some(("VoIP e mail", "signs"))),
            ("a/b/c", Some(("a b c", "slashes"))),
            ("a/b", Some(("a b", "slash"))),
            ("sales–marketing", Some(("sales marketing", "dash"))),
            ("ＶｏＩＰ／cloud", Some(("VoIP cloud", "slash"))),
            ("http://digium", None),
            ("-cloud-", None),
            ("霧/灯", None),
            ("-", None),
            ("", None),
        ] {
            let (text, signs) = parted(written).unwrap_or_default();
            let known = apart.map(|(text, name)| (text.to_owned(), name));
            assert_eq!((!signs.is_empty()).then(|| (text, sign_name(&signs))), known, "{written}");
        }
    }
}
