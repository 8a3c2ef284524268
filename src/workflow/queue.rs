//! The editors' queue: what waits, for whom, and since when. Reading only.

use std::collections::HashMap;

use super::House;
use crate::db::ids::{EditionId, EntryId};
use crate::db::{Connection, entries, events, notes};
use crate::domain::{Access, Act, Actor, Place, Status, decide, reference};
use crate::error::AppError;
use crate::guide::folded;

/// Which entries are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Those at this status; none: those that are under way or, when something is looked for, all.
    pub status: Option<Status>,
    /// What company, program or reference must have in it; empty: all.
    pub text: String,
}

/// The queue.
#[derive(Debug, Clone)]
pub struct Queue {
    /// How many entries stand at each status, whatever is looked for.
    pub tally: Vec<(Status, usize)>,
    /// The entries that are wanted, submitted ones first, the longest waiting first.
    pub waiting: Vec<Waiting>,
    /// Since when the first of the submitted entries waits.
    pub oldest: Option<jiff::Timestamp>,
}

/// One entry of the queue.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// The entry.
    pub entry: entries::Entry,
    /// How many answers were unusual when it was last submitted; none if it never was.
    pub queries: Option<u64>,
    /// How many notes to its vendor are open.
    pub open_notes: i64,
}

/// The entries before and after one in the line of those that wait for a decision.
#[derive(Debug, Clone, Default)]
pub struct Line {
    /// The one that has waited longer.
    pub before: Option<entries::Entry>,
    /// The one to go on with.
    pub after: Option<entries::Entry>,
}

/// What is under way: it waits for the editors, or went back from them.
pub const UNDER_WAY: [Status; 3] = [Status::Submitted, Status::ChangesRequested, Status::Approved];

impl Filter {
    /// Whether entries at this status are wanted.
    pub fn takes(&self, status: Status) -> bool {
        match self.status {
            Some(wanted) => wanted == status,
            None => !self.text.is_empty() || UNDER_WAY.contains(&status),
        }
    }

    fn finds(&self, entry: &entries::Entry) -> bool {
        let text = self.text.to_lowercase();
        let names = [&entry.company_name, &entry.program_name];
        let code = reference::typed(&self.text);
        names.iter().any(|name| name.to_lowercase().contains(&text))
            || (!folded(&text).is_empty() && names.iter().any(|name| folded(name).contains(&folded(&text))))
            || (!code.is_empty() && entry.reference.contains(&code))
    }
}

impl House {
    /// The queue of an edition.
    ///
    /// # Errors
    /// [`AppError::NotThere`] unless the actor is an editor.
    pub async fn queue(&self, actor: &Actor, edition: EditionId, filter: Filter) -> Result<Queue, AppError> {
        at_desk(actor)?;
        self.db.read(move |connection| queue(connection, edition, &filter)).await
    }

    /// The neighbours of an entry among those that wait; for one that does not wait, the first of them comes after it.
    ///
    /// # Errors
    /// [`AppError::NotThere`] unless the actor is an editor.
    pub async fn line(&self, actor: &Actor, edition: EditionId, id: EntryId) -> Result<Line, AppError> {
        at_desk(actor)?;
        let waiting = self
            .db
            .read(move |connection| entries::at_status(connection, edition, Status::Submitted).map_err(AppError::from))
            .await?;
        Ok(neighbours(&waiting, id))
    }
}

fn at_desk(actor: &Actor) -> Result<(), AppError> {
    match decide(Some(actor), Place::Desk) {
        Access::Granted => Ok(()),
        _ => Err(AppError::NotThere),
    }
}

fn queue(connection: &mut Connection, edition: EditionId, filter: &Filter) -> Result<Queue, AppError> {
    let all = entries::for_edition(connection, edition)?;
    let open_notes: HashMap<EntryId, i64> = notes::open_counts(connection, edition)?.into_iter().collect();
    let queries = queries(connection, edition)?;
    let count = |status| (status, all.iter().filter(|entry| entry.status == status).count());
    let tally = ORDER.into_iter().map(count).collect();
    let oldest = all.iter().find(|entry| entry.status == Status::Submitted).map(|entry| entry.status_since.timestamp());
    let mut wanted: Vec<entries::Entry> =
        all.into_iter().filter(|entry| filter.takes(entry.status) && filter.finds(entry)).collect();
    // They come with the longest waiting first, and a stable sort leaves them so.
    wanted.sort_by_key(|entry| ORDER.iter().position(|status| *status == entry.status));
    let waiting = |entry: entries::Entry| Waiting {
        queries: queries.get(&entry.id).copied(),
        open_notes: open_notes.get(&entry.id).copied().unwrap_or_default(),
        entry,
    };
    Ok(Queue { tally, waiting: wanted.into_iter().map(waiting).collect(), oldest })
}

/// The order of the queue: what waits for the editors, what they wait for, what is done or not theirs yet.
const ORDER: [Status; 6] =
    [Status::Submitted, Status::ChangesRequested, Status::Approved, Status::Published, Status::Draft, Status::Withdrawn];

/// How many queries each entry was last submitted with. Checking every entry anew would be too slow for a list.
fn queries(connection: &mut Connection, edition: EditionId) -> Result<HashMap<EntryId, u64>, AppError> {
    let submissions = events::of_act(connection, edition, Act::Submit.as_str())?;
    let count = |event: events::Event| Some((event.entry_id?, event.details.0.get("queries")?.as_u64()?));
    Ok(submissions.into_iter().filter_map(count).collect())
}

fn neighbours(waiting: &[entries::Entry], id: EntryId) -> Line {
    match waiting.iter().position(|entry| entry.id == id) {
        Some(index) => Line {
            before: index.checked_sub(1).and_then(|index| waiting.get(index)).cloned(),
            after: waiting.get(index + 1).cloned(),
        },
        None => Line { before: None, after: waiting.first().cloned() },
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use uuid::Uuid;

    use super::*;

    fn entry(number: u128, company: &str, program: &str, reference: &str) -> entries::Entry {
        let id = Uuid::from_u128(number);
        let at = Timestamp::UNIX_EPOCH.into();
        entries::Entry {
            id: id.into(),
            edition_id: id.into(),
            company_id: id.into(),
            reference: reference.to_owned(),
            slug: folded(company),
            status: Status::Submitted,
            revision: 0,
            company_name: company.to_owned(),
            program_name: program.to_owned(),
            created_at: at,
            updated_at: at,
            status_since: at,
            submitted_at: Some(at),
            newest_turns: String::new(),
        }
    }

    #[test]
    fn an_entry_is_found_by_company_program_and_reference_in_any_case() {
        let entry = entry(1, "Kiritō Networks", "Lantern & Fog", "K7QM4XRT");
        for text in ["", "kiritō", "KIRITO", "lantern", "& fog", "k7qm 4xrt", "K7QM"] {
            assert!(Filter { status: None, text: text.to_owned() }.finds(&entry), "{text}");
        }
        for text in ["kyoto", "???", "X7QM", "霧"] {
            assert!(!Filter { status: None, text: text.to_owned() }.finds(&entry), "{text}");
        }
    }

    #[test]
    fn without_a_wish_the_queue_shows_what_is_under_way_and_a_search_finds_all() {
        let shown = |text: &str, status| {
            let filter = Filter { status, text: text.to_owned() };
            Status::ALL.into_iter().filter(|status| filter.takes(*status)).collect::<Vec<_>>()
        };
        assert_eq!(shown("", None), UNDER_WAY);
        assert_eq!(shown("digium", None), Status::ALL);
        assert_eq!(shown("digium", Some(Status::Draft)), [Status::Draft]);
    }

    #[test]
    fn an_editor_gets_from_one_waiting_entry_to_the_next() {
        let waiting = [entry(1, "A", "", ""), entry(2, "B", "", ""), entry(3, "C", "", "")];
        let around = |number: u128| {
            let line = neighbours(&waiting, Uuid::from_u128(number).into());
            let company = |entry: Option<entries::Entry>| entry.map(|entry| entry.company_name).unwrap_or_default();
            (company(line.before), company(line.after))
        };
        assert_eq!(around(1), (String::new(), "B".to_owned()));
        assert_eq!(around(2), ("A".to_owned(), "C".to_owned()));
        assert_eq!(around(3), ("B".to_owned(), String::new()));
        assert_eq!(around(9), (String::new(), "A".to_owned()), "one that is decided leads to the first that waits");
    }
}
