//! An entry with its answers: what is needed to save a page of it. Reading only.

mod saved;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use serde_json::Value;

pub use self::saved::{Beside, Press, Rival, Saved, Turns};

use super::Editions;
use crate::db::ids::EntryId;
use crate::db::{Connection, answers, entries};
use crate::domain::{Access, Actor, Edition, Place, decide, token};
use crate::error::AppError;
use crate::questionnaire::direction::isolated;
use crate::questionnaire::{Answer, Answered, Answers, Page, PageCheck, PageStatus, Refusal};

/// An entry with its answers.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// The entry.
    pub entry: entries::Entry,
    /// Its edition.
    pub edition: Arc<Edition>,
    /// Its answers.
    pub answers: Answers,
    /// What else is known of each answer, by question key.
    pub saved: BTreeMap<String, Saved>,
}

/// The mark of a question that nobody has answered.
pub const UNANSWERED: &str = "none";

/// The mark of an answer: the same whatever order its parts stand in.
pub fn mark(value: &Value) -> String {
    let text = if is_sorted(value) { value.to_string() } else { sorted(value).to_string() };
    token::mark(&text)
}

/// The mark of what was said to a query.
pub fn mark_of_said(correct: bool, reason: &str) -> String {
    token::mark(&format!("{correct} {reason}"))
}

/// The id of the control at which one of two answers to a question is chosen.
pub fn rival_field(question: &str) -> String {
    format!("{question}.rival.field")
}

fn is_sorted(value: &Value) -> bool {
    match value {
        Value::Object(parts) => parts.keys().is_sorted() && parts.values().all(is_sorted),
        Value::Array(list) => list.iter().all(is_sorted),
        _ => true,
    }
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

/// The sheet of an entry, for its vendor, inside a transaction.
pub(super) fn of_vendor(connection: &mut Connection, editions: &Editions, actor: &Actor, id: EntryId) -> Result<Sheet, AppError> {
    let entry = entry_of_vendor(connection, actor, id)?;
    take(connection, editions, entry)
}

/// The same with the answers of one page, and those that they hang on: all that it takes to save and check this page.
pub(super) fn page_of_vendor(
    connection: &mut Connection,
    editions: &Editions,
    actor: &Actor,
    id: EntryId,
    page: &str,
) -> Result<Sheet, AppError> {
    let entry = entry_of_vendor(connection, actor, id)?;
    let edition = edition_of(editions, &entry)?;
    let page = edition.questionnaire.page(page).ok_or(AppError::NotThere)?;
    let rows = answers::to_questions(connection, entry.id, &edition.questionnaire.bearing_on(page))?;
    Sheet::new(entry, Arc::clone(&edition), rows)
}

/// The whole sheet of an entry, whoever asks.
pub(super) fn take(connection: &mut Connection, editions: &Editions, entry: entries::Entry) -> Result<Sheet, AppError> {
    let edition = edition_of(editions, &entry)?;
    let rows = answers::of_entry(connection, entry.id)?;
    Sheet::new(entry, edition, rows)
}

fn entry_of_vendor(connection: &mut Connection, actor: &Actor, id: EntryId) -> Result<entries::Entry, AppError> {
    let entry = entries::find_for_member(connection, id, actor.account)?;
    match (decide(Some(actor), Place::Entry { member: entry.is_some() }), entry) {
        (Access::Granted, Some(entry)) => Ok(entry),
        _ => Err(AppError::NotThere),
    }
}

fn edition_of(editions: &Editions, entry: &entries::Entry) -> Result<Arc<Edition>, AppError> {
    editions.by_id(entry.edition_id).ok_or_else(|| AppError::broken("an entry of an unknown edition"))
}

impl Sheet {
    fn new(entry: entries::Entry, edition: Arc<Edition>, rows: Vec<answers::Answer>) -> Result<Self, AppError> {
        let mut sheet = Self { entry, edition, answers: Answers::default(), saved: BTreeMap::new() };
        rows.into_iter().try_for_each(|row| sheet.put(row))?;
        Ok(sheet)
    }

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
    fn put(&mut self, row: answers::Answer) -> Result<(), AppError> {
        if self.edition.questionnaire.question(&row.question).is_none() {
            return Ok(());
        }
        let answer = self.read(&row.question, &row.value.0)?;
        let answered = Answered { answer, confirmed: row.confirmed, reason: row.reason.unwrap_or_default() };
        self.answers.set(&row.question, answered);
        let rivals = row.rival.map(|rivals| serde_json::from_value(rivals.0)).transpose().map_err(AppError::broken)?;
        let turns = row.turns.map(|turns| serde_json::from_value(turns.0)).transpose().map_err(AppError::broken)?;
        let (turns, rivals) = (turns.unwrap_or_default(), rivals.unwrap_or_default());
        let saved = Saved { by: row.account_id, at: row.saved_at.timestamp(), turns, rivals };
        self.saved.insert(row.question, saved);
        Ok(())
    }

    /// An answer to a question as it was stored.
    pub(super) fn read(&self, question: &str, stored: &Value) -> Result<Answer, AppError> {
        let asked =
            self.edition.questionnaire.question(question).ok_or_else(|| AppError::broken(format!("no question {question}")))?;
        Answer::from_json(&asked.kind, stored).map_err(|error| AppError::broken(format!("the answer to {question} {error}")))
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
                field: rival_field(&question.key),
                sentence: format!("Select which answer to “{}” is right: two different ones were typed", question.label),
                missing: false,
            });
        }
    }

    /// Whether two answers to a question stand beside each other.
    pub fn has_rival(&self, question: &str) -> bool {
        self.saved.get(question).is_some_and(|saved| !saved.rivals.is_empty())
    }

    /// Whether this answer stands beside the one that stands at a question.
    pub fn has_beside(&self, question: &str, answer: &Answer) -> bool {
        let value = answer.to_json();
        self.saved.get(question).is_some_and(|saved| saved.rivals.iter().any(|rival| rival.value == value))
    }

    /// The program's name, or what stands for it until it has one.
    pub fn program_name(&self) -> &str {
        if self.entry.program_name.is_empty() { "Partner program" } else { &self.entry.program_name }
    }

    /// The company's name for a sentence of ours, whichever way it runs.
    pub fn company_apart(&self) -> String {
        isolated(&self.entry.company_name).into_owned()
    }

    /// The program's name for a sentence of ours, whichever way it runs.
    pub fn program_apart(&self) -> String {
        isolated(self.program_name()).into_owned()
    }

    /// Whether it was submitted once: what came in time may come again, whatever the day.
    pub fn came_in_time(&self) -> bool {
        self.entry.submitted_at.is_some()
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
