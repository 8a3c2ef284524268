//! The readers' side of the data: every published profile, in memory, so that no reader waits for the database.

mod catalogue;
mod page;

pub use catalogue::{Catalogue, Listed, Neighbour, Published, folded};
pub use page::Page;

use std::fmt;
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
