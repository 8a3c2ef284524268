//! An entry at the desk, with all that its review is made from. Reading only.

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::Value;

use super::history::History;
use super::{EntryInHand, House, entry_in_hand};
use crate::db::ids::EntryId;
use crate::db::profiles::Profile;
use crate::db::submissions::Submission;
use crate::db::{Connection, entries, events, submissions};
use crate::domain::{Act, Actor, Edition, Status};
use crate::error::AppError;
use crate::guide::Published;
use crate::questionnaire::Answers;

/// An entry under review.
#[derive(Debug, Clone)]
pub struct Review {
    /// The entry.
    pub entry: EntryInHand,
    /// All that happened to it, the oldest first.
    pub history: History,
    /// What it can be compared with: the newest earlier submission first, then what readers see.
    pub earlier: Vec<Earlier>,
}

/// What an entry said at another time, or its program in another year.
#[derive(Debug, Clone)]
pub struct Earlier {
    /// Which it is.
    pub which: Which,
    /// Whose questions were answered.
    pub edition: Arc<Edition>,
    /// How.
    pub answers: Answers,
    /// When.
    pub at: Timestamp,
    /// Whether the editors have decided about it: they have read it.
    pub decided: bool,
}

/// What an entry is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// An earlier submission, by its number.
    Submission(i32),
    /// What readers see now, by its version.
    Profile(i32),
    /// What readers see of the same program in the edition of this year.
    Year(i32),
}

impl House {
    /// Takes an entry in hand to review it.
    ///
    /// # Errors
    /// [`AppError::NotThere`] unless the actor is an editor and there is such an entry.
    pub async fn review(&self, actor: &Actor, id: EntryId) -> Result<Review, AppError> {
        let (editions, actor) = (self.editions.clone(), actor.clone());
        let (mut review, only) = self
            .db
            .read(move |connection| {
                let entry = entry_in_hand::at_desk(connection, &editions, &actor, id)?;
                let history = events::of_entry(connection, id)?;
                let earlier = earlier(connection, &entry, &history)?;
                let of_company = entries::of_company(connection, entry.entry.company_id)?;
                let here = of_company.iter().filter(|known| known.edition_id == entry.edition.id).count();
                Ok::<_, AppError>((Review { entry, history, earlier }, here == 1))
            })
            .await?;
        review.earlier.extend(self.year_before(&review.entry, only)?);
        Ok(review)
    }

    /// The same program's profile in the newest earlier edition that has one.
    fn year_before(&self, entry: &EntryInHand, only: bool) -> Result<Option<Earlier>, AppError> {
        let (catalogue, editions) = (self.guide.catalogue(), self.editions.all());
        let profile = |edition: &Arc<Edition>| {
            let listed = catalogue.shelf(edition.id)?.program_of(entry.entry.company_id, entry.program_name(), only)?;
            Some((Arc::clone(edition), Arc::clone(listed)))
        };
        let before = editions.iter().rev().filter(|edition| edition.year < entry.edition.year).find_map(profile);
        before
            .map(|(edition, listed)| {
                let answers = Answers::frozen(&edition.questionnaire, &listed.published()?.answers);
                Ok(Earlier { which: Which::Year(edition.year), answers, at: listed.published_from, decided: true, edition })
            })
            .transpose()
    }
}

fn earlier(connection: &mut Connection, entry: &EntryInHand, history: &History) -> Result<Vec<Earlier>, AppError> {
    let mut submitted = submissions::of_entry(connection, entry.entry.id)?;
    if !matches!(entry.entry.status, Status::Draft | Status::ChangesRequested | Status::Withdrawn) {
        // The newest one is what the review shows.
        submitted.pop();
    }
    let submitted = submitted.iter().rev().map(|submission| of_submission(&entry.edition, submission, history));
    let mut earlier = submitted.collect::<Result<Vec<_>, _>>()?;
    if let Some(profile) = entry.profile.as_ref().filter(|_| entry.entry.status != Status::Published) {
        earlier.push(of_profile(&entry.edition, profile)?);
    }
    Ok(earlier)
}

fn of_submission(edition: &Arc<Edition>, submission: &Submission, history: &History) -> Result<Earlier, AppError> {
    let Value::Object(answers) = &submission.answers.0 else {
        return Err(AppError::broken("a submission without answers"));
    };
    Ok(Earlier {
        which: Which::Submission(submission.number),
        answers: Answers::frozen(&edition.questionnaire, answers),
        edition: Arc::clone(edition),
        at: submission.submitted_at.timestamp(),
        decided: was_decided(submission, history),
    })
}

/// Whether the act that came next after a submission was a decision, and not its vendor taking it back.
fn was_decided(submission: &Submission, history: &History) -> bool {
    let acts: Vec<_> = history.iter().filter_map(|(event, _)| Some((event.at, event.act.parse::<Act>().ok()?))).collect();
    let submitted = acts.iter().rposition(|(at, act)| *act == Act::Submit && *at <= submission.submitted_at);
    let next = submitted.and_then(|place| acts.get(place + 1));
    next.is_some_and(|(_, act)| matches!(act, Act::Approve | Act::RequestChanges))
}

fn of_profile(edition: &Arc<Edition>, profile: &Profile) -> Result<Earlier, AppError> {
    let published: Published = serde_json::from_value(profile.document.0.clone()).map_err(AppError::broken)?;
    Ok(Earlier {
        which: Which::Profile(profile.version),
        answers: Answers::frozen(&edition.questionnaire, &published.answers),
        edition: Arc::clone(edition),
        at: profile.published_from.timestamp(),
        decided: true,
    })
}
