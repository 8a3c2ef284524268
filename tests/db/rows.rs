//! Rows to write.

use almanac::{
    db::{
        Document, Moment, accounts::Account, answers::Answer, companies::Company, editions::Edition, entries::Entry,
        events::Event, messages::Message, notes::Note, profiles::Profile, types::*,
    },
    domain::status::Status,
};
use jiff::Timestamp;
use serde_json::json;
use uuid::Uuid;

/// A moment, `seconds` after a day in 2017, with microseconds.
pub fn at(seconds: i64) -> Moment {
    Timestamp::new(1_488_326_400 + seconds, 123_456_000).unwrap().into()
}

pub fn id<T: From<Uuid>>() -> T {
    Uuid::now_v7().into()
}

pub fn edition(year: i32) -> Edition {
    Edition {
        id: id(),
        year,
        name: "Guide".into(),
        time_zone: "America/New_York".into(),
        opens_at: at(0),
        deadline_at: at(100),
        publishes_at: at(200),
        contact_name: "Ann".into(),
        contact_email: "ann@example.org".into(),
        questionnaire: Document(json!({"page": [{"key": "company"}]})),
        created_at: at(0),
    }
}

pub fn company(name: &str) -> Company {
    Company { id: id(), name: name.into(), folded_name: name.to_lowercase(), created_at: at(0) }
}

pub fn account(email: &str) -> Account {
    Account {
        id: id(),
        email: email.into(),
        folded_email: email.to_lowercase(),
        name: "Ännchen".into(),
        editor: false,
        created_at: at(0),
    }
}

pub fn entry(edition: EditionId, company: CompanyId, slug: &str) -> Entry {
    Entry {
        id: id(),
        edition_id: edition,
        company_id: company,
        reference: format!("REF{slug}"),
        slug: slug.into(),
        status: Status::Draft,
        revision: 0,
        company_name: String::new(),
        program_name: String::new(),
        created_at: at(1),
        updated_at: at(1),
        status_since: at(1),
        submitted_at: None,
        newest_turns: String::new(),
    }
}

pub fn answer(entry: EntryId, question: &str) -> Answer {
    Answer {
        entry_id: entry,
        question: question.into(),
        value: Document(json!({"b": 1, "a": "nul \u{0}, ü"})),
        confirmed: None,
        reason: Some("because".into()),
        rival: None,
        account_id: None,
        saved_at: at(2),
        turns: Some(Document(json!({"answer": {"form": "0123456789abcdef", "number": 3}}))),
    }
}

pub fn event(entry: EntryId, account: Option<AccountId>, seconds: i64) -> Event {
    Event {
        id: id(),
        entry_id: Some(entry),
        account_id: account,
        act: "submit".into(),
        details: Document(json!({})),
        at: at(seconds),
    }
}

pub fn note(entry: EntryId, account: AccountId) -> Note {
    Note {
        id: id(),
        entry_id: entry,
        question: Some("company_name".into()),
        thread_id: None,
        account_id: account,
        body: "Is it?".into(),
        internal: false,
        resolved_at: None,
        resolved_by: None,
        created_at: at(3),
    }
}

pub fn profile(entry: &Entry, version: i32) -> Profile {
    Profile {
        id: id(),
        entry_id: entry.id,
        edition_id: entry.edition_id,
        version,
        slug: entry.slug.clone(),
        document: Document(json!({"lines": []})),
        published_by: None,
        published_from: at(10 * i64::from(version)),
        published_until: None,
    }
}

pub fn message(key: &str, seconds: i64) -> Message {
    Message {
        id: id(),
        dedupe_key: key.into(),
        kind: "receipt".into(),
        recipient: "ann@example.org".into(),
        subject: "Thank you".into(),
        content: Document(json!({"text": "…"})),
        created_at: at(seconds),
        attempts: 0,
        next_attempt_at: at(seconds),
        claimed_until: None,
        last_error: None,
        sent_at: None,
        failed_at: None,
        secret_until: None,
    }
}
