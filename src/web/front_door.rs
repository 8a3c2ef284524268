//! The front door: what stands ready is handed out here, without going into the house. A page in memory is found by the
//! very text of its address; nothing is routed, no middleware runs. Whatever else is asked goes to the application, whose
//! answer with the same page is the same.

use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll};

use actix_http::Request;
use actix_service::IntoServiceFactory;
use actix_web::HttpMessage;
use actix_web::body::EitherBody;
use actix_web::dev::{AppConfig, Response, Service, ServiceFactory, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{self, AcceptEncoding, Encoding, HeaderMap, HeaderName, HeaderValue};
use actix_web::web::Bytes;
use futures_util::TryFutureExt;
use futures_util::future::{Either, MapOk, Ready, ready};

use super::{assets, finished, security};
use crate::guide::{Guide, Page};

/// The door before an application.
pub struct FrontDoor<A> {
    app: A,
    keeper: Rc<Keeper>,
}

/// The door of one of the server's threads.
pub struct Door<A> {
    app: A,
    keeper: Rc<Keeper>,
}

/// Who stands at the door.
struct Keeper {
    guide: Guide,
    security: Vec<(HeaderName, HeaderValue)>,
}

impl<A: ServiceFactory<Request>> FrontDoor<A> {
    /// Puts a door before an application.
    pub fn before(app: impl IntoServiceFactory<A, Request>, guide: Guide, https: bool) -> Self {
        let security = security::lines(https).collect();
        Self { app: app.into_factory(), keeper: Rc::new(Keeper { guide, security }) }
    }
}

impl<A, B> ServiceFactory<Request> for FrontDoor<A>
where
    A: ServiceFactory<Request, Config = AppConfig, Response = ServiceResponse<B>>,
    A::Future: 'static,
{
    type Response = Response<EitherBody<Bytes, B>>;
    type Error = A::Error;
    type Config = AppConfig;
    type Service = Door<A::Service>;
    type InitError = A::InitError;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Service, Self::InitError>>>>;

    fn new_service(&self, config: AppConfig) -> Self::Future {
        let (app, keeper) = (self.app.new_service(config), Rc::clone(&self.keeper));
        Box::pin(app.map_ok(|app| Door { app, keeper }))
    }
}

impl<A, B> Service<Request> for Door<A>
where
    A: Service<Request, Response = ServiceResponse<B>>,
{
    type Response = Response<EitherBody<Bytes, B>>;
    type Error = A::Error;
    type Future = Either<Ready<Result<Self::Response, A::Error>>, MapOk<A::Future, fn(ServiceResponse<B>) -> Self::Response>>;

    fn poll_ready(&self, context: &mut Context<'_>) -> Poll<Result<(), A::Error>> {
        self.app.poll_ready(context)
    }

    fn call(&self, mut request: Request) -> Self::Future {
        match self.keeper.answer(&request) {
            Some(answer) => Either::Left(ready(Ok(answer.map_body(|_, body| EitherBody::left(body))))),
            None => {
                if refuses_all(&request) {
                    request.headers_mut().remove(header::ACCEPT_ENCODING);
                }
                Either::Right(self.app.call(request).map_ok(from_inside))
            }
        }
    }
}

fn from_inside<B>(answer: ServiceResponse<B>) -> Response<EitherBody<Bytes, B>> {
    Response::from(answer).map_body(|_, body| EitherBody::right(body))
}

impl Keeper {
    /// The answer with a page that is ready; none where the application has to be asked.
    fn answer(&self, request: &Request) -> Option<Response<Bytes>> {
        if !matches!(*request.method(), Method::GET | Method::HEAD) || is_choosy(request.headers()) {
            return None;
        }
        let page = self.page(request.uri().path_and_query()?.as_str())?;
        if !finished::is_ready(request.headers(), &page) {
            return None;
        }
        let mut answer = finished::answer(request.headers(), &page);
        for (name, value) in &self.security {
            if !answer.headers().contains_key(name) {
                answer.headers_mut().insert(name.clone(), value.clone());
            }
        }
        tracing::debug!(method = %request.method(), address = request.uri().path(), status = answer.status().as_u16(), "answered at the door");
        Some(answer)
    }
    fn page(&self, address: &str) -> Option<Arc<Page>> {
        match address.strip_prefix("/static/") {
            Some(name) => assets::find(name),
            None => self.guide.page(address),
        }
    }
}

/// Whether a request weighs the encodings against each other, and may refuse them all: that is heard inside.
fn is_choosy(asked: &HeaderMap) -> bool {
    asked.get_all(header::ACCEPT_ENCODING).any(|line| line.as_bytes().contains(&b';'))
}

/// Whether a request takes no encoding at all that there is, not even what is not encoded. A page is of more use to it than
/// a refusal, which is what the compression would answer.
fn refuses_all(request: &Request) -> bool {
    let known = [Encoding::identity(), Encoding::brotli(), Encoding::gzip()];
    let asked = request.get_header::<AcceptEncoding>().filter(|_| is_choosy(request.headers()));
    asked.is_some_and(|asked| asked.negotiate(known.iter()).is_none())
}

#[cfg(test)]
#[path = "front_door_tests.rs"]
mod tests;
