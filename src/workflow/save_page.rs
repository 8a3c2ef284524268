//! A vendor saves a page: whatever was typed is stored, valid or not, and nobody overwrites anybody.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::entry_in_hand::{self, EntryInHand, Rival, UNANSWERED, mark};
use super::{House, chronicle};
use crate::db::ids::EntryId;
use crate::db::{Connection, Document, answers, entries};
use crate::domain::{Act as StatusAct, Actor, NotNow};
use crate::error::AppError;
use crate::questionnaire::form::{self, Act, Chosen, Fields, PostedAnswer, PostedPage};
use crate::questionnaire::{Answer, Kind, PageCheck, Questionnaire};

/// A page that was saved.
#[derive(Debug)]
pub struct SavedPage {
    /// The entry as it is now.
    pub entry: EntryInHand,
    /// Which button was pressed.
    pub act: Act,
    /// The marks of the questions that stand as they were posted. A form that goes on takes these, and only these: with
    /// the mark of somebody else's answer it would overwrite it.
    pub marks: BTreeMap<String, String>,
    /// What is missing, wrong or unusual on the page now.
    pub check: PageCheck,
    /// Whether the form raised no query that its vendor has not seen yet.
    pub queries_seen: bool,
}

impl House {
    /// Saves what was posted for a page.
    ///
    /// A question that somebody else changed since the form was rendered keeps their answer; this one is kept beside
    /// it as a rival, until somebody chooses.
    ///
    /// # Errors
    /// [`AppError::NotNow`] when the entry is not the vendor's to change at present, [`AppError::Malformed`] when the
    /// form did not arrive whole. In both cases nothing was changed.
    pub async fn save_page(&self, actor: &Actor, id: EntryId, page: &str, fields: Fields) -> Result<SavedPage, AppError> {
        let (house, actor, page) = (self.clone(), actor.clone(), page.to_owned());
        self.db.write(move |connection| save(connection, &house, &actor, id, &page, &fields)).await
    }
}

fn save(
    connection: &mut Connection,
    house: &House,
    actor: &Actor,
    id: EntryId,
    page: &str,
    fields: &Fields,
) -> Result<SavedPage, AppError> {
    let mut entry = entry_in_hand::of_vendor(connection, &house.editions, actor, id)?;
    let posted = form::read(entry.page(page)?, fields)?;
    if !entry.entry.status.is_open_to_the_vendor() {
        return Err(NotNow { act: StatusAct::Revise, status: entry.entry.status }.into());
    }
    let posted = after_act(&entry, posted);
    let mut changed = Vec::new();
    for answer in &posted.answers {
        if let Some(row) = changed_answer(house, actor, &entry, answer)? {
            answers::upsert(connection, &row)?;
            changed.push(row.question.clone());
            entry.put(row, Some(actor.called().to_owned()))?;
        }
    }
    if !changed.is_empty() {
        keep_names(connection, &mut entry, &posted)?;
        count(connection, house, &mut entry)?;
        if posted.act != Act::Autosave {
            chronicle::record(connection, house, Some(actor), id, "save_page", json!({ "page": page, "changed": changed }))?;
        }
    }
    let check = entry.check_page(entry.page(page)?, house.now());
    let queries_seen = check.queries.iter().all(|query| {
        let shown =
            posted.answers.iter().find(|answer| answer.question == query.question).and_then(|answer| answer.query.as_ref());
        query.confirmed || shown.is_some_and(|shown| shown.sentence == query.sentence)
    });
    Ok(SavedPage { marks: stands(&entry, &posted), entry, act: posted.act, check, queries_seen })
}

/// Counts the save.
fn count(connection: &mut Connection, house: &House, entry: &mut EntryInHand) -> Result<(), AppError> {
    let now = house.now().into();
    if let Some(revision) = entries::bump_revision(connection, entry.entry.id, now)? {
        (entry.entry.revision, entry.entry.updated_at) = (revision, now);
    }
    Ok(())
}

fn stands(entry: &EntryInHand, posted: &PostedPage) -> BTreeMap<String, String> {
    let stands = |answer: &&PostedAnswer| entry.answers.get(&answer.question) == Some(&answer.answer);
    posted.answers.iter().filter(stands).map(|answer| (answer.question.clone(), entry.mark(&answer.question))).collect()
}

/// What the pressed button does to the posted answers, before they are stored.
fn after_act(entry: &EntryInHand, mut posted: PostedPage) -> PostedPage {
    let questionnaire = &entry.edition.questionnaire;
    match &posted.act {
        Act::Rows { question, change } => {
            let groups = questionnaire.question(question).map(|question| &question.kind);
            let answer = posted.answers.iter_mut().find(|answer| &answer.question == question);
            if let (Some(Kind::Groups(groups)), Some(answer)) = (groups, answer) {
                form::change_rows(groups, &mut answer.answer, *change);
            }
        }
        Act::SameAs(question) => {
            let same =
                same_answer(questionnaire, question, &posted).or_else(|| questionnaire.same_answer(question, &entry.answers));
            let answer = posted.answers.iter_mut().find(|answer| &answer.question == question);
            if let (Some(same), Some(answer)) = (same, answer) {
                answer.answer = same;
            }
        }
        Act::Continue | Act::Later | Act::Autosave => {}
    }
    posted
}

/// The answer to copy, if it stands on the posted page itself.
fn same_answer(questionnaire: &Questionnaire, question: &str, posted: &PostedPage) -> Option<Answer> {
    let from = questionnaire.question(question)?.same_as.as_ref()?;
    let answer = posted.answers.iter().find(|answer| &answer.question == from)?;
    Some(answer.answer.clone()).filter(|answer| !answer.is_blank())
}

/// One answer as it is to be stored; none if nothing changed.
fn changed_answer(
    house: &House,
    actor: &Actor,
    before: &EntryInHand,
    posted: &PostedAnswer,
) -> Result<Option<answers::Answer>, AppError> {
    let saved = before.saved.get(&posted.question);
    let stored = before.answers.answered(&posted.question);
    let current = stored.map(|stored| stored.answer.to_json());
    let typed = posted.answer.to_json();
    if current.is_none() && posted.answer.is_blank() && posted.query.is_none() {
        return Ok(None);
    }
    let mut rivals = saved.map(|saved| saved.rivals.clone()).unwrap_or_default();
    let outcome = match (posted.rival, rivals.is_empty()) {
        (Some(chosen), false) => {
            let rival = rivals.remove(0);
            if chosen == Chosen::Rival { rival.value } else { typed }
        }
        _ => match settle(&before.mark(&posted.question), &posted.from, current.as_ref(), &typed) {
            Settled::Takes => typed,
            Settled::Keeps(current) => current,
            Settled::Rivals(current) => {
                let rival = Rival { value: typed, by: actor.called().to_owned(), at: house.now() };
                if !rivals.iter().any(|known| known.value == rival.value) {
                    rivals.push(rival);
                }
                current
            }
        },
    };
    let said = posted.query.as_ref();
    let row = answers::Answer {
        entry_id: before.entry.id,
        question: posted.question.clone(),
        confirmed: match said {
            Some(said) => said.correct.then(|| said.sentence.clone()),
            None => stored.and_then(|stored| stored.confirmed.clone()),
        },
        reason: match said {
            Some(said) => Some(said.reason.clone()),
            None => stored.map(|stored| stored.reason.clone()),
        },
        rival: (!rivals.is_empty()).then(|| serde_json::to_value(&rivals)).transpose().map_err(AppError::broken)?.map(Document),
        account_id: Some(actor.account),
        saved_at: house.now().into(),
        value: Document(outcome),
    };
    let same_rivals = saved.is_some_and(|saved| saved.rivals == rivals);
    let same_words =
        stored.is_some_and(|stored| stored.confirmed == row.confirmed && Some(&stored.reason) == row.reason.as_ref());
    let same = current.as_ref() == Some(&row.value.0) && same_rivals && same_words;
    Ok((!same).then_some(row))
}

/// What becomes of an answer that was typed over another.
enum Settled {
    /// It takes its place.
    Takes,
    /// The other stays: this one is the same, or was not touched.
    Keeps(Value),
    /// The other stays, and this one stands beside it.
    Rivals(Value),
}

fn settle(mark_now: &str, rendered_from: &str, current: Option<&Value>, typed: &Value) -> Settled {
    match current {
        Some(current) if current == typed => Settled::Keeps(current.clone()),
        Some(current) if mark_now != rendered_from => {
            let untouched = mark(typed) == rendered_from || (rendered_from == UNANSWERED && is_blank(typed));
            if untouched { Settled::Keeps(current.clone()) } else { Settled::Rivals(current.clone()) }
        }
        _ => Settled::Takes,
    }
}

/// Whether nothing at all was typed in a form of a question that was unanswered.
fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.iter().all(is_blank),
        // A country alone is what an untouched address form posts.
        Value::Object(parts) => parts.iter().all(|(name, part)| name == "country" || is_blank(part)),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// The names by which desk and lists know the entry follow the answers.
fn keep_names(connection: &mut Connection, entry: &mut EntryInHand, posted: &PostedPage) -> Result<(), AppError> {
    let roles = &entry.edition.questionnaire.roles;
    let name = |key: &str, known: &str| {
        let typed = posted.answers.iter().find(|answer| answer.question == key);
        match typed.map(|typed| &typed.answer) {
            Some(Answer::Text(text)) if !text.is_empty() => text.clone(),
            _ => known.to_owned(),
        }
    };
    let company = name(&roles.company, &entry.entry.company_name);
    let program = name(&roles.program, &entry.entry.program_name);
    if company != entry.entry.company_name || program != entry.entry.program_name {
        entries::set_names(connection, entry.entry.id, &company, &program)?;
        (entry.entry.company_name, entry.entry.program_name) = (company, program);
    }
    Ok(())
}
