//! `/entries/{id}/check`: every answer, what is missing, and the button that submits.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use crate::db::ids::EntryId;
use crate::domain::{Actor, Status, reference};
use crate::error::AppError;
use crate::questionnaire::Value;
use crate::web::identity::SignedIn;
use crate::web::layout::Layout;
use crate::web::vendor::part::{Part, parts};
use crate::web::{page, page_with};
use crate::workflow::House;
use crate::workflow::submit::may_submit;

#[derive(Template)]
#[template(path = "vendor/check.html")]
struct CheckPage {
    layout: Layout,
    path: String,
    program: String,
    reference: String,
    revision: i32,
    /// Whether an answer was changed after the page had been shown that was to be submitted.
    outdated: bool,
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

/// GET `/entries/{id}/check`
///
/// # Errors
/// [`AppError::NotThere`] for an entry of another company.
pub async fn show(house: web::Data<House>, actor: SignedIn, id: web::Path<EntryId>) -> Result<HttpResponse, AppError> {
    page(&check(&house, &actor, *id, false).await?)
}

/// The page again, since an answer was changed after it was shown.
///
/// # Errors
/// [`AppError::NotThere`] for an entry of another company.
pub async fn outdated(house: &House, actor: &Actor, id: EntryId) -> Result<HttpResponse, AppError> {
    page_with(StatusCode::CONFLICT, &check(house, actor, id, true).await?)
}

async fn check(house: &House, actor: &Actor, id: EntryId, outdated: bool) -> Result<CheckPage, AppError> {
    let entry = house.entry_of_vendor(actor, id).await?;
    Ok(CheckPage {
        layout: Layout::entry(house, actor, &entry, "Your entry"),
        path: entry.path(),
        program: entry.program_name().to_owned(),
        reference: reference::shown(&entry.entry.reference),
        revision: entry.entry.revision,
        outdated,
        status: entry.entry.status,
        editable: entry.entry.status.is_open_to_the_vendor(),
        in_time: may_submit(&entry, house),
        deadline: entry.edition.schedule.deadline_words(),
        parts: parts(house, &entry),
    })
}
