//! The notes at questions that a page does not ask any more: they are read, and answered, all the same.

use super::asking::{NoteAtQuestion, notes};
use crate::questionnaire::Page;
use crate::workflow::EntryInHand;

/// The open notes at a question that is not asked any more.
pub struct Unasked {
    /// The question.
    pub key: String,
    /// Its label.
    pub label: String,
    /// What is noted at it.
    pub notes: Vec<NoteAtQuestion>,
}

/// Those of a page. `is_shown`: whether the page has the question with this key.
pub fn unasked(entry: &EntryInHand, page: &Page, is_shown: impl Fn(&str) -> bool) -> Vec<Unasked> {
    let gone = page.questions.iter().filter(|question| !is_shown(&question.key)).map(|question| Unasked {
        key: question.key.clone(),
        label: question.label.clone(),
        notes: notes(entry, Some(&question.key)),
    });
    gone.filter(|unasked| !unasked.notes.is_empty()).collect()
}
