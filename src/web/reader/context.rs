//! What stands round a profile's answers: what changed since the last edition, the other years, programs that answered
//! alike, whom to write to, and the line to cite it by.

use std::sync::Arc;

use super::Reading;
use super::profile::address;
use super::years::{self, OtherYear};
use crate::domain::Edition;
use crate::error::AppError;
use crate::guide::{Listed, Published, Shelf, Similar};
use crate::questionnaire::definition::{Choice, Kind, Question, Questionnaire};
use crate::questionnaire::{Answers, Change, Value};

/// How many similar programs are shown.
const SIMILAR: usize = 5;
/// How many of the answers that they share are named.
const NAMED: usize = 3;
/// The most characters of a question that stands before such an answer: longer ones would hide it.
const SHORT: usize = 40;

/// What stands round the answers of a published profile.
pub struct Context {
    /// The same program in other editions, the newest first.
    pub years: Vec<OtherYear>,
    /// What changed since the edition before; none where there is none.
    pub changes: Option<Changes>,
    /// Programs that answered alike, the most alike first.
    pub similar: Vec<SimilarProgram>,
    /// The program's own contact: the address as typed, and where it leads.
    pub contact: Option<(String, String)>,
    /// The line to cite it by.
    pub citation: String,
    /// Where something outdated is reported.
    pub report: String,
}

/// What changed since an earlier edition.
pub struct Changes {
    /// That edition's year.
    pub since: i32,
    /// The profile there.
    pub address: String,
    /// The answers that are not what they were.
    pub list: Vec<Change>,
}

/// A program that answered alike.
pub struct SimilarProgram {
    /// Its company.
    pub company: String,
    /// Its name.
    pub program: String,
    /// The path of its profile.
    pub address: String,
    /// The answers in common that say most: "Fee to join – No fee".
    pub shared: Vec<String>,
}

impl Context {
    /// What stands round this profile.
    ///
    /// # Errors
    /// [`AppError::NotThere`] for an edition that is not in the catalogue; [`AppError::Broken`] when a document cannot be
    /// read.
    pub fn new(reading: &Reading, listed: &Listed, published: &Published) -> Result<Self, AppError> {
        let (edition, shelf) = (&*reading.edition, reading.shelf()?);
        let before = year_before(reading, shelf, listed);
        let place = shelf.place(&listed.slug).ok_or(AppError::NotThere)?;
        let similar = shelf.similar(place, SIMILAR);
        Ok(Self {
            changes: before.map(|(other, there)| changes(edition, published, &other, there)).transpose()?,
            years: years::others(reading, |other| {
                let there = shelf.same_program(listed, other.shelf().ok()?)?;
                Some(("The profile of", address(&other.edition, &there.slug)))
            }),
            similar: similar.iter().map(|similar| similar_program(edition, similar)).collect(),
            contact: contact(&edition.questionnaire, published),
            citation: citation(reading, listed),
            report: format!("{}/report", address(edition, &listed.slug)),
        })
    }

    /// Whether the answer at this anchor is not what it was.
    pub fn has_changed(&self, anchor: &str) -> bool {
        self.changes.as_ref().is_some_and(|changes| changes.list.iter().any(|change| change.anchor == anchor))
    }
}

/// The profile of the same program in the newest edition before this one that has it.
fn year_before<'a>(reading: &'a Reading, own: &Shelf, listed: &Listed) -> Option<(Arc<Edition>, &'a Arc<Listed>)> {
    let editions = reading.house.editions.all();
    let mut before = editions.iter().rev().filter(|edition| edition.year < reading.edition.year);
    before.find_map(|edition| {
        let there = own.same_program(listed, reading.catalogue().shelf(edition.id)?)?;
        Some((Arc::clone(edition), there))
    })
}

fn changes(edition: &Edition, published: &Published, earlier: &Edition, there: &Listed) -> Result<Changes, AppError> {
    let before = there.published()?;
    let (now, then) = (&edition.questionnaire, &earlier.questionnaire);
    let answers = Answers::frozen(now, &published.answers);
    let list = now.changes(&answers, then, &Answers::frozen(then, &before.answers));
    Ok(Changes { since: earlier.year, address: address(earlier, &there.slug), list })
}

fn similar_program(edition: &Edition, similar: &Similar) -> SimilarProgram {
    let words = similar.shared.iter().filter_map(|(place, option)| shared_words(&edition.questionnaire, place, option));
    let mut shared: Vec<(&str, String)> = Vec::new();
    for (question, words) in words {
        // One answer a question: more of the same list say little more.
        if shared.len() < NAMED && shared.iter().all(|(known, _)| *known != question) {
            shared.push((question, words));
        }
    }
    SimilarProgram {
        company: similar.listed.company.clone(),
        program: similar.listed.program.clone(),
        address: address(edition, &similar.listed.slug),
        shared: shared.into_iter().map(|(_, words)| words).collect(),
    }
}

/// The question's key, and an answer to it in words that need no other: "Cost of training, Basic Training – Free for all
/// partners". None where the question has no short name to stand before it.
fn shared_words<'a>(questionnaire: &'a Questionnaire, place: &str, option: &str) -> Option<(&'a str, String)> {
    let (key, part) = place.split_once('.').map_or((place, None), |(key, part)| (key, Some(part)));
    let question = questionnaire.question(key)?;
    let labelled = |choices: &[Choice], key: &str| choices.iter().find(|known| known.key == key).map(|known| known.label.clone());
    let (asked, row): (&Question, _) = match (&question.kind, part) {
        (Kind::Groups(groups), Some(part)) => (groups.fields.iter().find(|field| field.key == part)?, None),
        (Kind::GridOne { rows, .. } | Kind::GridAny { rows, .. }, Some(part)) => (question, Some(labelled(rows, part)?)),
        _ => (question, None),
    };
    let heading = Some(asked.heading()).filter(|heading| heading.chars().count() <= SHORT && !heading.ends_with('?'))?;
    let row = row.map(|row| format!(", {row}")).unwrap_or_default();
    Some((&question.key, format!("{heading}{row} – {}", labelled(asked.options(), option)?)))
}

/// The address that the definition says is the program's contact, as it is printed.
fn contact(questionnaire: &Questionnaire, published: &Published) -> Option<(String, String)> {
    let line = published.printed.lines().find(|line| line.question == questionnaire.roles.contact)?;
    match &line.value {
        Some(Value::Link { text, href }) => Some((text.clone(), href.clone())),
        _ => None,
    }
}

/// "Digium, Inc.: Digium Partner Program. In: 2017 Partner Program Guide. Published 1 May 2017, version 1. https://…"
fn citation(reading: &Reading, listed: &Listed) -> String {
    let edition = &*reading.edition;
    let names = [listed.company.as_str(), listed.program.as_str()].into_iter().filter(|name| !name.is_empty());
    let names = names.collect::<Vec<_>>().join(": ");
    format!(
        "{}. In: {}. Published {}, version {}. {}",
        names.trim_end_matches('.'),
        edition.title(),
        edition.schedule.day_words(listed.published_from),
        listed.version,
        reading.house.address(&address(edition, &listed.slug)),
    )
}
