//! For whoever watches the server: whether it lives, and whether it can do its work.

use actix_web::{HttpResponse, web};

use crate::workflow::House;

/// `/health/live`
pub async fn live() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("live\n")
}

/// `/health/ready`: 503 while the database does not answer.
pub async fn ready(house: web::Data<House>) -> HttpResponse {
    match house.db.ping().await {
        Ok(()) => HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ready\n"),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            HttpResponse::ServiceUnavailable().content_type("text/plain; charset=utf-8").body("the database does not answer\n")
        }
    }
}
