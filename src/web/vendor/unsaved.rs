//! A page that could not be saved: what was typed is on the answer itself, to be sent again or copied, so that nothing
//! hangs on the browser's memory.

use actix_web::{HttpResponse, ResponseError};
use askama::Template;

use crate::db::DbError;
use crate::error::AppError;
use crate::questionnaire::form::Fields;
use crate::web::failure::Explanation;
use crate::web::layout::Layout;
use crate::web::page_with;
use crate::workflow::House;

#[derive(Template)]
#[template(path = "vendor/unsaved.html")]
struct UnsavedPage {
    layout: Layout,
    explanation: Explanation,
    action: String,
    /// Whether the same form may be taken the next time.
    again: bool,
    fields: Fields,
    typed: Vec<(String, String)>,
}

/// Answers with the error's explanation and what was typed.
///
/// # Errors
/// The error itself where it says that there is nothing to be saved here: another company's entry, nobody signed in.
pub fn answer(house: &House, error: AppError, action: &str, fields: Fields) -> Result<HttpResponse, AppError> {
    if matches!(error, AppError::NotThere | AppError::SignIn { .. }) {
        return Err(error);
    }
    tracing::warn!(%error, "a page was not saved");
    let again = matches!(error, AppError::Database(DbError::Unavailable(_)));
    page_with(
        error.status_code(),
        &UnsavedPage {
            layout: Layout::public(house, None, ""),
            explanation: error.explanation(),
            action: action.to_owned(),
            again,
            typed: typed(&fields),
            fields,
        },
    )
}

/// What a person would want to copy: the fields with text, but for those that only the form knows of.
fn typed(fields: &Fields) -> Vec<(String, String)> {
    let own = |name: &str| name == "act" || [".from", ".query"].iter().any(|part| name.ends_with(part));
    fields.iter().filter(|(name, value)| !own(name) && !value.trim().is_empty()).cloned().collect()
}
