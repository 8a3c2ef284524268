//! `/entries/{id}/history`: who did what when. What editors say among themselves is not there.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::db::ids::EntryId;
use crate::error::AppError;
use crate::web::history::{HistoryLine, lines};
use crate::web::identity::SignedIn;
use crate::web::layout::Layout;
use crate::web::page;
use crate::workflow::House;

#[derive(Template)]
#[template(path = "vendor/history.html")]
struct HistoryPage {
    layout: Layout,
    path: String,
    program: String,
    place: String,
    lines: Vec<HistoryLine>,
}

/// GET `/entries/{id}/history`
///
/// # Errors
/// [`AppError::NotThere`] for an entry of another company.
pub async fn show(house: web::Data<House>, actor: SignedIn, id: web::Path<EntryId>) -> Result<HttpResponse, AppError> {
    let (entry, history) = house.history_of_vendor(&actor, *id).await?;
    page(&HistoryPage {
        layout: Layout::entry(&house, &actor, &entry, "History"),
        path: entry.path(),
        program: entry.program_name().to_owned(),
        place: entry.edition.schedule.place(),
        lines: lines(&entry.edition, &history),
    })
}
