//! `/entries/{id}/check`: every answer, what is missing, and the button that submits.

mod refused;

use actix_web::{HttpResponse, web};
use askama::Template;

use self::refused::{Refused, SINCE};
use crate::db::ids::EntryId;
use crate::domain::{Status, reference};
use crate::error::AppError;
use crate::questionnaire::Value;
use crate::web::identity::SignedIn;
use crate::web::kept::StillKept;
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
    program: String,
    reference: String,
    revision: i32,
    /// The microsecond of the entry's last change.
    changed_at: i64,
    /// What kept it from being submitted just now.
    refused: Option<Refused>,
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

    fn incomplete(&self) -> usize {
        self.parts.iter().filter(|part| !part.check.refusals.is_empty()).count()
    }
}

/// GET `/entries/{id}/check`
///
/// # Errors
/// [`AppError::NotThere`] for an entry of another company.
pub async fn show(
    house: web::Data<House>,
    actor: SignedIn,
    id: web::Path<EntryId>,
    query: web::Query<Vec<(String, String)>>,
    kept: StillKept,
) -> Result<HttpResponse, AppError> {
    let entry = house.entry_of_vendor(&actor, *id).await?;
    let parts = parts(&house, &entry);
    let (editable, in_time) = (entry.entry.status.is_open_to_the_vendor(), may_submit(&entry, &house));
    let refused = if editable && in_time { Refused::read(&query, &entry, &actor, &parts) } else { None };
    page(&CheckPage {
        layout: Layout::entry(&house, &actor, &entry, "Your entry").telling(&kept),
        refused,
        changed_at: entry.entry.updated_at.timestamp().as_microsecond(),
        path: entry.path(),
        program: entry.program_name().to_owned(),
        reference: reference::shown(&entry.entry.reference),
        revision: entry.entry.revision,
        status: entry.entry.status,
        editable,
        in_time,
        deadline: entry.edition.schedule.deadline_words(),
        parts,
    })
}

/// The address of the page for somebody whose page could not be submitted any more.
pub fn after(path: &str, changed_at: &str) -> String {
    match changed_at.parse::<i64>() {
        Ok(micros) => format!("{path}/check?{SINCE}={micros}"),
        Err(_) => format!("{path}/check"),
    }
}
