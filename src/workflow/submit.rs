//! A vendor submits an entry: complete entries only, once, whatever is clicked.

use serde_json::json;

use super::entry_in_hand::{self, EntryInHand};
use super::{House, Sheet, chronicle, post};
use crate::db::ids::EntryId;
use crate::db::submissions::{self, Submission};
use crate::db::{Connection, Document, entries};
use crate::domain::{Act, Actor, Phase, Status, reference};
use crate::error::AppError;
use crate::mail::message::{CopySection, EntryReceived, EntrySubmitted};
use crate::questionnaire::direction::isolated;
use crate::questionnaire::{PageCheck, Section};

impl House {
    /// Submits an entry, and tells every editor and the company's people. An entry that waits already is left as it is.
    ///
    /// # Errors
    /// [`AppError::Outdated`] if it is not of the revision that was seen: nobody submits what they have not read.
    /// [`AppError::Incomplete`] while a page is; [`AppError::NotOpen`] for a first draft after the deadline;
    /// [`AppError::NotNow`] once the editors have decided.
    pub async fn submit(&self, actor: &Actor, id: EntryId, seen: i32) -> Result<EntryInHand, AppError> {
        let (house, actor) = (self.clone(), actor.clone());
        self.db.write(move |connection| submit(connection, &house, &actor, id, seen)).await
    }
}

fn submit(connection: &mut Connection, house: &House, actor: &Actor, id: EntryId, seen: i32) -> Result<EntryInHand, AppError> {
    let mut entry = entry_in_hand::of_vendor(connection, &house.editions, actor, id)?;
    if entry.entry.status == Status::Submitted {
        return Ok(entry);
    }
    entry.entry.status.after(Act::Submit)?;
    if let Some(shut) = entry.edition.shut(house.now()).filter(|_| !entry.came_in_time()) {
        return Err(AppError::NotOpen(shut));
    }
    let checks = entry.check(house.now());
    if checks.iter().any(|check| !check.refusals.is_empty()) {
        return Err(AppError::Incomplete);
    }
    if entry.entry.revision != seen {
        return Err(AppError::Outdated);
    }
    let again = entry.entry.submitted_at.is_some();
    let details = json!({ "again": again, "queries": query_count(&checks) });
    chronicle::move_on(connection, house, actor, &mut entry.entry, Act::Submit, details)?;
    remember(connection, house, Some(actor), &mut entry.sheet)?;
    tell_editors(connection, house, actor, &entry, &checks, again)?;
    tell_members(connection, house, &entry)?;
    Ok(entry)
}

/// How much is unusual, which the queue says of an entry without checking it anew.
pub(super) fn query_count(checks: &[PageCheck]) -> usize {
    checks.iter().map(|check| check.queries.len()).sum()
}

/// Keeps what the entry says now, so that a later submission can be compared with it.
pub(super) fn remember(
    connection: &mut Connection,
    house: &House,
    actor: Option<&Actor>,
    sheet: &mut Sheet,
) -> Result<(), AppError> {
    let (entry, now) = (&mut sheet.entry, house.now().into());
    let submission = Submission {
        entry_id: entry.id,
        number: submissions::next_number(connection, entry.id)?,
        answers: Document(sheet.answers.freeze(&sheet.edition.questionnaire).into()),
        account_id: actor.map(|actor| actor.account),
        submitted_at: now,
    };
    submissions::insert(connection, &submission)?;
    entries::set_submitted(connection, entry.id, now)?;
    entry.submitted_at = Some(now);
    Ok(())
}

/// Until the deadline; after it, what had come in time may come again: after changes, a recall or a revision.
pub fn may_submit(entry: &EntryInHand, house: &House) -> bool {
    entry.came_in_time() || entry.edition.schedule.phase(house.now()) == Phase::Open
}

/// Whether the deadline is still to be told: it has not passed, and the entry never came before it.
pub fn is_due(entry: &EntryInHand, house: &House) -> bool {
    may_submit(entry, house) && !entry.came_in_time()
}

fn tell_editors(
    connection: &mut Connection,
    house: &House,
    actor: &Actor,
    entry: &EntryInHand,
    checks: &[PageCheck],
    again: bool,
) -> Result<(), AppError> {
    let queries: Vec<_> = checks.iter().flat_map(|check| &check.queries).collect();
    let mail = EntrySubmitted {
        frame: post::frame(house, &entry.edition),
        company: entry.company_apart(),
        program: entry.program_apart(),
        submitted_by: isolated(actor.called()).into_owned(),
        submitted_at: entry.edition.schedule.moment_words(house.now()),
        again,
        queries: queries.len(),
        confirmed: queries.iter().filter(|query| query.confirmed).count(),
        open_notes: i64::try_from(entry.open_notes()).unwrap_or_default(),
        waiting: entries::at_status(connection, entry.edition.id, Status::Submitted)?.len(),
        reference: reference::shown(&entry.entry.reference),
        link: house.address(&format!("/desk/entries/{}", entry.entry.id)),
    };
    post::send_to_editors(connection, house, &post::once("submitted", house, entry), &actor.email, &mail)
}

fn tell_members(connection: &mut Connection, house: &House, entry: &EntryInHand) -> Result<(), AppError> {
    let schedule = &entry.edition.schedule;
    let printed = entry.edition.questionnaire.print(&entry.answers);
    let mail = EntryReceived {
        frame: post::frame(house, &entry.edition),
        company: entry.company_apart(),
        program: entry.program_apart(),
        reference: reference::shown(&entry.entry.reference),
        submitted_at: schedule.moment_words(house.now()),
        is_revision: entry.profile.is_some(),
        publishes_on: entry.publishes_on(house.now()),
        contact_name: entry.edition.contact_name.clone(),
        contact_email: entry.edition.contact_email.clone(),
        link: house.address(&entry.path()),
        copy: printed.sections.iter().map(copy).collect(),
    };
    let key = post::once("received", house, entry);
    post::send_to_members(connection, house, &key, entry.entry.company_id, &entry.edition.contact_email, &mail)
}

fn copy(section: &Section) -> CopySection {
    let line = |line: &crate::questionnaire::Line| Some((line.label.clone(), line.value.as_ref()?.lines()));
    CopySection { title: section.title.clone(), lines: section.lines.iter().filter_map(line).collect() }
}
