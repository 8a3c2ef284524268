//! Printed profiles side by side: a row a question, and whether it is answered alike.

use indexmap::IndexMap;

use super::definition::{Kind, Question, Questionnaire};
use super::printed::{Line, Printed, Value};

/// Printed profiles, question by question. A question that nobody answered has no row.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Comparison {
    /// What is answered differently, or not by all.
    pub differ: Vec<Compared>,
    /// What all answer alike.
    pub agree: Vec<Compared>,
}

/// One question, or one row of a grid, with every profile's answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    /// The question.
    pub question: String,
    /// Its anchor in the profiles.
    pub anchor: String,
    /// The label, word for word, unless another question has the same.
    pub label: String,
    /// The row of a grid that takes one choice a row.
    pub row: Option<String>,
    /// The answers, in the profiles' order; none where a profile has none.
    pub answers: Vec<Option<Value>>,
    /// What stands in the list of every profile, where all answered with one.
    pub shared: Vec<String>,
}

/// One line of an answer that is a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its words.
    pub words: String,
    /// Whether it stands in the list of every profile.
    pub shared: bool,
}

impl Questionnaire {
    /// Lays profiles of this questionnaire side by side. First comes what the definition compares first, then the rest
    /// in its order.
    pub fn compare(&self, profiles: &[&Printed]) -> Comparison {
        let mut rows = self.rows(profiles);
        rows.iter_mut().for_each(Compared::mark_shared);
        rows.sort_by_cached_key(|row| self.rank(row));
        let (agree, differ) = rows.into_iter().partition(Compared::agrees);
        Comparison { differ, agree }
    }

    /// The rows of all profiles, each at the place where it first appears.
    fn rows(&self, profiles: &[&Printed]) -> Vec<Compared> {
        let mut rows: IndexMap<(String, Option<String>), Compared> = IndexMap::new();
        for (index, profile) in profiles.iter().enumerate() {
            for line in profile.sections.iter().flat_map(|section| &section.lines) {
                for (row, value) in parts(line) {
                    let known = rows.entry((line.anchor.clone(), row.clone()));
                    let compared = known.or_insert_with(|| self.row(line, row, profiles.len()));
                    if let Some(answer) = compared.answers.get_mut(index) {
                        *answer = Some(value);
                    }
                }
            }
        }
        rows.into_values().collect()
    }

    /// A row without answers yet.
    fn row(&self, line: &Line, row: Option<String>, profiles: usize) -> Compared {
        Compared {
            question: line.question.clone(),
            anchor: line.anchor.clone(),
            label: self.label_apart(line).to_owned(),
            row,
            answers: vec![None; profiles],
            shared: Vec::new(),
        }
    }

    /// Where a row stands: its place among what is compared first, its question's in the questionnaire, its own in the grid.
    fn rank(&self, row: &Compared) -> [usize; 3] {
        let first = self.roles.compared_first.iter().position(|key| *key == row.question);
        let question = self.questions().enumerate().find(|(_, question)| question.key == row.question);
        let place = question.map(|(place, _)| place);
        let within = question.and_then(|(_, question)| row.place_in_grid(question));
        [first, place, within].map(|place| place.unwrap_or(usize::MAX))
    }
}

impl Compared {
    fn agrees(&self) -> bool {
        self.answers.windows(2).all(|pair| matches!(pair, [one, other] if one == other))
    }

    fn mark_shared(&mut self) {
        let mut lists = self.answers.iter().map(|answer| answer.as_ref().and_then(list));
        let first = lists.next().flatten().unwrap_or_default();
        self.shared = lists.fold(first, |mut shared, list| {
            let list = list.unwrap_or_default();
            shared.retain(|words| list.contains(words));
            shared
        });
    }

    /// An answer of this row as a list; none for one that is none.
    pub fn items(&self, answer: &Value) -> Option<Vec<Item>> {
        let item = |words| Item { shared: self.shared.contains(&words), words };
        Some(list(answer)?.into_iter().map(item).collect())
    }

    fn place_in_grid(&self, question: &Question) -> Option<usize> {
        let (Kind::GridOne { rows, .. } | Kind::GridAny { rows, .. }) = &question.kind else { return None };
        rows.iter().position(|row| match &self.row {
            Some(label) => *label == row.label,
            None => self.anchor.strip_prefix(&question.key).and_then(|rest| rest.strip_prefix('.')) == Some(&*row.key),
        })
    }
}

/// What stands in rows of its own: a line, or each row of a grid that takes one choice a row.
fn parts(line: &Line) -> Vec<(Option<String>, Value)> {
    match &line.value {
        Some(Value::Pairs(pairs)) => pairs.iter().map(|(row, choice)| (Some(row.clone()), Value::Text(choice.clone()))).collect(),
        Some(value) => vec![(None, value.clone())],
        None => Vec::new(),
    }
}

fn list(value: &Value) -> Option<Vec<String>> {
    matches!(value, Value::Options(_) | Value::Groups(_)).then(|| value.lines())
}
