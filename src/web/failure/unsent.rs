//! A form that was not taken: what was typed is on the answer itself, to be sent again or copied, so that nothing hangs on
//! the browser's memory.

use std::sync::Arc;

use actix_web::{HttpMessage, HttpRequest};

use super::words::is_about_what_was_kept;
use super::{Explanation, Frame, malformed_form};
use crate::domain::Edition;
use crate::error::AppError;
use crate::questionnaire::Page;
use crate::web::desk::saying::TextsSaid;
use crate::web::form::{Form, made_for};
use crate::web::sent::{Again, address, questionnaire_page};
use crate::workflow::House;

/// A form that was not taken.
pub struct Unsent {
    /// The form.
    pub again: Again,
    /// Why, and what to do.
    pub explanation: Explanation,
}

impl Unsent {
    /// The form that came with this request. None where there was none to be read, or where nothing is that it could be
    /// for.
    pub fn of(request: &HttpRequest, house: &House, error: &AppError, frame: &Frame) -> Option<Self> {
        let form = request.extensions().get::<Form>().cloned()?;
        if matches!(error, AppError::NotThere) {
            return None;
        }
        let edition = edition(house, frame);
        let mut again = Again::of(house, edition.as_deref(), address(request), made_for(request), &form)?;
        let (first, is_said) = (before_sending_again(error), request.extensions().get::<TextsSaid>().is_some());
        if is_said {
            again.typed.clear();
        }
        again.press = again.press.filter(|_| first.is_some());
        let page = questionnaire_page(edition.as_deref(), request.path());
        let explanation = match is_said {
            true => after_its_texts(error, first),
            false => explanation(error, page, first, !again.typed.is_empty()),
        };
        Some(Self { again, explanation })
    }
}

/// The edition whose words the form has: the entry's, or, while that cannot be read, the one that takes entries now.
fn edition(house: &House, frame: &Frame) -> Option<Arc<Edition>> {
    frame.entry.as_ref().map(|entry| Arc::clone(&entry.edition)).or_else(|| house.editions.open(house.now()).ok())
}

/// What to do first, so that the same form is taken when it is sent again; none where that would not help.
fn before_sending_again(error: &AppError) -> Option<&'static str> {
    match error {
        AppError::NotKept { .. } => Some("Sign in in another window"),
        AppError::SomebodyElse { kept: false } => Some("Sign out in another window, sign in as yourself"),
        _ => error.is_away().then_some("Wait a minute"),
    }
}

/// The texts of a review are saved before what its button was to do, and that was not done.
fn after_its_texts(error: &AppError, first: Option<&str>) -> Explanation {
    let explanation = error.explanation_of_post();
    let told = explanation.happened.into_iter().filter(|sentence| !is_about_what_was_kept(sentence));
    let happened = told.chain([format!("{TEXTS_SAID} {NOTHING_ELSE}")]).collect();
    let advice = match first {
        Some(first) => vec![format!("{first}, and send it again: nothing is added twice.")],
        None => explanation.advice,
    };
    Explanation { happened, advice, ..explanation }
}

const TEXTS_SAID: &str = "What you typed was added to the entry’s notes, and stands there.";
const NOTHING_ELSE: &str = "Nothing else was changed.";

fn explanation(error: &AppError, page: Option<&Page>, first: Option<&str>, is_typed: bool) -> Explanation {
    let explanation = match (error, page) {
        (AppError::Malformed(malformed), Some(page)) => malformed_form(&malformed.on(page)),
        _ => error.explanation_of_post(),
    };
    if matches!(error, AppError::SomebodyElse { kept: true }) {
        return explanation;
    }
    let advice = match (first, is_typed) {
        (Some(first), false) => format!("{first}, and send it again."),
        (Some(first), true) => format!("What you typed stands below. {first}, and send it again."),
        (None, true) => "What you typed stands below, to be copied. Open the page as it is saved, and go on there.".to_owned(),
        (None, false) => return explanation,
    };
    Explanation { advice: vec![advice], ..explanation }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::DbError;

    /// The database may go away between a review's notes and what its button was to do.
    #[test]
    fn texts_that_were_said_are_not_called_unsaved() {
        let away = AppError::from(DbError::Unavailable("gone".to_owned()));
        let told = after_its_texts(&away, before_sending_again(&away));
        assert_eq!(
            told.sentences().collect::<Vec<_>>(),
            [format!("{TEXTS_SAID} {NOTHING_ELSE}").as_str(), "Wait a minute, and send it again: nothing is added twice."]
        );
    }
}
