//! The pages of the questionnaire that were saved when their author had signed in again, as the next page tells of them.

use super::waiting::Room;
use crate::domain::Actor;
use crate::error::AppError;
use crate::web::sent::questionnaire_page;
use crate::workflow::House;
use crate::workflow::keep_form::OF_ONE_BROWSER;

/// A page that was saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedPage {
    /// Its address.
    pub path: String,
    /// What it is called.
    pub title: String,
}

const ENTRIES: &str = "/entries/";

/// The address with the pages in it that were saved.
pub(super) fn told_at(address: &str, saved: &[String]) -> String {
    let pages: Vec<&str> = saved.iter().filter_map(|path| path.strip_prefix(ENTRIES)).collect();
    let joint = if address.contains('?') { '&' } else { '?' };
    match pages.as_slice() {
        [] => address.to_owned(),
        pages => format!("{address}{joint}saved={}", pages.join(",")),
    }
}

/// The pages that an address names, as far as there are such for this person.
///
/// # Errors
/// What the database says.
pub async fn saved_pages(house: &House, actor: &Actor, named: Option<&str>) -> Result<Vec<SavedPage>, AppError> {
    let mut pages: Vec<SavedPage> = Vec::new();
    for named in named.unwrap_or_default().split(',').filter(|named| !named.is_empty()).take(OF_ONE_BROWSER) {
        let path = format!("{ENTRIES}{named}");
        let room = match Room::of(house, actor, &path).await {
            Ok(room) => room,
            Err(AppError::NotThere) => continue,
            Err(error) => return Err(error),
        };
        if let Some(page) = questionnaire_page(room.edition.as_deref(), &path)
            && pages.iter().all(|known| known.path != path)
        {
            pages.push(SavedPage { title: page.title.clone(), path });
        }
    }
    Ok(pages)
}
