//! What frames an error's page: the part of the house in which it happened, as whoever is signed in knows it, and the
//! ways on from there. What a person may not see leads nowhere, as if it were not there.

use std::time::Duration;

use actix_web::HttpRequest;
use tokio::time::timeout;

use super::place::Place;
use crate::db::ids::EntryId;
use crate::domain::Actor;
use crate::error::AppError;
use crate::web::desk;
use crate::web::identity::{SESSION, visitor};
use crate::web::layout::Layout;
use crate::workflow::{EntryInHand, House};

/// How long it is tried to learn who is asking: an error's page must not wait for a database that has gone.
const PATIENCE: Duration = Duration::from_secs(1);

/// The frame of an error's page.
pub struct Frame {
    /// Masthead, navigation, and who is signed in.
    pub layout: Layout,
    /// Where one can go on.
    pub ways: Vec<Way>,
    /// The entry whose vendor is asking.
    pub entry: Option<EntryInHand>,
    /// Whether who asks changes the page.
    pub personal: bool,
}

/// A way on from an error.
pub struct Way {
    /// Where it leads.
    pub href: String,
    /// What it says.
    pub label: String,
}

fn way(href: impl Into<String>, label: impl Into<String>) -> Way {
    Way { href: href.into(), label: label.into() }
}

impl Frame {
    /// The frame of an error that came of this request. Readers' pages are the same for everybody, and so are their errors:
    /// for those nobody is looked up. Nor is anybody while the database is away.
    pub async fn around(request: &HttpRequest, house: &House, error: &AppError) -> Self {
        let place = Place::of(request.path());
        let personal = !matches!(place, Place::Edition(_));
        let away = matches!(error, AppError::Database(_));
        let known = match personal && !away && request.cookie(SESSION).is_some() {
            true => Self::known(request, house, &place).await,
            false => None,
        };
        Self { personal, ..known.unwrap_or_else(|| Self::public(house, &place)) }
    }

    /// The frame of everybody's pages.
    pub fn of_everybody(house: &House) -> Self {
        Self::public(house, &Place::Elsewhere)
    }

    fn public(house: &House, place: &Place) -> Self {
        let edition = if let Place::Edition(year) = place { house.editions.by_year(*year) } else { None };
        let layout = Layout::public(house, edition.as_deref(), "");
        let way = match edition {
            Some(edition) => way(format!("/{}/", edition.year), format!("All programs of {}", edition.year)),
            None => way("/", layout.guide.clone()),
        };
        Self { layout, ways: vec![way], entry: None, personal: false }
    }

    /// The frame of whoever is signed in; none where nobody is, or where that cannot be learnt now.
    async fn known(request: &HttpRequest, house: &House, place: &Place<'_>) -> Option<Self> {
        let known = async {
            match visitor(request).await? {
                Some(actor) => Self::of_person(house, &actor, place).await.map(Some),
                None => Ok(None),
            }
        };
        match timeout(PATIENCE, known).await {
            Ok(Ok(frame)) => frame,
            Ok(Err(error)) => {
                tracing::warn!(%error, "who got an error's page could not be learnt");
                None
            }
            Err(_) => {
                tracing::warn!("who got an error's page could not be learnt in time");
                None
            }
        }
    }

    async fn of_person(house: &House, actor: &Actor, place: &Place<'_>) -> Result<Self, AppError> {
        match *place {
            Place::Entry { id, page } => Self::of_vendor(house, actor, id, page).await,
            Place::Review(id) if actor.editor => Self::of_review(house, actor, id).await,
            Place::Own => Ok(Self::own(house, actor)),
            _ if actor.editor => Ok(Self::desk(house, actor)),
            _ => Ok(Self::own(house, actor)),
        }
    }

    async fn of_vendor(house: &House, actor: &Actor, id: EntryId, page: Option<&str>) -> Result<Self, AppError> {
        let entry = match house.entry_of_vendor(actor, id).await {
            Ok(entry) => entry,
            Err(AppError::NotThere) => return Ok(Self::own(house, actor)),
            Err(error) => return Err(error),
        };
        let page = page.and_then(|key| entry.edition.questionnaire.page(key));
        let page = page.map(|page| way(format!("{}/{}", entry.path(), page.key), format!("Back to “{}”", page.title)));
        Ok(Self {
            layout: Layout::entry(house, actor, &entry, ""),
            ways: page.into_iter().chain([way(entry.path(), "Back to your entry")]).collect(),
            entry: Some(entry),
            personal: true,
        })
    }

    async fn of_review(house: &House, actor: &Actor, id: EntryId) -> Result<Self, AppError> {
        let entry = match house.entry_at_desk(actor, id).await {
            Ok(entry) => entry,
            Err(AppError::NotThere) => return Ok(Self::desk(house, actor)),
            Err(error) => return Err(error),
        };
        let layout = Layout::desk(house, actor, Some(&entry.edition), "");
        let ways = vec![way(desk::path(id), "Back to the review"), way("/desk", "Back to the queue")];
        Ok(Self { layout, ways, entry: None, personal: true })
    }

    fn desk(house: &House, actor: &Actor) -> Self {
        let layout = Layout::desk(house, actor, None, "");
        Self { layout, ways: vec![way("/desk", "Back to the queue")], entry: None, personal: true }
    }

    fn own(house: &House, actor: &Actor) -> Self {
        let layout = Layout::own(house, actor, "");
        Self { layout, ways: vec![way("/entries", "Your entries")], entry: None, personal: true }
    }
}
