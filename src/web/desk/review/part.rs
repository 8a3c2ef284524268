//! The pages of an entry, line by line, as its review shows them.

use crate::questionnaire::marked::Beside;
use crate::questionnaire::{Line, Marked, PageCheck, Section};
use crate::web::count::figures;
use crate::web::desk::notes::{Margin, Refused};
use crate::workflow::EntryInHand;

/// One page of the questionnaire.
pub struct Part {
    /// Its key.
    pub key: String,
    /// Its title.
    pub title: String,
    /// "2 changed, 1 query, 2 notes".
    pub count: String,
    /// Its lines.
    pub lines: Vec<Reviewed>,
}

/// A printed line. What is said about a question stands beside its last one.
pub struct Reviewed {
    /// The line.
    pub line: Line,
    /// What went and what came, if it is not what it was.
    pub marked: Option<Marked>,
    /// What is said about it.
    pub margin: Option<Margin>,
}

/// How much there is to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// Lines that are not what they were.
    pub changed: usize,
    /// Queries, and threads at questions.
    pub noted: usize,
}

impl Tally {
    /// Counts the lines of all pages.
    pub fn of(parts: &[Part]) -> Self {
        let lines = || parts.iter().flat_map(|part| &part.lines);
        let noted =
            |line: &Reviewed| line.margin.as_ref().map_or(0, |margin| margin.threads.len() + usize::from(margin.query.is_some()));
        Self { changed: lines().filter(|line| line.marked.is_some()).count(), noted: lines().map(noted).sum() }
    }
}

/// Every page of an entry, laid beside what it said before.
pub fn parts(entry: &EntryInHand, checks: &[PageCheck], beside: &Beside, refused: &[Refused]) -> Vec<Part> {
    let sections = beside.sections.iter().cloned();
    sections.zip(checks).map(|(section, check)| part(entry, section, check, beside, refused)).collect()
}

fn part(entry: &EntryInHand, section: Section, check: &PageCheck, beside: &Beside, refused: &[Refused]) -> Part {
    let count = count(entry, &section, check, beside);
    let next: Vec<Option<String>> = section.lines.iter().skip(1).map(|line| Some(line.question.clone())).chain([None]).collect();
    let reviewed = |(line, next): (Line, Option<String>)| Reviewed {
        marked: beside.marked.get(&line.anchor).cloned(),
        margin: (next.as_ref() != Some(&line.question)).then(|| {
            let query = check.queries.iter().find(|query| query.question == line.question);
            Margin::of_question(entry, &line, query.cloned(), refused)
        }),
        line,
    };
    Part { key: section.key, title: section.title, count, lines: section.lines.into_iter().zip(next).map(reviewed).collect() }
}

/// What an editor should not miss in a part.
fn count(entry: &EntryInHand, section: &Section, check: &PageCheck, beside: &Beside) -> String {
    let here = |question: &str| section.lines.iter().any(|line| line.question == question);
    let changed = section.lines.iter().filter(|line| beside.marked.contains_key(&line.anchor)).count();
    let open = entry.threads.iter().filter(|thread| thread.is_open() && thread.question.as_deref().is_some_and(here)).count();
    let told = |count: usize, one: &str, many: &str| (count > 0).then(|| figures(count, one, many));
    let counts =
        [told(changed, "changed", "changed"), told(check.queries.len(), "query", "queries"), told(open, "note", "notes")];
    counts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
