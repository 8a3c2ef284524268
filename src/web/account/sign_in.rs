//! `/sign-in`: an address, then a mail with a link and a code. Opening the link changes nothing; its button signs in.

use std::borrow::Cow;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, ResponseError, web};
use askama::Template;
use serde::Deserialize;

use crate::db::ids::SignInLinkId;
use crate::error::AppError;
use crate::web::form::Form;
use crate::web::identity::{
    SESSION, SIGNING_IN, Visitor, landing, no_cookie, own_path, sender, session_cookie, signed_out_cookie, signing_in_cookie,
};
use crate::web::kept::{self, Onward, StillKept};
use crate::web::layout::Layout;
use crate::web::{Surroundings, page, page_with, see_other, unprocessable};
use crate::workflow::House;
use crate::workflow::sign_in::{CodeOutcome, SignedIn, WINDOW};

/// For whom a form waits that this browser keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waits {
    /// For whoever had signed in here before.
    Author,
    /// For whoever signs in here, as nobody had.
    Anybody,
}

impl Waits {
    /// For whom the newest of the forms waits that this browser keeps; none where it keeps none.
    async fn of(request: &HttpRequest, house: &House) -> Result<Option<Self>, AppError> {
        let newest = house.newest_kept_form(kept::keys(request)).await?;
        Ok(newest.map(|form| if form.by.is_some() { Self::Author } else { Self::Anybody }))
    }
}

/// What the address says.
#[derive(Debug, Deserialize)]
pub struct Asked {
    #[serde(default)]
    next: String,
}

#[derive(Template)]
#[template(path = "account/sign_in.html")]
struct SignInPage {
    layout: Layout,
    next: String,
    kept: Option<Waits>,
    email: String,
    refusal: Option<Cow<'static, str>>,
    /// Whether a code that this browser has asked for helps on.
    has_code: bool,
    demo: bool,
}

/// GET `/sign-in`
///
/// # Errors
/// What the database says.
pub async fn show(
    request: HttpRequest,
    house: web::Data<House>,
    surroundings: web::Data<Surroundings>,
    visitor: Visitor,
    asked: web::Query<Asked>,
    kept: StillKept,
) -> Result<HttpResponse, AppError> {
    if let Some(actor) = visitor.0 {
        if kept.0 {
            return Ok(see_other(kept::PATH));
        }
        let home = if own_path(&asked.next).is_empty() { house.only_entry(&actor).await? } else { None };
        return Ok(see_other(landing(home.as_ref().unwrap_or(&asked.next), actor.editor)));
    }
    page(&SignInPage {
        layout: Layout::public(&house, None, ""),
        next: own_path(&asked.next).to_owned(),
        kept: Waits::of(&request, &house).await?,
        email: String::new(),
        refusal: None,
        has_code: false,
        demo: surroundings.demo_mail.is_some(),
    })
}

/// POST `/sign-in`: answers the same whether or not the address is known. Who may not be sent a mail is told so on the same page,
/// which knows where they were going.
///
/// # Errors
/// What the database says.
pub async fn request(
    request: HttpRequest,
    house: web::Data<House>,
    surroundings: web::Data<Surroundings>,
    form: Form,
) -> Result<HttpResponse, AppError> {
    form.has_only(&["email", "next"])?;
    let (email, next) = (form.text("email"), own_path(form.text("next")));
    let error = match house.request_sign_in(email, next, &sender(&request)).await {
        Ok(link) => {
            let mut response = see_other("/sign-in/code");
            response.add_cookie(&signing_in_cookie(&house, link.to_string())).map_err(AppError::broken)?;
            return Ok(response);
        }
        Err(error) => error,
    };
    let too_many = matches!(error, AppError::TooManyMails);
    let status = error.status_code();
    let refusal = match error {
        AppError::Unusable(refusal) => refusal,
        AppError::TooManyMails => {
            let told: Vec<_> = error.explanation().sentences().map(str::to_owned).collect();
            told.join(" ").trim_end_matches('.').to_owned().into()
        }
        error => return Err(error),
    };
    let mut response = page_with(
        status,
        &SignInPage {
            layout: Layout::public(&house, None, ""),
            next: next.to_owned(),
            kept: Waits::of(&request, &house).await?,
            email: email.to_owned(),
            refusal: Some(refusal),
            has_code: too_many && request.cookie(SIGNING_IN).is_some(),
            demo: surroundings.demo_mail.is_some(),
        },
    )?;
    if too_many {
        response.headers_mut().insert(header::RETRY_AFTER, WINDOW.as_secs().into());
    }
    Ok(response)
}

#[derive(Template)]
#[template(path = "account/code.html")]
struct CodePage {
    layout: Layout,
    typed: String,
    refusal: Option<&'static str>,
    demo: bool,
}

/// GET `/sign-in/code`: the mail is on its way.
///
/// # Errors
/// What the template says.
pub async fn code(house: web::Data<House>, surroundings: web::Data<Surroundings>) -> Result<HttpResponse, AppError> {
    let layout = Layout::public(&house, None, "");
    page(&CodePage { layout, typed: String::new(), refusal: None, demo: surroundings.demo_mail.is_some() })
}

/// POST `/sign-in/code`
///
/// # Errors
/// [`AppError::CodeSpent`] in a browser that has asked for no mail, or too late, or too often.
pub async fn enter_code(
    request: HttpRequest,
    house: web::Data<House>,
    surroundings: web::Data<Surroundings>,
    form: Form,
) -> Result<HttpResponse, AppError> {
    form.has_only(&["code"])?;
    let link = request.cookie(SIGNING_IN).and_then(|cookie| cookie.value().parse::<SignInLinkId>().ok());
    let link = link.ok_or_else(|| AppError::CodeSpent { next: String::new() })?;
    let typed = form.text("code").to_owned();
    let refusal = match house.sign_in_by_code(link, &typed, &sender(&request)).await? {
        CodeOutcome::Right(signed_in) => return enter(&request, &house, signed_in).await,
        CodeOutcome::NoCode => "The code must be 8 letters and digits",
        CodeOutcome::Wrong => "Enter the code of the newest mail; this is not it",
    };
    unprocessable(&CodePage {
        layout: Layout::public(&house, None, ""),
        typed,
        refusal: Some(refusal),
        demo: surroundings.demo_mail.is_some(),
    })
}

#[derive(Template)]
#[template(path = "account/link.html")]
struct LinkPage {
    layout: Layout,
    action: String,
    email: String,
}

/// GET `/sign-in/{token}`: shows a button, and changes nothing.
///
/// # Errors
/// [`AppError::LinkSpent`] when the link does not work any more.
pub async fn link(house: web::Data<House>, token: web::Path<String>) -> Result<HttpResponse, AppError> {
    let email = house.look_at_link(&token).await?;
    page(&LinkPage { layout: Layout::public(&house, None, ""), action: format!("/sign-in/{token}"), email })
}

/// POST `/sign-in/{token}`: signs in, once.
///
/// # Errors
/// [`AppError::LinkSpent`] when the link does not work any more.
pub async fn enter_link(
    request: HttpRequest,
    house: web::Data<House>,
    token: web::Path<String>,
    _: Form,
) -> Result<HttpResponse, AppError> {
    let signed_in = house.sign_in_by_link(&token).await?;
    enter(&request, &house, signed_in).await
}

/// POST `/sign-out`: leads to where one signs in as somebody else, where that was wanted.
///
/// # Errors
/// What the database says.
pub async fn sign_out(request: HttpRequest, house: web::Data<House>, form: Form) -> Result<HttpResponse, AppError> {
    let next = Some(own_path(form.text("next"))).filter(|next| !next.is_empty());
    let mut response = see_other(next.unwrap_or("/"));
    if let Some(session) = request.cookie(SESSION) {
        house.sign_out(session.value()).await?;
        response.add_cookie(&signed_out_cookie(&house, session.value())).map_err(AppError::broken)?;
    }
    response.add_cookie(&no_cookie(&house, SESSION)).map_err(AppError::broken)?;
    Ok(response)
}

/// Begins the session, and goes on: to a form that was kept for this moment, if there is one.
async fn enter(request: &HttpRequest, house: &House, signed_in: SignedIn) -> Result<HttpResponse, AppError> {
    let Onward { path, cookies: kept } = kept::after_signing_in(request, house, &signed_in.session).await?;
    let mut response = see_other(path.as_deref().unwrap_or_else(|| landing(&signed_in.next, signed_in.editor)));
    let cookies = [session_cookie(house, signed_in.session), no_cookie(house, SIGNING_IN)];
    for cookie in cookies.iter().chain(&kept) {
        response.add_cookie(cookie).map_err(AppError::broken)?;
    }
    Ok(response)
}
