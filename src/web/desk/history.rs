//! `/desk/entries/{id}/history` and `/desk/history`: who did what when, in the edition's time zone.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::{AskedEdition, EditionChoice, Pages, edition, editions, path};
use crate::db::ids::EntryId;
use crate::db::{entries, events};
use crate::domain::Edition;
use crate::error::AppError;
use crate::questionnaire::direction;
use crate::web::history::{HistoryLine, lines};
use crate::web::identity::Editor;
use crate::web::layout::Layout;
use crate::web::page;
use crate::workflow::House;
use crate::workflow::history::LINES;

/// What happened to one entry.
#[derive(Template)]
#[template(path = "desk/entry_history.html")]
struct EntryHistoryPage {
    layout: Layout,
    review: String,
    company: String,
    program: String,
    place: String,
    lines: Vec<HistoryLine>,
}

/// What happened last to the entries of an edition.
#[derive(Template)]
#[template(path = "desk/history.html")]
struct HistoryPage {
    layout: Layout,
    editions: Vec<EditionChoice>,
    place: String,
    lines: Vec<(HistoryLine, Option<Entry>)>,
    pages: Option<Pages>,
}

/// The entry that a line is about.
struct Entry {
    href: String,
    name: String,
}

/// GET `/desk/entries/{id}/history`
///
/// # Errors
/// [`AppError::NotThere`] when there is no such entry.
pub async fn of_entry(house: web::Data<House>, editor: Editor, id: web::Path<EntryId>) -> Result<HttpResponse, AppError> {
    let (entry, history) = house.history_at_desk(&editor, *id).await?;
    page(&EntryHistoryPage {
        layout: Layout::desk(&house, &editor, Some(&entry.edition), "Queue"),
        review: path(entry.entry.id),
        company: entry.entry.company_name.clone(),
        program: entry.program_name().to_owned(),
        place: entry.edition.schedule.place(),
        lines: lines(&entry.edition, &history),
    })
}

/// GET `/desk/history`
///
/// # Errors
/// [`AppError::NotThere`] for an edition that there is not.
pub async fn show(house: web::Data<House>, editor: Editor, asked: web::Query<AskedEdition>) -> Result<HttpResponse, AppError> {
    let edition = edition(&house, asked.edition)?;
    let number = asked.page.unwrap_or(1).max(1);
    let newest = house.history_of_edition(&editor, edition.id, number).await?;
    let address = |number| format!("/desk/history?edition={}&page={number}", edition.year);
    page(&HistoryPage {
        layout: Layout::desk(&house, &editor, Some(&edition), "History"),
        editions: editions(&house, &edition),
        place: edition.schedule.place(),
        pages: Pages::of(number, newest.len() > LINES, address),
        lines: newest.iter().take(LINES).map(|line| told(&edition, line)).collect(),
    })
}

fn told(edition: &Edition, line: &events::Line) -> (HistoryLine, Option<Entry>) {
    let entry = line.entry.as_ref().map(|entry| Entry { href: path(entry.id), name: name(entry) });
    (HistoryLine::new(edition, &line.event, line.author.as_deref()), entry)
}

fn name(entry: &entries::Entry) -> String {
    match entry.company_name.is_empty() {
        true => entry.program_name.clone(),
        false => entry.company_name.clone(),
    }
}
