//! The readers' side: pages from memory, already compressed, the same for everybody.

use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use jiff::Timestamp;

use crate::error::AppError;
use crate::guide::Page;

pub mod list;
pub mod profile;

/// Makes a page ready to be sent again and again.
fn made(template: &impl Template) -> Result<Page, AppError> {
    Page::new(template.render()?).map_err(AppError::broken)
}

/// Answers with a finished page, in the encoding that the reader takes, or that nothing has changed.
pub fn respond(request: &HttpRequest, page: &Page, modified: Option<Timestamp>) -> HttpResponse {
    let (bytes, encoding) = match accepted(request) {
        Encoding::Brotli => (&page.brotli, Some("br")),
        Encoding::Gzip => (&page.gzip, Some("gzip")),
        Encoding::Identity => (&page.identity, None),
    };
    let tag = format!("\"{}{}\"", page.mark, encoding.map(|encoding| format!("-{encoding}")).unwrap_or_default());
    let unchanged = header_text(request, header::IF_NONE_MATCH.as_str())
        .is_some_and(|known| known.split(',').any(|known| known.trim().trim_start_matches("W/") == tag || known.trim() == "*"));
    let mut response = if unchanged { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response.insert_header((header::ETAG, tag)).insert_header((header::VARY, "Accept-Encoding"));
    response.insert_header((header::CACHE_CONTROL, "public, max-age=0, must-revalidate"));
    if let Some(modified) = modified.and_then(|modified| HeaderValue::from_str(&http_date(modified)).ok()) {
        response.insert_header((header::LAST_MODIFIED, modified));
    }
    if unchanged {
        return response.finish();
    }
    if let Some(encoding) = encoding {
        response.insert_header((header::CONTENT_ENCODING, encoding));
    }
    response.content_type("text/html; charset=utf-8").body(bytes.clone())
}

enum Encoding {
    Brotli,
    Gzip,
    Identity,
}

/// The best encoding that the request takes.
fn accepted(request: &HttpRequest) -> Encoding {
    let takes = |wanted: &str| {
        let accepted = header_text(request, header::ACCEPT_ENCODING.as_str()).unwrap_or_default();
        accepted.split(',').any(|offer| {
            let (name, weight) = offer.split_once(';').unwrap_or((offer, ""));
            name.trim().eq_ignore_ascii_case(wanted) && !matches!(weight.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000")
        })
    };
    if takes("br") {
        Encoding::Brotli
    } else if takes("gzip") {
        Encoding::Gzip
    } else {
        Encoding::Identity
    }
}

fn header_text<'a>(request: &'a HttpRequest, name: &str) -> Option<&'a str> {
    request.headers().get(name).and_then(|value| value.to_str().ok())
}

fn http_date(moment: Timestamp) -> String {
    moment.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}
