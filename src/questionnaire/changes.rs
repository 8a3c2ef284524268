//! What changed from an earlier edition's answers to a later one's, question by question.
//!
//! Only what both editions ask is compared. The earlier answers are printed in the later edition's words, so that a
//! question or an option that was merely reworded is no change.

use super::asked::Answers;
use super::definition::{Choice, Kind, Page, Question, Questionnaire};
use super::printed::{Group, Line, Value};

/// An answer that is not what it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The anchor of its line.
    pub anchor: String,
    /// Its label, word for word, unless another question has the same.
    pub label: String,
    /// In which way.
    pub way: Way,
    /// What went and what came, part by part; never empty.
    pub differences: Vec<Difference>,
}

/// In which way an answer is not what it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// There was none.
    NewlyAnswered,
    /// There is none any more.
    NoLongerAnswered,
    /// It is another one.
    Changed,
}

/// What went and what came: an option, a line, the value of a row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Difference {
    /// The row or field; empty where the answer has none.
    pub part: String,
    /// What stood there; empty if nothing did.
    pub gone: String,
    /// What stands there; empty if nothing does.
    pub came: String,
}

impl Questionnaire {
    /// What is answered otherwise than in an earlier edition, in this questionnaire's order.
    pub fn changes(&self, answers: &Answers, earlier: &Self, earlier_answers: &Answers) -> Vec<Change> {
        let before = earlier.in_the_words_of(self).answered_lines(earlier_answers);
        let after = self.answered_lines(answers);
        let asked_in_both = self.questions().filter_map(|question| Some((question, earlier.question(&question.key)?)));
        let lines = asked_in_both.flat_map(|(question, earlier)| {
            let gone = before.iter().filter(|line| find(&after, &line.anchor).is_none());
            let here = after.iter().chain(gone).filter(|line| line.question == question.key);
            here.filter(|line| question.prints_at(&line.anchor) && earlier.prints_at(&line.anchor))
        });
        lines.filter_map(|line| self.change(line, find(&before, &line.anchor), find(&after, &line.anchor))).collect()
    }

    fn change(&self, line: &Line, before: Option<&Line>, after: Option<&Line>) -> Option<Change> {
        let value = |line: Option<&Line>| line.and_then(|line| line.value.clone());
        let (before, after) = (value(before), value(after));
        let way = match (&before, &after) {
            (None, _) => Way::NewlyAnswered,
            (_, None) => Way::NoLongerAnswered,
            _ => Way::Changed,
        };
        let differences = differences(before.as_ref(), after.as_ref());
        let label = self.label_apart(line).to_owned();
        (!differences.is_empty()).then(|| Change { anchor: line.anchor.clone(), label, way, differences })
    }

    /// The lines with an answer.
    pub(super) fn answered_lines(&self, answers: &Answers) -> Vec<Line> {
        let lines = self.sections(answers).into_iter().flat_map(|section| section.lines);
        lines.filter(|line| line.value.is_some()).collect()
    }

    /// The same questionnaire in another's words: what has the same key there is called what it is called there.
    pub(super) fn in_the_words_of(&self, other: &Self) -> Self {
        let mut reworded = self.clone();
        for Page { key, title, questions, .. } in &mut reworded.pages {
            if let Some(page) = other.page(key) {
                title.clone_from(&page.title);
            }
            for question in questions {
                if let Some(known) = other.question(&question.key) {
                    reword(question, known);
                }
            }
        }
        reworded
    }
}

impl Question {
    /// Whether a line with this anchor is the question's own or one of its rows'.
    pub(super) fn prints_at(&self, anchor: &str) -> bool {
        let row = anchor.strip_prefix(&self.key).and_then(|rest| rest.strip_prefix('.'));
        let is_row = |key| matches!(&self.kind, Kind::GridAny { rows, .. } if rows.iter().any(|row| row.key == key));
        anchor == self.key || row.is_some_and(is_row)
    }
}

fn reword(question: &mut Question, known: &Question) {
    question.label.clone_from(&known.label);
    if let (Kind::Groups(groups), Kind::Groups(known)) = (&mut question.kind, &known.kind) {
        groups.first.clone_from(&known.first);
        groups.next.clone_from(&known.next);
        for field in &mut groups.fields {
            if let Some(known) = known.fields.iter().find(|known| known.key == field.key) {
                reword(field, known);
            }
        }
    }
    let known_rows = rows(&known.kind);
    for (choices, known) in lists(&mut question.kind).into_iter().zip([known_rows, known.options()]) {
        for choice in choices {
            if let Some(known) = known.iter().find(|known| known.key == choice.key) {
                choice.label.clone_from(&known.label);
            }
        }
    }
}

fn rows(kind: &Kind) -> &[Choice] {
    match kind {
        Kind::GridOne { rows, .. } | Kind::GridAny { rows, .. } => rows,
        _ => &[],
    }
}

/// Rows and options.
fn lists(kind: &mut Kind) -> [&mut [Choice]; 2] {
    match kind {
        Kind::OneOf { options, .. } | Kind::AnyOf { options, .. } => [&mut [], options],
        Kind::GridOne { rows, options } | Kind::GridAny { rows, options, .. } => [rows, options],
        _ => [&mut [], &mut []],
    }
}

fn find<'a>(lines: &'a [Line], anchor: &str) -> Option<&'a Line> {
    lines.iter().find(|line| line.anchor == anchor)
}

/// What is in one and not in the other. A value of one part, or a part with a name, is told as one that became another.
fn differences(before: Option<&Value>, after: Option<&Value>) -> Vec<Difference> {
    let is_one = |value: Option<&Value>| matches!(value, Some(Value::Text(_) | Value::Link { .. }));
    let became = is_one(before) && is_one(after);
    let (before, after) = (before.map(parts).unwrap_or_default(), after.map(parts).unwrap_or_default());
    let gone = before.iter().filter(|part| !after.contains(part)).cloned();
    let mut differences: Vec<_> = gone.map(|(part, gone)| Difference { part, gone, came: String::new() }).collect();
    for (part, came) in after.iter().filter(|part| !before.contains(part)).cloned() {
        match differences.iter_mut().find(|known| known.part == part && (became || !part.is_empty())) {
            Some(known) => known.came = came,
            None => differences.push(Difference { part, gone: String::new(), came }),
        }
    }
    differences
}

/// The parts of an answer, each with the name of its row or field.
fn parts(value: &Value) -> Vec<(String, String)> {
    let unnamed = |text: &String| (String::new(), text.clone());
    match value {
        Value::Text(text) | Value::Link { text, .. } => vec![unnamed(text)],
        Value::Lines(lines) | Value::Options(lines) => lines.iter().map(unnamed).collect(),
        Value::Pairs(pairs) => pairs.clone(),
        Value::Groups(groups) => {
            let of_group = |group: &Group| {
                let figure = |(label, value): &(String, String)| (format!("{}, {label}", group.title), value.clone());
                let own = (group.title.clone(), group.value.clone());
                std::iter::once(own).chain(group.figures.iter().map(figure)).collect::<Vec<_>>()
            };
            groups.iter().flat_map(of_group).filter(|(_, value)| !value.is_empty()).collect()
        }
    }
}
