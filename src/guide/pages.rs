//! Finished pages, kept as long as there is room.

use std::sync::Arc;

use quick_cache::Weighter;
use quick_cache::sync::Cache;

use super::Page;
use crate::error::AppError;

/// How many bytes of finished pages are kept, in all encodings together.
const ROOM: u64 = 24 * 1024 * 1024;
/// About how many bytes a page takes in all encodings together.
const USUAL: u64 = 48 * 1024;

/// The pages that were asked for, by address. They belong to one catalogue and go with it, so none is ever too old;
/// the least asked for make room for others.
#[derive(Debug)]
pub struct Pages(Cache<Arc<str>, Arc<Page>, Bytes>);

/// Counts a page by its size.
#[derive(Debug, Clone)]
struct Bytes;

impl Weighter<Arc<str>, Arc<Page>> for Bytes {
    fn weight(&self, address: &Arc<str>, page: &Arc<Page>) -> u64 {
        (address.len() + page.size()) as u64
    }
}

impl Default for Pages {
    fn default() -> Self {
        Self(Cache::with_weighter((ROOM / USUAL) as usize, ROOM, Bytes))
    }
}

impl Pages {
    /// The page under this address (path and query), if it is there.
    pub fn find(&self, address: &str) -> Option<Arc<Page>> {
        self.0.get(address)
    }

    /// The page under this address; made, if it is not there. Who asks meanwhile waits for it.
    ///
    /// # Errors
    /// What `make` says.
    pub fn find_or_make(&self, address: &str, make: impl FnOnce() -> Result<Page, AppError>) -> Result<Arc<Page>, AppError> {
        match self.find(address) {
            Some(page) => Ok(page),
            None => self.0.get_or_insert_with(&Arc::from(address), || make().map(Arc::new)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_made_once_and_a_failure_is_not_kept() {
        let pages = Pages::default();
        let page = |text: &str| Page::html(text.to_owned(), None);
        assert!(pages.find_or_make("/2017/", || Err(AppError::NotThere)).is_err());
        assert_eq!(pages.find_or_make("/2017/", || page("first")).unwrap().identity, "first");
        assert_eq!(pages.find_or_make("/2017/", || page("second")).unwrap().identity, "first");
        assert_eq!(pages.find_or_make("/2017/?q=x", || page("second")).unwrap().identity, "second");
    }

    #[test]
    fn pages_take_no_more_room_than_there_is() {
        let pages = Pages::default();
        for number in 0..200 {
            // Different digits, so that compression saves little.
            let text: String = (0..40_000).map(|digit| format!("{:x}", (digit * 7919 + number) % 104_729)).collect();
            pages.find_or_make(&format!("/{number}"), || Page::html(text, None)).unwrap();
        }
        assert!(pages.0.weight() <= ROOM, "{}", pages.0.weight());
        assert!(pages.0.len() < 200);
    }
}
