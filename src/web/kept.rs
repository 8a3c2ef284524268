//! Forms that were posted when nobody was signed in: each is kept for its browser, and stands there again once somebody
//! has signed in: its author, where that is known. A page of the questionnaire is saved then, if it is of whoever's session
//! had run out; anything else, and what may be anybody's, is shown at `/kept`, and done only when its button is pressed again.
//! Several windows may each have sent one.

mod posted;
mod saved;
mod waiting;

pub use posted::forms;
pub use saved::{SavedPage, saved_pages};

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use actix_web::cookie::Cookie;
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::failure::Place;
use super::identity::{KEPT_FORM, SESSION, SignedIn, landing, no_kept_form_cookie, visitor};
use super::layout::Layout;
use super::sent::{Purpose, Sent, questionnaire_page};
use super::vendor::page::not_done;
use super::{page, see_other};
use crate::domain::{Actor, token};
use crate::error::AppError;
use crate::workflow::House;
use crate::workflow::keep_form::{KeptForm, OF_ONE_BROWSER};
use waiting::{Waiting, waiting};

/// Where a form is shown that was kept.
pub const PATH: &str = "/kept";

/// The field of `/kept` that says which form is not to be sent: the mark of its token.
const LEFT: &str = "kept";

/// The tokens of the forms that a browser keeps. Each has a cookie of its own: windows that send at the same moment take
/// nothing from each other. No more are looked for than there can be, however many cookies somebody makes up.
pub fn keys(request: &HttpRequest) -> Vec<String> {
    let Ok(cookies) = request.cookies() else { return Vec::new() };
    let kept = cookies.iter().filter(|cookie| cookie.name().starts_with(KEPT_FORM)).take(OF_ONE_BROWSER);
    kept.map(|cookie| cookie.value().to_owned()).collect()
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
        if is_their_page && let Some(shown) = save(house, session, &form).await? {
            house.forget_form(&key).await?;
            cookies.push(no_kept_form_cookie(house, &key));
            saved.push(form.path().to_owned());
            page = Some(shown);
        } else {
            waits = true;
        }
    }
    let path = match page {
        _ if waits => Some(saved::told_at(PATH, &saved)),
        Some(page) => Some(saved::told_at(&page, &saved)),
        None => None,
    };
    Ok(Onward { path, cookies })
}

/// Whether the session that ran out last in this browser was of this person.
async fn goes_on(request: &HttpRequest, house: &House, actor: &Actor) -> Result<bool, AppError> {
    let Some(session) = request.cookie(SESSION) else { return Ok(false) };
    Ok(house.ran_out(session.value()).await? == Some(actor.account))
}

/// Saves the page: the address that shows what is wrong with it, and returns to where it returned. None where it was not saved:
/// the entry may have gone on meanwhile.
async fn save(house: &House, session: &str, form: &KeptForm) -> Result<Option<String>, AppError> {
    let Place::Entry { id, page: Some(page) } = Place::of(form.path()) else { return Ok(None) };
    let joint = if form.address.contains('?') { '&' } else { '?' };
    let shown = format!("{}{joint}problems=yes", form.address);
    match house.save_page(session, form.by, id, page, &Arc::new(form.fields.clone())).await {
        Ok(saved) => Ok(saved.map(|saved| match not_done::asked(&saved) {
            Some(asked) => format!("{shown}&{asked}"),
            None => shown,
        })),
        Err(AppError::NotThere | AppError::NotNow(_) | AppError::Malformed(_)) => Ok(None),
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
