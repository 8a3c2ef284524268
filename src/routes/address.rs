//! A resource that knows which methods it takes, and says so to whoever comes with another.

use actix_web::dev::{AppService, HttpServiceFactory};
use actix_web::guard::{Any, Get, Head, Options};
use actix_web::web::{self, resource, route};
use actix_web::{FromRequest, Handler, Resource, Responder, Route};

use crate::error::AppError;
use crate::web::api;

/// An address of the house.
pub(super) struct Address {
    resource: Resource,
    reads: bool,
    posts: bool,
    open: bool,
}

/// What an address takes, and with what it answers.
pub(super) struct Taken {
    route: Route,
    posts: bool,
}

/// An address that takes nothing yet.
pub(super) fn at(path: &str) -> Address {
    Address { resource: resource(path), reads: false, posts: false, open: false }
}

/// An address of open data: pages of other sites read it, too, and their browsers ask first what they may send.
pub(super) fn open_at(path: &str) -> Address {
    let asked = route().guard(Options()).to(api::allow);
    Address { resource: resource(path).route(asked), open: true, ..at(path) }
}

/// GET, and HEAD, which is the same without the body.
pub(super) fn read() -> Taken {
    Taken { route: route().guard(Any(Get()).or(Head())), posts: false }
}

/// POST.
pub(super) fn post() -> Taken {
    Taken { route: web::post(), posts: true }
}

impl Taken {
    /// Who answers.
    pub(super) fn to<H, Arguments>(self, handler: H) -> Self
    where
        H: Handler<Arguments>,
        Arguments: FromRequest + 'static,
        H::Output: Responder + 'static,
    {
        Self { route: self.route.to(handler), ..self }
    }
}

impl Address {
    /// Takes this as well.
    pub(super) fn route(self, taken: Taken) -> Self {
        let (reads, posts) = (self.reads || !taken.posts, self.posts || taken.posts);
        Self { resource: self.resource.route(taken.route), reads, posts, ..self }
    }

    fn allowed(&self) -> &'static str {
        match (self.reads, self.posts) {
            (true, _) if self.open => api::METHODS,
            (true, true) => "GET, HEAD, POST",
            (true, false) => "GET, HEAD",
            (false, true) => "POST",
            (false, false) => "",
        }
    }
}

impl HttpServiceFactory for Address {
    fn register(self, config: &mut AppService) {
        let allowed = self.allowed();
        let otherwise = route().to(move || async move { Err::<String, _>(AppError::WrongMethod { allowed }) });
        self.resource.default_service(otherwise).register(config);
    }
}
