//! Mails of an act: what frames them, to whom they go, and into the outbox with them.

use super::entry_in_hand::Thread;
use super::{EntryInHand, House};
use crate::db::ids::{CompanyId, EntryId};
use crate::db::{Connection, accounts, entries};
use crate::domain::Edition;
use crate::error::AppError;
use crate::mail::Mailbox;
use crate::mail::message::{Frame, OpenNote, Words};
use crate::mail::outbox::{self, Envelope};
use crate::questionnaire::direction::isolated;

/// What frames a mail about this edition.
pub(super) fn frame(house: &House, edition: &Edition) -> Frame {
    Frame { guide: edition.name.clone(), year: edition.year, home: house.address("/") }
}

/// Puts one mail into the outbox and rings the bell.
pub(super) fn send<W: Words>(
    connection: &mut Connection,
    house: &House,
    dedupe_key: String,
    to: Mailbox,
    reply_to: Option<String>,
    words: &W,
) -> Result<(), AppError> {
    outbox::put(connection, house.id(), house.now(), Envelope { dedupe_key, to, reply_to }, words)?;
    house.bell.notify_one();
    Ok(())
}

/// Sends the same words to every member of a company; whoever `answers` gets what they write back.
pub(super) fn send_to_members<W: Words>(
    connection: &mut Connection,
    house: &House,
    key: &str,
    company: CompanyId,
    answers: &str,
    words: &W,
) -> Result<(), AppError> {
    for (account, _) in accounts::members_of(connection, company)? {
        let to = Mailbox::new(&account.name, &account.email);
        send(connection, house, format!("{key}:{}", account.id), to, Some(answers.to_owned()), words)?;
    }
    Ok(())
}

/// Sends the same words to every editor; whoever `answers` gets what they write back.
pub(super) fn send_to_editors<W: Words>(
    connection: &mut Connection,
    house: &House,
    key: &str,
    answers: &str,
    words: &W,
) -> Result<(), AppError> {
    for account in accounts::editors(connection)? {
        let to = Mailbox::new(&account.name, &account.email);
        send(connection, house, format!("{key}:{}", account.id), to, Some(answers.to_owned()), words)?;
    }
    Ok(())
}

/// The open notes that the vendor sees, each with the way to its question.
pub(super) fn open_notes(house: &House, entry: &EntryInHand) -> Vec<OpenNote> {
    let questionnaire = &entry.edition.questionnaire;
    let open = entry.threads_for_vendor().filter(|thread| thread.is_open());
    open.map(|thread| {
        let place = thread.question.as_deref().and_then(|key| questionnaire.question(key).zip(questionnaire.page_of(key)));
        OpenNote {
            question: place.map(|(question, _)| question.label.clone()),
            body: said_in(thread),
            link: house.address(&match place {
                Some((question, page)) => format!("{}/{}#{}", entry.path(), page.key, question.key),
                None => entry.path(),
            }),
        }
    })
    .collect()
}

/// What a thread says: the note and, where somebody replied, all that was said, each with who said it.
fn said_in(thread: &Thread) -> String {
    match &thread.notes[..] {
        [only] => only.body.clone(),
        remarks => {
            remarks.iter().map(|remark| format!("{}: {}", isolated(&remark.by), remark.body)).collect::<Vec<_>>().join("\n\n")
        }
    }
}

/// The key of a mail about this very step of the entry.
pub(super) fn once(what: &str, house: &House, entry: &EntryInHand) -> String {
    format!("{what}:{}:{}", entry.entry.id, house.now().as_microsecond())
}

/// The entry that a mail with this key is about; none where it is about no step of one.
pub(super) fn entry_of(connection: &mut Connection, key: &str) -> Result<Option<EntryId>, AppError> {
    let Some(id) = key.split(':').nth(1).and_then(|id| id.parse::<EntryId>().ok()) else { return Ok(None) };
    // In other keys there stands somebody's account.
    Ok(entries::find(connection, id)?.map(|entry| entry.id))
}
