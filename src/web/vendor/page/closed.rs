//! A page whose answers cannot be changed at present: they are printed, to be read.

use super::asking::{NoteAtQuestion, notes};
use crate::domain::Status;
use crate::questionnaire::Page;
use crate::web::vendor::part::{Part, parts};
use crate::workflow::{EntryInHand, House};

/// What stands on a page that cannot be changed at present.
pub struct Closed {
    /// The page's answers.
    pub part: Part,
    /// The open notes at its questions.
    pub notes: Vec<NoteAtLine>,
    /// Whether there was a profile, and the editors have taken it down.
    pub was_taken_down: bool,
    status: Status,
}

/// An editor's note, with the line that it is about.
pub struct NoteAtLine {
    /// The line's anchor.
    pub anchor: String,
    /// What the question is called out of its place.
    pub label: String,
    /// The note.
    pub note: NoteAtQuestion,
}

impl Closed {
    /// Whether this is the entry's state, which keeps the page closed.
    pub fn is(&self, status: Status) -> bool {
        self.status == status
    }
}

/// The page as it is read while it cannot be changed; none while it can.
pub fn closed(house: &House, entry: &EntryInHand, page: &Page) -> Option<Closed> {
    let status = entry.entry.status;
    if status.is_open_to_the_vendor() {
        return None;
    }
    let part = parts(house, entry).into_iter().find(|part| part.section.key == page.key)?;
    let notes = notes_at_lines(entry, page, &part);
    Some(Closed { part, notes, was_taken_down: entry.was_taken_down(), status })
}

fn notes_at_lines(entry: &EntryInHand, page: &Page, part: &Part) -> Vec<NoteAtLine> {
    let of_question = |question: &str| part.section.lines.iter().find(|line| line.question == question);
    let lines = page.questions.iter().filter_map(|question| of_question(&question.key));
    let at_line = |line| {
        let label = entry.edition.questionnaire.label_apart(line);
        let at_line = move |note| NoteAtLine { anchor: line.anchor.clone(), label: label.to_owned(), note };
        notes(entry, Some(&line.question)).into_iter().map(at_line)
    };
    lines.flat_map(at_line).collect()
}
