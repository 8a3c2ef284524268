//! A page that could not be saved: what was typed is on the answer itself, to be sent again or copied, so that nothing
//! hangs on the browser's memory.

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, ResponseError};
use askama::Template;

use crate::db::DbError;
use crate::domain::Edition;
use crate::error::AppError;
use crate::questionnaire::Page;
use crate::questionnaire::form::{Fields, Told, told};
use crate::web::failure::{Explanation, Frame, malformed_form};
use crate::web::layout::Layout;
use crate::web::page_with;
use crate::workflow::{EntryInHand, House};

#[derive(Template)]
#[template(path = "vendor/unsaved.html")]
struct UnsavedPage {
    layout: Layout,
    explanation: Explanation,
    /// Where the form was sent.
    action: String,
    /// The title of the page that it came from.
    title: Option<String>,
    /// Whether the same form may be taken the next time.
    again: bool,
    fields: Fields,
    typed: Vec<Told>,
}

/// Answers with the error's explanation and what was typed on the page with this key.
///
/// # Errors
/// The error itself where it says that there is nothing to be saved here: another company's entry, nobody signed in.
pub async fn answer(
    request: &HttpRequest,
    house: &House,
    error: AppError,
    key: &str,
    fields: Fields,
) -> Result<HttpResponse, AppError> {
    if matches!(error, AppError::NotThere | AppError::SignIn { .. }) {
        return Err(error);
    }
    tracing::warn!(%error, "a page was not saved");
    let again = matches!(error, AppError::Database(DbError::Unavailable(_)));
    let frame = Frame::around(request, house, &error).await;
    let edition = edition(house, frame.entry.as_ref());
    let page = edition.as_deref().and_then(|edition| edition.questionnaire.page(key));
    page_with(
        error.status_code(),
        &UnsavedPage {
            layout: frame.layout,
            explanation: explanation(&error, page, again),
            action: request.uri().path_and_query().map_or_else(|| request.path(), |target| target.as_str()).to_owned(),
            title: page.map(|page| page.title.clone()),
            again,
            typed: told(page, &fields),
            fields,
        },
    )
}

/// The edition whose words the form has: the entry's, or, while that cannot be read, the one that takes entries now.
fn edition(house: &House, entry: Option<&EntryInHand>) -> Option<Arc<Edition>> {
    entry.map(|entry| Arc::clone(&entry.edition)).or_else(|| house.editions.open(house.now()))
}

fn explanation(error: &AppError, page: Option<&Page>, again: bool) -> Explanation {
    let explanation = match (error, page) {
        (AppError::Malformed(malformed), Some(page)) => malformed_form(&malformed.on(page)),
        _ => error.explanation(),
    };
    let advice = match again {
        true => "What you typed stands below. Wait a minute, and save it again.",
        false => "What you typed stands below, to be copied. Open the page as it is saved, and go on there.",
    };
    Explanation { advice: vec![advice.to_owned()], ..explanation }
}
