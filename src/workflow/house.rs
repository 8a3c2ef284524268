//! What every act needs: the database, the clock and the chance, the editions, and the bell that wakes the post.

use std::sync::Arc;

use arc_swap::ArcSwap;
use jiff::Timestamp;
use tokio::sync::Notify;
use url::Url;
use uuid::Uuid;

use crate::db::Db;
use crate::db::ids::EditionId;
use crate::domain::edition::Edition;
use crate::domain::{Clock, Phase, Random, Shut};
use crate::guide::{Guide, Press, Reach};

/// The collaborators of every act, handed in by [`app`](crate::app).
#[derive(Clone)]
pub struct House {
    /// Where everything is kept.
    pub db: Db,
    /// What time it is.
    pub clock: Clock,
    /// What is drawn by chance.
    pub random: Random,
    /// The editions, oldest first; they change only when the house is opened.
    pub editions: Editions,
    /// What readers see.
    pub guide: Guide,
    /// What makes their pages.
    pub press: Press,
    /// Where they get it from.
    pub reach: Reach,
    /// The address at which people reach the guide, without a slash at its end.
    pub public_url: Arc<str>,
    /// Rung when something was put into the outbox.
    pub bell: Arc<Notify>,
}

impl House {
    /// Now.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// A new id of whatever kind is wanted.
    pub fn id<Id: From<Uuid>>(&self) -> Id {
        Id::from(self.random.id(self.now()))
    }

    /// Whether readers can let an edition's program be found for them: that takes a server, and questions to ask.
    pub fn has_finder(&self, edition: &Edition) -> bool {
        self.reach == Reach::Server && !edition.questionnaire.roles.finder.is_empty()
    }

    /// The address of a path, as it stands in a mail.
    pub fn address(&self, path: &str) -> String {
        format!("{}{path}", self.public_url)
    }

    /// The host people know the guide by.
    pub fn host(&self) -> String {
        Url::parse(&self.public_url).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_else(|| "localhost".into())
    }
}

/// All editions, oldest first.
#[derive(Debug, Clone, Default)]
pub struct Editions(Arc<ArcSwap<Vec<Arc<Edition>>>>);

impl Editions {
    /// Puts these in place of what was known.
    pub fn replace(&self, mut editions: Vec<Arc<Edition>>) {
        editions.sort_by_key(|edition| edition.year);
        self.0.store(Arc::new(editions));
    }

    /// Every edition, oldest first.
    pub fn all(&self) -> Arc<Vec<Arc<Edition>>> {
        self.0.load_full()
    }

    /// The edition with this id.
    pub fn by_id(&self, id: EditionId) -> Option<Arc<Edition>> {
        self.0.load().iter().find(|edition| edition.id == id).cloned()
    }

    /// The edition of this year.
    pub fn by_year(&self, year: i32) -> Option<Arc<Edition>> {
        self.0.load().iter().find(|edition| edition.year == year).cloned()
    }

    /// The newest edition that vendors may begin entries for.
    ///
    /// # Errors
    /// Why there is none: the newest opens later, or has closed.
    pub fn open(&self, now: Timestamp) -> Result<Arc<Edition>, Shut> {
        let editions = self.0.load();
        let open = editions.iter().rev().find(|edition| edition.schedule.phase(now) == Phase::Open).cloned();
        open.ok_or_else(|| editions.last().and_then(|newest| newest.shut(now)).unwrap_or(Shut::NoEdition))
    }

    /// The newest edition, which is the one that `/` shows.
    pub fn newest(&self) -> Option<Arc<Edition>> {
        self.0.load().last().cloned()
    }
}
