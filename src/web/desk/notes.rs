//! Notes at the desk: the threads in the margin of a review, and the forms that write them.

use std::borrow::Cow;

use actix_web::{HttpResponse, web};
use serde::Deserialize;

use super::review::{Asked, Part};
use super::{path, review};
use crate::db::ids::{EntryId, NoteId};
use crate::error::AppError;
use crate::questionnaire::{Line, Query};
use crate::web::identity::Editor;
use crate::web::see_other;
use crate::web::sent::Sent;
use crate::workflow::add_note::NewNote;
use crate::workflow::entry_in_hand::Thread;
use crate::workflow::{EntryInHand, House};

/// What is said about a question, or about the whole entry.
pub struct Margin {
    /// The question; none for the whole entry.
    pub question: Option<String>,
    /// What a new note would be about, for who cannot see where its form stands.
    pub about: String,
    /// What is unusual about the answer.
    pub query: Option<Query>,
    /// The threads, oldest first.
    pub threads: Vec<Talk>,
    /// The form of a new note.
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
    /// The form of a reply.
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

/// A form with a note in it, as it was typed.
pub struct NoteForm {
    /// The id of its field.
    pub field: String,
    /// What was typed.
    pub text: String,
    /// Whether it is for editors only.
    pub internal: bool,
    /// What is wrong with it.
    pub error: Option<Cow<'static, str>>,
}

/// What an editor wanted to do, and why it was not done.
pub struct Refused {
    /// Where.
    pub place: NotePlace,
    /// What was typed.
    pub text: String,
    /// Whether it was for editors only.
    pub internal: bool,
    /// What to do instead.
    pub sentence: Cow<'static, str>,
}

/// Which of the forms a note was typed into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotePlace {
    /// A new one, at a question or on the whole entry.
    New(Option<String>),
    /// A reply in a thread.
    Reply(NoteId),
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
}

impl Refused {
    /// Its line in the summary.
    pub fn problem(&self) -> Problem {
        Problem { field: self.place.field(), sentence: self.sentence.clone() }
    }
}

impl NoteForm {
    fn new(place: &NotePlace, refused: Option<&Refused>) -> Self {
        let typed = refused.filter(|refused| refused.place == *place);
        Self {
            field: place.field(),
            text: typed.map(|typed| typed.text.clone()).unwrap_or_default(),
            internal: typed.is_some_and(|typed| typed.internal),
            error: typed.map(|typed| typed.sentence.clone()),
        }
    }
}

impl Margin {
    /// The margin beside a question.
    pub fn of_question(entry: &EntryInHand, line: &Line, query: Option<Query>, refused: Option<&Refused>) -> Self {
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
    pub fn of_whole(entry: &EntryInHand, parts: &[Part], refused: Option<&Refused>) -> Self {
        let questionnaire = &entry.edition.questionnaire;
        let has_line = |key: &str| parts.iter().flat_map(|part| &part.lines).any(|line| line.line.question == key);
        let homeless = entry.threads.iter().filter(|thread| thread.question.as_deref().is_none_or(|key| !has_line(key)));
        let refused_at = refused.and_then(|refused| match &refused.place {
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
    fn new(entry: &EntryInHand, thread: &Thread, refused: Option<&Refused>) -> Self {
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

/// POST `/desk/entries/{id}/notes`
///
/// # Errors
/// [`AppError::NotThere`] when there is no such entry or question.
pub async fn write(
    house: web::Data<House>,
    id: web::Path<EntryId>,
    asked: web::Query<Asked>,
    Sent { by: editor, form }: Sent<Editor>,
) -> Result<HttpResponse, AppError> {
    form.has_only(&["question", "body", "internal"])?;
    let question = Some(form.text("question").to_owned()).filter(|question| !question.is_empty());
    let (body, internal) = (form.text("body").to_owned(), !form.text("internal").is_empty());
    let note = NewNote { question: question.clone(), body: body.clone(), internal };
    match house.add_note(&editor, *id, note).await {
        Ok(note) => Ok(see_other(&format!("{}{}#thread-{note}", path(*id), asked.query()))),
        Err(AppError::Unusable(sentence)) => {
            let refused = Refused { place: NotePlace::New(question), text: body, internal, sentence };
            review::refused(&house, &editor, *id, &asked, refused).await
        }
        Err(error) => Err(error),
    }
}

/// An entry's thread.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct ThreadPath {
    id: EntryId,
    note: NoteId,
}

/// POST `/desk/entries/{id}/notes/{note}`: reply, resolve, or reopen.
///
/// # Errors
/// [`AppError::NotThere`] when the entry has no such thread, [`AppError::Malformed`] for an act that there is not.
pub async fn act(
    house: web::Data<House>,
    thread: web::Path<ThreadPath>,
    asked: web::Query<Asked>,
    Sent { by: editor, form }: Sent<Editor>,
) -> Result<HttpResponse, AppError> {
    let ThreadPath { id, note } = *thread;
    form.has_only(&["act", "body"])?;
    let done = match form.text("act") {
        "reply" => house.reply_at_desk(&editor, id, note, form.text("body").to_owned()).await,
        "resolve" => house.settle_note(&editor, id, note, true).await,
        "reopen" => house.settle_note(&editor, id, note, false).await,
        _ => Err(form.unknown_act()),
    };
    match done {
        Ok(()) => Ok(see_other(&format!("{}{}#thread-{note}", path(id), asked.query()))),
        Err(AppError::Unusable(sentence)) => {
            let text = form.text("body").to_owned();
            let refused = Refused { place: NotePlace::Reply(note), text, internal: false, sentence };
            review::refused(&house, &editor, id, &asked, refused).await
        }
        Err(error) => Err(error),
    }
}
