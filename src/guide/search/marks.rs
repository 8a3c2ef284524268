//! Marking what was found: in names, and in a snippet of the answer where it stands.

use std::collections::VecDeque;

use tantivy::tokenizer::{Token, TokenStream};

use super::apart::Apart;
use super::joints::MOST as MOST_IN_A_ROW;
use super::meant::Meant;
use super::words::words;
use crate::error::AppError;
use crate::guide::Listed;
use crate::guide::document::Values;
use crate::questionnaire::definition::Questionnaire;
use crate::questionnaire::{Line, Value};

/// How many characters of an answer stand before the first hit, and how many there are in all.
const BEFORE: usize = 40;
const LONGEST: usize = 160;
/// The most snippets of one profile.
const MOST: usize = 2;

/// Marks the words that were asked for.
#[derive(Debug)]
pub struct Marks {
    words: Vec<Meant>,
}

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The piece, as it stands in the text.
    pub text: String,
    /// Whether it was asked for.
    pub hit: bool,
}

/// The part of an answer where a word was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// The question.
    pub label: String,
    /// The answer's anchor on the profile.
    pub anchor: String,
    /// The part, in pieces.
    pub pieces: Vec<Piece>,
}

/// A word of a text that was asked for: its bytes, which of the words it is, and whether it is that word as it was asked for.
struct Hit {
    from: usize,
    to: usize,
    word: usize,
    whole: bool,
}

impl Marks {
    pub(super) fn new(words: Vec<Meant>) -> Self {
        Self { words }
    }

    /// The words that were asked for.
    pub(super) fn words(&self) -> &[Meant] {
        &self.words
    }

    /// A text in pieces.
    pub fn mark(&self, text: &str) -> Vec<Piece> {
        pieces(text, &self.hits(text))
    }

    /// Where the words stand that are in neither of a program's names, in as few answers as possible.
    ///
    /// # Errors
    /// [`AppError::Broken`] when its document cannot be read.
    pub fn snippets(&self, listed: &Listed, questionnaire: &Questionnaire) -> Result<Vec<Snippet>, AppError> {
        let mut missing = self.missing_in([&listed.company, &listed.program]);
        let mut snippets = Vec::new();
        if missing.is_empty() {
            return Ok(snippets);
        }
        let texts = self.texts_with_hits(&listed.values()?, &missing)?;
        let heads = listed.heads()?;
        while !missing.is_empty() && snippets.len() < MOST {
            let count = |is_such: &dyn Fn(usize) -> bool| missing.iter().filter(|word| is_such(**word)).count();
            let shown = |hits: &[Hit]| count(&|word| hits.iter().any(|hit| hit.word == word));
            let whole = |hits: &[Hit]| count(&|word| hits.iter().any(|hit| hit.word == word && hit.whole));
            // Of those that show as many, and as many of them whole, the first: `max_by_key` takes the last.
            let best = texts.iter().rev().max_by_key(|(hits, ..)| (shown(hits), whole(hits)));
            let Some((hits, line, text)) = best.filter(|(hits, ..)| shown(hits) > 0) else {
                break;
            };
            let Some(line) = heads.line(*line)? else { break };
            snippets.push(Snippet { label: label(&line, questionnaire), anchor: line.anchor, pieces: cut(text, hits) });
            missing.retain(|word| hits.iter().all(|hit| hit.word != *word));
        }
        Ok(snippets)
    }

    /// The texts in which a word stands, each with the number of its line; where one has all that are missing, it is the
    /// best, and none after it is read.
    fn texts_with_hits(&self, values: &Values, missing: &[usize]) -> Result<Vec<(Vec<Hit>, usize, String)>, AppError> {
        let mut texts = Vec::new();
        for (line, value) in values.iter().enumerate() {
            let value = value?;
            for text in value.iter().flat_map(Value::texts) {
                let hits = self.hits(&text);
                let all = missing.iter().all(|word| hits.iter().any(|hit| hit.word == *word));
                if !hits.is_empty() {
                    texts.push((hits, line, text.into_owned()));
                }
                if all {
                    return Ok(texts);
                }
            }
        }
        Ok(texts)
    }

    /// The words that stand in neither of these names.
    fn missing_in(&self, names: [&str; 2]) -> Vec<usize> {
        let named: Vec<usize> = names.iter().flat_map(|name| self.hits(name)).map(|hit| hit.word).collect();
        (0..self.words.len()).filter(|word| !named.contains(word)).collect()
    }

    fn hits(&self, text: &str) -> Vec<Hit> {
        let (mut stream, mut hits) = (words(text), Vec::new());
        let mut apart = WordsApart::of(&self.words);
        // Those of a pair of characters of which only the first was asked for.
        let mut halves = Vec::new();
        while stream.advance() {
            let token = stream.token();
            let (from, to) = (token.offset_from, token.offset_to);
            end_halves(&mut hits, &mut halves, from, text);
            for (word, meant) in self.words.iter().enumerate().filter(|(_, word)| word.is(&token.text)) {
                // Who asks for "mail" is not shown "mail-order": the first of joined words stands before them.
                let is_first_of_joined = hits.iter().rev().take_while(|hit: &&Hit| hit.from == from).any(|hit| hit.word == word);
                if !is_first_of_joined {
                    halves.extend(meant.is_first_of_pair(&token.text).then_some(hits.len()));
                    hits.push(Hit { from, to, word, whole: meant.is_whole(&token.text) });
                }
            }
            hits.extend(apart.iter_mut().flat_map(|apart| apart.with(token)));
        }
        hits.sort_by_key(|hit| hit.from);
        hits
    }
}

/// Ends hits that are half of a pair of characters where the other half begins, which begins the next pair, and before the
/// blank between the two.
fn end_halves(hits: &mut [Hit], halves: &mut Vec<usize>, next: usize, text: &str) {
    halves.retain(|half| {
        let half = hits.get_mut(*half).filter(|hit| hit.from < next);
        let is_over = half.is_some();
        if let Some(half) = half {
            half.to = half.from + text.get(half.from..next).unwrap_or_default().trim_end().len();
        }
        !is_over
    });
}

/// Finds several words that stand in place of one.
struct WordsApart<'a> {
    words: &'a [Meant],
    /// Of the last words of the text, and what they are joined to, those that several begin with.
    before: VecDeque<Token>,
}

impl<'a> WordsApart<'a> {
    /// None where none are asked for: mostly so, and each word of a text is kept for them.
    fn of(words: &'a [Meant]) -> Option<Self> {
        words.iter().any(|meant| !meant.apart.is_empty()).then(|| Self { words, before: VecDeque::new() })
    }

    /// Those that end with this word.
    fn with(&mut self, token: &Token) -> Vec<Hit> {
        while self.before.front().is_some_and(|before| before.position + MOST_IN_A_ROW <= token.position) {
            self.before.pop_front();
        }
        let apart = self.words.iter().enumerate().flat_map(|(word, meant)| meant.apart.iter().map(move |apart| (word, apart)));
        let whole = |apart: &Apart| apart.words.last() == Some(&token.text);
        let hit =
            |(word, apart)| Some(Hit { from: self.beginning(apart, token)?, to: token.offset_to, word, whole: whole(apart) });
        let hits = apart.filter_map(hit).collect();
        if self.words.iter().flat_map(|meant| &meant.apart).any(|apart| apart.goes_on_after(&token.text)) {
            self.before.push_back(token.clone());
        }
        hits
    }

    /// Where the first of several words begins that end with this one.
    fn beginning(&self, apart: &Apart, token: &Token) -> Option<usize> {
        let mut from = apart.ends_with(&token.text).then_some(token.offset_from)?;
        for (back, word) in apart.words.iter().rev().enumerate().skip(1) {
            let is_there = |before: &&Token| before.position + back == token.position && before.text == *word;
            from = self.before.iter().find(is_there)?.offset_from;
        }
        Some(from)
    }
}

/// What the question is called: its short form, unless the line is one of a grid's rows.
fn label(line: &Line, questionnaire: &Questionnaire) -> String {
    let question = questionnaire.question(&line.question).filter(|question| question.key == line.anchor);
    question.map_or(line.label.as_str(), |question| question.heading()).to_owned()
}

/// A text in pieces. Hits that touch or cover each other are one.
fn pieces(text: &str, hits: &[Hit]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut end = 0;
    let mut push = |from: usize, to: usize, hit| {
        if let Some(text) = text.get(from..to).filter(|text| !text.is_empty()) {
            match pieces.last_mut().filter(|last| last.hit == hit) {
                Some(last) => last.text.push_str(text),
                None => pieces.push(Piece { text: text.to_owned(), hit }),
            }
        }
    };
    for hit in hits {
        push(end, hit.from, false);
        push(hit.from.max(end), hit.to, true);
        end = end.max(hit.to);
    }
    push(end, text.len(), false);
    pieces
}

/// The part of a text around its first hit, in pieces.
fn cut(text: &str, hits: &[Hit]) -> Vec<Piece> {
    let first = hits.first().map_or(0, |hit| hit.from);
    let before = text.get(..first).unwrap_or_default();
    let from = match before.char_indices().rev().nth(BEFORE) {
        Some((far, _)) => before.get(far..).and_then(|near| near.find(' ')).map_or(first, |blank| far + blank + 1),
        None => 0,
    };
    let rest = text.get(from..).unwrap_or_default();
    let to = match rest.char_indices().nth(LONGEST) {
        Some((far, _)) => from + rest.get(..far).and_then(|near| near.rfind(' ')).unwrap_or(far),
        None => text.len(),
    };
    let inside = hits.iter().filter(|hit| hit.from >= from && hit.to <= to);
    let inside: Vec<Hit> = inside.map(|hit| Hit { from: hit.from - from, to: hit.to - from, ..*hit }).collect();
    let mut cut = pieces(text.get(from..to).unwrap_or_default(), &inside);
    let dots = |text: &str| Piece { text: text.to_owned(), hit: false };
    if from > 0 {
        cut.insert(0, dots("… "));
    }
    if to < text.len() {
        cut.push(dots(" …"));
    }
    cut
}

#[cfg(test)]
#[path = "marks_tests.rs"]
mod tests;
