//! Notes: an editor writes one about a question or the whole entry, vendor and editors answer it, an editor settles it.

use std::borrow::Cow;

use jiff::Timestamp;
use serde_json::json;

use super::entry_in_hand::{Remark, Thread};
use super::{EntryInHand, House, chronicle, entry_in_hand};
use crate::db::ids::{EntryId, NoteId};
use crate::db::{Connection, notes};
use crate::domain::Actor;
use crate::error::AppError;
use crate::questionnaire::sentence::too_long;
use crate::questionnaire::tidy::tidy;

/// Where something is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotePlace {
    /// In a new note, on a question or on the whole entry.
    New(Option<String>),
    /// In a reply to the thread that begins with this note.
    Reply(NoteId),
}

/// A text of a review, as it was typed.
#[derive(Debug, Clone)]
pub struct Typed {
    /// Where.
    pub place: NotePlace,
    /// What is said.
    pub body: String,
    /// For editors only.
    pub internal: bool,
}

/// What became of the texts of a review.
#[derive(Debug, Default)]
pub struct Said {
    /// What was said where, each with the first note of its thread.
    pub threads: Vec<(NotePlace, NoteId)>,
    /// What was not said, and what to do instead.
    pub refused: Vec<(Typed, Cow<'static, str>)>,
}

/// The most characters of a note.
const LONGEST: usize = 4000;

impl House {
    /// An editor says all of this. What they have said in the same place `since` their page was made is what they say now: a
    /// button was pressed twice. What is refused keeps nothing else from being said.
    ///
    /// # Errors
    /// [`AppError::NotThere`] when the entry has no such thread, or for an unknown question: then nothing is said.
    pub async fn say(&self, actor: &Actor, id: EntryId, typed: Vec<Typed>, since: Timestamp) -> Result<Said, AppError> {
        let (house, actor) = (self.clone(), actor.clone());
        self.db
            .write(move |connection| {
                let entry = entry_in_hand::at_desk(connection, &house.editions, &actor, id)?;
                let mut said = Said::default();
                for typed in typed.clone() {
                    match say(connection, &house, &actor, &entry, &typed, since) {
                        Ok(thread) => said.threads.push((typed.place, thread)),
                        Err(AppError::Unusable(sentence)) => said.refused.push((typed, sentence)),
                        Err(error) => return Err(error),
                    }
                }
                Ok(said)
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
                answer(connection, &house, &actor, &entry, thread, &body)
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

/// Says one thing, and tells in which thread it stands.
fn say(
    connection: &mut Connection,
    house: &House,
    actor: &Actor,
    entry: &EntryInHand,
    typed: &Typed,
    since: Timestamp,
) -> Result<NoteId, AppError> {
    match &typed.place {
        NotePlace::New(question) => {
            if question.as_deref().is_some_and(|key| entry.edition.questionnaire.question(key).is_none()) {
                return Err(AppError::NotThere);
            }
            let row =
                row(house, actor, entry, Beside { thread: None, question, internal: typed.internal }, &typed.body, &NEW_NOTE)?;
            let begun = |thread: &&Thread| {
                let here = thread.question == row.question && thread.internal == row.internal;
                here && thread.notes.first().is_some_and(|first| first.at >= since && first.says(&row))
            };
            if let Some(thread) = entry.threads.iter().find(begun) {
                return Ok(thread.id);
            }
            notes::insert(connection, &row)?;
            let details = json!({ "question": row.question, "internal": row.internal });
            chronicle::record(connection, house, Some(actor), entry.entry.id, "add_note", details)?;
            Ok(row.id)
        }
        NotePlace::Reply(thread) => {
            let thread = entry.threads.iter().find(|known| known.id == *thread).ok_or(AppError::NotThere)?;
            let row = row(house, actor, entry, Beside::of(thread), &typed.body, &YOUR_REPLY)?;
            if !thread.notes.iter().any(|remark| remark.at >= since && remark.says(&row)) {
                insert_reply(connection, house, actor, thread, &row)?;
            }
            Ok(thread.id)
        }
    }
}

/// The vendor's answer in a thread.
fn answer(
    connection: &mut Connection,
    house: &House,
    actor: &Actor,
    entry: &EntryInHand,
    thread: NoteId,
    body: &str,
) -> Result<(), AppError> {
    let thread = entry.threads.iter().find(|known| known.id == thread).ok_or(AppError::NotThere)?;
    let row = row(house, actor, entry, Beside::of(thread), body, &YOUR_ANSWER)?;
    if thread.notes.last().is_some_and(|last| last.says(&row)) {
        return Ok(());
    }
    insert_reply(connection, house, actor, thread, &row)
}

fn insert_reply(
    connection: &mut Connection,
    house: &House,
    actor: &Actor,
    thread: &Thread,
    row: &notes::Note,
) -> Result<(), AppError> {
    notes::insert(connection, row)?;
    let details = json!({ "question": thread.question, "note": thread.number, "internal": thread.internal });
    chronicle::record(connection, house, Some(actor), row.entry_id, "reply_note", details)
}

impl Remark {
    /// Whether it is this very note: of the same author, in the same words.
    fn says(&self, note: &notes::Note) -> bool {
        self.author == note.account_id && self.body == note.body
    }
}

/// Where a note stands.
struct Beside<'a> {
    /// The thread that it replies to.
    thread: Option<NoteId>,
    /// The question; none for the whole entry.
    question: &'a Option<String>,
    /// For editors only.
    internal: bool,
}

impl<'a> Beside<'a> {
    fn of(thread: &'a Thread) -> Self {
        Self { thread: Some(thread.id), question: &thread.question, internal: thread.internal }
    }
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
    beside: Beside,
    body: &str,
    field: &Field,
) -> Result<notes::Note, AppError> {
    let body = tidy(body);
    match body.chars().count() {
        0 => return Err(AppError::Unusable(field.missing.into())),
        length if length > LONGEST => return Err(AppError::Unusable(too_long(field.subject, LONGEST, length).into())),
        _ => {}
    }
    Ok(notes::Note {
        id: house.id(),
        entry_id: entry.entry.id,
        question: beside.question.clone(),
        thread_id: beside.thread,
        account_id: actor.account,
        body,
        internal: beside.internal,
        resolved_at: None,
        resolved_by: None,
        created_at: house.now().into(),
    })
}
