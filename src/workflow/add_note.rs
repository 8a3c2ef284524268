//! Notes: an editor writes one about a question or the whole entry, vendor and editors answer it, an editor settles it.

use serde_json::json;

use super::entry_in_hand::Thread;
use super::{EntryInHand, House, chronicle, entry_in_hand};
use crate::db::ids::{EntryId, NoteId};
use crate::db::{Connection, notes};
use crate::domain::Actor;
use crate::error::AppError;
use crate::questionnaire::sentence::too_long;
use crate::questionnaire::tidy::tidy;

/// A new note, as it was typed.
#[derive(Debug, Clone)]
pub struct NewNote {
    /// The question it stands at; none for the whole entry.
    pub question: Option<String>,
    /// What is said.
    pub body: String,
    /// For editors only.
    pub internal: bool,
}

/// The most characters of a note.
const LONGEST: usize = 4000;

impl House {
    /// An editor writes a note. The same note once more, while it waits for an answer, is the one that is there.
    ///
    /// # Errors
    /// [`AppError::Unusable`] when nothing or too much was typed; [`AppError::NotThere`] for an unknown question.
    pub async fn add_note(&self, actor: &Actor, id: EntryId, note: NewNote) -> Result<NoteId, AppError> {
        let (house, actor) = (self.clone(), actor.clone());
        self.db
            .write(move |connection| {
                let entry = entry_in_hand::at_desk(connection, &house.editions, &actor, id)?;
                if note.question.as_deref().is_some_and(|key| entry.edition.questionnaire.question(key).is_none()) {
                    return Err(AppError::NotThere);
                }
                let row = row(&house, &actor, &entry, None, &note, &NEW_NOTE)?;
                if let Some(thread) = entry.threads.iter().find(|thread| begins(thread, &row)) {
                    return Ok(thread.id);
                }
                notes::insert(connection, &row)?;
                let details = json!({ "question": note.question, "internal": note.internal });
                chronicle::record(connection, &house, Some(&actor), id, "add_note", details)?;
                Ok(row.id)
            })
            .await
    }

    /// An editor answers in a thread. The same answer right after itself is the one that is there.
    ///
    /// # Errors
    /// [`AppError::NotThere`] when the entry has no such thread.
    pub async fn reply_at_desk(&self, actor: &Actor, id: EntryId, thread: NoteId, body: String) -> Result<(), AppError> {
        let (house, actor) = (self.clone(), actor.clone());
        self.db
            .write(move |connection| {
                let entry = entry_in_hand::at_desk(connection, &house.editions, &actor, id)?;
                reply(connection, &house, &actor, &entry, thread, &body, &YOUR_REPLY)
            })
            .await
    }

    /// The vendor answers in a thread. The same answer right after itself is the one that is there.
    ///
    /// # Errors
    /// [`AppError::NotThere`] when the entry has no such thread, or it is for editors only.
    pub async fn reply_of_vendor(&self, actor: &Actor, id: EntryId, thread: NoteId, body: String) -> Result<(), AppError> {
        let (house, actor) = (self.clone(), actor.clone());
        self.db
            .write(move |connection| {
                let mut entry = entry_in_hand::of_vendor(connection, &house.editions, &actor, id)?;
                entry.threads.retain(|thread| !thread.internal);
                reply(connection, &house, &actor, &entry, thread, &body, &YOUR_ANSWER)
            })
            .await
    }

    /// An editor settles a thread, or opens it again.
    ///
    /// # Errors
    /// [`AppError::NotThere`] when the entry has no such thread.
    pub async fn settle_note(&self, actor: &Actor, id: EntryId, thread: NoteId, settled: bool) -> Result<(), AppError> {
        let (house, actor) = (self.clone(), actor.clone());
        self.db
            .write(move |connection| {
                let entry = entry_in_hand::at_desk(connection, &house.editions, &actor, id)?;
                let thread = entry.threads.iter().find(|known| known.id == thread).ok_or(AppError::NotThere)?;
                let changed = match settled {
                    true => notes::resolve(connection, thread.id, actor.account, house.now().into())?,
                    false => notes::reopen(connection, thread.id)?,
                };
                if changed {
                    let act = if settled { "resolve_note" } else { "reopen_note" };
                    let details = json!({ "question": thread.question, "note": thread.number, "internal": thread.internal });
                    chronicle::record(connection, &house, Some(&actor), id, act, details)?;
                }
                Ok(())
            })
            .await
    }
}

/// Whether a thread is what this note began when its button was pressed for the first time.
fn begins(thread: &Thread, note: &notes::Note) -> bool {
    let here = thread.is_open() && thread.question == note.question && thread.internal == note.internal;
    here && thread.notes.len() == 1 && was_said_last(thread, note)
}

/// Whether the last thing said in a thread is this note: its button was pressed twice.
fn was_said_last(thread: &Thread, note: &notes::Note) -> bool {
    thread.notes.last().is_some_and(|last| last.author == note.account_id && last.body == note.body)
}

fn reply(
    connection: &mut Connection,
    house: &House,
    actor: &Actor,
    entry: &EntryInHand,
    thread: NoteId,
    body: &str,
    field: &Field,
) -> Result<(), AppError> {
    let thread = entry.threads.iter().find(|known| known.id == thread).ok_or(AppError::NotThere)?;
    let note = NewNote { question: thread.question.clone(), body: body.to_owned(), internal: thread.internal };
    let row = row(house, actor, entry, Some(thread.id), &note, field)?;
    if was_said_last(thread, &row) {
        return Ok(());
    }
    notes::insert(connection, &row)?;
    let details = json!({ "question": thread.question, "note": thread.number, "internal": thread.internal });
    chronicle::record(connection, house, Some(actor), entry.entry.id, "reply_note", details)
}

/// What the field is called in which a note is typed.
struct Field {
    /// What is said when it is empty.
    missing: &'static str,
    /// What a sentence about it begins with.
    subject: &'static str,
}

const NEW_NOTE: Field = Field { missing: "Enter what the note says", subject: "A note" };
const YOUR_REPLY: Field = Field { missing: "Enter your reply", subject: "Your reply" };
const YOUR_ANSWER: Field = Field { missing: "Enter your answer", subject: "Your answer" };

fn row(
    house: &House,
    actor: &Actor,
    entry: &EntryInHand,
    thread: Option<NoteId>,
    note: &NewNote,
    field: &Field,
) -> Result<notes::Note, AppError> {
    let body = tidy(&note.body);
    match body.chars().count() {
        0 => return Err(AppError::Unusable(field.missing.into())),
        length if length > LONGEST => return Err(AppError::Unusable(too_long(field.subject, LONGEST, length).into())),
        _ => {}
    }
    Ok(notes::Note {
        id: house.id(),
        entry_id: entry.entry.id,
        question: note.question.clone(),
        thread_id: thread,
        account_id: actor.account,
        body,
        internal: note.internal,
        resolved_at: None,
        resolved_by: None,
        created_at: house.now().into(),
    })
}
