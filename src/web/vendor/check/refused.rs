//! What kept a page from being submitted, told to whoever pressed its button: what was changed since it had been shown.

use jiff::Timestamp;

use crate::db::ids::AccountId;
use crate::domain::Actor;
use crate::questionnaire::Refusal;
use crate::questionnaire::direction::isolated;
use crate::web::vendor::part::Part;
use crate::workflow::EntryInHand;

/// The parameter of the address that says how old the page was: the microsecond of the entry's last change.
pub const SINCE: &str = "since";

/// Why nothing was sent, for as long as the entry has not been submitted all the same.
pub struct Refused {
    /// What was changed after the page had been shown.
    pub changed: Vec<Changed>,
    /// What keeps the entry from being submitted now.
    pub wrong: Vec<Wrong>,
}

/// An answer that was changed.
pub struct Changed {
    /// Where it stands on the page.
    pub anchor: String,
    /// What was asked.
    pub question: String,
    /// Who changed it.
    pub by: String,
}

/// What is missing, or wrong.
pub struct Wrong {
    /// Where it is mended.
    pub link: String,
    /// What to do.
    pub sentence: String,
}

impl Refused {
    /// What the address says; none where nothing was changed since, nor since the entry was submitted after that, and where
    /// the address says no moment of this entry.
    pub fn read(query: &[(String, String)], entry: &EntryInHand, actor: &Actor, parts: &[Part]) -> Option<Self> {
        let since = since(query).filter(|since| *since >= entry.entry.created_at.timestamp().as_microsecond())?;
        let since = entry.entry.submitted_at.map_or(since, |at| since.max(at.timestamp().as_microsecond()));
        let was_changed = entry.saved.values().any(|saved| is_later(saved.last_change().0, since));
        let refused = || Self { changed: changed(since, entry, actor, parts), wrong: wrong(entry, parts) };
        was_changed.then(refused)
    }
}

/// The microsecond that the address says, if it says one.
fn since(query: &[(String, String)]) -> Option<i64> {
    let mut said = query.iter().filter(|(name, _)| name == SINCE);
    match (said.next(), said.next()) {
        (Some((_, micros)), None) => micros.parse().ok(),
        _ => None,
    }
}

fn is_later(moment: Timestamp, since: i64) -> bool {
    moment.as_microsecond() > since
}

/// The answers that were changed since, as the page has them.
fn changed(since: i64, entry: &EntryInHand, actor: &Actor, parts: &[Part]) -> Vec<Changed> {
    let mut lines: Vec<_> = parts.iter().flat_map(|part| &part.section.lines).collect();
    lines.dedup_by(|line, before| line.question == before.question);
    let questionnaire = &entry.edition.questionnaire;
    let told = lines.into_iter().filter_map(|line| {
        let (at, by) = entry.saved.get(&line.question)?.last_change();
        let question = questionnaire.question(&line.question).map_or(&*line.label, |question| question.heading());
        let changed = || Changed { anchor: line.anchor.clone(), question: question.to_owned(), by: called(by, entry, actor) };
        is_later(at, since).then(changed)
    });
    told.collect()
}

fn called(by: Option<AccountId>, entry: &EntryInHand, actor: &Actor) -> String {
    let member = entry.members.iter().find(|(account, _)| Some(account.id) == by);
    match member {
        Some((account, _)) if account.id == actor.account => "you".to_owned(),
        Some((account, _)) => isolated(account.called()).into_owned(),
        None => "somebody else".to_owned(),
    }
}

fn wrong(entry: &EntryInHand, parts: &[Part]) -> Vec<Wrong> {
    let of_part = |part: &Part| {
        let page = format!("{}/{}?problems=yes&return=check", entry.path(), part.section.key);
        let wrong = |refusal: &Refusal| Wrong { link: format!("{page}#{}", refusal.field), sentence: refusal.sentence.clone() };
        part.check.refusals.iter().map(wrong).collect::<Vec<_>>()
    };
    parts.iter().flat_map(of_part).collect()
}
