//! `/desk`: what waits, for whom, and since when.

use actix_web::{HttpResponse, web};
use askama::Template;
use jiff::Timestamp;
use serde::Deserialize;

use super::{EditionChoice, edition, editions, given, path};
use crate::domain::{Edition, Phase, Status, reference};
use crate::error::AppError;
use crate::web::count::{capital, counted, figures};
use crate::web::identity::Editor;
use crate::web::kept::StillKept;
use crate::web::layout::Layout;
use crate::web::page;
use crate::workflow::House;
use crate::workflow::queue::{Filter, Queue, UNDER_WAY, Waiting};

/// What the address says.
#[derive(Debug, Deserialize)]
pub struct Asked {
    #[serde(default, deserialize_with = "given")]
    edition: Option<i32>,
    status: Option<String>,
    q: Option<String>,
    #[serde(default, deserialize_with = "given")]
    page: Option<usize>,
}

#[derive(Template)]
#[template(path = "desk/queue.html")]
struct QueuePage {
    layout: Layout,
    editions: Vec<EditionChoice>,
    waiting: String,
    deadline: Deadline,
    /// Mails that were given up, told where every editor begins.
    given_up: Option<String>,
    tally: Vec<Count>,
    /// Whether not all that is under way is looked at.
    narrowed: bool,
    text: String,
    how_many: String,
    order: &'static str,
    rows: Vec<Row>,
    pages: Option<Pages>,
}

/// What the editors are told about the deadline.
struct Deadline {
    verb: &'static str,
    machine: String,
    words: String,
    left: Option<String>,
}

/// How many entries stand at a status, and the way to them.
struct Count {
    status: Status,
    count: usize,
    href: String,
    shown: bool,
}

struct Row {
    href: String,
    company: String,
    program: String,
    reference: String,
    status: Status,
    /// How long it has waited; none where nobody waits.
    waits: Option<String>,
    late: bool,
    machine: String,
    since: String,
    queries: Option<u64>,
    open_notes: Option<String>,
}

/// Where one is in a long queue.
struct Pages {
    words: String,
    before: Option<String>,
    after: Option<String>,
}

/// The entries on one page.
const ROWS: usize = 100;
/// Somebody who has waited for more days than this has waited too long.
const PATIENCE: i64 = 7;

/// GET `/desk`
///
/// # Errors
/// [`AppError::NotThere`] for an edition or a status that there is not.
pub async fn show(
    house: web::Data<House>,
    editor: Editor,
    asked: web::Query<Asked>,
    kept: StillKept,
) -> Result<HttpResponse, AppError> {
    let edition = edition(&house, asked.edition)?;
    let filter = filter(&asked)?;
    let queue = house.queue(&editor, edition.id, filter.clone()).await?;
    let given_up = usize::try_from(house.failed_message_count(&editor).await?).unwrap_or_default();
    let now = house.now();
    let number = asked.page.unwrap_or(1).clamp(1, last_page(queue.waiting.len()));
    page(&QueuePage {
        layout: Layout::desk(&house, &editor, Some(&edition), "Queue").telling(&kept),
        editions: editions(&house, &edition),
        waiting: waiting(&edition, &queue, now),
        deadline: deadline(&edition, now),
        given_up: (given_up > 0).then(|| capital(&counted(given_up, "message", "messages"))),
        tally: tally(&edition, &queue, &filter),
        how_many: figures(queue.waiting.len(), "entry", "entries"),
        order: order(&filter),
        rows: queue.waiting.iter().skip((number - 1) * ROWS).take(ROWS).map(|waiting| row(&edition, waiting, now)).collect(),
        pages: pages(&edition, &filter, queue.waiting.len(), number),
        narrowed: filter.status.is_some() || !filter.text.is_empty(),
        text: filter.text,
    })
}

fn filter(asked: &Asked) -> Result<Filter, AppError> {
    let status = asked.status.as_deref().filter(|status| !status.is_empty());
    let status = status.map(str::parse).transpose().map_err(|_| AppError::NotThere)?;
    Ok(Filter { status, text: asked.q.as_deref().unwrap_or_default().trim().to_owned() })
}

fn waiting(edition: &Edition, queue: &Queue, now: Timestamp) -> String {
    let count = queue.tally.iter().find(|(status, _)| *status == Status::Submitted).map_or(0, |(_, count)| *count);
    let days = queue.oldest.map(|oldest| edition.schedule.days_since(oldest, now));
    let days = days.and_then(|days| usize::try_from(days).ok()).filter(|days| *days > 0).map(|days| counted(days, "day", "days"));
    match (count, days) {
        (0, _) => "No entry waits for us.".to_owned(),
        (1, None) => "One entry waits for us, since today.".to_owned(),
        (1, Some(days)) => format!("One entry waits for us, for {days}."),
        (many, None) => format!("{} wait for us, all since today.", capital(&counted(many, "entry", "entries"))),
        (many, Some(days)) => format!("{} wait for us, the oldest for {days}.", capital(&counted(many, "entry", "entries"))),
    }
}

fn deadline(edition: &Edition, now: Timestamp) -> Deadline {
    let schedule = &edition.schedule;
    let told =
        |verb, moment| Deadline { verb, machine: schedule.machine(moment), words: schedule.moment_words(moment), left: None };
    match schedule.phase(now) {
        Phase::NotOpen => told("opens", schedule.opens_at),
        Phase::Open => Deadline { left: Some(schedule.left_words(now)), ..told("closes", schedule.deadline_at) },
        Phase::Closed => told("closed", schedule.deadline_at),
    }
}

fn tally(edition: &Edition, queue: &Queue, filter: &Filter) -> Vec<Count> {
    let shown = |status| match filter.status {
        Some(wanted) => wanted == status,
        None => filter.text.is_empty() && UNDER_WAY.contains(&status),
    };
    let href = |status: Status| address(edition, &Filter { status: Some(status), text: String::new() }, 1);
    queue.tally.iter().map(|&(status, count)| Count { status, count, href: href(status), shown: shown(status) }).collect()
}

fn order(filter: &Filter) -> &'static str {
    match filter.status {
        Some(Status::Submitted | Status::ChangesRequested | Status::Approved) => "longest waiting first",
        Some(_) => "the oldest first",
        None => "submitted first, longest waiting first",
    }
}

fn row(edition: &Edition, waiting: &Waiting, now: Timestamp) -> Row {
    let (entry, schedule) = (&waiting.entry, &edition.schedule);
    let since = entry.status_since.timestamp();
    let days = schedule.days_since(since, now);
    let waits = UNDER_WAY.contains(&entry.status);
    let notes = usize::try_from(waiting.open_notes).unwrap_or_default();
    Row {
        href: path(entry.id),
        company: if entry.company_name.is_empty() { "No company yet".to_owned() } else { entry.company_name.clone() },
        program: entry.program_name.clone(),
        reference: reference::shown(&entry.reference),
        status: entry.status,
        waits: waits.then(|| days_words(days)),
        late: waits && days > PATIENCE,
        machine: schedule.machine(since),
        since: schedule.short_day_words(since),
        queries: waiting.queries,
        open_notes: (notes > 0).then(|| format!("{notes} open")),
    }
}

fn days_words(days: i64) -> String {
    match days {
        ..=0 => "today".to_owned(),
        1 => "1 day".to_owned(),
        days => format!("{days} days"),
    }
}

fn last_page(entries: usize) -> usize {
    entries.div_ceil(ROWS).max(1)
}

fn pages(edition: &Edition, filter: &Filter, entries: usize, number: usize) -> Option<Pages> {
    let last = last_page(entries);
    (last > 1).then(|| Pages {
        words: format!("Entries {} to {} of {entries}", (number - 1) * ROWS + 1, (number * ROWS).min(entries)),
        before: (number > 1).then(|| address(edition, filter, number - 1)),
        after: (number < last).then(|| address(edition, filter, number + 1)),
    })
}

/// The address of a part of the queue.
fn address(edition: &Edition, filter: &Filter, number: usize) -> String {
    let status = filter.status.map(Status::as_str).unwrap_or_default();
    let (year, number) = (edition.year.to_string(), number.to_string());
    let fields =
        [("edition", year.as_str()), ("status", status), ("q", &filter.text), ("page", if number == "1" { "" } else { &number })];
    let given: Vec<_> = fields.into_iter().filter(|(_, value)| !value.is_empty()).collect();
    format!("/desk?{}", serde_urlencoded::to_string(given).unwrap_or_default())
}
