//! Our stylesheet, scripts and icon: part of the program, compressed once, under an address that changes with their bytes
//! and can be kept for ever. Only the icon of what names none has the address at which browsers look for it.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpResponse, web};
use rust_embed::RustEmbed;

use crate::error::AppError;
use crate::guide::Page;
use crate::web::finished;

/// The icon for pages that name none: a card, a feed, a file of data. It is `icon.svg` in two sizes, in the format that
/// every browser reads.
const UNNAMED_ICON: &str = "favicon.ico";
/// How long it may be kept: its address does not change with its bytes.
const FOR_A_WEEK: &str = "public, max-age=604800";

#[derive(RustEmbed)]
#[folder = "static/"]
struct Embedded;

static ASSETS: LazyLock<HashMap<String, Arc<Page>>> =
    LazyLock::new(|| Embedded::iter().filter(|name| name != UNNAMED_ICON).filter_map(|name| asset(&name)).collect());
static ADDRESSES: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let plain = |hashed: &String| {
        let (stem, rest) = hashed.split_once('.')?;
        let (_, extension) = rest.split_once('.')?;
        Some((format!("{stem}.{extension}"), format!("/static/{hashed}")))
    };
    ASSETS.keys().filter_map(plain).collect()
});

fn asset(name: &str) -> Option<(String, Arc<Page>)> {
    let file = Embedded::get(name)?;
    let content_type = format!("{}; charset=utf-8", mime_guess::from_path(name).first_or_octet_stream());
    let page = Page::new(file.data.into_owned(), content_type, None).ok()?.lasting();
    let (stem, extension) = name.rsplit_once('.')?;
    Some((format!("{stem}.{}.{extension}", page.mark), Arc::new(page)))
}

/// The address of an asset: `almanac.css` is `/static/almanac.{mark}.css`.
pub fn address(name: &str) -> &'static str {
    ADDRESSES.get(name).map_or("/static/missing", String::as_str)
}

/// Every asset, with its address.
pub fn all() -> impl Iterator<Item = (String, &'static Page)> {
    ASSETS.iter().map(|(name, page)| (format!("/static/{name}"), &**page))
}

/// The asset whose address ends with this name.
pub fn find(name: &str) -> Option<Arc<Page>> {
    ASSETS.get(name).cloned()
}

/// `/static/{name}`
///
/// # Errors
/// [`AppError::NotThere`] for a name that no page mentions.
pub async fn show(name: web::Path<String>) -> Result<HttpResponse, AppError> {
    find(&name).map(finished::page).ok_or(AppError::NotThere)
}

/// `/favicon.ico`
///
/// # Errors
/// As [`make_icon`].
pub async fn icon() -> Result<HttpResponse, AppError> {
    Ok(finished::page(Arc::new(make_icon()?)))
}

/// The icon for pages that name none.
///
/// # Errors
/// [`AppError::NotThere`] where it was left out of the program.
pub fn make_icon() -> Result<Page, AppError> {
    let file = Embedded::get(UNNAMED_ICON).ok_or(AppError::NotThere)?;
    Page::packed(file.data.into_owned(), "image/x-icon", None)?.saying(CACHE_CONTROL, FOR_A_WEEK)
}
