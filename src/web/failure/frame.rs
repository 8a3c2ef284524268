//! What frames an error's page: the part of the house in which it happened, as whoever is signed in knows it, and the
//! ways on from there. What a person may not see leads nowhere, as if it were not there.

use std::time::Duration;

use actix_web::HttpRequest;
use actix_web::http::Method;
use tokio::time::timeout;

use super::place::Place;
use crate::db::ids::EntryId;
use crate::domain::{Actor, Edition};
use crate::error::AppError;
use crate::web::desk;
use crate::web::identity::{SESSION, own_path, visitor};
use crate::web::layout::Layout;
use crate::web::sent::address;
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// Where it leads.
    pub href: String,
    /// What it says.
    pub label: String,
}

fn way(href: impl Into<String>, label: impl Into<String>) -> Way {
    Way { href: href.into(), label: label.into() }
}

fn ways_of_entry(path: &str, edition: Option<&Edition>, page: Option<&str>) -> Vec<Way> {
    let page = edition.zip(page).and_then(|(edition, key)| edition.questionnaire.page(key));
    let page = page.map(|page| way(format!("{path}/{}", page.key), format!("Back to “{}”", page.title)));
    page.into_iter().chain([way(path, "Back to your entry")]).collect()
}

fn ways_of_review(id: EntryId) -> Vec<Way> {
    vec![way(desk::path(id), "Back to the review"), way("/desk", "Back to the queue")]
}

impl Frame {
    /// The frame of an error that came of this request. Readers' pages are the same for everybody, and so are their errors:
    /// for those nobody is looked up. Nor is anybody while the database is away: then the address leads on.
    pub async fn around(request: &HttpRequest, house: &House, error: &AppError) -> Self {
        let place = Place::of(request.path());
        let personal = !matches!(place, Place::Edition(_));
        let frame = match personal && request.cookie(SESSION).is_some() {
            _ if matches!(error, AppError::Database(_)) => Self::of_address(request, house, &place),
            true => Self::of_visitor(request, house, &place).await,
            false => Self::public(house, &place),
        };
        Self { personal, ..frame }
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

    /// Everybody's frame, with ways on that the address alone tells: whoever asks has just used it, so they reveal nothing.
    fn of_address(request: &HttpRequest, house: &House, place: &Place) -> Self {
        let address = own_path(address(request));
        let reads = matches!(*request.method(), Method::GET | Method::HEAD);
        let again = Some(way(address, "Try again")).filter(|_| reads && !address.is_empty());
        let public = Self::public(house, place);
        let ways = match *place {
            Place::Entry { id, page } => {
                let edition = house.editions.open(house.now()).ok();
                ways_of_entry(&format!("/entries/{id}"), edition.as_deref(), page.filter(|_| !reads))
            }
            Place::Own => vec![way("/entries", "Your entries")],
            Place::Review(id) => ways_of_review(id),
            Place::Desk => vec![way("/desk", "Back to the queue")],
            Place::Edition(_) | Place::Elsewhere => public.ways,
        };
        let other = ways.into_iter().filter(|way| !reads || way.href != address);
        Self { ways: again.into_iter().chain(other).collect(), ..public }
    }

    /// The frame of whoever is signed in; everybody's where nobody is.
    async fn of_visitor(request: &HttpRequest, house: &House, place: &Place<'_>) -> Self {
        let frame = async {
            match visitor(request).await? {
                Some(actor) => Self::of_person(house, &actor, place).await,
                None => Ok(Self::public(house, place)),
            }
        };
        match timeout(PATIENCE, frame).await {
            Ok(Ok(frame)) => frame,
            Ok(Err(error)) => {
                tracing::warn!(%error, "who got an error's page could not be learnt");
                Self::of_address(request, house, place)
            }
            Err(_) => {
                tracing::warn!("who got an error's page could not be learnt in time");
                Self::of_address(request, house, place)
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
        Ok(Self {
            layout: Layout::entry(house, actor, &entry, ""),
            ways: ways_of_entry(&entry.path(), Some(&entry.edition), page),
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
        Ok(Self { layout, ways: ways_of_review(id), entry: None, personal: true })
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
