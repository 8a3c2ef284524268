//! The form extractor: it yields only what was posted from our own pages, within the limit, and is text. It leaves the form
//! with the request as well, for the answer where something goes wrong.

use std::future::Future;
use std::pin::Pin;
use std::str::FromStr;

use actix_web::dev::Payload;
use actix_web::http::header::{self, HeaderMap};
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};
use futures_util::StreamExt;
use url::Url;

use crate::db::ids::AccountId;
use crate::error::AppError;
use crate::questionnaire::form::{AUTHOR, Fields, Malformed};
use crate::workflow::House;

/// The most bytes of a form.
pub const LIMIT: usize = 1 << 20;

/// The fields of a form, in order.
#[derive(Debug, Clone)]
pub struct Form(pub Fields);

impl Form {
    /// Refuses a form with other fields than these, or with one of them twice.
    ///
    /// # Errors
    /// [`AppError::Malformed`] names the field.
    pub fn has_only(&self, names: &[&str]) -> Result<(), AppError> {
        for (index, (name, _)) in self.0.iter().enumerate() {
            if !names.contains(&name.as_str()) {
                return Err(Malformed::Unknown(name.clone()).into());
            }
            if self.0.iter().take(index).any(|(known, _)| known == name) {
                return Err(Malformed::Twice(name.clone()).into());
            }
        }
        Ok(())
    }

    /// A field's whole number.
    ///
    /// # Errors
    /// [`AppError::Malformed`] when it did not come, or is no number.
    pub fn number<Number: FromStr>(&self, name: &str) -> Result<Number, AppError> {
        match self.text(name) {
            "" => Err(Malformed::Missing(name.to_owned()).into()),
            text => text.parse().map_err(|_| Malformed::Foreign(name.to_owned()).into()),
        }
    }

    /// What is wrong with a form whose button is none of those that it could be.
    pub fn unknown_act(&self) -> AppError {
        match self.text("act") {
            "" => Malformed::Missing("act".to_owned()).into(),
            act => Malformed::UnknownAct(act.to_owned()).into(),
        }
    }

    /// A field's text; empty when it did not come.
    pub fn text(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }
}

impl FromRequest for Form {
    type Error = AppError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, AppError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, mut payload) = (request.clone(), payload.take());
        Box::pin(async move {
            refuse_other_sites(&request)?;
            let content_type = request.content_type().to_ascii_lowercase();
            if content_type != "application/x-www-form-urlencoded" && !content_type.is_empty() {
                return Err(AppError::Unreadable(format!("it is {content_type}")));
            }
            let mut body = web::BytesMut::new();
            let mut too_large = false;
            while let Some(chunk) = payload.next().await {
                let chunk = chunk.map_err(|error| AppError::Unreadable(error.to_string()))?;
                // Read to the end all the same: a browser that still sends does not see the answer.
                too_large |= body.len() + chunk.len() > LIMIT;
                if !too_large {
                    body.extend_from_slice(&chunk);
                }
            }
            if too_large {
                return Err(AppError::TooLarge);
            }
            let mut fields =
                serde_urlencoded::from_bytes::<Fields>(&body).map_err(|error| AppError::Unreadable(error.to_string()))?;
            let author = take_author(&mut fields);
            let form = Self(fields);
            request.extensions_mut().insert(form.clone());
            request.extensions_mut().insert(author?);
            Ok(form)
        })
    }
}

/// For whom a form was made, as it says itself.
#[derive(Debug, Clone, Copy)]
struct MadeFor(Option<AccountId>);

/// Takes off a form for whom it was made: of what it is about, that is no part.
fn take_author(fields: &mut Fields) -> Result<MadeFor, Malformed> {
    let authors: Vec<_> = fields.extract_if(.., |(name, _)| name == AUTHOR).collect();
    match authors.as_slice() {
        [] => Ok(MadeFor(None)),
        [(_, author)] => {
            let author = author.parse().map_err(|_| Malformed::Foreign(AUTHOR.to_owned()))?;
            Ok(MadeFor(Some(author)))
        }
        _ => Err(Malformed::Twice(AUTHOR.to_owned())),
    }
}

/// For whom the form was made that came with this request; none where it does not say. Whoever makes it say something else
/// gets no right from it: it is only what keeps somebody else's form from being taken for one's own.
pub fn made_for(request: &HttpRequest) -> Option<AccountId> {
    request.extensions().get::<MadeFor>().and_then(|made| made.0)
}

/// Refuses a post from another site. Browsers say where it comes from in `Sec-Fetch-Site`, or at least in `Origin`; a
/// program that says neither has no cookies that another site could use.
fn refuse_other_sites(request: &HttpRequest) -> Result<(), AppError> {
    let headers = request.headers();
    let ours = match text(headers, "sec-fetch-site") {
        Some(site) => matches!(site, "same-origin" | "none"),
        None => text(headers, header::ORIGIN.as_str()).is_none_or(|origin| is_ours(request, origin)),
    };
    if ours { Ok(()) } else { Err(AppError::OtherSite) }
}

fn is_ours(request: &HttpRequest, origin: &str) -> bool {
    let Ok(origin) = Url::parse(origin) else { return false };
    let host = text(request.headers(), header::HOST.as_str());
    let public = request.app_data::<web::Data<House>>().and_then(|house| Url::parse(&house.public_url).ok());
    let authority = match (origin.host_str(), origin.port()) {
        (Some(host), Some(port)) => format!("{host}:{port}"),
        (Some(host), None) => host.to_owned(),
        (None, _) => return false,
    };
    host == Some(authority.as_str()) || public.is_some_and(|public| public.origin() == origin.origin())
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}
