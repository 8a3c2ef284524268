//! Withdrawing an entry, after a page that says what that means, and bringing it back.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::db::ids::EntryId;
use crate::domain::Act;
use crate::error::AppError;
use crate::questionnaire::direction;
use crate::web::identity::SignedIn;
use crate::web::layout::Layout;
use crate::web::sent::Sent;
use crate::web::{page, see_other};
use crate::workflow::withdraw::Side;
use crate::workflow::{EntryInHand, House};

#[derive(Template)]
#[template(path = "vendor/withdraw.html")]
struct WithdrawPage {
    layout: Layout,
    entry: EntryInHand,
    path: String,
}

/// Whether the vendor may withdraw an entry as it stands: readers see no profile of it.
pub fn may_withdraw(entry: &EntryInHand) -> bool {
    entry.profile.is_none() && entry.entry.status.after(Act::Withdraw).is_ok()
}

/// GET `/entries/{id}/withdraw`. An entry that cannot be withdrawn is shown instead: its home says how it stands.
///
/// # Errors
/// [`AppError::NotThere`] for an entry of another company.
pub async fn ask(house: web::Data<House>, actor: SignedIn, id: web::Path<EntryId>) -> Result<HttpResponse, AppError> {
    let entry = house.entry_of_vendor(&actor, *id).await?;
    if !may_withdraw(&entry) {
        return Ok(see_other(&entry.path()));
    }
    page(&WithdrawPage { layout: Layout::entry(&house, &actor, &entry, "Your entry"), path: entry.path(), entry })
}

/// POST `/entries/{id}/withdraw`: an entry that is withdrawn already stays so.
///
/// # Errors
/// See [`House::withdraw`].
pub async fn withdraw(
    house: web::Data<House>,
    id: web::Path<EntryId>,
    Sent { by: actor, .. }: Sent<SignedIn>,
) -> Result<HttpResponse, AppError> {
    Ok(see_other(&house.withdraw(&actor, Side::Vendor, *id).await?.path()))
}

/// POST `/entries/{id}/reinstate`: an entry that takes part already is left as it is.
///
/// # Errors
/// See [`House::reinstate`].
pub async fn reinstate(
    house: web::Data<House>,
    id: web::Path<EntryId>,
    Sent { by: actor, .. }: Sent<SignedIn>,
) -> Result<HttpResponse, AppError> {
    Ok(see_other(&house.reinstate(&actor, Side::Vendor, *id).await?.path()))
}
