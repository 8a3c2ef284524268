//! An entry with everything that its pages show: its answers, notes and people. Reading only.

use std::ops::{Deref, DerefMut};

use jiff::Timestamp;

use super::sheet::{self, Sheet};
use super::{Editions, House};
use crate::db::ids::{AccountId, EntryId, NoteId};
use crate::db::{Connection, Moment, accounts, entries, notes, profiles};
use crate::domain::{Access, Actor, Place, Status, decide};
use crate::error::AppError;

/// An entry, taken in hand.
#[derive(Debug, Clone)]
pub struct EntryInHand {
    /// The entry with its answers.
    pub sheet: Sheet,
    /// Its notes, oldest first, with their replies.
    pub threads: Vec<Thread>,
    /// The company's people, in the order they came.
    pub members: Vec<(accounts::Account, accounts::Member)>,
    /// The profile that readers see now, if there is one.
    pub profile: Option<profiles::Profile>,
    /// Until when readers saw the last one, if they see none.
    seen_until: Option<Moment>,
}

/// A note with what was answered to it.
#[derive(Debug, Clone)]
pub struct Thread {
    /// Counted from 1 in the order they were written.
    pub number: usize,
    /// The first note's id.
    pub id: NoteId,
    /// The question it stands at; none for the whole entry.
    pub question: Option<String>,
    /// For editors only.
    pub internal: bool,
    /// Since when it is settled.
    pub resolved_at: Option<Timestamp>,
    /// The note and the replies, oldest first.
    pub notes: Vec<Remark>,
}

/// One thing said in a thread.
#[derive(Debug, Clone)]
pub struct Remark {
    /// Whose account it is.
    pub author: AccountId,
    /// How they are called.
    pub by: String,
    /// What.
    pub body: String,
    /// When.
    pub at: Timestamp,
}

/// What an editor has seen of an entry: nobody decides about answers or notes that they have not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// The revision of its answers.
    pub revision: i32,
    /// How much others have said in its threads.
    pub remarks: usize,
}

impl House {
    /// Takes an entry in hand as its vendor.
    ///
    /// # Errors
    /// [`AppError::NotThere`] unless the actor is a member of its company.
    pub async fn entry_of_vendor(&self, actor: &Actor, id: EntryId) -> Result<EntryInHand, AppError> {
        let (editions, actor) = (self.editions.clone(), actor.clone());
        self.db.read(move |connection| of_vendor(connection, &editions, &actor, id)).await
    }

    /// Takes an entry in hand at the desk.
    ///
    /// # Errors
    /// [`AppError::NotThere`] unless the actor is an editor and there is such an entry.
    pub async fn entry_at_desk(&self, actor: &Actor, id: EntryId) -> Result<EntryInHand, AppError> {
        let (editions, actor) = (self.editions.clone(), actor.clone());
        self.db.read(move |connection| at_desk(connection, &editions, &actor, id)).await
    }
}

/// Takes an entry in hand as its vendor, inside a transaction.
pub(super) fn of_vendor(
    connection: &mut Connection,
    editions: &Editions,
    actor: &Actor,
    id: EntryId,
) -> Result<EntryInHand, AppError> {
    let sheet = sheet::of_vendor(connection, editions, actor, id)?;
    with_sheet(connection, sheet)
}

/// Takes an entry in hand at the desk, inside a transaction.
pub(super) fn at_desk(
    connection: &mut Connection,
    editions: &Editions,
    actor: &Actor,
    id: EntryId,
) -> Result<EntryInHand, AppError> {
    match (decide(Some(actor), Place::Desk), entries::find(connection, id)?) {
        (Access::Granted, Some(entry)) => take(connection, editions, entry),
        _ => Err(AppError::NotThere),
    }
}

/// The same for a decision, which is about what its editor has seen.
pub(super) fn as_seen(
    connection: &mut Connection,
    editions: &Editions,
    actor: &Actor,
    id: EntryId,
    seen: Seen,
) -> Result<EntryInHand, AppError> {
    let entry = at_desk(connection, editions, actor, id)?;
    if entry.seen_by(actor) == seen { Ok(entry) } else { Err(AppError::Outdated) }
}

/// Takes an entry in hand, whoever asks.
pub(super) fn take(connection: &mut Connection, editions: &Editions, entry: entries::Entry) -> Result<EntryInHand, AppError> {
    let sheet = sheet::take(connection, editions, entry)?;
    with_sheet(connection, sheet)
}

fn with_sheet(connection: &mut Connection, sheet: Sheet) -> Result<EntryInHand, AppError> {
    Ok(EntryInHand {
        threads: threads(notes::of_entry(connection, sheet.entry.id)?),
        members: accounts::members_of(connection, sheet.entry.company_id)?,
        profile: profiles::current_of_entry(connection, sheet.entry.id)?,
        seen_until: profiles::seen_until(connection, sheet.entry.id)?,
        sheet,
    })
}

/// How a person is called: by name, or by address until there is one.
pub fn called(account: &accounts::Account) -> String {
    account.called().to_owned()
}

fn threads(rows: Vec<(notes::Note, String)>) -> Vec<Thread> {
    let mut threads: Vec<Thread> = Vec::new();
    for (note, by) in rows {
        let remark = Remark { author: note.account_id, by, body: note.body, at: note.created_at.timestamp() };
        let thread = note.thread_id.and_then(|first| threads.iter_mut().find(|thread| thread.id == first));
        match thread {
            Some(thread) => thread.notes.push(remark),
            None => threads.push(Thread {
                number: threads.len() + 1,
                id: note.id,
                question: note.question,
                internal: note.internal,
                resolved_at: note.resolved_at.map(|at| at.timestamp()),
                notes: vec![remark],
            }),
        }
    }
    threads
}

impl Thread {
    /// Whether it waits for an answer or a decision.
    pub fn is_open(&self) -> bool {
        self.resolved_at.is_none()
    }
}

impl Deref for EntryInHand {
    type Target = Sheet;

    fn deref(&self) -> &Sheet {
        &self.sheet
    }
}

impl DerefMut for EntryInHand {
    fn deref_mut(&mut self) -> &mut Sheet {
        &mut self.sheet
    }
}

impl EntryInHand {
    /// What this person sees who looks at it now. What they said themselves they know, whenever they said it.
    pub fn seen_by(&self, actor: &Actor) -> Seen {
        let said = self.threads.iter().flat_map(|thread| &thread.notes);
        Seen { revision: self.entry.revision, remarks: said.filter(|remark| remark.author != actor.account).count() }
    }

    /// How who saved the answer to a question is called, if it is one of the company's people.
    pub fn saved_by(&self, question: &str) -> Option<String> {
        let by = self.saved.get(question)?.by?;
        self.members.iter().find(|(account, _)| account.id == by).map(|(account, _)| called(account))
    }

    /// Whether somebody is one of the company's people.
    pub fn is_of_company(&self, account: AccountId) -> bool {
        self.members.iter().any(|(member, _)| member.id == account)
    }

    /// The threads that the vendor sees.
    pub fn threads_for_vendor(&self) -> impl Iterator<Item = &Thread> {
        self.threads.iter().filter(|thread| !thread.internal)
    }

    /// Whether the editors have taken the profile down, and nobody has decided anything about the entry since.
    pub fn was_taken_down(&self) -> bool {
        self.entry.status == Status::Approved && self.seen_until.is_some_and(|until| until >= self.entry.status_since)
    }

    /// Whether there was a profile that readers do not see any more.
    pub fn had_a_profile(&self) -> bool {
        self.seen_until.is_some()
    }

    /// The day on which its profile appears, while that is still to come: readers see none yet, and the day has not begun.
    pub fn publishes_on(&self, now: Timestamp) -> Option<String> {
        let schedule = &self.edition.schedule;
        let is_to_come = self.profile.is_none() && now < schedule.publishes_at;
        is_to_come.then(|| schedule.day_words(schedule.publishes_at))
    }

    /// How many threads wait for an answer or a decision, internal ones aside.
    pub fn open_notes(&self) -> usize {
        self.threads_for_vendor().filter(|thread| thread.is_open()).count()
    }
}
