//! A vendor saves a page: whatever was typed is stored, valid or not, and nobody overwrites anybody.

mod choosing;
mod typing;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use serde_json::json;

use super::sheet::{self, Sheet};
use super::{House, chronicle, session};
use crate::db::ids::{AccountId, EntryId};
use crate::db::{Connection, answers, entries};
use crate::domain::{Act as StatusAct, Actor, NotNow, token};
use crate::error::AppError;
use crate::questionnaire::form::{self, Act, Arrival, Chosen, Fields, NewestTurns, PostedAnswer, PostedPage, PostedQuery, Turn};
use crate::questionnaire::{Answer, Kind, PageCheck};
use typing::{Change, Typing};

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
    /// The labels of the questions at which two answers stand beside each other now.
    pub rivals: Vec<String>,
    /// What is missing, wrong or unusual on the page now.
    pub check: PageCheck,
    /// The questions at which a button was pressed, or one of two answers chosen, and nothing came of it: what stands there came
    /// between.
    pub not_done: Vec<String>,
    /// The question to which another's answer was to be copied, which has none yet.
    pub nothing_to_copy: Option<String>,
    /// Whether the form raised no query about which its vendor was not asked yet, nor one for which they gave a reason just now
    /// without confirming the answer.
    pub queries_seen: bool,
}

impl House {
    /// Saves what was posted for a page, as whoever is signed in with this session; `None` if nobody is. `author`: for whom
    /// the form was made, if it says so.
    ///
    /// A question that somebody else changed since the form was rendered keeps their answer; this one is kept beside
    /// it as a rival, until somebody chooses.
    ///
    /// # Errors
    /// [`AppError::NotNow`] when the entry is not the vendor's to change at present, [`AppError::Malformed`] when the
    /// form did not arrive whole, [`AppError::SomebodyElse`] when it was made for another person. In none of these cases
    /// anything was changed.
    pub async fn save_page(
        &self,
        session: &str,
        author: Option<AccountId>,
        id: EntryId,
        page: &str,
        fields: &Arc<Fields>,
    ) -> Result<Option<SavedPage>, AppError> {
        let (house, session, fields) = (self.clone(), token::hash(session), Arc::clone(fields));
        let key = page.to_owned();
        let act = move |connection: &mut Connection| match session::seen(connection, &session, house.now())? {
            Some(actor) if author.is_some_and(|author| author != actor.account) => Err(AppError::SomebodyElse { kept: false }),
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
    let pressed = pressed(&posted);
    let posted = after_act(&sheet, posted);
    let arrival = take_turn(&mut sheet.entry, posted.turn.as_ref());
    let typing = Typing { house, actor, turn: posted.turn.as_ref(), arrival, act: &posted.act, pressed };
    // What a page sends by itself it sends once more where it does not know that it has arrived; what came since stands.
    let is_repeated = arrival == Arrival::Again && posted.act == Act::Autosave;
    let new: &[PostedAnswer] = if is_repeated { &[] } else { &posted.answers };
    let changed = new.iter().filter_map(|answer| typing.change(&sheet, answer).transpose());
    let changes = changed.collect::<Result<Vec<_>, _>>()?;
    if changes.is_empty() {
        // What changes nothing leaves a trace only where something may come yet that was sent before it.
        if arrival == Arrival::Early {
            entries::set_newest_turns(connection, id, &sheet.entry.newest_turns)?;
        }
    } else {
        let rows = changes.iter().map(|change| change.row(id)).collect::<Result<Vec<_>, _>>()?;
        answers::upsert_all(connection, &rows)?;
        count(connection, house, &mut sheet, &changes)?;
        if posted.act != Act::Autosave {
            let changed: Vec<&str> = changes.iter().map(|change| change.question.as_str()).collect();
            chronicle::record(connection, house, Some(actor), id, "save_page", json!({ "page": page, "changed": changed }))?;
        }
        for change in changes {
            sheet.answers.set(&change.question, change.answered);
            sheet.saved.insert(change.question, change.saved);
        }
    }
    Ok((sheet, posted))
}

/// The mark of what was typed where a button changes the answer.
fn pressed(posted: &PostedPage) -> Option<String> {
    let pressed = posted.answers.iter().find(|answer| Some(answer.question.as_str()) == posted.act.question());
    pressed.map(|answer| typing::mark_of(&answer.answer))
}

/// Remembers with the entry that this turn came.
fn take_turn(entry: &mut entries::Entry, turn: Option<&Turn>) -> Arrival {
    let mut newest = NewestTurns::read(&entry.newest_turns);
    let arrival = turn.map_or(Arrival::InTurn, |turn| newest.take(turn));
    entry.newest_turns = newest.to_string();
    arrival
}

/// What there is to say about a page that was stored.
fn check(sheet: Sheet, posted: PostedPage, page: &str, now: Timestamp) -> Result<SavedPage, AppError> {
    let check = sheet.check_page(sheet.page(page)?, now);
    let queries_seen = check.queries.iter().all(|query| {
        let shown =
            posted.answers.iter().find(|answer| answer.question == query.question).and_then(|answer| answer.query.as_ref());
        let was_asked = |shown: &PostedQuery| posted.asked && shown.sentence == query.sentence && !says_more(shown);
        query.confirmed || shown.is_some_and(was_asked)
    });
    let marks = if posted.act == Act::Autosave { stands(&sheet, &posted) } else { BTreeMap::new() };
    let rivals = sheet.page(page)?.questions.iter().filter(|question| sheet.has_rival(&question.key));
    let rivals = rivals.map(|question| question.label.clone()).collect();
    let not_done = posted.answers.iter().filter(|answer| is_not_done(&sheet, &posted.act, answer));
    let not_done = not_done.map(|answer| answer.question.clone()).collect();
    let nothing_to_copy = nothing_to_copy(&sheet, &posted);
    Ok(SavedPage { act: posted.act, marks, rivals, not_done, nothing_to_copy, check, queries_seen, sheet })
}

/// Whether a reason was given just now, and the answer not confirmed with it.
fn says_more(said: &PostedQuery) -> bool {
    let is_as_shown = said.from.as_ref().is_none_or(|from| *from == sheet::mark_of_said(false, &said.reason));
    !said.correct && !said.reason.is_empty() && !is_as_shown
}

/// Whether nothing came of what was pressed or chosen at a question. Where two answers stand beside each other, the page asks.
fn is_not_done(sheet: &Sheet, act: &Act, posted: &PostedAnswer) -> bool {
    let question = &posted.question;
    let stands = || sheet.answers.get(question).map_or(posted.answer.is_blank(), |answer| *answer == posted.answer);
    match posted.rival {
        _ if act.question() == Some(question) => !stands() && !sheet.has_beside(question, &posted.answer),
        None => false,
        Some(_) if sheet.has_rival(question) => false,
        Some(Chosen::Field) => !stands(),
        Some(Chosen::Rival) => posted.rival_from.as_ref().is_some_and(|from| *from != sheet.mark(question)),
    }
}

/// Counts the save. The names by which desk and lists know the entry follow the answers.
fn count(connection: &mut Connection, house: &House, sheet: &mut Sheet, changes: &[Change]) -> Result<(), AppError> {
    let Sheet { entry, edition, .. } = sheet;
    let name = |key: &str, known: &str| {
        let changed = changes.iter().find(|change| change.question == key);
        match changed.map(|changed| &changed.answered.answer) {
            Some(Answer::Text(text)) if !text.is_empty() => text.clone(),
            _ => known.to_owned(),
        }
    };
    let roles = &edition.questionnaire.roles;
    entry.company_name = name(&roles.company, &entry.company_name);
    entry.program_name = name(&roles.program, &entry.program_name);
    entry.updated_at = house.now().into();
    let save = entries::Save {
        id: entry.id,
        company_name: &entry.company_name,
        program_name: &entry.program_name,
        newest_turns: &entry.newest_turns,
        now: entry.updated_at,
    };
    entry.revision = entries::count_save(connection, &save)?.unwrap_or(entry.revision);
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
            let same = same_answer(sheet, question, &posted);
            let answer = posted.answers.iter_mut().find(|answer| &answer.question == question);
            if let (Some(same), Some(answer)) = (same, answer) {
                answer.answer = same;
            }
        }
        // Which of two answers is right is decided by a press.
        Act::Autosave => posted.answers.iter_mut().for_each(|answer| answer.rival = None),
        Act::Continue | Act::Later => {}
    }
    posted
}

/// The answer to copy, if there is one: as it was posted, and only where the page does not ask for it, as it was saved.
fn same_answer(sheet: &Sheet, question: &str, posted: &PostedPage) -> Option<Answer> {
    let questionnaire = &sheet.edition.questionnaire;
    let from = questionnaire.question(question)?.same_as.as_ref()?;
    match posted.answers.iter().find(|answer| &answer.question == from) {
        Some(answer) => Some(answer.answer.clone()).filter(|answer| !answer.is_blank()),
        None => questionnaire.same_answer(question, &sheet.answers),
    }
}

/// The question to which an answer was to be copied, if there was none.
fn nothing_to_copy(sheet: &Sheet, posted: &PostedPage) -> Option<String> {
    match &posted.act {
        Act::SameAs(question) if same_answer(sheet, question, posted).is_none() => Some(question.clone()),
        _ => None,
    }
}
