//! Every error's status and page. What is inside goes to the log.

mod frame;
mod not_now;
mod place;
mod unsent;
mod words;

pub use frame::{Frame, Way};
pub use place::Place;
pub use words::{Explanation, malformed_form};

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::HeaderValue;
use actix_web::http::{Method, StatusCode, header};
use actix_web::middleware::Next;
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, ResponseError, web};
use askama::Template;

use super::FOR_BACK;
use super::finished;
use super::identity;
use super::layout::Layout;
use super::problem;
use super::sent::Again;
use crate::db::DbError;
use crate::error::AppError;
use crate::guide::{Page, Press};
use crate::web::reader::{astray, lean, made};
use crate::workflow::{House, sign_in};
use unsent::Unsent;

impl ResponseError for AppError {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::NotThere => StatusCode::NOT_FOUND,
            Self::SignIn { .. } => StatusCode::SEE_OTHER,
            Self::WrongMethod { .. } => StatusCode::METHOD_NOT_ALLOWED,
            Self::NotNow(_) | Self::Outdated | Self::Incomplete | Self::NeedsNote | Self::SomebodyElse { .. } => {
                StatusCode::CONFLICT
            }
            Self::NotOpen(_) | Self::OtherSite => StatusCode::FORBIDDEN,
            Self::Unusable(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Malformed(_) | Self::Unreadable(_) | Self::Parameter(_) => StatusCode::BAD_REQUEST,
            Self::TooLarge | Self::NotKept { too_large: true } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooManyTries | Self::TooManyMails | Self::NotKept { too_large: false } => StatusCode::TOO_MANY_REQUESTS,
            Self::LinkSpent { .. } | Self::CodeSpent { .. } => StatusCode::GONE,
            Self::Database(DbError::Unavailable(_)) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Database(_) | Self::Template(_) | Self::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// A plain response: [`pages`] puts the page in place of it.
    fn error_response(&self) -> HttpResponse<BoxBody> {
        let mut response = HttpResponse::build(self.status_code());
        response.insert_header((header::CACHE_CONTROL, "no-store"));
        if let Self::SignIn { next } = self {
            response.insert_header((header::LOCATION, identity::sign_in(next)));
        }
        head_of(self, &mut response);
        response.content_type("text/plain; charset=utf-8").body(self.explanation().title)
    }
}

/// After how many seconds it is worth trying again while the database is away.
const RETRY_AFTER: &str = "60";

/// What the head of an error's answer says to programs, whether a person reads the answer or one of them.
pub fn head_of(error: &AppError, response: &mut HttpResponseBuilder) {
    match error {
        AppError::WrongMethod { allowed } => response.insert_header((header::ALLOW, *allowed)),
        AppError::TooManyTries | AppError::TooManyMails => {
            response.insert_header((header::RETRY_AFTER, sign_in::WINDOW.as_secs()))
        }
        _ if error.is_away() => response.insert_header((header::RETRY_AFTER, RETRY_AFTER)),
        _ => response,
    };
}

/// The page of an error.
#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    layout: Layout,
    explanation: Explanation,
    ways: Vec<Way>,
    /// The form that was not taken.
    again: Option<Again>,
    /// Whether that is the last word on it: it was looked at, and need not be sent once more.
    is_answer: bool,
    /// The way to sign in, where that helps.
    sign_in: Option<String>,
    /// Where to go on after signing out, where whoever is signed in must do that first.
    sign_out: Option<&'static str>,
}

impl ErrorPage {
    /// `signing_in_helps`: where whoever signs in wanted to go, empty for nowhere in particular; none where it doesn't help.
    fn new(frame: Frame, explanation: Explanation, signing_in_helps: Option<&str>) -> Self {
        let Frame { layout, mut ways, .. } = frame;
        let mut explanation = explanation;
        ways.splice(..0, explanation.way.take());
        if signing_in_helps.is_some() && !layout.live {
            // Where there are files alone, nobody signs in.
            explanation.advice.truncate(1);
        }
        let sign_in = signing_in_helps.filter(|_| layout.live && layout.who.is_none()).map(identity::sign_in);
        Self { layout, explanation, ways, again: None, is_answer: false, sign_in, sign_out: None }
    }

    /// The page's HTML, as pages of files are written; but what somebody typed is not touched.
    fn written(&self) -> Result<String, askama::Error> {
        let html = self.render()?;
        Ok(if self.again.is_some() { html } else { lean::page(&html) })
    }

    /// The page of an error that came of this request.
    fn about(request: &HttpRequest, house: &House, error: &AppError, frame: Frame) -> Self {
        let signing_in_helps = match error {
            AppError::LinkSpent { next } | AppError::CodeSpent { next } => Some(next.as_str()),
            AppError::NotThere | AppError::NotKept { .. } => Some(""),
            _ => None,
        };
        let page = match Unsent::of(request, house, error, &frame) {
            Some(Unsent { again, explanation }) => Self { again: Some(again), ..Self::new(frame, explanation, signing_in_helps) },
            None if *request.method() == Method::POST => Self::new(frame, error.explanation_of_post(), signing_in_helps),
            None => Self::new(frame, error.explanation(), signing_in_helps),
        };
        let sign_out = match error {
            // What stands on this page alone is not left behind.
            AppError::SomebodyElse { kept } if *kept || page.again.is_none() => Some("/sign-in"),
            _ => None,
        };
        let status = error.status_code();
        let is_answer = page.again.is_some() && status.is_client_error() && status != StatusCode::TOO_MANY_REQUESTS;
        Self { is_answer, sign_out, ..page }
    }
}

/// The page that a web server shows where a site of files has nothing.
///
/// # Errors
/// What the template says.
pub fn nothing_here(house: &House) -> Result<Page, AppError> {
    made(&ErrorPage::new(Frame::of_everybody(house), AppError::NotThere.explanation(), Some("")), None)
}

/// Middleware: puts a page in place of every error's plain response, or what a machine reads where one asked, and writes
/// our own faults into the log. Whoever was led astray by a slip in an address is led to the page.
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
    if error.is_away() {
        tracing::warn!(%error, "no answer for now");
    } else if error.is_ours() {
        tracing::error!(%error, "an answer failed");
    }
    let Some(house) = house.filter(|_| !status.is_redirection()) else { return Ok(response) };
    if let Some(led) = astray::led(response.request(), &house).filter(|_| matches!(error, AppError::NotThere)) {
        return Ok(response.into_response(led));
    }
    if problem::is_for_machines(response.request().path()) {
        let problem = problem::answer(status, error, &error.explanation());
        return Ok(response.into_response(problem));
    }
    let frame = Frame::around(response.request(), &house, error).await;
    let personal = frame.personal;
    let html = ErrorPage::about(response.request(), &house, error, frame).written();
    match html.map_err(AppError::from).and_then(|html| Page::html(html, None)) {
        Ok(html) => Ok(in_place_of(response, &house.press, html, personal).await),
        Err(error) => {
            tracing::error!(%error, "the error page failed");
            Ok(response)
        }
    }
}

/// The page in place of the plain response, whose head it keeps.
async fn in_place_of(response: ServiceResponse, press: &Press, html: Page, personal: bool) -> ServiceResponse {
    let (request, mut response) = response.into_parts();
    let mut page = HttpResponse::build(response.status());
    for (name, value) in response.headers_mut().drain().filter_map(|(name, value)| Some((name?, value))) {
        page.insert_header((name, value));
    }
    page.insert_header((header::CONTENT_TYPE, html.content_type().clone()));
    if *request.method() == Method::POST {
        page.insert_header((header::CACHE_CONTROL, FOR_BACK));
    }
    if personal {
        page.append_header((header::VARY, HeaderValue::from_static("Cookie")));
    }
    // Compressed as finished pages are: a file of it has the same bytes.
    let (bytes, coding) = finished::once(press, request.headers(), html).await;
    if let Some(coding) = coding {
        page.insert_header((header::CONTENT_ENCODING, coding));
        page.append_header((header::VARY, HeaderValue::from_static("Accept-Encoding")));
    }
    let page = page.body(bytes);
    ServiceResponse::new(request, page)
}
