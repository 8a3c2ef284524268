//! Forms that were posted when nobody was signed in: each is kept for its browser, and stands there again once somebody
//! has signed in: its author, where that is known. A page of the questionnaire is saved then, if it is of whoever's session
//! had run out; anything else, and what may be anybody's, is shown at `/kept`, and done only when its button is pressed again.
//! Several windows may each have sent one.

mod saved;
mod waiting;

pub use saved::{SavedPage, saved_pages};

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::cookie::Cookie;
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{FromRequest, HttpMessage, HttpRequest, HttpResponse, ResponseError, web};
use askama::Template;
use serde::Deserialize;

use super::account::sign_in::Waits;
use super::failure::Place;
use super::form::{Form, made_for};
use super::identity::{
    KEPT_FORM, SESSION, SignedIn, kept_form_cookie, landing, last_session, no_kept_form_cookie, sender, visitor,
};
use super::layout::Layout;
use super::sent::{Purpose, Sent, address, questionnaire_page};
use super::{page, see_other};
use crate::domain::{Actor, token};
use crate::error::AppError;
use crate::workflow::House;
use crate::workflow::keep_form::{self, KeptForm, OF_ONE_BROWSER};
use waiting::{Waiting, waiting};

/// Where a form is shown that was kept.
pub const PATH: &str = "/kept";

/// The field of `/kept` that says which form is not to be sent: the mark of its token.
const LEFT: &str = "kept";

/// Middleware: keeps the form of somebody who must sign in first, and forgets it when it was sent again.
///
/// # Errors
/// Those of the services inside, which it leaves as they are.
pub async fn forms(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let response = next.call(request).await?.map_into_boxed_body();
    let house = response.request().app_data::<web::Data<House>>().cloned();
    let Some(house) = house.filter(|_| response.request().method() == Method::POST) else { return Ok(response) };
    match response.response().error() {
        None => Ok(forget_sent(response, &house).await),
        Some(error) => match error.as_error::<AppError>() {
            Some(AppError::SignIn { next }) => match ask_to_sign_in(response.request(), &house, next).await {
                Ok(Some(answer)) => Ok(response.into_response(answer)),
                Ok(None) => Ok(response),
                Err(error) => Ok(response.error_response(error)),
            },
            Some(error) if error.status_code() == StatusCode::CONFLICT && !matches!(error, AppError::SomebodyElse { .. }) => {
                remember_refusal(response.request(), &house, error).await;
                Ok(response)
            }
            Some(AppError::SomebodyElse { .. }) => Ok(tell_of_somebody_else(response, &house).await),
            _ => Ok(response),
        },
    }
}

/// Keeps the form, and asks to sign in.
async fn ask_to_sign_in(request: &HttpRequest, house: &House, next: &str) -> Result<Option<HttpResponse>, AppError> {
    let Some(kept) = keep(request, house).await? else { return Ok(None) };
    let waits = if kept.author_known { Waits::Author } else { Waits::Anybody };
    let query = serde_urlencoded::to_string([("next", next), ("kept", waits.word())]).map_err(AppError::broken)?;
    let mut response = see_other(&format!("/sign-in?{query}"));
    response.add_cookie(&kept_form_cookie(house, &kept.token)).map_err(AppError::broken)?;
    Ok(Some(response))
}

/// Keeps the form of somebody in whose browser another person has signed in meanwhile, and says so: to a page that saves
/// itself, in a line for its script.
async fn tell_of_somebody_else(response: ServiceResponse<BoxBody>, house: &House) -> ServiceResponse<BoxBody> {
    let kept = match keep(response.request(), house).await {
        Ok(Some(kept)) => kept,
        Ok(None) | Err(AppError::NotKept { .. }) => return response,
        Err(error) => return response.error_response(error),
    };
    let saves_itself = response.request().extensions().get::<Form>().is_some_and(|form| form.text("act") == "autosave");
    let mut response = match saves_itself {
        true => response.into_response(HttpResponse::Conflict().json(serde_json::json!({ "said": SOMEBODY_ELSE }))),
        false => response.error_response(AppError::SomebodyElse { kept: true }),
    };
    if let Err(error) = response.response_mut().add_cookie(&kept_form_cookie(house, &kept.token)) {
        return response.error_response(AppError::broken(error));
    }
    response
}

/// What a page says that cannot save itself as somebody else is signed in.
const SOMEBODY_ELSE: &str =
    "Not saved: somebody else is signed in here now. What you typed is kept in this browser until you sign in again";

/// Keeps the form, if it is one that is worth it.
async fn keep(request: &HttpRequest, house: &House) -> Result<Option<keep_form::Kept>, AppError> {
    let form = request.extensions().get::<Form>().cloned();
    let worth_it = |form: &Form| Purpose::of(request.path(), form.text("act")).is_some();
    let Some(form) = form.filter(worth_it) else { return Ok(None) };
    let form = KeptForm { address: address(request).to_owned(), fields: form.0, by: made_for(request), refused: None };
    let kept = house.keep_form(form, last_session(request).as_deref(), &keys(request), &sender(request)).await?;
    Ok(Some(kept))
}

/// The tokens of the forms that a browser keeps. Each has a cookie of its own: windows that send at the same moment take
/// nothing from each other. No more are looked for than there can be, however many cookies somebody makes up.
fn keys(request: &HttpRequest) -> Vec<String> {
    let Ok(cookies) = request.cookies() else { return Vec::new() };
    let kept = cookies.iter().filter(|cookie| cookie.name().starts_with(KEPT_FORM)).take(OF_ONE_BROWSER);
    kept.map(|cookie| cookie.value().to_owned()).collect()
}

/// Forgets the kept form that has just been sent to where it was going. That it stays is no reason to fail.
async fn forget_sent(mut response: ServiceResponse<BoxBody>, house: &House) -> ServiceResponse<BoxBody> {
    let status = response.status();
    if !(status.is_success() || status.is_redirection()) {
        return response;
    }
    let forgotten = async {
        let Some(key) = sent(response.request(), house).await? else { return Ok(None) };
        house.forget_form(&key).await?;
        Ok::<_, AppError>(Some(key))
    };
    match forgotten.await {
        Ok(Some(key)) => {
            if let Err(error) = response.response_mut().add_cookie(&no_kept_form_cookie(house, &key)) {
                tracing::warn!(%error, "the cookie of a kept form could not be taken away");
            }
        }
        Ok(None) => {}
        Err(error) => tracing::warn!(%error, "a form that was sent is still kept"),
    }
    response
}

/// Remembers with a kept form that has just been sent why it was not taken, so that nobody sends it in vain again.
async fn remember_refusal(request: &HttpRequest, house: &House, error: &AppError) {
    let why = error.explanation().happened.join(" ");
    let remembered = async {
        match sent(request, house).await? {
            Some(key) => house.refuse_form(&key, why).await,
            None => Ok(()),
        }
    };
    if let Err(error) = remembered.await {
        tracing::warn!(%error, "why a kept form was not taken is not remembered");
    }
}

/// The token of the kept form that came with this request, if it was one.
async fn sent(request: &HttpRequest, house: &House) -> Result<Option<String>, AppError> {
    let keys = keys(request);
    let form = request.extensions().get::<Form>().cloned().filter(|_| !keys.is_empty());
    let Some((form, actor)) = form.zip(visitor(request).await?) else { return Ok(None) };
    let sent = KeptForm { address: address(request).to_owned(), fields: form.0, by: None, refused: None };
    let kept = house.kept_forms(&actor, keys).await?;
    Ok(kept.into_iter().find(|(_, form)| form.is_of(&sent)).map(|(key, _)| key))
}

type Kept = Vec<(String, KeptForm)>;

/// Whether something is kept in a browser that whoever is signed in there may send. It costs nothing where there is nothing.
#[derive(Debug, Clone, Copy)]
pub struct StillKept(pub bool);

impl FromRequest for StillKept {
    type Error = AppError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, AppError>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move { still_kept(&request).await.map(Self) })
    }
}

async fn still_kept(request: &HttpRequest) -> Result<bool, AppError> {
    let keys = keys(request);
    let house = request.app_data::<web::Data<House>>().filter(|_| !keys.is_empty());
    let Some(house) = house else { return Ok(false) };
    let Some(actor) = visitor(request).await? else { return Ok(false) };
    Ok(!waiting(house, &actor, house.kept_forms(&actor, keys).await?).await?.is_empty())
}

/// Where somebody who has signed in goes on.
pub struct Onward {
    /// The page; none: where they wanted to go.
    pub path: Option<String>,
    /// Those of its forms that are kept no longer.
    pub cookies: Vec<Cookie<'static>>,
}

/// Saves the pages of the questionnaire that were kept in this browser of whoever has signed in now, if nothing came between
/// but that their session ran out. Who signed out meant to leave, and somebody else may have been here since: the rest waits
/// to be looked at. What they may not send is kept for whoever may.
///
/// # Errors
/// What the database says.
pub async fn after_signing_in(request: &HttpRequest, house: &House, session: &str) -> Result<Onward, AppError> {
    let keys = keys(request);
    let actor = if keys.is_empty() { None } else { house.actor(session).await? };
    let Some(actor) = actor else { return Ok(Onward { path: None, cookies: Vec::new() }) };
    let goes_on = goes_on(request, house, &actor).await?;
    let kept = house.kept_forms(&actor, keys).await?;
    let (mut page, mut saved, mut cookies, mut waits) = (None, Vec::new(), Vec::new(), false);
    for Waiting { key, form, room, .. } in waiting(house, &actor, kept).await? {
        let is_their_page = goes_on && form.is_by(&actor) && questionnaire_page(room.edition.as_deref(), form.path()).is_some();
        if is_their_page && save(house, session, &form).await? {
            house.forget_form(&key).await?;
            cookies.push(no_kept_form_cookie(house, &key));
            saved.push(form.path().to_owned());
            page = Some(form.address);
        } else {
            waits = true;
        }
    }
    let path = match page {
        _ if waits => Some(saved::told_at(PATH, &saved)),
        Some(page) => Some(saved::told_at(&with_problems(&page), &saved)),
        None => None,
    };
    Ok(Onward { path, cookies })
}

/// The address of a page that was just saved, which shows what is wrong with it, and returns to where it returned.
fn with_problems(page: &str) -> String {
    let joint = if page.contains('?') { '&' } else { '?' };
    format!("{page}{joint}problems=yes")
}

/// Whether the session that ran out last in this browser was of this person.
async fn goes_on(request: &HttpRequest, house: &House, actor: &Actor) -> Result<bool, AppError> {
    let Some(session) = request.cookie(SESSION) else { return Ok(false) };
    Ok(house.ran_out(session.value()).await? == Some(actor.account))
}

/// Whether the page was saved: the entry may have gone on meanwhile.
async fn save(house: &House, session: &str, form: &KeptForm) -> Result<bool, AppError> {
    let Place::Entry { id, page: Some(page) } = Place::of(form.path()) else { return Ok(false) };
    match house.save_page(session, form.by, id, page, &Arc::new(form.fields.clone())).await {
        Ok(saved) => Ok(saved.is_some()),
        Err(AppError::NotThere | AppError::NotNow(_) | AppError::Malformed(_)) => Ok(false),
        Err(error) => Err(error),
    }
}

#[derive(Template)]
#[template(path = "account/kept.html")]
struct KeptPage<'a> {
    layout: &'a Layout,
    /// The pages that were saved when their author signed in.
    saved: Vec<SavedPage>,
    waiting: &'a [Waiting],
}

impl KeptPage<'_> {
    fn heading(&self) -> &'static str {
        match self.waiting {
            waiting if waiting.iter().all(|waiting| waiting.form.by.is_some()) => "What you sent is kept",
            [_] => "A form is kept in this browser",
            _ => "Forms are kept in this browser",
        }
    }
}

/// What the address of `/kept` says.
#[derive(Debug, Deserialize)]
pub struct Asked {
    /// The pages that were saved when their author signed in.
    saved: Option<String>,
}

/// GET `/kept`: the forms that this browser keeps for whoever is signed in. Without one, to one's own side.
///
/// # Errors
/// What the database says.
pub async fn show(
    request: HttpRequest,
    house: web::Data<House>,
    actor: SignedIn,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, AppError> {
    let waiting = waiting(&house, &actor, house.kept_forms(&actor, keys(&request)).await?).await?;
    let saved = saved_pages(&house, &actor, asked.saved.as_deref()).await?;
    match waiting.first() {
        Some(first) => page(&KeptPage { layout: &first.room.layout, saved, waiting: &waiting }),
        None => Ok(see_other(landing("", actor.editor))),
    }
}

/// POST `/kept`: a form is not to be sent. Leads to those that still wait, or to the page on which it stands.
///
/// # Errors
/// What the database says.
pub async fn leave(
    request: HttpRequest,
    house: web::Data<House>,
    Sent { by: actor, form }: Sent<SignedIn>,
) -> Result<HttpResponse, AppError> {
    form.has_only(&[LEFT])?;
    let (left, others): (Kept, Kept) =
        house.kept_forms(&actor, keys(&request)).await?.into_iter().partition(|(key, _)| token::mark(key) == form.text(LEFT));
    for (key, _) in &left {
        house.forget_form(key).await?;
    }
    let page = match waiting(&house, &actor, others).await?.is_empty() {
        true => left.first().and_then(|(_, form)| Purpose::page_of(&form.address)),
        false => Some(PATH.to_owned()),
    };
    let mut response = see_other(page.as_deref().unwrap_or_else(|| landing("", actor.editor)));
    for (key, _) in &left {
        response.add_cookie(&no_kept_form_cookie(&house, key)).map_err(AppError::broken)?;
    }
    Ok(response)
}
