//! What becomes of a form that was posted: it is kept where it could not be done, and forgotten once it is.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{HttpMessage, HttpRequest, HttpResponse, ResponseError, web};

use super::keys;
use crate::error::AppError;
use crate::web::form::{Form, made_for};
use crate::web::identity::{kept_form_cookie, last_session, no_kept_form_cookie, sender, sign_in, visitor};
use crate::web::see_other;
use crate::web::sent::{Purpose, address};
use crate::workflow::House;
use crate::workflow::keep_form::KeptForm;

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
    let mut response = see_other(&sign_in(next));
    response.add_cookie(&kept_form_cookie(house, &kept)).map_err(AppError::broken)?;
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
    if let Err(error) = response.response_mut().add_cookie(&kept_form_cookie(house, &kept)) {
        return response.error_response(AppError::broken(error));
    }
    response
}

/// What a page says that cannot save itself as somebody else is signed in.
const SOMEBODY_ELSE: &str =
    "Not saved: somebody else is signed in here now. What you typed is kept in this browser until you sign in again";

/// Keeps the form, if it is one that is worth it: the token that brings it back.
async fn keep(request: &HttpRequest, house: &House) -> Result<Option<String>, AppError> {
    let form = request.extensions().get::<Form>().cloned();
    let worth_it = |form: &Form| Purpose::of(request.path(), form.text("act")).is_some();
    let Some(form) = form.filter(worth_it) else { return Ok(None) };
    let form =
        KeptForm { address: address(request).to_owned(), fields: form.0, by: made_for(request), at: house.now(), refused: None };
    let kept = house.keep_form(form, last_session(request).as_deref(), &keys(request), &sender(request)).await?;
    Ok(Some(kept))
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
    // Most browsers keep nothing, and nobody is looked up for them.
    let Some(form) = form else { return Ok(None) };
    let Some(actor) = visitor(request).await? else { return Ok(None) };
    let sent = KeptForm { address: address(request).to_owned(), fields: form.0, by: None, at: house.now(), refused: None };
    let kept = house.kept_forms(&actor, keys).await?;
    Ok(kept.into_iter().find(|(_, form)| form.is_of(&sent)).map(|(key, _)| key))
}
