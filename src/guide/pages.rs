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
    since: Timestamp,
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
        Self { kept, since: Timestamp::UNIX_EPOCH }
    }
}

impl Pages {
    /// No page yet, of a catalogue that is read now. Any page may change with the catalogue (its neighbours do, or the
    /// program that renders it), so none says that it is older. What asks by date knows whole seconds: no two
    /// catalogues share one.
    pub fn after(before: &Self, now: Timestamp) -> Self {
        let second = now.as_second().max(before.since.as_second().saturating_add(1));
        Self { since: Timestamp::from_second(second).unwrap_or(now), ..Self::default() }
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
                let make = || Ok(Arc::new(make()?.changed_since(self.since)));
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
    fn no_page_is_older_than_its_catalogue_and_no_two_catalogues_share_a_second() {
        let now: Timestamp = "2017-02-03T04:05:06.789Z".parse().unwrap();
        let first = Pages::after(&Pages::default(), now);
        let old = |pages: &Pages| pages.find_or_make("/", || Page::html(String::new(), Some(Timestamp::UNIX_EPOCH))).unwrap();
        assert_eq!(old(&first).last_modified().unwrap(), "Fri, 03 Feb 2017 04:05:06 GMT");
        let second = Pages::after(&first, now);
        assert_eq!(old(&second).last_modified().unwrap(), "Fri, 03 Feb 2017 04:05:07 GMT");
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
