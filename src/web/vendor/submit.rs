//! Submitting an entry, its receipt, taking it back, and going on after publication.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::db::ids::EntryId;
use crate::domain::{Status, reference};
use crate::error::AppError;
use crate::web::identity::SignedIn;
use crate::web::kept::StillKept;
use crate::web::layout::Layout;
use crate::web::sent::Sent;
use crate::web::vendor::check;
use crate::web::{page, see_other};
use crate::workflow::{EntryInHand, House};

/// POST `/entries/{id}/submit`: a second click leads to the same receipt.
///
/// # Errors
/// See [`House::submit`]; an entry that is not complete, or not what was checked any more, leads to the check page, which
/// says so.
pub async fn submit(
    house: web::Data<House>,
    id: web::Path<EntryId>,
    Sent { by: actor, form }: Sent<SignedIn>,
) -> Result<HttpResponse, AppError> {
    let entry = house.entry_of_vendor(&actor, *id).await?;
    form.has_only(&["revision", "changed_at"])?;
    let seen = form.number("revision")?;
    match house.submit(&actor, *id, seen).await {
        Ok(entry) => Ok(see_other(&format!("{}/receipt", entry.path()))),
        Err(AppError::Incomplete | AppError::Outdated) => Ok(see_other(&check::after(&entry.path(), form.text("changed_at")))),
        Err(error) => Err(error),
    }
}

#[derive(Template)]
#[template(path = "vendor/receipt.html")]
struct ReceiptPage {
    layout: Layout,
    entry: EntryInHand,
    path: String,
    reference: String,
    submitted_at: String,
    publishes_on: Option<String>,
}

impl ReceiptPage {
    fn waits(&self) -> bool {
        self.entry.entry.status == Status::Submitted
    }

    fn heading(&self) -> &'static str {
        if self.waits() { "Your entry is submitted" } else { "Your entry was submitted" }
    }

    /// How it stands now, after "it is".
    fn status_words(&self) -> &'static str {
        match self.entry.entry.status {
            Status::Draft => "a draft again",
            Status::Submitted => "submitted",
            Status::ChangesRequested => "back with you: the editors ask for changes",
            Status::Approved => "approved",
            Status::Published => "published",
            Status::Withdrawn => "withdrawn",
        }
    }
}

/// GET `/entries/{id}/receipt`
///
/// # Errors
/// [`AppError::NotThere`] for an entry that was never submitted, or of another company.
pub async fn receipt(
    house: web::Data<House>,
    actor: SignedIn,
    id: web::Path<EntryId>,
    kept: StillKept,
) -> Result<HttpResponse, AppError> {
    let entry = house.entry_of_vendor(&actor, *id).await?;
    let submitted_at = entry.entry.submitted_at.ok_or(AppError::NotThere)?.timestamp();
    let schedule = &entry.edition.schedule;
    page(&ReceiptPage {
        layout: Layout::entry(&house, &actor, &entry, "Your entry").telling(&kept),
        path: entry.path(),
        reference: reference::shown(&entry.entry.reference),
        submitted_at: schedule.moment_words(submitted_at),
        publishes_on: entry.publishes_on(house.now()),
        entry,
    })
}

/// POST `/entries/{id}/recall`: an entry that is a draft already stays one.
///
/// # Errors
/// See [`House::recall`].
pub async fn recall(
    house: web::Data<House>,
    id: web::Path<EntryId>,
    Sent { by: actor, .. }: Sent<SignedIn>,
) -> Result<HttpResponse, AppError> {
    let entry = house.entry_of_vendor(&actor, *id).await?;
    let entry = if entry.entry.status == Status::Draft { entry } else { house.recall(&actor, *id).await? };
    Ok(see_other(&entry.path()))
}

/// POST `/entries/{id}/revise`: an entry that is a draft already stays one.
///
/// # Errors
/// See [`House::revise`].
pub async fn revise(
    house: web::Data<House>,
    id: web::Path<EntryId>,
    Sent { by: actor, .. }: Sent<SignedIn>,
) -> Result<HttpResponse, AppError> {
    let entry = house.entry_of_vendor(&actor, *id).await?;
    let entry = if entry.entry.status == Status::Draft { entry } else { house.revise(&actor, *id).await? };
    Ok(see_other(&entry.path()))
}
