//! The OpenAPI document: what can be asked for, and what comes back.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use utoipa::OpenApi;
use utoipa::openapi::{ContactBuilder, InfoBuilder, RefOr, Response, Server};

use super::{edition, filters, json, parameters, program, question};
use crate::error::AppError;
use crate::guide::Page;
use crate::guide::search::Offer;
use crate::web::reader::{Reading, data, feed};
use crate::workflow::House;

#[derive(OpenApi)]
#[openapi(
    paths(
        edition::list, program::list, filters::list, program::show, question::list, question::show, data::as_json, data::as_csv, data::as_workbook,
        data::one_as_json, data::questions_as_json, feed::show, show,
    ),
    tags(
        (name = "Editions", description = "The years of the guide."),
        (name = "Programs", description = "What vendors answered, as published."),
        (name = "Questions", description = "What they were asked."),
        (name = "Files", description = "The same in files and feeds."),
        (name = "Document", description = "All of this, for programs."),
    )
)]
struct Api;

/// `/api/openapi.json`
///
/// # Errors
/// [`AppError::NotThere`] while there is no edition.
#[utoipa::path(
    get, path = "/api/openapi.json", tag = "Document", operation_id = "openapi", summary = "This document",
    responses((status = 200, description = "OpenAPI 3.1.", body = Object))
)]
pub async fn show(house: web::Data<House>) -> Result<HttpResponse, AppError> {
    let reading = Reading::newest(&house)?;
    reading.answer("/api/openapi.json", make).await
}

/// The document of this guide.
///
/// # Errors
/// What the serializer says.
pub fn make(reading: &Reading) -> Result<Page, AppError> {
    json(&document(reading), None)
}

/// What can be asked for, of this guide at its address.
pub fn document(reading: &Reading) -> utoipa::openapi::OpenApi {
    let edition = &reading.edition;
    let mut document = Api::openapi();
    let contact = ContactBuilder::new().name(Some(&edition.contact_name)).email(Some(&edition.contact_email)).build();
    let about = format!(
        "The {} as open data: everything that is published, in the vendors’ own words. All of it can be read by anybody, \
         also from other sites (CORS), and nothing can be changed. {} tells what the formats promise.",
        edition.name,
        reading.house.address("/api/")
    );
    document.info = InfoBuilder::new().title(&edition.name).version("1").description(Some(about)).contact(Some(contact)).build();
    let readings = reading.all();
    let editions: Vec<(i32, Offer)> =
        readings.iter().rev().map(|reading| (reading.edition.year, Offer::of(&reading.edition.questionnaire))).collect();
    parameters::write(&mut document, "/api/v1/editions/{year}/programs", &editions, true);
    for without_order in ["/api/v1/editions/{year}/filters", "/{year}/feed.atom"] {
        parameters::write(&mut document, without_order, &editions, false);
    }
    document.servers = Some(vec![Server::new(&*reading.house.public_url)]);
    for operation in document.paths.paths.values_mut().filter_map(|item| item.get.as_mut()) {
        operation.responses.responses.insert(StatusCode::NOT_MODIFIED.as_str().to_owned(), unchanged());
    }
    document
}

/// What every address answers to whoever has its newest answer.
fn unchanged() -> RefOr<Response> {
    RefOr::T(Response::new("It is as it was when it had the `ETag` that `If-None-Match` sends back, and is not sent again."))
}
