//! Forms that were posted when nobody was signed in: each is kept for its browser, and stands there again once somebody
//! has signed in. A page of the questionnaire is saved then; anything else is shown at `/kept`, and done only when its
//! button is pressed again. Several windows may each have sent one.

mod keys;
mod waiting;

use std::sync::Arc;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::cookie::Cookie;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{FromRequest, HttpMessage, HttpRequest, HttpResponse, web};
use askama::Template;

use super::account::sign_in::KEPT;
use super::failure::Place;
use super::form::Form;
use super::identity::{SignedIn, Visitor, landing, sender};
use super::layout::Layout;
use super::sent::{Purpose, Sent, address, questionnaire_page};
use super::{page, see_other};
use crate::error::AppError;
use crate::workflow::House;
use crate::workflow::keep_form::KeptForm;
use keys::Keys;
use waiting::{Waiting, waiting};

/// Where a form is shown that was kept.
pub const PATH: &str = "/kept";

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
            Some(AppError::SignIn { next }) => match keep(response.request(), &house, next).await {
                Ok(Some(answer)) => Ok(response.into_response(answer)),
                Ok(None) => Ok(response),
                Err(error) => Ok(response.error_response(error)),
            },
            _ => Ok(response),
        },
    }
}

/// Keeps the form, and asks to sign in.
async fn keep(request: &HttpRequest, house: &House, next: &str) -> Result<Option<HttpResponse>, AppError> {
    let form = request.extensions().get::<Form>().cloned();
    let worth_it = |form: &Form| Purpose::of(request.path(), form.text("act")).is_some();
    let Some(form) = form.filter(worth_it) else { return Ok(None) };
    let keys = Keys::of(request);
    let key = house.keep_form(address(request), &form.0, keys.all(), &sender(request)).await?;
    let query = serde_urlencoded::to_string([("next", next), ("kept", KEPT)]).map_err(AppError::broken)?;
    let mut response = see_other(&format!("/sign-in?{query}"));
    response.add_cookie(&keys.with(key).cookie(house)).map_err(AppError::broken)?;
    Ok(Some(response))
}

/// Forgets the kept form that has just been sent to where it was going, and goes on to those that still wait. That it stays
/// is no reason to fail.
async fn forget_sent(mut response: ServiceResponse<BoxBody>, house: &House) -> ServiceResponse<BoxBody> {
    let (status, keys) = (response.status(), Keys::of(response.request()));
    if keys.all().is_empty() || !(status.is_success() || status.is_redirection()) {
        return response;
    }
    match forget_form_to(address(response.request()), house, keys).await {
        Ok(Some(keys)) => {
            if let Err(error) = response.response_mut().add_cookie(&keys.cookie(house)) {
                tracing::warn!(%error, "the cookie of a kept form could not be taken away");
            }
            let waits = !keys.all().is_empty() && waits_for_sender(response.request(), house, &keys).await;
            if let (true, Some(place)) = (waits, response.headers_mut().get_mut(header::LOCATION)) {
                *place = HeaderValue::from_static(PATH);
            }
        }
        Ok(None) => {}
        Err(error) => tracing::warn!(%error, "a form that was sent is still kept"),
    }
    response
}

/// Forgets the form that is kept for an address; the others. None where there is none.
async fn forget_form_to(address: &str, house: &House, keys: Keys) -> Result<Option<Keys>, AppError> {
    let kept = house.kept_forms(keys.all()).await?;
    let Some((key, _)) = kept.iter().find(|(_, form)| form.address == address) else { return Ok(None) };
    house.forget_form(key).await?;
    Ok(Some(keys.without(key)))
}

/// Whether any of these forms is one that whoever sent this request may send.
async fn waits_for_sender(request: &HttpRequest, house: &House, keys: &Keys) -> bool {
    match Visitor::extract(request).await {
        Ok(Visitor(Some(actor))) => waiting(house, &actor, keys).await.is_ok_and(|waiting| !waiting.is_empty()),
        _ => false,
    }
}

/// Where somebody who has signed in goes on.
pub struct Onward {
    /// The page; none: where they wanted to go.
    pub path: Option<String>,
    /// The cookie of the forms that are still kept; none where the browser kept none.
    pub cookie: Option<Cookie<'static>>,
}

/// Saves the forms that were kept in this browser and are pages of the questionnaire; others wait to be looked at. What the
/// person who has signed in may not send is kept for whoever may.
///
/// # Errors
/// What the database says.
pub async fn after_signing_in(request: &HttpRequest, house: &House, session: &str) -> Result<Onward, AppError> {
    let keys = Keys::of(request);
    if keys.all().is_empty() {
        return Ok(Onward { path: None, cookie: None });
    }
    let Some(actor) = house.actor(session).await? else { return Ok(Onward { path: None, cookie: None }) };
    let (mut path, mut keys) = (None, present(house, keys).await?);
    let mut waits = false;
    for Waiting { key, form, room, .. } in waiting(house, &actor, &keys).await? {
        if questionnaire_page(room.edition.as_deref(), form.path()).is_some() && save(house, session, &form).await? {
            house.forget_form(&key).await?;
            keys = keys.without(&key);
            path.get_or_insert_with(|| format!("{}?problems=yes", form.path()));
        } else {
            waits = true;
        }
    }
    let path = if waits { Some(PATH.to_owned()) } else { path };
    Ok(Onward { path, cookie: Some(keys.cookie(house)) })
}

/// Those whose forms are still there.
async fn present(house: &House, keys: Keys) -> Result<Keys, AppError> {
    Ok(house.kept_forms(keys.all()).await?.into_iter().map(|(key, _)| key).collect())
}

/// Whether the page was saved: the entry may have gone on meanwhile.
async fn save(house: &House, session: &str, form: &KeptForm) -> Result<bool, AppError> {
    let Place::Entry { id, page: Some(page) } = Place::of(form.path()) else { return Ok(false) };
    match house.save_page(session, id, page, &Arc::new(form.fields.clone())).await {
        Ok(saved) => Ok(saved.is_some()),
        Err(AppError::NotThere | AppError::NotNow(_) | AppError::Malformed(_)) => Ok(false),
        Err(error) => Err(error),
    }
}

#[derive(Template)]
#[template(path = "account/kept.html")]
struct KeptPage<'a> {
    layout: &'a Layout,
    waiting: &'a [Waiting],
}

/// GET `/kept`: the forms that this browser keeps for whoever is signed in. Without one, to one's own side.
///
/// # Errors
/// What the database says.
pub async fn show(request: HttpRequest, house: web::Data<House>, actor: SignedIn) -> Result<HttpResponse, AppError> {
    let waiting = waiting(&house, &actor, &Keys::of(&request)).await?;
    match waiting.first() {
        Some(first) => page(&KeptPage { layout: &first.room.layout, waiting: &waiting }),
        None => Ok(see_other(landing("", actor.editor))),
    }
}

/// POST `/kept`: the form to this address is not to be sent. Leads to those that still wait, or to the page on which it
/// stands.
///
/// # Errors
/// What the database says.
pub async fn leave(
    request: HttpRequest,
    house: web::Data<House>,
    Sent { by: actor, form }: Sent<SignedIn>,
) -> Result<HttpResponse, AppError> {
    form.has_only(&["address"])?;
    let (address, keys) = (form.text("address"), Keys::of(&request));
    let left = forget_form_to(address, &house, keys.clone()).await?.unwrap_or(keys);
    let page = match waiting(&house, &actor, &left).await?.is_empty() {
        true => Purpose::page_of(address).unwrap_or_else(|| landing("", actor.editor).to_owned()),
        false => PATH.to_owned(),
    };
    let mut response = see_other(&page);
    response.add_cookie(&left.cookie(&house)).map_err(AppError::broken)?;
    Ok(response)
}
