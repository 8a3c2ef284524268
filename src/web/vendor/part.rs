//! A page of the questionnaire with its answers printed, and what a check of it found.

use crate::questionnaire::{Line, PageCheck, Query, Refusal, Section};
use crate::web::vendor::Progress;
use crate::workflow::{EntryInHand, House};

/// One page of the questionnaire, printed and checked.
pub struct Part {
    /// Its lines.
    pub section: Section,
    /// What is missing, wrong or unusual.
    pub check: PageCheck,
    /// How far it has come.
    pub status: Progress,
    /// The labels of what is answered, but no longer asked.
    pub kept: Vec<String>,
}

impl Part {
    /// What is wrong with the answer of a line, at the last line of its question; while it can be changed, also what is
    /// missing of half an answer. Where nothing is answered, the line says so already.
    pub fn wrong(&self, index: &usize, editable: &bool) -> Vec<&Refusal> {
        let line = &self.section.lines[*index];
        let last = self.section.lines.get(index + 1).is_none_or(|next| next.question != line.question);
        let begun = line.value.is_some() && *editable;
        let at_line = |refusal: &&Refusal| last && refusal.question == line.question && (begun || !refusal.missing);
        self.check.refusals.iter().filter(at_line).collect()
    }

    /// What is unusual about the answer of a line.
    pub fn query(&self, line: &Line) -> Option<&Query> {
        self.check.queries.iter().find(|query| query.question == line.question)
    }

    /// Whether an answer must still be given at a line.
    pub fn incomplete(&self, line: &Line) -> bool {
        self.check.refusals.iter().any(|refusal| refusal.question == line.question && refusal.missing)
    }
}

/// Every page of an entry.
pub fn parts(house: &House, entry: &EntryInHand) -> Vec<Part> {
    let questionnaire = &entry.edition.questionnaire;
    let sections = questionnaire.sections(&entry.answers).into_iter();
    let parts = sections.zip(entry.check(house.now())).zip(&questionnaire.pages);
    parts
        .map(|((section, check), page)| Part {
            status: Progress(check.status),
            kept: questionnaire.kept_unasked(page, &entry.answers).into_iter().map(|question| question.label.clone()).collect(),
            section,
            check,
        })
        .collect()
}
