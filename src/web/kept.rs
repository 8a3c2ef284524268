//! Forms that were posted when nobody was signed in: each is kept for its browser, and stands there again once somebody
//! has signed in. A page of the questionnaire is saved then; anything else is shown at `/kept`, and done only when its
//! button is pressed again.

use std::sync::Arc;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::middleware::Next;
use actix_web::{HttpMessage, HttpRequest, HttpResponse, web};
use askama::Template;

use super::failure::Place;
use super::form::Form;
use super::identity::{KEPT_FORM, SignedIn, kept_form_cookie, landing, no_cookie};
use super::layout::Layout;
use super::sent::{Again, Purpose, Sent, address, questionnaire_page};
use super::{page, see_other};
use crate::domain::{Access, Actor, Edition, decide, permission};
use crate::error::AppError;
use crate::workflow::House;
use crate::workflow::keep_form::KeptForm;

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
    let key = house.keep_form(address(request), &form.0).await?;
    let query = serde_urlencoded::to_string([("next", next), ("kept", "yes")]).map_err(AppError::broken)?;
    let mut response = see_other(&format!("/sign-in?{query}"));
    response.add_cookie(&kept_form_cookie(house, key)).map_err(AppError::broken)?;
    Ok(Some(response))
}

/// Forgets the kept form that has just been sent to where it was going. That it stays is no reason to fail.
async fn forget_sent(mut response: ServiceResponse<BoxBody>, house: &House) -> ServiceResponse<BoxBody> {
    let status = response.status();
    let Some(key) = response.request().cookie(KEPT_FORM).filter(|_| status.is_success() || status.is_redirection()) else {
        return response;
    };
    let forgotten = async {
        match house.kept_form(key.value()).await? {
            Some(form) if form.address == address(response.request()) => house.forget_form(key.value()).await.map(|()| true),
            _ => Ok(false),
        }
    };
    match forgotten.await {
        Ok(true) => {
            if let Err(error) = response.response_mut().add_cookie(&no_cookie(house, KEPT_FORM)) {
                tracing::warn!(%error, "the cookie of a kept form could not be taken away");
            }
        }
        Ok(false) => {}
        Err(error) => tracing::warn!(%error, "a form that was sent is still kept"),
    }
    response
}

/// Where somebody who has signed in goes on.
pub struct Onward {
    /// The page; none: where they wanted to go.
    pub path: Option<String>,
    /// Whether the browser's form is still kept.
    pub kept: bool,
}

/// Saves the form that was kept in this browser, if it is a page of the questionnaire; another waits to be looked at.
/// Where the person who has signed in may not send it, it is kept for whoever may.
///
/// # Errors
/// What the database says.
pub async fn after_signing_in(house: &House, session: &str, key: &str) -> Result<Onward, AppError> {
    let Some(form) = house.kept_form(key).await? else { return Ok(Onward { path: None, kept: false }) };
    let Some(actor) = house.actor(session).await? else { return Ok(Onward { path: None, kept: true }) };
    let edition = match Room::of(house, &actor, form.path()).await {
        Ok(room) => room.edition,
        Err(AppError::NotThere) => return Ok(Onward { path: None, kept: true }),
        Err(error) => return Err(error),
    };
    if questionnaire_page(edition.as_deref(), form.path()).is_some() && save(house, session, &form).await? {
        house.forget_form(key).await?;
        return Ok(Onward { path: Some(format!("{}?problems=yes", form.path())), kept: false });
    }
    Ok(Onward { path: Some(PATH.to_owned()), kept: true })
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
struct KeptPage {
    layout: Layout,
    /// The entry that it is about, where the frame does not say so.
    about: Option<String>,
    again: Again,
}

/// GET `/kept`: the form that this browser keeps. Without one, to one's own side.
///
/// # Errors
/// [`AppError::NotThere`] where the address of the form is not there for this person.
pub async fn show(request: HttpRequest, house: web::Data<House>, actor: SignedIn) -> Result<HttpResponse, AppError> {
    let Some(form) = of_browser(&request, &house).await? else { return Ok(see_other(landing("", actor.editor))) };
    let Room { layout, edition, about } = Room::of(&house, &actor, form.path()).await?;
    let again = Again::of(&house, edition.as_deref(), &form.address, &Form(form.fields)).ok_or(AppError::NotThere)?;
    page(&KeptPage { layout, about, again })
}

/// POST `/kept`: it is not to be sent. Leads to the page on which the form stands.
///
/// # Errors
/// What the database says.
pub async fn leave(
    request: HttpRequest,
    house: web::Data<House>,
    Sent { by: actor, form }: Sent<SignedIn>,
) -> Result<HttpResponse, AppError> {
    form.has_only(&[])?;
    let page = of_browser(&request, &house).await?.and_then(|form| Purpose::page_of(&form.address));
    if let Some(key) = request.cookie(KEPT_FORM) {
        house.forget_form(key.value()).await?;
    }
    let mut response = see_other(page.as_deref().unwrap_or_else(|| landing("", actor.editor)));
    response.add_cookie(&no_cookie(&house, KEPT_FORM)).map_err(AppError::broken)?;
    Ok(response)
}

async fn of_browser(request: &HttpRequest, house: &House) -> Result<Option<KeptForm>, AppError> {
    match request.cookie(KEPT_FORM) {
        Some(key) => house.kept_form(key.value()).await,
        None => Ok(None),
    }
}

/// Where a form is posted to, as somebody knows it who may be there.
struct Room {
    layout: Layout,
    /// The edition of its entry.
    edition: Option<Arc<Edition>>,
    /// The entry that it is about, where the frame does not say so.
    about: Option<String>,
}

impl Room {
    async fn of(house: &House, actor: &Actor, path: &str) -> Result<Self, AppError> {
        let apart = |layout| Self { layout, edition: None, about: None };
        match Place::of(path) {
            Place::Entry { id, .. } => {
                let entry = house.entry_of_vendor(actor, id).await?;
                let layout = Layout::entry(house, actor, &entry, "");
                Ok(Self { layout, edition: Some(Arc::clone(&entry.edition)), about: None })
            }
            Place::Review(id) => {
                let entry = house.entry_at_desk(actor, id).await?;
                let layout = Layout::desk(house, actor, Some(&entry.edition), "");
                let about = Some(entry.entry.company_name.clone()).filter(|name| !name.is_empty());
                Ok(Self { layout, edition: Some(Arc::clone(&entry.edition)), about })
            }
            Place::Desk => match decide(Some(actor), permission::Place::Desk) {
                Access::Granted => Ok(apart(Layout::desk(house, actor, None, ""))),
                Access::SignIn | Access::NotThere => Err(AppError::NotThere),
            },
            Place::Own | Place::Edition(_) | Place::Elsewhere => Ok(apart(Layout::own(house, actor, ""))),
        }
    }
}
