//! What only somebody signed in may post: the form is read first, and only then is asked who sends it. So nothing that was
//! typed is lost where nobody is signed in, or the database is away: [`Form`] leaves it with the request, for
//! [`kept`](super::kept) and [`failure`](super::failure).

mod again;
mod purpose;

pub use again::{Again, questionnaire_page};
pub use purpose::Purpose;

use std::future::Future;
use std::ops::Deref;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, HttpResponse};

use super::form::{Form, made_for};
use super::identity::visitor;
use super::see_other;
use crate::domain::Actor;
use crate::error::AppError;

/// A form, and who sent it.
#[derive(Debug, Clone)]
pub struct Sent<Who> {
    /// The sender.
    pub by: Who,
    /// What was sent.
    pub form: Form,
}

impl<Who: FromRequest<Error = AppError> + Deref<Target = Actor> + 'static> FromRequest for Sent<Who> {
    type Error = AppError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, AppError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, form) = (request.clone(), Form::from_request(request, payload));
        Box::pin(async move {
            let form = form.await?;
            match Who::from_request(&request, &mut Payload::None).await {
                Ok(by) if is_anothers(&request, &by) => Err(AppError::SomebodyElse { kept: false }),
                Ok(by) => Ok(Self { by, form }),
                // What the form's author may do, somebody else may not be there to do.
                Err(AppError::NotThere) => match visitor(&request).await? {
                    Some(actor) if is_anothers(&request, &actor) => Err(AppError::SomebodyElse { kept: false }),
                    _ => Err(AppError::NotThere),
                },
                Err(error) => Err(error),
            }
        })
    }
}

/// Whether the form that came was made for somebody else than whoever is signed in now.
fn is_anothers(request: &HttpRequest, actor: &Actor) -> bool {
    made_for(request).is_some_and(|author| author != actor.account)
}

/// Where a request was sent: path and query.
pub fn address(request: &HttpRequest) -> &str {
    request.uri().path_and_query().map_or_else(|| request.path(), |address| address.as_str())
}

/// GET of an address that only takes posts, as a browser asks for it that loads the answer to one anew: leads to the page
/// on which the form stands.
///
/// # Errors
/// [`AppError::NotThere`] where no form of ours leads.
pub async fn to_its_page(request: HttpRequest) -> Result<HttpResponse, AppError> {
    let page = Purpose::page_of(address(&request)).ok_or(AppError::NotThere)?;
    Ok(see_other(&page))
}
