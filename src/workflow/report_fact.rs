//! A reader reports that an answer is outdated: to the company's people and to the editors. Nobody needs an account
//! for it, so it is limited how often.

use jiff::SignedDuration;
use serde::Deserialize;
use serde_json::{Value, json};

use super::limit::Limit;
use super::{House, chronicle, post};
use crate::db::ids::EntryId;
use crate::db::{Connection, entries, events, profiles};
use crate::domain::{Edition, token};
use crate::error::AppError;
use crate::guide::Published;
use crate::mail::message::FactReported;
use crate::questionnaire::direction::isolated;
use crate::questionnaire::sentence::{no_email, too_long};
use crate::questionnaire::tidy::{tidy, tidy_line};
use crate::questionnaire::value;

/// The name of the act in an entry's history.
pub const ACT: &str = "report_fact";

/// How many reports there may be about one program, and from one sender.
const REPORTS: Limit = Limit { kind: "report", window: SignedDuration::from_hours(1), by_subject: Some(10), by_sender: 5 };

/// The most characters of a report.
const LONGEST: usize = 2000;

/// A report, tidied and checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The anchor of the answer that is meant; none for the profile as a whole.
    question: Option<String>,
    /// What is wrong.
    wrong: String,
    /// Who reports it, if that is to be known.
    from: Option<String>,
}

/// What of a report cannot be taken: a field of its form, and a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// `question`, `wrong` or `from`.
    pub field: &'static str,
    /// What is wrong with it.
    pub sentence: String,
}

impl Report {
    /// A report about this profile, as it was typed.
    ///
    /// # Errors
    /// Every field that cannot be taken.
    pub fn read(profile: &Published, question: &str, wrong: &str, from: &str) -> Result<Self, Vec<Refusal>> {
        let (wrong, from) = (tidy(wrong), tidy_line(from));
        let mut refusals = Vec::new();
        let mut refuse = |field, sentence: String| refusals.push(Refusal { field, sentence });
        if !question.is_empty() && profile.printed.line(question).is_none() {
            refuse("question", "Select one of the answers in the profile, or the profile as a whole".to_owned());
        }
        match wrong.chars().count() {
            0 => refuse("wrong", "Enter what is outdated".to_owned()),
            length if length > LONGEST => refuse("wrong", too_long("What is outdated", LONGEST, length)),
            _ => {}
        }
        if let Some(error) = value::email(&from).err().filter(|_| !from.is_empty()) {
            refuse("from", format!("{}, or leave it empty", no_email("your e-mail address", &error)));
        }
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        match refusals.is_empty() {
            true => Ok(Self { question: some(question), from: some(&from), wrong }),
            false => Err(refusals),
        }
    }

    /// What the entry's history keeps of it. Who reported is told to those who can answer, and stands nowhere else.
    fn details(&self) -> Value {
        json!({ "question": self.question, "wrong": self.wrong })
    }
}

impl House {
    /// Passes a report on. The same report again within an hour – a button pressed twice – is taken once.
    ///
    /// # Errors
    /// [`AppError::NotThere`] for what is not published; [`AppError::TooManyTries`] from this sender or about this
    /// program.
    pub async fn report_fact(&self, entry: EntryId, report: Report, sender: &str) -> Result<(), AppError> {
        let (house, sender) = (self.clone(), sender.to_owned());
        self.db.write(move |connection| report_fact(connection, &house, entry, &report, &sender)).await
    }
}

fn report_fact(connection: &mut Connection, house: &House, id: EntryId, report: &Report, sender: &str) -> Result<(), AppError> {
    let entry = entries::find(connection, id)?.ok_or(AppError::NotThere)?;
    let edition = house.editions.by_id(entry.edition_id).ok_or(AppError::NotThere)?;
    let profile = profiles::current_of_entry(connection, id)?.ok_or(AppError::NotThere)?;
    if is_known(connection, house, id, report)? {
        return Ok(());
    }
    REPORTS.count(connection, house, &id.to_string(), sender)?;
    chronicle::record(connection, house, None, id, ACT, report.details())?;
    let published = Published::deserialize(&profile.document.0).map_err(AppError::broken)?;
    tell(connection, house, &edition, &entry, &published, report)
}

/// Whether the same was reported just now.
fn is_known(connection: &mut Connection, house: &House, id: EntryId, report: &Report) -> Result<bool, AppError> {
    let (since, details) = (house.now() - REPORTS.window, report.details());
    let known = |event: &events::Event| event.act == ACT && event.at.timestamp() >= since && event.details.0 == details;
    Ok(events::of_entry(connection, id)?.iter().any(|(event, _)| known(event)))
}

/// Tells the company's people and every editor. Who reported gets what they write back.
fn tell(
    connection: &mut Connection,
    house: &House,
    edition: &Edition,
    entry: &entries::Entry,
    published: &Published,
    report: &Report,
) -> Result<(), AppError> {
    let line = report.question.as_deref().and_then(|anchor| published.printed.line(anchor));
    let place = report.question.as_ref().map(|anchor| format!("#{anchor}")).unwrap_or_default();
    let to_vendor = FactReported {
        frame: post::frame(house, edition),
        company: isolated(&published.printed.company).into_owned(),
        program: isolated(&published.printed.program).into_owned(),
        question: line.map(|line| edition.questionnaire.label_apart(line).to_owned()),
        answer: line.and_then(|line| line.value.as_ref()).map(|value| value.lines()).unwrap_or_default(),
        wrong: report.wrong.clone(),
        from: report.from.clone(),
        profile: house.address(&format!("/{}/programs/{}{place}", edition.year, entry.slug)),
        to_editors: false,
        link: house.address(&format!("/entries/{}", entry.id)),
    };
    let link = house.address(&format!("/desk/entries/{}/history", entry.id));
    let to_editors = FactReported { to_editors: true, link, ..to_vendor.clone() };
    let answers = report.from.as_deref().unwrap_or(&edition.contact_email);
    let key = format!("fact_reported:{}:{}", entry.id, token::mark(&format!("{}{}", house.now(), report.wrong)));
    post::send_to_members(connection, house, &format!("{key}:vendor"), entry.company_id, answers, &to_vendor)?;
    post::send_to_editors(connection, house, &format!("{key}:desk"), answers, &to_editors)
}
