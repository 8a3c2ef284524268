//! Every URL, grouped by who may call it. Who that is, is decided in [`permission`](crate::domain::permission); the
//! extractors of [`identity`](crate::web::identity) ask there.

use actix_web::guard::{Any, Get, Head};
use actix_web::web::{ServiceConfig, get, post, resource, route};
use actix_web::{Handler, Resource, Responder};

use crate::error::AppError;
use crate::web::{account, assets, demo, desk, health, reader, vendor};

/// All routes; those of the demo only in the demo.
pub fn all(service: &mut ServiceConfig, with_demo: bool) {
    anyone(service);
    if with_demo {
        the_demo(service);
    }
    vendors(service);
    editors(service);
    readers(service);
    service.default_service(route().to(|| async { Err::<String, _>(AppError::NotThere) }));
}

fn anyone(service: &mut ServiceConfig) {
    let _ = service;
}

fn the_demo(service: &mut ServiceConfig) {
    let _ = service;
}

fn vendors(service: &mut ServiceConfig) {
    let _ = service;
}

fn editors(service: &mut ServiceConfig) {
    let _ = service;
}

fn readers(service: &mut ServiceConfig) {
    service
        .service(at("/static/{name}").route(read().to(assets::show)))
        .service(at("/health/live").route(read().to(health::live)));
}

/// A resource that answers other methods with a page of its own.
fn at(path: &str) -> Resource {
    resource(path).default_service(route().to(|| async { Err::<String, _>(AppError::WrongMethod) }))
}

/// GET, and HEAD, which is the same without the body.
fn read() -> actix_web::Route {
    route().guard(Any(Get()).or(Head()))
}
