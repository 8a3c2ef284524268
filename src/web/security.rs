//! What every answer says to the browser about what it may do.

use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::DefaultHeaders;

/// No page takes anything from elsewhere, runs a script or a style that is not in our files, or stands in a frame.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; \
                      form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// The lines in the head of every answer.
pub fn lines(https: bool) -> impl Iterator<Item = (HeaderName, HeaderValue)> {
    let lines = [
        ("content-security-policy", POLICY),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
        // Published pages and static files say how long they may be kept; whatever says nothing is kept by nobody.
        ("cache-control", "no-store"),
    ];
    let secure = https.then_some(("strict-transport-security", "max-age=31536000"));
    let line = |(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value));
    lines.into_iter().chain(secure).map(line)
}

/// The middleware that writes them.
pub fn headers(https: bool) -> DefaultHeaders {
    lines(https).fold(DefaultHeaders::new(), DefaultHeaders::add)
}
