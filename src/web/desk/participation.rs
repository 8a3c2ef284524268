//! Whether an entry takes part in the guide: its profile is taken down, the entry withdrawn or brought back.

use actix_web::{HttpRequest, HttpResponse, web};

use super::path;
use super::review::Asked;
use super::saying::{Outcome, Texts};
use crate::db::ids::EntryId;
use crate::error::AppError;
use crate::web::identity::Editor;
use crate::web::see_other;
use crate::web::sent::Sent;
use crate::workflow::House;
use crate::workflow::withdraw::Side;

/// POST `/desk/entries/{id}/participation`: unpublish, withdraw, or reinstate. What is done already is harmless.
///
/// # Errors
/// [`AppError::NotNow`] for what does not fit the entry as it stands; [`AppError::Malformed`] for an act that there is not.
pub async fn change(
    request: HttpRequest,
    house: web::Data<House>,
    id: web::Path<EntryId>,
    Sent { by: editor, form }: Sent<Editor>,
) -> Result<HttpResponse, AppError> {
    let texts = Texts::of(&form, &["act"], None)?;
    let act = form.text("act");
    if !["unpublish", "withdraw", "reinstate"].contains(&act) {
        return Err(form.unknown_act());
    }
    if let Outcome::Refused(review) = texts.say(&request, &house, &editor, *id, &Asked::default()).await? {
        return Ok(review);
    }
    match act {
        "unpublish" => house.unpublish(&editor, *id).await?,
        "withdraw" => house.withdraw(&editor, Side::Desk, *id).await?,
        _ => house.reinstate(&editor, Side::Desk, *id).await?,
    };
    Ok(see_other(&format!("{}#decided", path(*id))))
}
