//! `/desk/entries/{id}`: an entry as it will be printed, with what is said about it in the margin.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::decision::{self, Decision};
use super::notes::{Margin, Problem, Refused};
use super::path;
use crate::db::entries;
use crate::db::events::Event;
use crate::db::ids::EntryId;
use crate::domain::{Act, Actor, Status, reference};
use crate::error::AppError;
use crate::questionnaire::direction;
use crate::questionnaire::{Marked, PageCheck, Query, Stretch, Value};
use crate::web::count::figures;
use crate::web::history::is_imported;
use crate::web::identity::Editor;
use crate::web::kept::StillKept;
use crate::web::layout::Layout;
use crate::web::{page, unprocessable};
use crate::workflow::entry_in_hand::Seen;
use crate::workflow::history::History;
use crate::workflow::publish::frozen;
use crate::workflow::review::Review;
use crate::workflow::{EntryInHand, House};

mod part;
mod view;

pub use part::Part;
use part::{Tally, parts};
pub use view::Asked;
use view::{Filters, View};

#[derive(Template)]
#[template(path = "desk/review.html")]
struct ReviewPage {
    layout: Layout,
    entry: EntryInHand,
    path: String,
    /// What was asked for, to come back to it.
    query: String,
    reference: String,
    since: Option<Since>,
    version: Option<Version>,
    /// What may be shown, and compared with; none where there is no choice.
    filters: Option<Filters>,
    /// Whether what went and what came is marked.
    marking: bool,
    before: Option<Neighbour>,
    after: Option<Neighbour>,
    parts: Vec<Part>,
    whole: Margin,
    summary: String,
    decisions: &'static [Decision],
    /// What is decided about.
    seen: Seen,
    /// When the page was made, in microseconds.
    since_made: i64,
    /// Whether no button of the bar sends its notes to the vendor.
    unsent: bool,
    problems: Vec<Problem>,
}

/// Who brought the entry where it is.
struct Since {
    again: bool,
    /// None where it was brought in from a file.
    who: Option<String>,
    machine: String,
    at: String,
}

/// What readers see of it.
struct Version {
    number: i32,
    machine: String,
    since: String,
}

/// The entry before or after this one in the queue.
struct Neighbour {
    href: String,
    company: String,
}

/// GET `/desk/entries/{id}`
///
/// # Errors
/// [`AppError::NotThere`] when there is no such entry, or nothing of the kind to show or to compare with.
pub async fn show(
    house: web::Data<House>,
    editor: Editor,
    id: web::Path<EntryId>,
    asked: web::Query<Asked>,
    kept: StillKept,
) -> Result<HttpResponse, AppError> {
    let review = review(&house, &editor, *id, &asked, &[]).await?;
    page(&ReviewPage { layout: review.layout.clone().telling(&kept), ..review })
}

/// The review again, with what was typed and what is wrong with it.
///
/// # Errors
/// [`AppError::NotThere`] when there is no such entry.
pub async fn refused(
    house: &House,
    editor: &Actor,
    id: EntryId,
    asked: &Asked,
    refused: Vec<Refused>,
) -> Result<HttpResponse, AppError> {
    unprocessable(&review(house, editor, id, &asked.of_all(), &refused).await?)
}

/// GET `/desk/entries/{id}/preview`
///
/// # Errors
/// [`AppError::NotThere`] when there is no such entry.
pub async fn preview(house: web::Data<House>, editor: Editor, id: web::Path<EntryId>) -> Result<HttpResponse, AppError> {
    let entry = house.entry_at_desk(&editor, *id).await?;
    let layout = Layout::desk(&house, &editor, Some(&entry.edition), "Queue");
    crate::web::reader::profile::preview(layout, &entry.edition, &frozen(&entry, &house), &path(entry.entry.id))
}

async fn review(house: &House, editor: &Actor, id: EntryId, asked: &Asked, refused: &[Refused]) -> Result<ReviewPage, AppError> {
    let since_made = house.now().as_microsecond();
    let Review { entry, history, earlier } = house.review(editor, id).await?;
    let line = house.line(editor, entry.edition.id, id).await?;
    let checks = entry.check(house.now());
    let view = View::new(asked, &entry, &earlier)?;
    let parts = parts(&entry, &checks, &view.beside, refused);
    let (tally, whole) = (Tally::of(&parts), Margin::of_whole(&entry, &parts, refused));
    Ok(ReviewPage {
        layout: Layout::desk(house, editor, Some(&entry.edition), "Queue"),
        path: path(id),
        query: asked.query(),
        reference: reference::shown(&entry.entry.reference),
        since: since(&entry, &history),
        version: version(&entry),
        filters: view.filters(&entry.edition, &earlier, &tally),
        marking: view.marking(),
        parts: view.shown.of(parts),
        whole,
        summary: summary(&entry, &checks),
        decisions: decision::fitting(entry.entry.status),
        seen: entry.seen_by(editor),
        since_made,
        unsent: matches!(entry.entry.status, Status::Draft | Status::ChangesRequested | Status::Published),
        problems: refused.iter().map(Refused::problem).collect(),
        before: line.before.map(neighbour),
        after: line.after.map(neighbour),
        entry,
    })
}

fn neighbour(entry: entries::Entry) -> Neighbour {
    Neighbour { href: path(entry.id), company: entry.company_name }
}

fn since(entry: &EntryInHand, history: &History) -> Option<Since> {
    let schedule = &entry.edition.schedule;
    let stayed = |event: &Event| event.details.0.get("under_revision").and_then(serde_json::Value::as_bool).unwrap_or_default();
    let brought = |event: &Event| event.act.parse::<Act>().is_ok() && !stayed(event);
    let (event, author) = history.iter().rev().find(|(event, _)| brought(event))?;
    let at = event.at.timestamp();
    Some(Since {
        again: event.details.0.get("again").and_then(serde_json::Value::as_bool).unwrap_or_default(),
        who: match is_imported(&event.details.0) {
            true => None,
            false => Some(author.clone().unwrap_or_else(|| "Almanac".to_owned())),
        },
        machine: schedule.machine(at),
        at: schedule.time_words(at),
    })
}

fn version(entry: &EntryInHand) -> Option<Version> {
    let (profile, schedule) = (entry.profile.as_ref()?, &entry.edition.schedule);
    let since = profile.published_from.timestamp();
    Some(Version { number: profile.version, machine: schedule.machine(since), since: schedule.day_words(since) })
}

fn summary(entry: &EntryInHand, checks: &[PageCheck]) -> String {
    let queries: Vec<&Query> = checks.iter().flat_map(|check| &check.queries).collect();
    let confirmed = queries.iter().filter(|query| query.confirmed).count();
    let told = |count: usize, one: &str, many: &str| (count > 0).then(|| figures(count, one, many));
    let parts = [
        told(entry.open_notes(), "open note to send", "open notes to send"),
        told(confirmed, "confirmed query", "confirmed queries"),
        told(queries.len() - confirmed, "unconfirmed query", "unconfirmed queries"),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
