//! What is printed of an entry: labelled lines, frozen when it is published.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// Everything that is printed of one entry.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Printed {
    /// The company's name: the title.
    pub company: String,
    /// The program's name: the subtitle.
    pub program: String,
    /// A section a page, with the answered questions alone.
    pub sections: Vec<Section>,
}

/// The lines of one page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Section {
    /// The page's key.
    pub key: String,
    /// The page's title.
    pub title: String,
    /// Short answers, set in two columns.
    pub facts: bool,
    /// The lines, in the questionnaire's order.
    pub lines: Vec<Line>,
}

/// A label and what was answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// The question.
    pub question: String,
    /// Its anchor: the question's key, for a row of a grid with the row's.
    pub anchor: String,
    /// The label, word for word.
    pub label: String,
    /// The answer; none while it is unanswered.
    pub value: Option<Value>,
}

/// An answer as it is printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value<Words = String> {
    /// A word, a number, a sentence.
    Text(Words),
    /// Lines that belong together: an address, a paragraph.
    Lines(Vec<Words>),
    /// A web or mail address.
    Link {
        /// As typed.
        text: Words,
        /// Where it leads.
        href: Words,
    },
    /// One option a line, what was typed under "other" last.
    Options(Vec<Words>),
    /// One choice a row.
    Pairs(Vec<(Words, Words)>),
    /// One block a group.
    Groups(Vec<Group<Words>>),
}

/// One printed group: "Top Tier", its value, and figures with labels of their own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group<Words = String> {
    /// Its title, with its own name in brackets.
    pub title: Words,
    /// The value beside the title.
    pub value: Words,
    /// The other fields.
    pub figures: Vec<(Words, Words)>,
}

impl Printed {
    /// The one choice that was printed for a question, or for the row of a grid with this label.
    pub fn choice(&self, question: &str, row: Option<&str>) -> Option<&str> {
        let line = self.lines().find(|line| line.question == question)?;
        match (&line.value, row) {
            (Some(Value::Text(text)), None) => Some(text),
            (Some(Value::Pairs(pairs)), Some(row)) => {
                pairs.iter().find(|(label, _)| label == row).map(|(_, choice)| choice.as_str())
            }
            _ => None,
        }
    }

    /// All lines, in order.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.sections.iter().flat_map(|section| &section.lines)
    }

    /// The line with this anchor.
    pub fn line(&self, anchor: &str) -> Option<&Line> {
        self.lines().find(|line| line.anchor == anchor)
    }
}

impl Section {
    /// The sections' questions that stand as short facts; a group of rows never does.
    pub fn flat_lines(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(|line| !line.is_groups())
    }

    /// The question whose own anchor stands before this line: it is the first of a grid's rows, which have anchors of their own.
    pub fn grid_before<'a>(&self, line: &'a Line) -> Option<&'a str> {
        let is_first = || self.lines.iter().find(|known| known.question == line.question) == Some(line);
        (line.anchor != line.question && is_first()).then_some(&line.question)
    }

    /// The lists of groups, which stand under the facts.
    pub fn groups(&self) -> impl Iterator<Item = (&Line, &[Group])> {
        self.lines.iter().filter_map(|line| match &line.value {
            Some(Value::Groups(groups)) => Some((line, groups.as_slice())),
            _ => None,
        })
    }
}

impl Line {
    fn is_groups(&self) -> bool {
        matches!(self.value, Some(Value::Groups(_)))
    }
}

impl<Words: AsRef<str>> Value<Words> {
    /// The answer as plain text, one line each: mails, exports, search.
    pub fn lines(&self) -> Vec<String> {
        self.texts().into_iter().map(Cow::into_owned).collect()
    }

    /// The same lines to be read: they are only copied where they are put together of several.
    pub fn texts(&self) -> Vec<Cow<'_, str>> {
        match self {
            Self::Text(text) | Self::Link { text, .. } => vec![text.as_ref().into()],
            Self::Lines(lines) | Self::Options(lines) => lines.iter().map(|line| line.as_ref().into()).collect(),
            Self::Pairs(pairs) => {
                pairs.iter().map(|(row, choice)| format!("{}: {}", row.as_ref(), choice.as_ref()).into()).collect()
            }
            Self::Groups(groups) => groups.iter().map(|group| group.line().into()).collect(),
        }
    }
}

impl<Words: AsRef<str>> Group<Words> {
    /// The group on one line: "Top Tier [Ridge]: Distributors, MSPs; North American Partners 25, …".
    pub fn line(&self) -> String {
        let figures: Vec<String> =
            self.figures.iter().map(|(label, value)| format!("{} {}", label.as_ref(), value.as_ref())).collect();
        let figures = figures.join(", ");
        let parts = [self.value.as_ref(), &figures].into_iter().filter(|part| !part.is_empty());
        format!("{}: {}", self.title.as_ref(), parts.collect::<Vec<_>>().join("; "))
    }
}

/// Words that stand elsewhere: what is read of a [`Value`] without being kept.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Borrowed<'a>(#[serde(borrow)] Cow<'a, str>);

impl AsRef<str> for Borrowed<'_> {
    fn as_ref(&self) -> &str {
        &self.0
    }
}
