//! What a machine is told where a person would get an error's page: RFC 9457.

use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use serde::Serialize;
use utoipa::ToSchema;

use super::failure::{Explanation, head_of};
use crate::error::AppError;

/// The content type.
pub const MEDIA: &str = "application/problem+json";

/// What went wrong.
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// The status in words.
    #[schema(examples("Not Found"))]
    title: &'static str,
    /// The status code.
    #[schema(examples(404))]
    status: u16,
    /// What to do about it.
    detail: String,
}

/// Whether programs ask for what is at this path, and no people.
pub fn is_for_machines(path: &str) -> bool {
    let file = [".json", ".csv", ".xlsx", ".atom", ".xml", ".txt"].iter().any(|ending| path.ends_with(ending));
    file || path.starts_with("/api/") || path.starts_with("/questions/")
}

/// The answer to a request that failed.
pub fn answer(status: StatusCode, error: &AppError, explanation: &Explanation) -> HttpResponse {
    let detail = match error {
        AppError::NotThere => "There is nothing at this address. /api/ says what there is.".to_owned(),
        AppError::WrongMethod { .. } => "This address can be read (GET, HEAD), and nothing else.".to_owned(),
        _ => explanation.sentences().collect::<Vec<_>>().join(" "),
    };
    let problem = Problem { title: status.canonical_reason().unwrap_or(explanation.title), status: status.as_u16(), detail };
    let mut response = HttpResponse::build(status);
    response.insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"));
    response.insert_header((header::CACHE_CONTROL, "no-store")).content_type(MEDIA);
    head_of(error, &mut response);
    response.body(serde_json::to_string(&problem).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use actix_web::ResponseError;
    use actix_web::http::header::{ALLOW, RETRY_AFTER};

    use super::{answer, is_for_machines};
    use crate::db::DbError;
    use crate::error::AppError;

    #[test]
    fn the_head_says_to_a_machine_what_to_do() {
        for (error, status, name, line) in [
            (AppError::Database(DbError::Unavailable("gone".into())), 503, RETRY_AFTER, "60"),
            (AppError::WrongMethod { allowed: "GET, HEAD" }, 405, ALLOW, "GET, HEAD"),
        ] {
            let answer = answer(error.status_code(), &error, &error.explanation());
            assert_eq!(answer.status().as_u16(), status);
            assert_eq!(answer.headers().get(name).and_then(|value| value.to_str().ok()), Some(line));
        }
    }

    #[test]
    fn machines_are_known_by_what_they_ask_for() {
        for path in [
            "/api/v1/editions",
            "/2017/programs.csv",
            "/2017/programs.xlsx",
            "/2017/programs/digium.json",
            "/questions/fee",
            "/sitemap.xml",
        ] {
            assert!(is_for_machines(path), "{path}");
        }
        for path in ["/", "/2017/", "/2017/programs/digium", "/entries", "/api", "/sign-in/token"] {
            assert!(!is_for_machines(path), "{path}");
        }
    }
}
