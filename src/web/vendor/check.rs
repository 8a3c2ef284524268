//! `/entries/{id}/check`: every answer, what is missing, and the button that submits.

use actix_web::{HttpResponse, web};
use askama::Template;
use jiff::Timestamp;
use serde::Deserialize;

use crate::db::ids::EntryId;
use crate::domain::{Actor, Status, reference};
use crate::error::AppError;
use crate::questionnaire::Value;
use crate::questionnaire::direction::isolated;
use crate::web::identity::SignedIn;
use crate::web::kept::StillKept;
use crate::web::layout::Layout;
use crate::web::page;
use crate::web::vendor::part::{Part, parts};
use crate::workflow::submit::may_submit;
use crate::workflow::{EntryInHand, House};

/// What the address says.
#[derive(Debug, Deserialize)]
pub struct Asked {
    /// How old the page was that was to be submitted, where it was too old: the microsecond of the entry's last change.
    since: Option<String>,
}

#[derive(Template)]
#[template(path = "vendor/check.html")]
struct CheckPage {
    layout: Layout,
    path: String,
    program: String,
    reference: String,
    revision: i32,
    /// The microsecond of the entry's last change.
    changed_at: i64,
    /// What was changed after the page had been shown that was to be submitted; none where nothing kept it from that.
    outdated: Option<Vec<Changed>>,
    status: Status,
    editable: bool,
    in_time: bool,
    deadline: String,
    parts: Vec<Part>,
}

impl CheckPage {
    fn complete(&self) -> bool {
        self.parts.iter().all(|part| part.check.refusals.is_empty())
    }

    fn open_queries(&self) -> usize {
        self.parts.iter().flat_map(|part| &part.check.queries).filter(|query| !query.confirmed).count()
    }

    fn refused(&self) -> usize {
        self.parts.iter().filter(|part| !part.check.refusals.is_empty()).count()
    }
}

/// An answer that was changed.
struct Changed {
    /// Where it stands on the page.
    anchor: String,
    /// What was asked.
    question: String,
    /// Who changed it.
    by: String,
}

/// GET `/entries/{id}/check`
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
    let parts = parts(&house, &entry);
    page(&CheckPage {
        layout: Layout::entry(&house, &actor, &entry, "Your entry").telling(&kept),
        outdated: asked.since.as_deref().map(|since| changed_since(since, &entry, &actor, &parts)),
        changed_at: entry.entry.updated_at.timestamp().as_microsecond(),
        path: entry.path(),
        program: entry.program_name().to_owned(),
        reference: reference::shown(&entry.entry.reference),
        revision: entry.entry.revision,
        status: entry.entry.status,
        editable: entry.entry.status.is_open_to_the_vendor(),
        in_time: may_submit(&entry, &house),
        deadline: entry.edition.schedule.deadline_words(),
        parts,
    })
}

/// The address of the page for somebody whose page was too old to be submitted.
pub fn after(path: &str, changed_at: &str) -> String {
    let micros = changed_at.parse::<i64>().map(|micros| micros.to_string()).unwrap_or_default();
    format!("{path}/check?since={micros}")
}

/// The answers that were changed since, as the page has them.
fn changed_since(since: &str, entry: &EntryInHand, actor: &Actor, parts: &[Part]) -> Vec<Changed> {
    let since = since.parse().ok().and_then(|micros| Timestamp::from_microsecond(micros).ok());
    let is_newer = |question: &str| since.zip(entry.saved.get(question)).is_some_and(|(since, saved)| saved.at > since);
    let mut lines: Vec<_> = parts.iter().flat_map(|part| &part.section.lines).collect();
    lines.dedup_by(|line, before| line.question == before.question);
    let changed = lines.into_iter().filter(|line| is_newer(&line.question));
    let changed = changed.map(|line| Changed {
        anchor: line.anchor.clone(),
        question: entry
            .edition
            .questionnaire
            .question(&line.question)
            .map_or(&*line.label, |question| question.heading())
            .to_owned(),
        by: changed_by(entry, actor, &line.question),
    });
    changed.collect()
}

fn changed_by(entry: &EntryInHand, actor: &Actor, question: &str) -> String {
    let by = entry.saved.get(question).and_then(|saved| saved.by);
    let member = entry.members.iter().find(|(account, _)| Some(account.id) == by);
    match member {
        Some((account, _)) if account.id == actor.account => "you".to_owned(),
        Some((account, _)) => isolated(account.called()).into_owned(),
        None => "somebody else".to_owned(),
    }
}
