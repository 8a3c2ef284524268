//! An entry with everything that its pages show: edition, answers, notes. Reading only.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Editions, House};
use crate::db::ids::{EntryId, NoteId};
use crate::db::{Connection, accounts, answers, entries, notes, profiles};
use crate::domain::{Access, Actor, Edition, Place, decide, token};
use crate::error::AppError;
use crate::questionnaire::{Answer, Answered, Answers, Page, PageCheck, PageStatus, Question, Refusal};

/// An entry, taken in hand.
#[derive(Debug, Clone)]
pub struct EntryInHand {
    /// The entry.
    pub entry: entries::Entry,
    /// Its edition.
    pub edition: Arc<Edition>,
    /// Its answers.
    pub answers: Answers,
    /// What else is known of each answer, by question key.
    pub saved: BTreeMap<String, Saved>,
    /// Its notes, oldest first, with their replies.
    pub threads: Vec<Thread>,
    /// The company's people, in the order they came.
    pub members: Vec<(accounts::Account, accounts::Member)>,
    /// The profile that readers see now, if there is one.
    pub profile: Option<profiles::Profile>,
}

/// What is known of a saved answer.
#[derive(Debug, Clone)]
pub struct Saved {
    /// Who saved it, if an account did.
    pub by: Option<String>,
    /// When.
    pub at: Timestamp,
    /// What others typed meanwhile, oldest first.
    pub rivals: Vec<Rival>,
}

/// An answer that arrived when the question had been answered otherwise meanwhile.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rival {
    /// The answer.
    pub value: Value,
    /// Who typed it.
    pub by: String,
    /// When.
    pub at: Timestamp,
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
    /// Who said it.
    pub by: String,
    /// What.
    pub body: String,
    /// When.
    pub at: Timestamp,
}

/// The mark of a question that nobody has answered.
pub const UNANSWERED: &str = "none";

/// The mark of an answer: the same whatever order its parts stand in.
pub fn mark(value: &Value) -> String {
    token::mark(&sorted(value).to_string())
}

fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(parts) => {
            let parts: BTreeMap<&String, Value> = parts.iter().map(|(name, part)| (name, sorted(part))).collect();
            parts.into_iter().map(|(name, part)| (name.clone(), part)).collect::<serde_json::Map<_, _>>().into()
        }
        Value::Array(list) => list.iter().map(sorted).collect(),
        plain => plain.clone(),
    }
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
    let entry = entries::find_for_member(connection, id, actor.account)?;
    match (decide(Some(actor), Place::Entry { member: entry.is_some() }), entry) {
        (Access::Granted, Some(entry)) => take(connection, editions, entry),
        _ => Err(AppError::NotThere),
    }
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

/// Takes an entry in hand, whoever asks.
pub(super) fn take(connection: &mut Connection, editions: &Editions, entry: entries::Entry) -> Result<EntryInHand, AppError> {
    let edition = editions.by_id(entry.edition_id).ok_or_else(|| AppError::broken("an entry of an unknown edition"))?;
    let members = accounts::members_of(connection, entry.company_id)?;
    let names: BTreeMap<_, _> = members.iter().map(|(account, _)| (account.id, called(account))).collect();
    let rows = answers::of_entry(connection, entry.id)?;
    let threads = threads(notes::of_entry(connection, entry.id)?);
    let profile = profiles::current_of_entry(connection, entry.id)?;
    let (given, saved) = (Answers::default(), BTreeMap::new());
    let mut in_hand = EntryInHand { entry, edition, answers: given, saved, threads, members, profile };
    for row in rows {
        let by = row.account_id.and_then(|account| names.get(&account).cloned());
        in_hand.put(row, by)?;
    }
    Ok(in_hand)
}

fn answered(question: &Question, row: &answers::Answer) -> Result<Answered, AppError> {
    let answer = Answer::from_json(&question.kind, &row.value.0)
        .map_err(|error| AppError::broken(format!("the answer to {} {error}", question.key)))?;
    Ok(Answered { answer, confirmed: row.confirmed.clone(), reason: row.reason.clone().unwrap_or_default() })
}

/// How a person is called: by name, or by address until there is one.
pub fn called(account: &accounts::Account) -> String {
    account.called().to_owned()
}

fn threads(rows: Vec<(notes::Note, String)>) -> Vec<Thread> {
    let mut threads: Vec<Thread> = Vec::new();
    for (note, by) in rows {
        let remark = Remark { by, body: note.body, at: note.created_at.timestamp() };
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

impl EntryInHand {
    /// The page with this key.
    ///
    /// # Errors
    /// [`AppError::NotThere`] when the questionnaire has none.
    pub fn page(&self, key: &str) -> Result<&Page, AppError> {
        self.edition.questionnaire.page(key).ok_or(AppError::NotThere)
    }

    /// The mark of the answer that stands at a question. It changes with the answer; a form carries it to say what it
    /// was rendered from.
    pub fn mark(&self, question: &str) -> String {
        self.answers.get(question).map_or_else(|| UNANSWERED.to_owned(), |answer| mark(&answer.to_json()))
    }

    /// Puts an answer as it is stored in its place. One to a question that is not asked any more has none.
    pub(super) fn put(&mut self, row: answers::Answer, by: Option<String>) -> Result<(), AppError> {
        let Some(question) = self.edition.questionnaire.question(&row.question) else { return Ok(()) };
        self.answers.set(&row.question, answered(question, &row)?);
        let rivals = row.rival.map(|rivals| serde_json::from_value(rivals.0)).transpose().map_err(AppError::broken)?;
        let saved = Saved { by, at: row.saved_at.timestamp(), rivals: rivals.unwrap_or_default() };
        self.saved.insert(row.question, saved);
        Ok(())
    }

    /// What is missing, wrong or unusual, page by page; two rival answers are wrong until one is chosen.
    pub fn check(&self, now: Timestamp) -> Vec<PageCheck> {
        let mut checks = self.edition.questionnaire.check(&self.answers, self.edition.calendar(now));
        for check in &mut checks {
            self.refuse_rivals(check);
        }
        checks
    }

    /// The same for one page.
    pub fn check_page(&self, page: &Page, now: Timestamp) -> PageCheck {
        let mut check = self.edition.questionnaire.check_page(page, &self.answers, self.edition.calendar(now));
        self.refuse_rivals(&mut check);
        check
    }

    fn refuse_rivals(&self, check: &mut PageCheck) {
        let Some(page) = self.edition.questionnaire.page(&check.page) else { return };
        for question in page.questions.iter().filter(|question| self.has_rival(&question.key)) {
            check.status = PageStatus::Problem;
            check.refusals.push(Refusal {
                question: question.key.clone(),
                field: format!("{}.rival.field", question.key),
                sentence: format!("Select which answer to “{}” is right: two people typed different ones", question.label),
                missing: false,
            });
        }
    }

    fn has_rival(&self, question: &str) -> bool {
        self.saved.get(question).is_some_and(|saved| !saved.rivals.is_empty())
    }

    /// The threads that the vendor sees.
    pub fn threads_for_vendor(&self) -> impl Iterator<Item = &Thread> {
        self.threads.iter().filter(|thread| !thread.internal)
    }

    /// How many threads wait for an answer or a decision, internal ones aside.
    pub fn open_notes(&self) -> usize {
        self.threads_for_vendor().filter(|thread| thread.is_open()).count()
    }

    /// The program's name, or what stands for it until it has one.
    pub fn program_name(&self) -> &str {
        if self.entry.program_name.is_empty() { "Partner program" } else { &self.entry.program_name }
    }

    /// The path of the entry's home.
    pub fn path(&self) -> String {
        format!("/entries/{}", self.entry.id)
    }

    /// The path of its profile.
    pub fn profile_path(&self) -> String {
        format!("/{}/programs/{}", self.edition.year, self.entry.slug)
    }
}
