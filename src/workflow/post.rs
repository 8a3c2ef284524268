//! Mails of an act: what frames them, to whom they go, and into the outbox with them.

use super::House;
use crate::db::ids::CompanyId;
use crate::db::{Connection, accounts};
use crate::domain::Edition;
use crate::error::AppError;
use crate::mail::Mailbox;
use crate::mail::message::{Frame, Words};
use crate::mail::outbox::{self, Envelope};

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
