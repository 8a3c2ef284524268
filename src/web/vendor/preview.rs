//! `/entries/{id}/preview`: the profile as readers would see it now.

use actix_web::{HttpResponse, web};

use crate::db::ids::EntryId;
use crate::error::AppError;
use crate::web::identity::SignedIn;
use crate::web::layout::Layout;
use crate::web::reader::profile;
use crate::workflow::House;
use crate::workflow::publish::frozen;

/// GET `/entries/{id}/preview`
///
/// # Errors
/// [`AppError::NotThere`] for an entry of another company.
pub async fn show(house: web::Data<House>, actor: SignedIn, id: web::Path<EntryId>) -> Result<HttpResponse, AppError> {
    let entry = house.entry_of_vendor(&actor, *id).await?;
    let layout = Layout::entry(&house, &actor, &entry, "Preview");
    profile::preview(layout, &entry.edition, &frozen(&entry, &house), &entry.path())
}
