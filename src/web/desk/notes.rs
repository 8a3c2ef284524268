//! Notes at the desk: the threads in the margin of a review, and the fields that say more.

use std::borrow::Cow;

use super::review::Part;
use crate::db::ids::NoteId;
use crate::questionnaire::{Line, Query};
use crate::workflow::EntryInHand;
use crate::workflow::add_note::{NotePlace, Typed};
use crate::workflow::entry_in_hand::Thread;

/// What is said about a question, or about the whole entry.
pub struct Margin {
    /// The question; none for the whole entry.
    pub question: Option<String>,
    /// What a new note would be about, for who cannot see where its field stands.
    pub about: String,
    /// What is unusual about the answer.
    pub query: Option<Query>,
    /// The threads, oldest first.
    pub threads: Vec<Talk>,
    /// The field of a new note.
    pub form: NoteForm,
}

/// One thread.
pub struct Talk {
    /// Its first note.
    pub id: NoteId,
    /// "Note 1, open".
    pub heading: String,
    /// Whether it waits for somebody.
    pub open: bool,
    /// The question it is about, where it does not stand beside it.
    pub about: Option<String>,
    /// What was said.
    pub remarks: Vec<Said>,
    /// The field of a reply.
    pub form: NoteForm,
}

/// One thing said.
pub struct Said {
    /// Who said it.
    pub by: String,
    /// What.
    pub body: String,
    /// When, for a machine.
    pub machine: String,
    /// When, in words.
    pub at: String,
}

/// A field with a note in it, as it was typed.
pub struct NoteForm {
    /// The id of the field.
    pub field: String,
    /// What the review's form calls it.
    pub name: String,
    /// What the review's form calls the tick that makes it internal.
    pub internal_name: String,
    /// What was typed.
    pub text: String,
    /// Whether it is for editors only.
    pub internal: bool,
    /// What is wrong with it.
    pub error: Option<Cow<'static, str>>,
}

/// What an editor wanted to say or do, and why it was not taken.
pub struct Refused {
    /// What was typed.
    pub typed: Typed,
    /// What to do instead.
    pub sentence: Cow<'static, str>,
}

/// A line of the summary of what is wrong.
pub struct Problem {
    /// The field.
    pub field: String,
    /// What to do.
    pub sentence: Cow<'static, str>,
}

impl NotePlace {
    fn field(&self) -> String {
        match self {
            Self::New(Some(question)) => format!("note-on-{question}"),
            Self::New(None) => "note-on-all".to_owned(),
            Self::Reply(thread) => format!("reply-{thread}"),
        }
    }

    fn name(&self) -> String {
        match self {
            Self::New(Some(question)) => format!("note.{question}"),
            Self::New(None) => "note".to_owned(),
            Self::Reply(thread) => format!("reply.{thread}"),
        }
    }

    fn internal_name(&self) -> String {
        match self {
            Self::New(Some(question)) => format!("internal.{question}"),
            Self::New(None) | Self::Reply(_) => "internal".to_owned(),
        }
    }
}

impl Refused {
    /// Its line in the summary.
    pub fn problem(&self) -> Problem {
        Problem { field: self.typed.place.field(), sentence: self.sentence.clone() }
    }
}

impl NoteForm {
    fn new(place: &NotePlace, refused: &[Refused]) -> Self {
        let here = refused.iter().find(|refused| refused.typed.place == *place);
        Self {
            field: place.field(),
            name: place.name(),
            internal_name: place.internal_name(),
            text: here.map(|here| here.typed.body.clone()).unwrap_or_default(),
            internal: here.is_some_and(|here| here.typed.internal),
            error: here.map(|here| here.sentence.clone()),
        }
    }
}

impl Margin {
    /// The margin beside a question.
    pub fn of_question(entry: &EntryInHand, line: &Line, query: Option<Query>, refused: &[Refused]) -> Self {
        let here = entry.threads.iter().filter(|thread| thread.question.as_deref() == Some(line.question.as_str()));
        Self {
            about: line.label.clone(),
            query,
            threads: here.map(|thread| Talk::new(entry, thread, refused)).collect(),
            form: NoteForm::new(&NotePlace::New(Some(line.question.clone())), refused),
            question: Some(line.question.clone()),
        }
    }

    /// What is said about the whole entry, and about questions that have no line among these parts: they are not asked any
    /// more. A note that was refused at one of those stands here, too.
    pub fn of_whole(entry: &EntryInHand, parts: &[Part], refused: &[Refused]) -> Self {
        let questionnaire = &entry.edition.questionnaire;
        let has_line = |key: &str| parts.iter().flat_map(|part| &part.lines).any(|line| line.line.question == key);
        let homeless = entry.threads.iter().filter(|thread| thread.question.as_deref().is_none_or(|key| !has_line(key)));
        let refused_at = refused.iter().find_map(|refused| match &refused.typed.place {
            NotePlace::New(question) => question.clone().filter(|key| !has_line(key)),
            NotePlace::Reply(_) => None,
        });
        let talk = |thread: &Thread| Talk {
            about: thread.question.as_deref().and_then(|key| questionnaire.question(key)).map(|question| question.label.clone()),
            ..Talk::new(entry, thread, refused)
        };
        Self {
            about: "the whole entry".to_owned(),
            query: None,
            threads: homeless.map(talk).collect(),
            form: NoteForm::new(&NotePlace::New(refused_at.clone()), refused),
            question: refused_at,
        }
    }
}

impl Talk {
    fn new(entry: &EntryInHand, thread: &Thread, refused: &[Refused]) -> Self {
        let schedule = &entry.edition.schedule;
        let said = thread.notes.iter().map(|note| Said {
            by: note.by.clone(),
            body: note.body.clone(),
            machine: schedule.machine(note.at),
            at: schedule.short_day_words(note.at),
        });
        let state = if thread.is_open() { "open" } else { "resolved" };
        let internal = if thread.internal { ", internal" } else { "" };
        Self {
            id: thread.id,
            heading: format!("Note {}, {state}{internal}", thread.number),
            open: thread.is_open(),
            about: None,
            remarks: said.collect(),
            form: NoteForm::new(&NotePlace::Reply(thread.id), refused),
        }
    }
}
