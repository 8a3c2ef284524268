//! A program's card: a small page for a frame on somebody else's site. It asks for nothing else: no stylesheet, no script,
//! no picture.

use std::sync::LazyLock;

use actix_web::http::header::CONTENT_SECURITY_POLICY;
use actix_web::{HttpResponse, web};
use askama::Template;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::{Reading, head, made};
use crate::error::AppError;
use crate::guide::Page;
use crate::workflow::House;

/// All its style, which stands in the page itself.
const STYLE: &str = include_str!("../../../templates/reader/card.css");
/// How many facts a card has room for.
const FACTS: usize = 3;
/// The size of the frame, in CSS pixels: as high as a card whose names take two lines each.
const SIZE: (u32, u32) = (360, 280);

/// A card may stand in anybody's frame, and have this one style.
static POLICY: LazyLock<String> = LazyLock::new(|| {
    let style = STANDARD.encode(Sha256::digest(STYLE));
    format!("default-src 'none'; style-src 'sha256-{style}'; base-uri 'none'; form-action 'none'; frame-ancestors *")
});

#[derive(Template)]
#[template(path = "reader/card.html")]
struct Card<'a> {
    style: &'static str,
    guide: String,
    company: &'a str,
    program: &'a str,
    address: String,
    facts: Vec<(&'a str, &'a str)>,
}

/// `/{year}/programs/{slug}/card`
///
/// # Errors
/// [`AppError::NotThere`] for what is not published.
pub async fn show(house: web::Data<House>, path: web::Path<(i32, String)>) -> Result<HttpResponse, AppError> {
    let reading = Reading::of_year(&house, path.0)?;
    let address = format!("/{}/programs/{}/card", path.0, path.1);
    reading.answer(&address, move |reading| make(reading, &path.1)).await
}

/// A program's card.
///
/// # Errors
/// [`AppError::NotThere`] for what is not published.
pub fn make(reading: &Reading, slug: &str) -> Result<Page, AppError> {
    let listed = reading.profile(slug)?;
    let card = Card {
        style: STYLE,
        guide: reading.edition.title(),
        company: &listed.company,
        program: &listed.program,
        address: reading.address(&format!("programs/{slug}")),
        facts: head::facts(&reading.edition, listed).take(FACTS).collect(),
    };
    made(&card, Some(listed.published_from))?.saying(CONTENT_SECURITY_POLICY, POLICY.as_str())
}

/// The HTML that puts the card of the profile at this address on a page.
pub fn code(address: &str, title: &str) -> String {
    let title = askama::filters::escape(title, askama::filters::Html).map(|title| title.to_string()).unwrap_or_default();
    let (width, height) = SIZE;
    format!(
        "<iframe src=\"{address}/card\" title=\"{title}\" width=\"{width}\" height=\"{height}\" loading=\"lazy\" style=\"border: 0\"></iframe>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_cannot_end_its_attribute() {
        let code = code("https://guide.example/2017/programs/x", "\"R&D\" <Partner>");
        assert!(code.contains("title=\"&#34;R&#38;D&#34; &#60;Partner&#62;\""), "{code}");
        assert_eq!(code.matches('<').count(), 2);
    }
}
