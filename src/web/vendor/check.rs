//! `/entries/{id}/check`: every answer, what is missing, and the button that submits.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::db::ids::EntryId;
use crate::domain::Status;
use crate::error::AppError;
use crate::questionnaire::Value;
use crate::web::identity::SignedIn;
use crate::web::layout::Layout;
use crate::web::page;
use crate::web::vendor::part::{Part, parts};
use crate::workflow::House;
use crate::workflow::submit::may_submit;

#[derive(Template)]
#[template(path = "vendor/check.html")]
struct CheckPage {
    layout: Layout,
    path: String,
    submitted: bool,
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
    let entry = house.entry_of_vendor(&actor, *id).await?;
    page(&CheckPage {
        layout: Layout::entry(&house, &actor, &entry, "Your entry"),
        path: entry.path(),
        submitted: !matches!(entry.entry.status, Status::Draft | Status::ChangesRequested),
        editable: entry.entry.status.is_open_to_the_vendor(),
        in_time: may_submit(&entry, &house),
        deadline: entry.edition.schedule.deadline_words(),
        parts: parts(&house, &entry),
    })
}
