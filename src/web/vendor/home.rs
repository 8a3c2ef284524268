//! `/entries/{id}`: an entry's home, the list of its pages.

use std::borrow::Cow;

use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use crate::db::ids::{EntryId, NoteId};
use crate::domain::{Status, reference};
use crate::error::AppError;
use crate::questionnaire::PageStatus;
use crate::questionnaire::direction;
use crate::web::identity::SignedIn;
use crate::web::kept::StillKept;
use crate::web::layout::Layout;
use crate::web::sent::Sent;
use crate::web::vendor::Progress;
use crate::web::vendor::withdraw::may_withdraw;
use crate::web::{page, see_other, unprocessable};
use crate::workflow::entry_in_hand::{Thread, called};
use crate::workflow::submit::may_submit;
use crate::workflow::{EntryInHand, House};

#[derive(Template)]
#[template(path = "vendor/home.html")]
struct HomePage {
    layout: Layout,
    entry: EntryInHand,
    path: String,
    saved: bool,
    /// Whether whoever signs in comes here.
    only: bool,
    pages: Vec<(String, String, Progress)>,
    next: Option<(String, String)>,
    notes: Vec<NoteOnHome>,
    people: Vec<(String, String)>,
    deadline: String,
    machine: String,
    left: String,
    publishes_on: Option<String>,
    reference: String,
    may_submit: bool,
}

/// A note, with the place it stands at.
struct NoteOnHome {
    label: String,
    link: String,
    place: String,
    /// What the editors said last.
    body: String,
    /// Who said that.
    by: String,
    /// What the company has answered to that, who, and when.
    answered: Option<(String, String, String)>,
    /// Whether it was answered just now.
    sent: bool,
    reply: String,
    open: bool,
}

impl HomePage {
    fn is(&self, status: Status) -> bool {
        self.entry.entry.status == status
    }

    fn editable(&self) -> bool {
        self.entry.entry.status.is_open_to_the_vendor()
    }

    fn may_withdraw(&self) -> bool {
        may_withdraw(&self.entry)
    }

    /// Whether readers see a profile, and the entry goes on without it.
    fn under_revision(&self) -> bool {
        self.entry.profile.is_some() && !self.is(Status::Published)
    }
}

/// What the address says beyond the entry.
#[derive(Debug, Deserialize)]
pub struct Asked {
    saved: Option<String>,
    /// The note that was answered just now.
    #[serde(default)]
    answered: String,
}

/// GET `/entries/{id}`
///
/// # Errors
/// [`AppError::NotThere`] for an entry of another company.
pub async fn show(
    house: web::Data<House>,
    actor: SignedIn,
    id: web::Path<EntryId>,
    asked: web::Query<Asked>,
    kept: StillKept,
) -> Result<HttpResponse, AppError> {
    let entry = house.entry_of_vendor(&actor, *id).await?;
    let layout = Layout::entry(&house, &actor, &entry, "Your entry").telling(&kept);
    let checks = entry.check(house.now());
    let path = entry.path();
    let pages: Vec<_> = entry
        .edition
        .questionnaire
        .pages
        .iter()
        .zip(&checks)
        .map(|(page, check)| (format!("{path}/{}", page.key), page.title.clone(), Progress(check.status)))
        .collect();
    let next = pages.iter().find(|(_, _, status)| status.0 != PageStatus::Completed);
    let schedule = &entry.edition.schedule;
    page(&HomePage {
        saved: asked.saved.is_some(),
        only: house.only_entry(&actor).await?.is_some(),
        next: next.map(|(path, title, _)| (path.clone(), title.clone())),
        notes: entry.threads_for_vendor().map(|thread| note_on_home(&entry, thread, &asked.answered)).collect(),
        people: people(&entry, &actor.email),
        deadline: schedule.deadline_words(),
        machine: schedule.machine(schedule.deadline_at),
        left: schedule.left_words(house.now()),
        publishes_on: entry.publishes_on(house.now()),
        reference: reference::shown(&entry.entry.reference),
        may_submit: may_submit(&entry, &house),
        layout,
        path,
        pages,
        entry,
    })
}

fn people(entry: &EntryInHand, own: &str) -> Vec<(String, String)> {
    let role = |account: &crate::db::accounts::Account, owner: bool| match (account.email == own, owner) {
        (true, true) => "you, owner",
        (true, false) => "you",
        (false, true) => "owner",
        (false, false) => "",
    };
    entry.members.iter().map(|(account, member)| (called(account), role(account, member.owner).to_owned())).collect()
}

fn note_on_home(entry: &EntryInHand, thread: &Thread, answered: &str) -> NoteOnHome {
    let questionnaire = &entry.edition.questionnaire;
    let question = thread.question.as_deref().and_then(|key| questionnaire.question(key).zip(questionnaire.page_of(key)));
    let state = if thread.is_open() { "open" } else { "settled" };
    let number = |key: &str| questionnaire.pages.iter().position(|page| page.key == key).map_or(0, |index| index + 1);
    let (label, link, place) = match question {
        Some((question, page)) => (
            question.label.clone(),
            format!("{}/{}#{}", entry.path(), page.key, question.key),
            format!("page {}, {state}", number(&page.key)),
        ),
        None => ("The whole entry".to_owned(), entry.path(), state.to_owned()),
    };
    let asked = thread.notes.iter().rev().find(|note| !entry.is_of_company(note.author)).or(thread.notes.first());
    let answer = thread.notes.last().filter(|note| entry.is_of_company(note.author));
    NoteOnHome {
        label,
        link,
        place,
        body: asked.map(|note| note.body.clone()).unwrap_or_default(),
        by: asked.map(|note| note.by.clone()).unwrap_or_default(),
        answered: answer.map(|answer| (answer.body.clone(), answer.by.clone(), entry.edition.schedule.time_words(answer.at))),
        sent: thread.id.to_string() == answered,
        reply: format!("{}/notes/{}", entry.path(), thread.id),
        open: thread.is_open(),
    }
}

/// The place of a note, which says there that it was answered just now.
fn answered_at(path: &str, note: NoteId) -> String {
    match path.split_once('#') {
        Some((page, anchor)) => format!("{page}?answered={note}#{anchor}"),
        None => format!("{path}?answered={note}"),
    }
}

/// The page on which the vendor answers a note.
#[derive(Template)]
#[template(path = "vendor/note.html")]
struct NotePage {
    layout: Layout,
    path: String,
    action: String,
    label: String,
    remarks: Vec<(String, String, String)>,
    typed: String,
    refusal: Option<Cow<'static, str>>,
}

impl NotePage {
    fn new(layout: Layout, entry: &EntryInHand, id: NoteId) -> Result<Self, AppError> {
        let thread = entry.threads_for_vendor().find(|thread| thread.id == id).ok_or(AppError::NotThere)?;
        let schedule = &entry.edition.schedule;
        let remarks = thread.notes.iter().map(|note| (note.by.clone(), note.body.clone(), schedule.time_words(note.at)));
        let shown = note_on_home(entry, thread, "");
        Ok(Self {
            layout,
            path: shown.link,
            action: shown.reply,
            label: shown.label,
            remarks: remarks.collect(),
            typed: String::new(),
            refusal: None,
        })
    }
}

/// GET `/entries/{id}/notes/{note}`
///
/// # Errors
/// [`AppError::NotThere`] for a note that is not the vendor's to see.
pub async fn note(
    house: web::Data<House>,
    actor: SignedIn,
    path: web::Path<(EntryId, NoteId)>,
) -> Result<HttpResponse, AppError> {
    let (id, note) = path.into_inner();
    let entry = house.entry_of_vendor(&actor, id).await?;
    let layout = Layout::entry(&house, &actor, &entry, "Your entry");
    page(&NotePage::new(layout, &entry, note)?)
}

/// POST `/entries/{id}/notes/{note}`
///
/// # Errors
/// [`AppError::NotThere`] for a note that is not the vendor's to see.
pub async fn reply(
    house: web::Data<House>,
    path: web::Path<(EntryId, NoteId)>,
    Sent { by: actor, form }: Sent<SignedIn>,
) -> Result<HttpResponse, AppError> {
    let (id, note) = path.into_inner();
    let entry = house.entry_of_vendor(&actor, id).await?;
    let view = NotePage::new(Layout::entry(&house, &actor, &entry, "Your entry"), &entry, note)?;
    form.has_only(&["body"])?;
    match house.reply_of_vendor(&actor, id, note, form.text("body").to_owned()).await {
        Ok(()) => Ok(see_other(&answered_at(&view.path, note))),
        Err(AppError::Unusable(sentence)) => {
            unprocessable(&NotePage { typed: form.text("body").to_owned(), refusal: Some(sentence), ..view })
        }
        Err(error) => Err(error),
    }
}
