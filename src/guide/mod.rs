//! The readers' side of the data: every published profile, in memory, so that no reader waits for the database.
//!
//! A publication reads a new [`Catalogue`] and puts it in place in one step. It has a [`Shelf`] an edition: the profiles A
//! to Z ([`Listed`]), each with its frozen document ([`Published`]) packed, who answered what ([`Answered`], numbered by
//! the [`Vocabulary`]; [`Similar`] are those who answered alike, [`figures`] counts what was answered), and the finished
//! pages that were asked for ([`Pages`]), which the [`Press`] makes. Soon afterwards its texts are indexed too, so that
//! [`search`] finds them. A reader's [`Wish`]es lead to the programs that fit.

mod answered;
mod catalogue;
pub mod classes;
mod document;
pub mod figures;
mod fit;
mod listed;
mod packed;
mod page;
mod pages;
mod press;
mod published;
pub mod search;
mod shelf;
mod similar;
mod vocabulary;

pub use answered::Answered;
pub use catalogue::{Catalogue, Indexes};
pub use fit::{Fit, Fits, Wish};
pub use listed::{Listed, folded, letter};
pub use page::{Encoding, Page};
pub use pages::Pages;
pub use press::Press;
pub use published::Published;
pub use shelf::Shelf;
pub use similar::Similar;
pub use vocabulary::Vocabulary;

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use arc_swap::ArcSwap;
use tokio::sync::watch;

/// The published catalogue. A publication puts a new one in place at once.
#[derive(Clone, Default)]
pub struct Guide {
    catalogue: Arc<ArcSwap<Catalogue>>,
    /// Told when there is another catalogue, and when its texts are indexed.
    news: watch::Sender<()>,
}

impl Guide {
    /// The catalogue as it is now.
    pub fn catalogue(&self) -> Arc<Catalogue> {
        self.catalogue.load_full()
    }

    /// The page under this address (path and query), if it was made since the catalogue was read.
    pub fn page(&self, address: &str) -> Option<Arc<Page>> {
        self.catalogue.load().pages().find(address)
    }

    /// Puts a catalogue in the place of the one that was there when it began to be read, and says whether that one was
    /// still there. If not, another has been put in place meanwhile, and perhaps says more.
    #[must_use]
    pub fn replace(&self, before: &Arc<Catalogue>, catalogue: Catalogue) -> bool {
        let there = self.catalogue.compare_and_swap(before, Arc::new(catalogue));
        let is_replaced = Arc::ptr_eq(&there, before);
        if is_replaced {
            self.tell();
        }
        is_replaced
    }

    /// Tells of something new about the catalogue whoever waits for it.
    pub fn tell(&self) {
        self.news.send_replace(());
    }

    /// Something to wait for: another catalogue, or the texts of the one that is there.
    pub fn news(&self) -> watch::Receiver<()> {
        self.news.subscribe()
    }
}

impl fmt::Debug for Guide {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Guide({} profiles)", self.catalogue().len())
    }
}

/// Where readers get the guide's pages from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reach {
    /// From a running server: pages lead to search, comparison and whatever else answers a question.
    #[default]
    Server,
    /// From files on any web server: pages lead to nothing that is not a file.
    Files,
}

impl FromStr for Reach {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        match word {
            "server" => Ok(Self::Server),
            "files" => Ok(Self::Files),
            _ => Err(format!("\"{word}\" is neither server nor files")),
        }
    }
}
