//! What an editor decides about an entry: only what fits its status is offered.

use actix_web::{HttpRequest, HttpResponse, web};

use super::notes::Refused;
use super::review::Asked;
use super::saying::{Outcome, Texts};
use super::{path, review};
use crate::db::ids::EntryId;
use crate::domain::Status;
use crate::error::AppError;
use crate::web::identity::Editor;
use crate::web::see_other;
use crate::web::sent::Sent;
use crate::workflow::House;
use crate::workflow::add_note::{NotePlace, Typed};
use crate::workflow::entry_in_hand::Seen;

/// A button of the bar.
#[derive(Debug, PartialEq, Eq)]
pub struct Decision {
    /// What the form says.
    pub act: &'static str,
    /// The button's class.
    pub class: &'static str,
    /// What the button says.
    pub words: &'static str,
    /// The same on a phone.
    pub short: &'static str,
    /// The key that presses it, with whatever the browser wants to be held.
    pub key: &'static str,
}

const REQUEST_CHANGES: Decision =
    Decision { act: "request_changes", class: "button warn", words: "Request changes", short: "Request changes", key: "r" };
const APPROVE: Decision = Decision { act: "approve", class: "button second", words: "Approve", short: "Approve", key: "a" };
const APPROVE_AND_PUBLISH: Decision =
    Decision { act: "publish", class: "button", words: "Approve and publish", short: "Publish", key: "b" };
const PUBLISH: Decision = Decision { act: "publish", class: "button", words: "Publish", short: "Publish", key: "b" };

/// What can be decided about an entry that stands there.
pub fn fitting(status: Status) -> &'static [Decision] {
    match status {
        Status::Submitted => &[REQUEST_CHANGES, APPROVE, APPROVE_AND_PUBLISH],
        Status::Approved => &[REQUEST_CHANGES, PUBLISH],
        Status::Draft | Status::ChangesRequested | Status::Published | Status::Withdrawn => &[],
    }
}

/// POST `/desk/entries/{id}/decision`
///
/// # Errors
/// [`AppError::NotNow`] when somebody else was quicker, [`AppError::Outdated`] when the vendor was;
/// [`AppError::Malformed`] for an act that there is not.
pub async fn decide(
    request: HttpRequest,
    house: web::Data<House>,
    id: web::Path<EntryId>,
    asked: web::Query<Asked>,
    Sent { by: editor, form }: Sent<Editor>,
) -> Result<HttpResponse, AppError> {
    let texts = Texts::of(&form, &["act"], None)?;
    let seen = Seen { revision: form.number("revision")?, remarks: form.number("remarks")? };
    let act = form.text("act");
    if !["request_changes", "approve", "publish"].contains(&act) {
        return Err(form.unknown_act());
    }
    if let Outcome::Refused(review) = texts.say(&request, &house, &editor, *id, &asked).await? {
        return Ok(review);
    }
    let decided = match act {
        "request_changes" => house.request_changes(&editor, *id, seen).await,
        "approve" => house.approve(&editor, *id, seen).await,
        _ => house.publish(&editor, *id, seen).await,
    };
    match decided {
        Ok(_) => Ok(see_other(&format!("{}{}#decided", path(*id), asked.query()))),
        Err(AppError::NeedsNote) => {
            let sentence = "Enter what should be changed, in a note that the vendor sees, before you request changes";
            let typed = Typed { place: NotePlace::New(None), body: String::new(), internal: false };
            let refused = vec![Refused { typed, sentence: sentence.into() }];
            review::refused(&house, &editor, *id, &asked, refused).await
        }
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Act;

    /// Each button's act must be one that the status takes; publishing approves first.
    #[test]
    fn no_button_is_refused_for_the_status_it_stands_at() {
        for status in Status::ALL {
            for decision in fitting(status) {
                let act = match (decision.act, status) {
                    ("request_changes", Status::Approved) => Act::Reopen,
                    ("publish", Status::Submitted) => Act::Approve,
                    (name, _) => name.parse().unwrap(),
                };
                assert!(status.after(act).is_ok(), "{status}: {decision:?}");
            }
        }
    }
}
