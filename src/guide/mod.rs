//! The readers' side of the data: every published profile, in memory, so that no reader waits for the database.
//!
//! A publication reads a new [`Catalogue`] and puts it in place in one step. It has a [`Shelf`] an edition: the
//! profiles A to Z ([`Listed`]), each with its frozen document ([`Published`]) packed, who answered what ([`Answered`],
//! numbered by the [`Vocabulary`]), and the finished pages that were asked for ([`Pages`]). A reader's [`Wish`]es lead to
//! the programs that fit.

mod answered;
mod catalogue;
mod fit;
mod listed;
mod packed;
mod page;
mod pages;
mod published;
mod shelf;
mod vocabulary;

pub use answered::Answered;
pub use catalogue::Catalogue;
pub use fit::{Fit, Fits, Wish};
pub use listed::{Listed, folded};
pub use page::{Encoding, Page};
pub use pages::Pages;
pub use published::Published;
pub use shelf::Shelf;
pub use vocabulary::Vocabulary;

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use arc_swap::ArcSwap;

/// The published catalogue. A publication puts a new one in place at once.
#[derive(Clone, Default)]
pub struct Guide(Arc<ArcSwap<Catalogue>>);

impl Guide {
    /// The catalogue as it is now.
    pub fn catalogue(&self) -> Arc<Catalogue> {
        self.0.load_full()
    }

    /// The page under this address (path and query), if it was made since the catalogue was read.
    pub fn page(&self, address: &str) -> Option<Arc<Page>> {
        self.0.load().pages().find(address)
    }

    /// Puts a catalogue in place, if it is newer than the one that is there.
    pub fn replace(&self, catalogue: Catalogue) {
        self.0.store(Arc::new(catalogue));
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
