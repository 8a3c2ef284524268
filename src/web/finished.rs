//! The answer with a finished page: the same bytes for everybody, in the encoding that the reader takes, or that nothing
//! has changed.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{Response, ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue, HttpDate};
use actix_web::middleware::Next;
use actix_web::web::{self, Bytes};

use crate::error::AppError;
use crate::guide::{Encoding, Page, Press};
use crate::workflow::House;

/// A page that an address always leads to.
static FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// A page that a publication may change: browsers ask each time whether it has, what stands between them and us (a CDN)
/// every two seconds, which is the time in which a publication reaches every instance.
pub static UNTIL_CHANGED: HeaderValue = HeaderValue::from_static("public, max-age=0, s-maxage=2, must-revalidate");
static VARY: HeaderValue = HeaderValue::from_static("Accept-Encoding");
static BROTLI: HeaderValue = HeaderValue::from_static("br");
static GZIP: HeaderValue = HeaderValue::from_static("gzip");

/// What a handler answers: this page, which [`send`] sends.
pub fn page(page: Arc<Page>) -> HttpResponse {
    let mut response = HttpResponse::Ok().finish();
    response.extensions_mut().insert(page);
    response
}

/// Middleware: sends the page that a handler answered with. It stands outside of the compression, which has nothing to
/// do with what is compressed already.
///
/// # Errors
/// Those of the services inside, which it leaves as they are.
pub async fn send(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let press = request.app_data::<web::Data<House>>().map(|house| house.press.clone());
    let response = next.call(request).await?.map_into_boxed_body();
    let page = response.response().extensions().get::<Arc<Page>>().cloned();
    let Some(page) = page else { return Ok(response) };
    let (request, _) = response.into_parts();
    let encoding = page.encoding(accepted(request.headers()));
    if let Some(press) = press.filter(|_| !page.is_ready(encoding)) {
        compress(&press, Arc::clone(&page), encoding).await;
    }
    let answer = answer(request.headers(), &page).map_into_boxed_body();
    Ok(ServiceResponse::new(request, answer.into()))
}

/// Has a page compressed. Where that fails it is sent as it is.
async fn compress(press: &Press, page: Arc<Page>, encoding: Encoding) {
    let compressed = press.make(move || page.bytes(encoding).map(drop)).await;
    if let Err(error) = compressed.and_then(|compressed| compressed.map_err(AppError::broken)) {
        tracing::error!(%error, "a page could not be compressed");
    }
}

/// Whether a page is compressed as this request takes it.
pub fn is_ready(asked: &HeaderMap, page: &Page) -> bool {
    page.is_ready(page.encoding(accepted(asked)))
}

/// The answer to a request with these headers.
pub fn answer(asked: &HeaderMap, page: &Page) -> Response<Bytes> {
    let accepted = page.encoding(accepted(asked));
    let unchanged = is_known(asked, page, accepted);
    let (encoding, bytes) = if unchanged { (accepted, Bytes::new()) } else { bytes(page, accepted) };
    let status = if unchanged { StatusCode::NOT_MODIFIED } else { StatusCode::OK };
    let mut response = Response::with_body(status, bytes);
    let headers = response.headers_mut();
    headers.insert(header::ETAG, page.tag(encoding).clone());
    headers.insert(header::VARY, VARY.clone());
    headers.insert(header::CACHE_CONTROL, if page.lasting { &FOR_EVER } else { &UNTIL_CHANGED }.clone());
    if let Some(modified) = page.last_modified() {
        headers.insert(header::LAST_MODIFIED, modified.clone());
    }
    for (name, value) in page.more() {
        headers.insert(name.clone(), value.clone());
    }
    if unchanged {
        return response;
    }
    if let Some(coding) = coding(encoding) {
        headers.insert(header::CONTENT_ENCODING, coding.clone());
    }
    headers.insert(header::CONTENT_TYPE, page.content_type().clone());
    response
}

/// The bytes of a page that is sent this once, and the coding that they are in, as this request takes them.
pub async fn once(press: &Press, asked: &HeaderMap, page: Page) -> (Bytes, Option<HeaderValue>) {
    let (accepted, page) = (page.encoding(accepted(asked)), Arc::new(page));
    compress(press, Arc::clone(&page), accepted).await;
    let (encoding, bytes) = bytes(&page, accepted);
    (bytes, coding(encoding).cloned())
}

/// As it is called in the head of an answer; none for what is not compressed.
fn coding(encoding: Encoding) -> Option<&'static HeaderValue> {
    match encoding {
        Encoding::Identity => None,
        Encoding::Brotli => Some(&BROTLI),
        Encoding::Gzip => Some(&GZIP),
    }
}

/// The bytes in this encoding; as they are, should a compressor fail.
fn bytes(page: &Page, encoding: Encoding) -> (Encoding, Bytes) {
    match page.bytes(encoding) {
        Ok(bytes) => (encoding, bytes.clone()),
        Err(error) => {
            tracing::error!(%error, "a page could not be compressed and is sent as it is");
            (Encoding::Identity, page.identity.clone())
        }
    }
}

/// Whether the reader has the page already. A date is only asked for where no mark is.
fn is_known(asked: &HeaderMap, page: &Page, encoding: Encoding) -> bool {
    if asked.contains_key(header::IF_NONE_MATCH) {
        let tag = page.tag(encoding).as_bytes();
        return values(asked, header::IF_NONE_MATCH)
            .any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known).as_bytes() == tag);
    }
    let date = |value: &HeaderValue| value.to_str().ok()?.parse::<HttpDate>().ok();
    let (Some(known), Some(modified)) = (asked.get(header::IF_MODIFIED_SINCE), page.last_modified()) else { return false };
    known == modified || date(known).is_some_and(|known| date(modified).is_some_and(|modified| known >= modified))
}

/// The encoding that the request likes best; of those it likes as much, the one that makes the answer smallest.
fn accepted(asked: &HeaderMap) -> Encoding {
    let (mut best, mut liked) = (Encoding::Identity, 0.0);
    for offer in values(asked, header::ACCEPT_ENCODING) {
        let (name, weight) = offer.split_once(';').unwrap_or((offer, ""));
        let (Some(encoding), weight) = (named(name.trim()), weight_of(weight)) else { continue };
        if weight > liked || (weight == liked && weight > 0.0 && smallness(encoding) > smallness(best)) {
            (best, liked) = (encoding, weight);
        }
    }
    best
}

fn named(name: &str) -> Option<Encoding> {
    let names = [("br", Encoding::Brotli), ("gzip", Encoding::Gzip), ("identity", Encoding::Identity)];
    names.into_iter().find(|(known, _)| name.eq_ignore_ascii_case(known)).map(|(_, encoding)| encoding)
}

/// What a weight ("q=0.5") says: 0 for not at all, 1 where it says nothing.
fn weight_of(weight: &str) -> f32 {
    weight.split_once('=').and_then(|(_, weight)| weight.trim().parse().ok()).unwrap_or(1.0)
}

fn smallness(encoding: Encoding) -> u8 {
    match encoding {
        Encoding::Identity => 0,
        Encoding::Gzip => 1,
        Encoding::Brotli => 2,
    }
}

/// The values of a header that is a list, in one line or in several.
fn values(asked: &HeaderMap, name: HeaderName) -> impl Iterator<Item = &str> {
    asked.get_all(name).filter_map(|line| line.to_str().ok()).flat_map(|line| line.split(',')).map(str::trim)
}
