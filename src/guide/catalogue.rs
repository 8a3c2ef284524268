//! The published catalogue: the current profiles of every edition, and the pages made of them.

use std::collections::{HashMap, VecDeque};
use std::panic::resume_unwind;
use std::sync::Arc;
use std::thread::{self, ScopedJoinHandle};

use jiff::Timestamp;

use super::document::Parts;
use super::search::{Index, Texts};
use super::{Listed, Pages, Shelf, Vocabulary};
use crate::db::ids::{EditionId, ProfileId};
use crate::db::profiles::{Change, Heading};
use crate::db::{Connection, DbError, Unread, profiles};
use crate::domain::Edition;
use crate::error::AppError;

/// How many documents are read at a time.
const AT_A_TIME: usize = 100;

/// Every published profile.
#[derive(Debug, Default)]
pub struct Catalogue {
    shelves: HashMap<EditionId, Shelf>,
    pages: Pages,
    change: Option<Change>,
    read_at: Timestamp,
}

impl Catalogue {
    /// Reads the current profiles of these editions. Those that are in the catalogue `before` are not read again.
    ///
    /// # Errors
    /// What the database says, or that a stored document is broken.
    pub fn load(connection: &mut Connection, editions: &[Arc<Edition>], before: &Self, now: Timestamp) -> Result<Self, AppError> {
        let change = profiles::newest_change(connection)?;
        let known: HashMap<ProfileId, &Arc<Listed>> =
            before.shelves.values().flat_map(Shelf::listed).map(|listed| (listed.id, listed)).collect();
        let mut shelves = HashMap::new();
        for edition in editions {
            let vocabulary = Arc::new(Vocabulary::of(&edition.questionnaire));
            let headings = profiles::current(connection, edition.id)?;
            let (old, new): (Vec<_>, Vec<_>) = headings.into_iter().partition(|heading| known.contains_key(&heading.id));
            let mut listed: Vec<_> =
                old.iter().filter_map(|heading| known.get(&heading.id)).map(|known| Arc::clone(known)).collect();
            listed.extend(read(connection, edition, &vocabulary, &new)?);
            shelves.insert(edition.id, Shelf::new(listed, vocabulary));
        }
        Ok(Self { shelves, pages: Pages::after(&before.pages, now), change: Some(change), read_at: now })
    }

    /// Whether something was published or taken down since this catalogue was read.
    ///
    /// # Errors
    /// What the database says.
    pub fn is_stale(&self, connection: &mut Connection) -> Result<bool, DbError> {
        Ok(self.change != Some(profiles::newest_change(connection)?))
    }

    /// When it was read. Until a day that comes after that, its pages say that the day is to come.
    pub fn read_at(&self) -> Timestamp {
        self.read_at
    }

    /// How many profiles there are.
    pub fn len(&self) -> usize {
        self.shelves.values().map(|shelf| shelf.listed().len()).sum()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The profiles of an edition; none for an edition that is newer than the catalogue.
    pub fn shelf(&self, edition: EditionId) -> Option<&Shelf> {
        self.shelves.get(&edition)
    }

    /// When anything was published or taken down last; none while nothing ever was.
    pub fn changed_at(&self) -> Option<Timestamp> {
        let change = self.change?;
        change.last_from.max(change.last_until).map(|moment| moment.timestamp())
    }

    /// Whether the texts of all shelves are indexed, or could not be.
    pub fn is_indexed(&self) -> bool {
        self.shelves.values().all(Shelf::is_indexed)
    }

    /// Indexes the texts of all shelves. It takes a while; `indexes` are those of the catalogue before.
    pub fn index(&self, editions: &[Arc<Edition>], indexes: &mut Indexes) {
        for edition in editions {
            if let Some(shelf) = self.shelves.get(&edition.id).filter(|shelf| !shelf.is_indexed()) {
                let texts = indexes.follow(edition, shelf);
                shelf.index(texts.inspect_err(|error| tracing::error!(%error, "the texts could not be indexed")).ok());
            }
        }
    }

    /// Makes an end of waiting for texts that will not come.
    pub fn give_up_indexing(&self) {
        self.shelves.values().for_each(|shelf| shelf.index(None));
    }

    /// The pages that were made of it.
    pub fn pages(&self) -> &Pages {
        &self.pages
    }
}

/// The index of every edition's texts.
#[derive(Debug, Default)]
pub struct Indexes(HashMap<EditionId, Index>);

impl Indexes {
    fn follow(&mut self, edition: &Edition, shelf: &Shelf) -> Result<Texts, AppError> {
        let mut index = self.0.remove(&edition.id).map_or_else(Index::new, Ok)?;
        let texts = index.follow(shelf, &edition.questionnaire)?;
        // One that failed is not kept: who knows what it has.
        self.0.insert(edition.id, index);
        Ok(texts)
    }
}

/// Reads the documents of these profiles, some at a time. While the database reads on, other threads list what is there.
fn read(
    connection: &mut Connection,
    edition: &Edition,
    vocabulary: &Vocabulary,
    headings: &[Heading],
) -> Result<Vec<Arc<Listed>>, AppError> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let (mut listed, mut at_work) = (Vec::with_capacity(headings.len()), VecDeque::new());
        // The documents of an edition are like each other, so each is packed with the first.
        let mut like: Option<Arc<Parts>> = None;
        for headings in headings.chunks(AT_A_TIME) {
            let ids: Vec<_> = headings.iter().map(|heading| heading.id).collect();
            let documents = profiles::documents(connection, &ids)?;
            let Some((_, first)) = documents.first() else { continue };
            let like = match &like {
                Some(like) => Arc::clone(like),
                None => Arc::clone(like.insert(Arc::new(Parts::of(&first.0)?))),
            };
            if at_work.len() == threads
                && let Some(thread) = at_work.pop_front()
            {
                listed.extend(done(thread)?);
            }
            at_work.push_back(scope.spawn(move || list(headings, documents, &like, edition, vocabulary)));
        }
        for thread in at_work {
            listed.extend(done(thread)?);
        }
        Ok(listed)
    })
}

/// What a thread has listed, when it has.
fn done(thread: ScopedJoinHandle<'_, Result<Vec<Arc<Listed>>, AppError>>) -> Result<Vec<Arc<Listed>>, AppError> {
    thread.join().unwrap_or_else(|panic| resume_unwind(panic))
}

fn list(
    headings: &[Heading],
    documents: Vec<(ProfileId, Unread)>,
    like: &Arc<Parts>,
    edition: &Edition,
    vocabulary: &Vocabulary,
) -> Result<Vec<Arc<Listed>>, AppError> {
    let mut documents: HashMap<ProfileId, Unread> = documents.into_iter().collect();
    let listed = |heading: &Heading| {
        let document = documents.remove(&heading.id)?;
        Some(Listed::new(heading, &document.0, like, &edition.questionnaire, vocabulary).map(Arc::new))
    };
    headings.iter().filter_map(listed).collect()
}
