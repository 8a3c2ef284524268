//! `/entries/{id}/{page}`: a page of the questionnaire, to be filled in.

mod asking;
mod closed;
pub(in crate::web) mod not_done;
mod unasked;

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use crate::db::ids::EntryId;
use crate::domain::{Status, token};
use crate::error::AppError;
use crate::questionnaire::form::{Act, RowChange, Turn};
use crate::questionnaire::sentence::quoted;
use crate::questionnaire::{Answer, Page, PageCheck, PageStatus, Query, Refusal, Value};
use crate::web::field::Control;
use crate::web::form::{Form, made_for};
use crate::web::identity::{SESSION, SignedIn};
use crate::web::kept::{SavedPage, StillKept, saved_pages};
use crate::web::layout::Layout;
use crate::web::sent::address;
use crate::web::vendor::Progress;
use crate::web::{page, see_other};
use crate::workflow::{EntryInHand, House, Sheet};
use asking::{Asking, NoteAtQuestion, asking, notes};
use closed::{Closed, closed};
use not_done::NotDone;
use unasked::{Unasked, unasked};

/// What the address says beyond the page.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    /// Show everything that keeps the page from being complete: it was just saved.
    #[serde(default)]
    pub problems: Option<String>,
    /// Return to the check page once it is saved.
    #[serde(default, rename = "return")]
    pub back_to: Option<String>,
    /// The pages that were saved when their author signed in.
    #[serde(default)]
    pub saved: Option<String>,
    /// The question at which a button was pressed that nothing came of.
    #[serde(default)]
    pub not_done: Option<String>,
    /// The question to which an answer was to be copied that there is not.
    #[serde(default)]
    pub nothing_to_copy: Option<String>,
    /// The note that was answered just now.
    #[serde(default)]
    pub answered: String,
}

impl Asked {
    fn returns_to_check(&self) -> bool {
        self.back_to.as_deref() == Some("check")
    }
}

/// The page of a page.
#[derive(Template)]
#[template(path = "vendor/page.html")]
struct QuestionPage {
    layout: Layout,
    /// The pages that were saved when their author signed in.
    saved: Vec<SavedPage>,
    path: String,
    action: String,
    number: usize,
    pages: Vec<Contents>,
    completed: usize,
    title: String,
    refusals: Vec<Refusal>,
    /// What is unusual and not confirmed, where the page was just saved.
    queries: Vec<Query>,
    show_problems: bool,
    /// The question at which a button was pressed that nothing came of, and why.
    not_done: Option<NotDone>,
    /// Which form this is.
    form: Turn,
    questions: Vec<Asking>,
    general_notes: Vec<NoteAtQuestion>,
    /// The notes at questions that are not asked any more.
    unasked: Vec<Unasked>,
    /// The note that was answered just now.
    answered: String,
    returns_to_check: bool,
    closed: Option<Closed>,
}

/// A line of the contents at the side.
struct Contents {
    path: String,
    title: String,
    status: Progress,
    current: bool,
}

/// GET `/entries/{id}/{page}`
///
/// # Errors
/// [`AppError::NotThere`] for a page that there is not, or an entry of another company.
pub async fn show(
    house: web::Data<House>,
    actor: SignedIn,
    path: web::Path<(EntryId, String)>,
    asked: web::Query<Asked>,
    kept: StillKept,
) -> Result<HttpResponse, AppError> {
    let (id, key) = path.into_inner();
    let entry = house.entry_of_vendor(&actor, id).await?;
    let layout = Layout::entry(&house, &actor, &entry, "Your entry").telling(&kept);
    let view = view(&house, layout, &entry, entry.page(&key)?, &asked)?;
    page(&QuestionPage { saved: saved_pages(&house, &actor, asked.saved.as_deref()).await?, ..view })
}

/// POST `/entries/{id}/{page}`: saves whatever was typed, then goes on, or shows what is wrong. Without a session the
/// form is kept, and saved after signing in.
///
/// # Errors
/// [`AppError::SignIn`], [`AppError::NotThere`], [`AppError::Malformed`], or that the entry cannot be changed at present.
pub async fn save(
    request: HttpRequest,
    house: web::Data<House>,
    path: web::Path<(EntryId, String)>,
    asked: web::Query<Asked>,
    form: Form,
) -> Result<HttpResponse, AppError> {
    let (id, key) = path.into_inner();
    let saved = match request.cookie(SESSION) {
        Some(session) => house.save_page(session.value(), made_for(&request), id, &key, &Arc::new(form.0)).await?,
        None => None,
    };
    let Some(saved) = saved else {
        return Err(AppError::SignIn { next: address(&request).to_owned() });
    };
    if saved.act == Act::Autosave {
        let said = said(&saved.rivals);
        return Ok(HttpResponse::Ok().json(serde_json::json!({ "from": saved.marks, "said": said })));
    }
    let complete = saved.check.refusals.is_empty() && saved.queries_seen;
    let not_done = not_done::place(&saved, &key, &asked);
    Ok(see_other(&not_done.unwrap_or_else(|| after(&saved.sheet, &key, &saved.act, complete, &asked))))
}

/// What a page says that has saved itself.
fn said(rivals: &[String]) -> String {
    match rivals {
        [] => "Saved".to_owned(),
        rivals => {
            let labels: Vec<String> = rivals.iter().map(|label| quoted(label)).collect();
            format!("Saved beside another answer to {}: press “Save and continue” to see both", labels.join(", "))
        }
    }
}

/// Where to go after a page was saved.
fn after(entry: &Sheet, key: &str, act: &Act, complete: bool, asked: &Asked) -> String {
    let (home, pages) = (entry.path(), &entry.edition.questionnaire.pages);
    let back = if asked.returns_to_check() { "&return=check" } else { "" };
    let here = |anchor: String| format!("{home}/{key}?{}#{anchor}", back.trim_start_matches('&'));
    match act {
        Act::Later => format!("{home}?saved=yes"),
        Act::Rows { question, change } => here(match change {
            RowChange::Add => format!("{question}.{}", rows(entry, question)),
            RowChange::Remove(_) => question.clone(),
            RowChange::Up(row) => format!("{question}.{}", row - 1),
            RowChange::Down(row) => format!("{question}.{}", row + 1),
        }),
        Act::SameAs(question) => here(question.clone()),
        Act::Continue | Act::Autosave if !complete => format!("{home}/{key}?problems=yes{back}"),
        Act::Continue | Act::Autosave if asked.returns_to_check() => format!("{home}/check"),
        Act::Continue | Act::Autosave => {
            let next = pages.iter().skip_while(|page| page.key != key).nth(1);
            next.map_or_else(|| format!("{home}/check"), |next| format!("{home}/{}", next.key))
        }
    }
}

fn rows(entry: &Sheet, question: &str) -> usize {
    if let Some(Answer::Groups(rows)) = entry.answers.get(question) { rows.len() } else { 1 }
}

fn view(house: &House, layout: Layout, entry: &EntryInHand, page: &Page, asked: &Asked) -> Result<QuestionPage, AppError> {
    let checks = entry.check(house.now());
    let check = checks.iter().find(|check| check.page == page.key).ok_or(AppError::NotThere)?;
    let closed = closed(house, entry, page);
    let refusals: Vec<Refusal> = check
        .refusals
        .iter()
        .filter(|refusal| closed.is_none() && (asked.problems.is_some() || !refusal.missing))
        .cloned()
        .collect();
    let shown = entry.edition.questionnaire.shown(page, &entry.answers);
    let is_shown = |key: &str| match &closed {
        Some(closed) => closed.part.section.lines.iter().any(|line| line.question == key),
        None => shown.iter().any(|question| question.key == key),
    };
    let path = entry.path();
    let back = if asked.returns_to_check() { "?return=check" } else { "" };
    Ok(QuestionPage {
        action: format!("{path}/{}{back}", page.key),
        number: entry.edition.questionnaire.pages.iter().position(|other| other.key == page.key).map_or(1, |index| index + 1),
        pages: contents(entry, &checks, &page.key),
        completed: checks.iter().filter(|check| check.status == PageStatus::Completed).count(),
        title: page.title.clone(),
        questions: shown
            .iter()
            .map(|question| asking(entry, page, question, check, &refusals, asked.problems.is_some()))
            .collect(),
        general_notes: notes(entry, None),
        unasked: unasked(entry, page, is_shown),
        answered: asked.answered.clone(),
        queries: check.queries.iter().filter(|query| asked.problems.is_some() && !query.confirmed).cloned().collect(),
        show_problems: asked.problems.is_some(),
        not_done: not_done::read(entry, page, asked),
        saved: Vec::new(),
        form: Turn { form: token::short(&house.random), number: 0 },
        refusals,
        returns_to_check: asked.returns_to_check(),
        closed,
        path,
        layout,
    })
}

fn contents(entry: &EntryInHand, checks: &[PageCheck], current: &str) -> Vec<Contents> {
    let line = |(page, check): (&Page, &PageCheck)| Contents {
        path: format!("{}/{}", entry.path(), page.key),
        title: page.title.clone(),
        status: Progress(check.status),
        current: page.key == current,
    };
    entry.edition.questionnaire.pages.iter().zip(checks).map(line).collect()
}
