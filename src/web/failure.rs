//! Every error's status and page: what happened, what was kept, what to do. What is inside goes to the log.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{StatusCode, header};
use actix_web::middleware::Next;
use actix_web::{HttpResponse, ResponseError, web};
use askama::Template;

use super::layout::Layout;
use super::problem;
use crate::db::DbError;
use crate::error::AppError;
use crate::guide::Page;
use crate::web::reader::made;
use crate::workflow::House;

/// What a person is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The heading.
    pub title: &'static str,
    /// Sentences: what happened, what was kept, what to do.
    pub sentences: Vec<String>,
}

impl AppError {
    /// What a person is told.
    pub fn explanation(&self) -> Explanation {
        let (title, sentences): (_, Vec<&str>) = match self {
            Self::NotThere => (
                "There is nothing here",
                vec![
                    "The address may be mistyped, or the page may not be yours to see.",
                    "Check the address, or sign in with the account that you were invited with.",
                ],
            ),
            Self::SignIn { .. } => ("Sign in first", vec!["This page is for people who are signed in."]),
            Self::WrongMethod => (
                "This address works otherwise",
                vec!["Nothing was changed.", "Go back, and use the page’s own links and buttons."],
            ),
            Self::NotNow(not_now) => return not_now_explanation(&not_now.to_string()),
            Self::Outdated => (
                "The entry has been changed since",
                vec![
                    "Its vendor has changed answers since you opened the review, so nothing was decided.",
                    "Go back and load the review anew: it shows the answers as they are now. Your notes are kept.",
                ],
            ),
            Self::NotOpen => (
                "The edition is not open",
                vec![
                    "Entries can be begun and submitted from the opening of an edition to its deadline.",
                    "All that was saved before is kept.",
                    "If you need more time, write to the editors.",
                ],
            ),
            Self::Incomplete => (
                "The entry is not complete",
                vec![
                    "It was not submitted. All answers are kept.",
                    "Open “Check and submit”: it shows what is missing, with a link to each.",
                ],
            ),
            Self::NeedsNote => (
                "Say what should be changed",
                vec![
                    "Changes are asked for with at least one open note, and there is none.",
                    "Go back, write a note at a question or on the whole entry, and ask again.",
                ],
            ),
            Self::Unusable(sentence) => {
                ("There is a problem", vec![*sentence, "Nothing was changed. Go back: what you typed is still there."])
            }
            Self::Parameter(sentence) => {
                return Explanation { title: "The address cannot be used", sentences: vec![sentence.clone()] };
            }
            Self::Malformed(malformed) => {
                return Explanation {
                    title: "The form did not arrive whole",
                    sentences: vec![
                        format!("Something happened to it on the way: {malformed}."),
                        "Nothing was changed: all that was saved before is kept.".to_owned(),
                        "Go back: what you typed should still be there. Load the page anew before you save again.".to_owned(),
                    ],
                };
            }
            Self::Unreadable(_) => (
                "The form cannot be read",
                vec![
                    "It is not what a browser sends. Nothing was changed: all that was saved before is kept.",
                    "Go back and try again.",
                ],
            ),
            Self::OtherSite => (
                "This form came from another site",
                vec!["For your safety nothing was changed.", "Open the page here and fill it in again."],
            ),
            Self::TooLarge => (
                "The form is too large",
                vec![
                    "It has more than a million characters, which is more than any answer may have. Nothing was changed: all that was saved before is kept.",
                    "Go back, shorten what was pasted, and save again.",
                ],
            ),
            Self::TooManyTries => (
                "Too many tries",
                vec![
                    "Too many sign-in mails or codes were asked for in a short time.",
                    "Wait fifteen minutes and try again. A link that you already have still works.",
                ],
            ),
            Self::LinkSpent => (
                "This link does not work any more",
                vec!["A sign-in link works once and for twenty minutes.", "Ask for a new one: it takes a minute."],
            ),
            Self::Database(DbError::Unavailable(_)) => (
                "We cannot reach our records at the moment",
                vec![
                    "All that was saved before is kept. What you sent just now was not saved.",
                    "Go back: what you typed should still be there. Wait a minute and save again.",
                ],
            ),
            Self::Database(_) | Self::Template(_) | Self::Broken(_) => (
                "Something went wrong on our side",
                vec![
                    "All that was saved before is kept. What you sent just now may not be.",
                    "Go back and try again. If it happens twice, write to the editors; it has been noted.",
                ],
            ),
        };
        Explanation { title, sentences: sentences.into_iter().map(str::to_owned).collect() }
    }

    /// Whether it is our fault and belongs into the log.
    fn is_ours(&self) -> bool {
        matches!(self, Self::Database(_) | Self::Template(_) | Self::Broken(_))
    }
}

fn not_now_explanation(reason: &str) -> Explanation {
    let mut reason = format!("{reason}.");
    if let Some(first) = reason.get_mut(0..1) {
        first.make_ascii_uppercase();
    }
    Explanation {
        title: "That does not fit the entry’s state",
        sentences: vec![
            reason,
            "Somebody may have been quicker, or a button was pressed twice. Nothing was changed.".to_owned(),
            "Go back and load the page anew to see how it stands.".to_owned(),
        ],
    }
}

impl ResponseError for AppError {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::NotThere => StatusCode::NOT_FOUND,
            Self::SignIn { .. } => StatusCode::SEE_OTHER,
            Self::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
            Self::NotNow(_) | Self::Outdated | Self::Incomplete | Self::NeedsNote => StatusCode::CONFLICT,
            Self::NotOpen | Self::OtherSite => StatusCode::FORBIDDEN,
            Self::Unusable(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Malformed(_) | Self::Unreadable(_) | Self::Parameter(_) => StatusCode::BAD_REQUEST,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooManyTries => StatusCode::TOO_MANY_REQUESTS,
            Self::LinkSpent => StatusCode::GONE,
            Self::Database(DbError::Unavailable(_)) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Database(_) | Self::Template(_) | Self::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// A plain response: [`pages`] puts the page in place of it.
    fn error_response(&self) -> HttpResponse<BoxBody> {
        let mut response = HttpResponse::build(self.status_code());
        response.insert_header((header::CACHE_CONTROL, "no-store"));
        if let Self::SignIn { next } = self {
            let query = serde_urlencoded::to_string([("next", next)]).unwrap_or_default();
            response.insert_header((header::LOCATION, format!("/sign-in?{query}")));
        }
        response.content_type("text/plain; charset=utf-8").body(self.explanation().title)
    }
}

/// The page of an error.
#[derive(Template)]
#[template(path = "error.html")]
pub struct ErrorPage {
    /// The frame.
    pub layout: Layout,
    /// What is told.
    pub explanation: Explanation,
    /// Whether a way to sign in helps.
    pub sign_in: bool,
}

/// The page that a web server shows where a site of files has nothing.
///
/// # Errors
/// What the template says.
pub fn nothing_here(house: &House) -> Result<Page, AppError> {
    let layout = Layout::public(house, None, "");
    let sign_in = layout.live;
    made(&ErrorPage { layout, explanation: AppError::NotThere.explanation(), sign_in }, None)
}

/// Middleware: puts a page in place of every error's plain response, or what a machine reads where one asked, and writes
/// our own faults into the log.
///
/// # Errors
/// Those of the services inside, which it leaves as they are.
pub async fn pages(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let house = request.app_data::<web::Data<House>>().cloned();
    let response = next.call(request).await?.map_into_boxed_body();
    let status = response.status();
    let Some(error) = response.response().error() else { return Ok(response) };
    let error = error.as_error::<AppError>();
    let (explanation, sign_in) = match error {
        Some(error) => {
            if error.is_ours() {
                tracing::error!(%error, "an answer failed");
            }
            (error.explanation(), matches!(error, AppError::LinkSpent | AppError::NotThere))
        }
        None if status.is_client_error() => (AppError::NotThere.explanation(), false),
        None => return Ok(response),
    };
    let Some(house) = house.filter(|_| !status.is_redirection()) else { return Ok(response) };
    if problem::is_for_machines(response.request().path()) {
        let problem = problem::answer(status, error, &explanation);
        return Ok(response.into_response(problem));
    }
    let layout = Layout::public(&house, None, "");
    match (ErrorPage { layout, explanation, sign_in }).render() {
        Ok(html) => {
            let (request, mut response) = response.into_parts();
            let mut page = HttpResponse::build(response.status());
            for (name, value) in response.headers_mut().drain().filter_map(|(name, value)| Some((name?, value))) {
                page.insert_header((name, value));
            }
            let page = page.content_type("text/html; charset=utf-8").body(html);
            Ok(ServiceResponse::new(request, page))
        }
        Err(error) => {
            tracing::error!(%error, "the error page failed");
            Ok(response)
        }
    }
}
