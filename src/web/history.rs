//! What happened to an entry, in words: the same for its vendor and for the desk.

use serde_json::Value;

use crate::db::events::Event;
use crate::domain::Edition;
use crate::web::count::counted;
use crate::workflow::report_fact;

/// One line of a history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryLine {
    /// When, for a machine.
    pub machine: String,
    /// When, in the edition's time zone.
    pub at: String,
    /// Who did it.
    pub who: String,
    /// What they did: "submitted the entry".
    pub what: String,
}

impl HistoryLine {
    /// An event in words, as it goes on after the name of who did it.
    pub fn new(edition: &Edition, event: &Event, author: Option<&str>) -> Self {
        let (schedule, at) = (&edition.schedule, event.at.timestamp());
        Self {
            machine: schedule.machine(at),
            at: format!("{}, {}", schedule.day_words(at), schedule.clock_words(at)),
            who: author.unwrap_or(nobody(&event.act)).to_owned(),
            what: words(edition, &event.act, &event.details.0),
        }
    }
}

/// Who did what no account did.
fn nobody(act: &str) -> &'static str {
    if act == report_fact::ACT { "A reader" } else { "Almanac" }
}

/// The lines of a history, the newest first.
pub fn lines(edition: &Edition, history: &[(Event, Option<String>)]) -> Vec<HistoryLine> {
    history.iter().rev().map(|(event, author)| HistoryLine::new(edition, event, author.as_deref())).collect()
}

/// Whether an event only says how far an entry had come that was brought in from a file.
pub fn is_imported(details: &Value) -> bool {
    details.get("import") == Some(&Value::Bool(true))
}

/// What was done, as it goes on after the name of who did it.
pub fn words(edition: &Edition, act: &str, details: &Value) -> String {
    match act {
        "submit" if is_imported(details) => "took it over from the file as submitted".to_owned(),
        "approve" if is_imported(details) => "took it over from the file as approved".to_owned(),
        "publish" if is_imported(details) => "took it over from the file as published".to_owned(),
        "start_entry" => "began the entry".to_owned(),
        "import" => "brought the entry in from a file".to_owned(),
        "save_page" => saved(edition, details),
        "submit" => submitted(details),
        "recall" => "took the entry back".to_owned(),
        "request_changes" | "reopen" => match number(details, "notes") {
            Some(notes) => format!("asked for changes, with {}", counted(notes, "open note", "open notes")),
            None => "asked for changes".to_owned(),
        },
        "approve" => format!("approved the entry{}", settled(details)),
        "publish" => match number(details, "version") {
            Some(version) => format!("published version {version} of the profile{}", settled(details)),
            None => "published the profile".to_owned(),
        },
        "revise" => "began to revise what is published".to_owned(),
        "unpublish" => "took the profile down".to_owned(),
        "withdraw" => "withdrew the entry".to_owned(),
        "reinstate" => "brought the entry back".to_owned(),
        "add_note" => match details.get("internal") == Some(&Value::Bool(true)) {
            true => format!("wrote an internal note on {}", place(edition, details)),
            false => format!("wrote a note on {}", place(edition, details)),
        },
        "reply_note" => format!("replied to {} on {}", note(details), place(edition, details)),
        "resolve_note" => format!("resolved {} on {}", note(details), place(edition, details)),
        "reopen_note" => format!("reopened {} on {}", note(details), place(edition, details)),
        "resend_message" => format!("sent a mail to {} again", text(details, "recipient").unwrap_or("somebody")),
        report_fact::ACT => reported(edition, details),
        // An act that this page does not know yet is named all the same: nothing that happened is left out.
        other => other.replace('_', " "),
    }
}

/// The most questions that a line names; more are counted.
const NAMED: usize = 3;

fn saved(edition: &Edition, details: &Value) -> String {
    let questionnaire = &edition.questionnaire;
    let page = text(details, "page").and_then(|key| questionnaire.page(key)).map_or("a page", |page| &page.title);
    let changed: Vec<&str> =
        details.get("changed").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    let heading =
        |key: &&str| questionnaire.question(key).map_or((*key).to_owned(), |question| format!("“{}”", question.heading()));
    match changed.len() {
        0 => format!("saved {page}"),
        1..=NAMED => format!("changed {} in {page}", changed.iter().map(heading).collect::<Vec<_>>().join(", ")),
        many => format!("changed {} in {page}", counted(many, "answer", "answers")),
    }
}

fn submitted(details: &Value) -> String {
    let again = if details.get("again") == Some(&Value::Bool(true)) { " again" } else { "" };
    match number(details, "queries") {
        None | Some(0) => format!("submitted the entry{again}"),
        Some(queries) => format!("submitted the entry{again}, with {}", counted(queries, "unusual answer", "unusual answers")),
    }
}

/// ", which settled two notes"; nothing where none was.
fn settled(details: &Value) -> String {
    match number(details, "settled") {
        None | Some(0) => String::new(),
        Some(notes) => format!(", which settled {}", counted(notes, "note", "notes")),
    }
}

fn reported(edition: &Edition, details: &Value) -> String {
    let wrong = text(details, "wrong").unwrap_or_default();
    // The line of a row in a grid is meant by the question's key and the row's.
    let key = text(details, "question").map(|anchor| anchor.split('.').next().unwrap_or(anchor));
    match key.and_then(|key| edition.questionnaire.question(key)) {
        Some(question) => format!("reported “{}” as outdated: “{wrong}”", question.heading()),
        None => format!("reported something outdated: “{wrong}”"),
    }
}

/// "“CEO”", or the entry as a whole.
fn place(edition: &Edition, details: &Value) -> String {
    let question = text(details, "question").and_then(|key| edition.questionnaire.question(key));
    question.map_or_else(|| "the entry".to_owned(), |question| format!("“{}”", question.heading()))
}

fn note(details: &Value) -> String {
    number(details, "note").map_or_else(|| "a note".to_owned(), |number| format!("note {number}"))
}

fn text<'a>(details: &'a Value, name: &str) -> Option<&'a str> {
    details.get(name).and_then(Value::as_str)
}

fn number(details: &Value, name: &str) -> Option<usize> {
    details.get(name).and_then(Value::as_u64).and_then(|number| usize::try_from(number).ok())
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use uuid::Uuid;

    use super::*;
    use crate::db::ids::EditionId;
    use crate::domain::EditionFile;
    use crate::questionnaire::load;

    fn edition() -> Edition {
        let (file, schedule) = EditionFile::read(include_str!("../../guides/2017/edition.toml")).unwrap();
        Edition {
            id: EditionId::new(Uuid::nil()),
            year: file.year,
            name: file.name,
            schedule,
            contact_name: file.contact_name,
            contact_email: file.contact_email,
            questionnaire: load::parse("questionnaire.toml", include_str!("../../guides/2017/questionnaire.toml")).unwrap(),
        }
    }

    #[test]
    fn every_act_is_told_in_words() {
        let edition = edition();
        for (act, details, told) in [
            ("start_entry", json!({}), "began the entry"),
            ("save_page", json!({ "page": "company", "changed": ["ceo"] }), "changed “CEO” in Company"),
            (
                "save_page",
                json!({ "page": "company", "changed": ["ceo", "url", "address", "hq_phone"] }),
                "changed four answers in Company",
            ),
            ("import", json!({ "file": "digium.toml" }), "brought the entry in from a file"),
            ("publish", json!({ "import": true }), "took it over from the file as published"),
            ("submit", json!({ "again": false, "queries": 0 }), "submitted the entry"),
            ("submit", json!({ "again": true, "queries": 1 }), "submitted the entry again, with one unusual answer"),
            ("request_changes", json!({ "notes": 2 }), "asked for changes, with two open notes"),
            ("approve", json!({ "settled": 0 }), "approved the entry"),
            ("approve", json!({ "settled": 1 }), "approved the entry, which settled one note"),
            ("publish", json!({ "version": 2 }), "published version 2 of the profile"),
            ("add_note", json!({ "question": "ceo", "internal": false }), "wrote a note on “CEO”"),
            ("add_note", json!({ "question": null, "internal": true }), "wrote an internal note on the entry"),
            ("resolve_note", json!({ "question": "ceo", "note": 3 }), "resolved note 3 on “CEO”"),
            (
                "report_fact",
                json!({ "question": "specialties.resell", "wrong": "No more phones." }),
                "reported “Technology” as outdated: “No more phones.”",
            ),
            ("report_fact", json!({ "question": null, "wrong": "Sold." }), "reported something outdated: “Sold.”"),
            ("give_more_time", json!({}), "give more time"),
        ] {
            assert_eq!(words(&edition, act, &details), told);
        }
    }

    #[test]
    fn every_act_on_a_status_has_words_of_its_own() {
        let edition = edition();
        for act in crate::domain::Act::ALL {
            assert_ne!(words(&edition, act.as_str(), &json!({})), act.as_str().replace('_', " "));
        }
    }
}
