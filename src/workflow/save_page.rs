//! A vendor saves a page: whatever was typed is stored, valid or not, and nobody overwrites anybody.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use serde_json::json;

use super::sheet::{self, Rival, Sheet, UNANSWERED, mark};
use super::{House, chronicle, session};
use crate::db::ids::EntryId;
use crate::db::{Connection, Document, answers, entries};
use crate::domain::{Act as StatusAct, Actor, NotNow, token};
use crate::error::AppError;
use crate::questionnaire::form::{self, Act, Chosen, Fields, PostedAnswer, PostedPage};
use crate::questionnaire::{Answer, Kind, PageCheck, Questionnaire};

/// A page that was saved.
#[derive(Debug)]
pub struct SavedPage {
    /// The entry as it is now, with the answers of this page and those that they hang on.
    pub sheet: Sheet,
    /// Which button was pressed.
    pub act: Act,
    /// The marks of the questions that stand as they were posted, for a form that goes on where it was, after an
    /// autosave. It takes these, and only these: with the mark of somebody else's answer it would overwrite it.
    pub marks: BTreeMap<String, String>,
    /// What is missing, wrong or unusual on the page now.
    pub check: PageCheck,
    /// Whether the form raised no query that its vendor has not seen yet.
    pub queries_seen: bool,
}

impl House {
    /// Saves what was posted for a page, as whoever is signed in with this session; `None` if nobody is.
    ///
    /// A question that somebody else changed since the form was rendered keeps their answer; this one is kept beside
    /// it as a rival, until somebody chooses.
    ///
    /// # Errors
    /// [`AppError::NotNow`] when the entry is not the vendor's to change at present, [`AppError::Malformed`] when the
    /// form did not arrive whole. In both cases nothing was changed.
    pub async fn save_page(
        &self,
        session: &str,
        id: EntryId,
        page: &str,
        fields: &Arc<Fields>,
    ) -> Result<Option<SavedPage>, AppError> {
        let (house, session, fields) = (self.clone(), token::hash(session), Arc::clone(fields));
        let key = page.to_owned();
        let act = move |connection: &mut Connection| match session::seen(connection, &session, house.now())? {
            Some(actor) => store(connection, &house, &actor, id, &key, &fields).map(Some),
            None => Ok(None),
        };
        match self.db.write(act).await? {
            Some((sheet, posted)) => check(sheet, posted, page, self.now()).map(Some),
            None => Ok(None),
        }
    }
}

/// Stores what was posted, inside a transaction.
fn store(
    connection: &mut Connection,
    house: &House,
    actor: &Actor,
    id: EntryId,
    page: &str,
    fields: &Fields,
) -> Result<(Sheet, PostedPage), AppError> {
    let mut sheet = sheet::page_of_vendor(connection, &house.editions, actor, id, page)?;
    let posted = form::read(sheet.page(page)?, fields)?;
    if !sheet.entry.status.is_open_to_the_vendor() {
        return Err(NotNow { act: StatusAct::Revise, status: sheet.entry.status }.into());
    }
    let posted = after_act(&sheet, posted);
    let changed = posted.answers.iter().filter_map(|answer| changed_answer(house, actor, &sheet, answer).transpose());
    let rows = changed.collect::<Result<Vec<_>, _>>()?;
    if !rows.is_empty() {
        answers::upsert_all(connection, &rows)?;
        count(connection, house, &mut sheet, &posted)?;
        if posted.act != Act::Autosave {
            let changed: Vec<&str> = rows.iter().map(|row| row.question.as_str()).collect();
            chronicle::record(connection, house, Some(actor), id, "save_page", json!({ "page": page, "changed": changed }))?;
        }
        rows.into_iter().try_for_each(|row| sheet.put(row))?;
    }
    Ok((sheet, posted))
}

/// What there is to say about a page that was stored.
fn check(sheet: Sheet, posted: PostedPage, page: &str, now: Timestamp) -> Result<SavedPage, AppError> {
    let check = sheet.check_page(sheet.page(page)?, now);
    let queries_seen = check.queries.iter().all(|query| {
        let shown =
            posted.answers.iter().find(|answer| answer.question == query.question).and_then(|answer| answer.query.as_ref());
        query.confirmed || shown.is_some_and(|shown| shown.sentence == query.sentence)
    });
    let marks = if posted.act == Act::Autosave { stands(&sheet, &posted) } else { BTreeMap::new() };
    Ok(SavedPage { sheet, act: posted.act, marks, check, queries_seen })
}

/// Counts the save. The names by which desk and lists know the entry follow the answers.
fn count(connection: &mut Connection, house: &House, sheet: &mut Sheet, posted: &PostedPage) -> Result<(), AppError> {
    let Sheet { entry, edition, .. } = sheet;
    let name = |key: &str, known: &str| {
        let typed = posted.answers.iter().find(|answer| answer.question == key);
        match typed.map(|typed| &typed.answer) {
            Some(Answer::Text(text)) if !text.is_empty() => text.clone(),
            _ => known.to_owned(),
        }
    };
    let roles = &edition.questionnaire.roles;
    entry.company_name = name(&roles.company, &entry.company_name);
    entry.program_name = name(&roles.program, &entry.program_name);
    entry.updated_at = house.now().into();
    let counted = entries::count_save(connection, entry.id, &entry.company_name, &entry.program_name, entry.updated_at)?;
    entry.revision = counted.unwrap_or(entry.revision);
    Ok(())
}

fn stands(sheet: &Sheet, posted: &PostedPage) -> BTreeMap<String, String> {
    let stands = |answer: &&PostedAnswer| sheet.answers.get(&answer.question) == Some(&answer.answer);
    posted.answers.iter().filter(stands).map(|answer| (answer.question.clone(), sheet.mark(&answer.question))).collect()
}

/// What the pressed button does to the posted answers, before they are stored.
fn after_act(sheet: &Sheet, mut posted: PostedPage) -> PostedPage {
    let questionnaire = &sheet.edition.questionnaire;
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
                same_answer(questionnaire, question, &posted).or_else(|| questionnaire.same_answer(question, &sheet.answers));
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
    before: &Sheet,
    posted: &PostedAnswer,
) -> Result<Option<answers::Answer>, AppError> {
    let saved = before.saved.get(&posted.question);
    let stored = before.answers.answered(&posted.question);
    let current = stored.map(|stored| &stored.answer);
    if current.is_none() && posted.answer.is_blank() && posted.query.is_none() {
        return Ok(None);
    }
    let mut rivals = saved.map(|saved| saved.rivals.clone()).unwrap_or_default();
    if current == Some(&posted.answer) && rivals.is_empty() && posted.query.is_none() {
        return Ok(None);
    }
    let value = match (posted.rival, rivals.is_empty()) {
        (Some(chosen), false) => {
            let rival = rivals.remove(0);
            if chosen == Chosen::Rival { rival.value } else { posted.answer.to_json() }
        }
        _ => match settle(&posted.from, current, &posted.answer) {
            Settled::Takes => posted.answer.to_json(),
            Settled::Keeps(current) => current.to_json(),
            Settled::Rivals(current) => {
                let rival = Rival { value: posted.answer.to_json(), by: actor.called().to_owned(), at: house.now() };
                if !rivals.iter().any(|known| known.value == rival.value) {
                    rivals.push(rival);
                }
                current.to_json()
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
        value: Document(value),
    };
    let same_rivals = saved.is_some_and(|saved| saved.rivals == rivals);
    let same_words =
        stored.is_some_and(|stored| stored.confirmed == row.confirmed && Some(&stored.reason) == row.reason.as_ref());
    let same = same_rivals && same_words && current.is_some_and(|current| current.to_json() == row.value.0);
    Ok((!same).then_some(row))
}

/// What becomes of an answer that was typed over another.
enum Settled<'a> {
    /// It takes its place.
    Takes,
    /// The other stays: this one is the same, or was not touched.
    Keeps(&'a Answer),
    /// The other stays, and this one stands beside it.
    Rivals(&'a Answer),
}

fn settle<'a>(rendered_from: &str, current: Option<&'a Answer>, typed: &Answer) -> Settled<'a> {
    match current {
        Some(current) if current == typed => Settled::Keeps(current),
        Some(current) if mark_of(current) != rendered_from => {
            let untouched = mark_of(typed) == rendered_from || (rendered_from == UNANSWERED && typed.is_blank());
            if untouched { Settled::Keeps(current) } else { Settled::Rivals(current) }
        }
        _ => Settled::Takes,
    }
}

fn mark_of(answer: &Answer) -> String {
    mark(&answer.to_json())
}
