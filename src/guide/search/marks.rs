//! Marking what was found: in names, and in a snippet of the answer where it stands.

use std::collections::VecDeque;

use tantivy::tokenizer::{Token, TokenStream};

use super::apart::Apart;
use super::cut::{Found, Hit, Piece, cut, pieces, within};
use super::joints::MOST as MOST_IN_A_ROW;
use super::meant::Meant;
use super::words::words;
use crate::error::AppError;
use crate::guide::Listed;
use crate::guide::document::Values;
use crate::questionnaire::definition::Questionnaire;
use crate::questionnaire::{Line, Value};

/// The most snippets of one profile: each shows a word that none before it does.
const MOST: usize = 4;
/// What stands between two parts of an answer.
const BETWEEN: &str = "; ";

/// Marks the words that were asked for.
#[derive(Debug)]
pub struct Marks {
    words: Vec<Meant>,
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

    /// Where the words stand that are in neither of a program's names: each once, in as few answers as possible.
    ///
    /// # Errors
    /// [`AppError::Broken`] when its document cannot be read.
    pub fn snippets(&self, listed: &Listed, questionnaire: &Questionnaire) -> Result<Vec<Snippet>, AppError> {
        let mut missing = self.missing_in([&listed.company, &listed.program]);
        if missing.is_empty() {
            return Ok(Vec::new());
        }
        let texts = self.texts_with_hits(&listed.values()?, &missing)?;
        let (heads, mut snippets) = (listed.heads()?, Vec::<(usize, Snippet)>::new());
        while !missing.is_empty() && snippets.len() < MOST {
            let parts = texts.iter().filter_map(|found| Some((found, found.best_part(&missing)?)));
            // Of those that have as many, and as many of them whole, the first.
            let Some((found, part)) = parts.reduce(|best, next| if next.1.has > best.1.has { next } else { best }) else { break };
            let part = found.bytes(&part);
            missing.retain(|word| within(&found.hits, part.clone()).all(|hit| hit.word != *word));
            let pieces = cut(&found.text, &found.hits, part);
            // What stands in one answer, such as two options of it, stands in one snippet.
            if let Some((_, snippet)) = snippets.iter_mut().find(|(line, _)| *line == found.line) {
                snippet.pieces.push(Piece { text: BETWEEN.to_owned(), hit: false });
                snippet.pieces.extend(pieces);
                continue;
            }
            let Some(line) = heads.line(found.line)? else { break };
            snippets.push((found.line, Snippet { label: label(&line, questionnaire), anchor: line.anchor, pieces }));
        }
        Ok(snippets.into_iter().map(|(_, snippet)| snippet).collect())
    }

    /// The texts in which a word stands; where one shows all that are missing, it is the best, and none after it is read.
    fn texts_with_hits(&self, values: &Values, missing: &[usize]) -> Result<Vec<Found>, AppError> {
        let mut texts = Vec::new();
        for (line, value) in values.iter().enumerate() {
            let value = value?;
            for text in value.iter().flat_map(Value::texts) {
                let hits = self.hits(&text);
                if hits.is_empty() {
                    continue;
                }
                let found = Found { line, text: text.into_owned(), hits };
                let is_best = found.best_part(missing).is_some_and(|part| part.has.0 == missing.len());
                texts.push(found);
                if is_best {
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

#[cfg(test)]
#[path = "marks_tests.rs"]
mod tests;
