//! A frozen document in memory, in parts: what was answered stands apart from the heads of its lines, so that whoever looks
//! for a word there unpacks and reads a third of it.

use std::borrow::Cow;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::packed::Packed;
use super::published::Stored;
use crate::error::AppError;
use crate::questionnaire::{Borrowed, Line, Section, Value};

/// The parts of a document, each a text. In heads and values each line is JSON of its own and can be read alone.
#[derive(Debug, Clone, Default)]
pub(super) struct Parts {
    /// The sections, and after them a line of the profile a line.
    heads: String,
    /// What was answered, a line of the profile a line.
    values: String,
    /// The answers that were asked for, by question key.
    answers: String,
}

/// A section as it stands among the heads: key, title, whether it holds short facts, and how many lines it has.
#[derive(Debug, Serialize, Deserialize)]
struct SectionHead<'a>(#[serde(borrow)] Cow<'a, str>, #[serde(borrow)] Cow<'a, str>, bool, usize);

/// A line as it stands among the heads: question, anchor, label.
#[derive(Debug, Serialize, Deserialize)]
struct LineHead<'a>(#[serde(borrow)] Cow<'a, str>, #[serde(borrow)] Cow<'a, str>, #[serde(borrow)] Cow<'a, str>);

impl Parts {
    /// The parts of a stored document.
    ///
    /// # Errors
    /// [`AppError::Broken`] when it cannot be read.
    pub(super) fn of(document: &str) -> Result<Self, AppError> {
        serde_json::from_str::<Stored>(document).and_then(|stored| Self::new(&stored)).map_err(AppError::broken)
    }

    /// The same of one that is read.
    pub(super) fn new(stored: &Stored) -> Result<Self, serde_json::Error> {
        let sections: Vec<SectionHead> = stored
            .sections
            .iter()
            .map(|section| SectionHead(section.key.clone(), section.title.clone(), section.facts, section.lines.len()))
            .collect();
        let mut parts =
            Self { heads: serde_json::to_string(&sections)?, answers: stored.answers.get().to_owned(), ..Self::default() };
        for line in stored.sections.iter().flat_map(|section| &section.lines) {
            parts.heads.push_str("\n[");
            push(&mut parts.heads, line.question, ',');
            push(&mut parts.heads, line.anchor, ',');
            push(&mut parts.heads, line.label, ']');
            push(&mut parts.values, line.value.unwrap_or(RawValue::NULL), '\n');
        }
        Ok(parts)
    }
}

/// A value as it stands, in one line, and what follows it. Between what stands in quotation marks, a line's end is but a blank.
fn push(part: &mut String, value: &RawValue, then: char) {
    for (index, piece) in value.get().split('\n').enumerate() {
        if index > 0 {
            part.push(' ');
        }
        part.push_str(piece);
    }
    part.push(then);
}

/// A document, packed.
#[derive(Debug)]
pub(super) struct Document {
    heads: Packed,
    values: Packed,
    answers: Packed,
    like: Arc<Parts>,
}

impl Document {
    /// Packs the parts of a document. The more they have in common with those that they are `like`, the smaller it gets.
    pub(super) fn new(parts: &Parts, like: &Arc<Parts>) -> Self {
        Self {
            heads: Packed::new(&parts.heads, &like.heads),
            values: Packed::new(&parts.values, &like.values),
            answers: Packed::new(&parts.answers, &like.answers),
            like: Arc::clone(like),
        }
    }

    /// What was answered, by question key.
    pub(super) fn answers<T: DeserializeOwned>(&self) -> Result<T, AppError> {
        serde_json::from_str(&self.answers.unpack(&self.like.answers)?).map_err(AppError::broken)
    }

    /// What was answered, line by line.
    pub(super) fn values(&self) -> Result<Values, AppError> {
        self.values.unpack(&self.like.values).map(Values)
    }

    /// The labelled lines.
    pub(super) fn sections(&self) -> Result<Vec<Section>, AppError> {
        let (heads, values) = (self.heads()?, self.values()?);
        let mut lines = heads.lines().zip(values.0.lines()).map(|(head, value)| line(head, value));
        let section = |SectionHead(key, title, facts, many): SectionHead| {
            let (key, title) = (key.into_owned(), title.into_owned());
            Ok(Section { key, title, facts, lines: lines.by_ref().take(many).collect::<Result<_, serde_json::Error>>()? })
        };
        heads.sections().and_then(|sections| sections.into_iter().map(section).collect()).map_err(AppError::broken)
    }

    /// Where the heads of its lines stand.
    pub(super) fn heads(&self) -> Result<Heads, AppError> {
        self.heads.unpack(&self.like.heads).map(Heads)
    }
}

/// A labelled line of its two halves.
fn line(head: &str, value: &str) -> Result<Line, serde_json::Error> {
    let LineHead(question, anchor, label) = serde_json::from_str(head)?;
    let (question, anchor, label) = (question.into_owned(), anchor.into_owned(), label.into_owned());
    Ok(Line { question, anchor, label, value: serde_json::from_str(value)? })
}

/// The heads of a document's lines.
pub(super) struct Heads(String);

impl Heads {
    fn sections(&self) -> Result<Vec<SectionHead<'_>>, serde_json::Error> {
        serde_json::from_str(self.0.lines().next().unwrap_or_default())
    }

    fn lines(&self) -> impl Iterator<Item = &str> {
        self.0.lines().skip(1)
    }

    /// The question of each line.
    pub(super) fn questions(&self) -> impl Iterator<Item = Result<Cow<'_, str>, AppError>> {
        self.lines().map(|head| serde_json::from_str(head).map(|LineHead(question, ..)| question).map_err(AppError::broken))
    }

    /// A line without its answer; none for one that there is not.
    pub(super) fn line(&self, index: usize) -> Result<Option<Line>, AppError> {
        self.lines().nth(index).map(|head| line(head, "null")).transpose().map_err(AppError::broken)
    }
}

/// What was answered in a document, line by line. Each is read when it is asked for, and its texts are not copied.
pub(super) struct Values(String);

impl Values {
    /// The answers, in the order of the lines; none for a line that is unanswered.
    pub(super) fn iter(&self) -> impl Iterator<Item = Result<Option<Value<Borrowed<'_>>>, AppError>> {
        self.0.lines().map(|value| serde_json::from_str(value).map_err(AppError::broken))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::Published;

    const DOCUMENT: &str = r#"{"company": "Ünï", "program": "P", "sections": [
        {"key": "a", "title": "A \"1\"", "facts": true, "lines": [
            {"question": "q", "anchor": "q", "label": "Q\n?", "value": {"lines": ["one\ntwo", "株式"]}},
            {"question": "r", "anchor": "r", "label": "R", "value": null}]},
        {"key": "b", "title": "B", "facts": false, "lines": []},
        {"key": "b", "title": "B", "facts": false, "lines": [
            {"question": "t", "anchor": "t.u", "label": "T", "value": {
                "groups": [{"title": "G", "value": "", "figures": [["f", "1"]]}]}}]}],
        "listed": ["x"], "answers": {"q": "one",
        "t": [1]}, "confirmed_at": "2017-02-03T04:05:06Z"}"#;

    #[test]
    fn a_document_comes_back_as_it_was() {
        let published: Published = serde_json::from_str(DOCUMENT).unwrap();
        let parts = Parts::of(DOCUMENT).unwrap();
        for like in [Parts::default(), parts.clone()] {
            let document = Document::new(&parts, &Arc::new(like));
            assert_eq!(document.sections().unwrap(), published.printed.sections);
            assert_eq!(document.answers::<serde_json::Map<_, _>>().unwrap(), published.answers);
        }
    }

    #[test]
    fn a_line_is_read_alone() {
        let parts = Arc::new(Parts::of(DOCUMENT).unwrap());
        let document = Document::new(&parts, &parts);
        let values = document.values().unwrap();
        let texts: Vec<Vec<String>> =
            values.iter().map(|value| value.unwrap().map_or_else(Vec::new, |value| value.lines())).collect();
        assert_eq!(texts, [vec!["one\ntwo", "株式"], vec![], vec!["G: f 1"]]);
        let heads = document.heads().unwrap();
        assert_eq!(heads.line(2).unwrap().unwrap().anchor, "t.u");
        assert_eq!(heads.line(0).unwrap().unwrap().label, "Q\n?");
        assert!(heads.line(3).unwrap().is_none());
    }
}
