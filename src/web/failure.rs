//! Every error's status and page. What is inside goes to the log.

mod frame;
mod not_now;
mod place;
mod words;

pub use frame::{Frame, Way};
pub use words::{Explanation, malformed_form};

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::HeaderValue;
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
struct ErrorPage {
    layout: Layout,
    explanation: Explanation,
    ways: Vec<Way>,
    /// Whether a way to sign in helps.
    sign_in: bool,
}

impl ErrorPage {
    fn new(frame: Frame, explanation: Explanation, signing_in_helps: bool) -> Self {
        let Frame { layout, ways, .. } = frame;
        let sign_in = signing_in_helps && layout.live && layout.who.is_none();
        Self { layout, explanation, ways, sign_in }
    }
}

/// The page that a web server shows where a site of files has nothing.
///
/// # Errors
/// What the template says.
pub fn nothing_here(house: &House) -> Result<Page, AppError> {
    made(&ErrorPage::new(Frame::of_everybody(house), AppError::NotThere.explanation(), true), None)
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
    let error = match error.as_error::<AppError>() {
        Some(error) => error,
        None if status.is_client_error() => &AppError::NotThere,
        None => return Ok(response),
    };
    if error.is_ours() {
        tracing::error!(%error, "an answer failed");
    }
    let Some(house) = house.filter(|_| !status.is_redirection()) else { return Ok(response) };
    if problem::is_for_machines(response.request().path()) {
        let problem = problem::answer(status, error, &error.explanation());
        return Ok(response.into_response(problem));
    }
    let frame = Frame::around(response.request(), &house, error).await;
    let personal = frame.personal;
    let page = ErrorPage::new(frame, error.explanation(), matches!(error, AppError::LinkSpent | AppError::NotThere)).render();
    match page {
        Ok(html) => Ok(in_place_of(response, html, personal)),
        Err(error) => {
            tracing::error!(%error, "the error page failed");
            Ok(response)
        }
    }
}

/// The page in place of the plain response, whose head it keeps.
fn in_place_of(response: ServiceResponse, html: String, personal: bool) -> ServiceResponse {
    let (request, mut response) = response.into_parts();
    let mut page = HttpResponse::build(response.status());
    for (name, value) in response.headers_mut().drain().filter_map(|(name, value)| Some((name?, value))) {
        page.insert_header((name, value));
    }
    if personal {
        page.append_header((header::VARY, HeaderValue::from_static("Cookie")));
    }
    let page = page.content_type("text/html; charset=utf-8").body(html);
    ServiceResponse::new(request, page)
}
