//! Finished pages, kept as long as there is room.

use std::sync::Arc;

use jiff::Timestamp;
use quick_cache::sync::{Cache, DefaultLifecycle};
use quick_cache::{DefaultHashBuilder, OptionsBuilder, Weighter};

use super::Page;
use crate::error::AppError;

/// How many bytes of finished pages are kept, in all encodings together.
const ROOM: u64 = 16 * 1024 * 1024;
/// About how many bytes a page takes in all encodings together.
const USUAL: u64 = 56 * 1024;
/// The room is divided, so that not everybody waits at one door. What is larger than a part is not kept: the files of an
/// edition must have room in one, on machines with many cores, too.
const PARTS: usize = 2;

/// The pages that were asked for, by address. They belong to one catalogue and go with it, so none is ever too old;
/// the least asked for make room for others.
#[derive(Debug)]
pub struct Pages {
    kept: Cache<Arc<str>, Arc<Page>, Bytes>,
    changed: Option<Timestamp>,
}

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
        let mut options = OptionsBuilder::new();
        options.shards(PARTS).estimated_items_capacity((ROOM / USUAL) as usize).weight_capacity(ROOM);
        #[expect(clippy::expect_used, reason = "the number of pages and their weight, which it asks for, are there")]
        let options = options.build().expect("options that are complete");
        let kept = Cache::with_options(options, Bytes, DefaultHashBuilder::default(), DefaultLifecycle::default());
        Self { kept, changed: None }
    }
}

impl Pages {
    /// No page yet, of a catalogue in which something was published or taken down last at this moment. Any page may change
    /// with that (its neighbours do), so none says that it is older. Every instance says the same, and goes on saying it
    /// after a start.
    pub fn changed_at(changed: Option<Timestamp>) -> Self {
        Self { changed, ..Self::default() }
    }

    /// The page under this address (path and query), if it is there.
    pub fn find(&self, address: &str) -> Option<Arc<Page>> {
        self.kept.get(address)
    }

    /// The page under this address; made, if it is not there. Who asks meanwhile waits for it.
    ///
    /// # Errors
    /// What `make` says.
    pub fn find_or_make(&self, address: &str, make: impl FnOnce() -> Result<Page, AppError>) -> Result<Arc<Page>, AppError> {
        match self.find(address) {
            Some(page) => Ok(page),
            None => {
                let make = || Ok(Arc::new(make()?.changed_since(self.changed)));
                self.kept.get_or_insert_with(&Arc::from(address), make)
            }
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
    fn a_file_of_an_edition_has_room_beside_pages() {
        let pages = Pages::default();
        // Three encodings of what does not compress: five megabytes in all.
        let text: Vec<u8> = (0_u32..1_700_000).map(|number| (number.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        pages.find_or_make("/2017/programs.json", || Page::new(text, "application/json", None)).unwrap();
        pages.find_or_make("/2017/", || Page::html("page".to_owned(), None)).unwrap();
        assert!(pages.find("/2017/programs.json").is_some() && pages.find("/2017/").is_some());
    }

    #[test]
    fn no_page_is_older_than_what_was_published_last() {
        let published: Timestamp = "2017-02-03T04:05:06.789Z".parse().unwrap();
        let page = |modified| move || Page::html(String::new(), modified);
        let pages = Pages::changed_at(Some(published));
        for (address, modified) in [("/", None), ("/2017/", Some(Timestamp::UNIX_EPOCH))] {
            let page = pages.find_or_make(address, page(modified)).unwrap();
            assert_eq!(page.last_modified().unwrap(), "Fri, 03 Feb 2017 04:05:06 GMT");
        }
        let nothing = Pages::changed_at(None).find_or_make("/", page(None)).unwrap();
        assert_eq!(nothing.last_modified(), None, "nobody knows when there was nothing first");
    }

    #[test]
    fn pages_take_no_more_room_than_there_is() {
        let pages = Pages::default();
        for number in 0..200 {
            // Different digits, so that compression saves little.
            let text: String = (0..40_000).map(|digit| format!("{:x}", (digit * 7919 + number) % 104_729)).collect();
            pages.find_or_make(&format!("/{number}"), || Page::html(text, None)).unwrap();
        }
        assert!(pages.kept.weight() <= ROOM, "{}", pages.kept.weight());
        assert!(pages.kept.len() < 200);
    }
}
