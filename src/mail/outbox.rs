//! Putting a mail into the outbox: inside the transaction of what it tells about, and nowhere else.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Mailbox, message::Words};
use crate::db::ids::MessageId;
use crate::db::{Connection, Document, messages};
use crate::error::AppError;

/// What is stored of a mail's words until it is sent, and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// The person's name; empty if it is not known.
    pub name: String,
    /// Where an answer goes, if not to the guide.
    pub reply_to: Option<String>,
    /// The plain text.
    pub text: String,
    /// The HTML.
    pub html: String,
}

impl Content {
    /// What is stored of this message's words.
    ///
    /// # Errors
    /// [`AppError::Broken`] when it is something else.
    pub fn of(message: &messages::Message) -> Result<Self, AppError> {
        Self::deserialize(&message.content.0).map_err(AppError::broken)
    }

    /// The same without its words: what is kept of a secret that has done its work.
    #[must_use]
    pub fn wiped(self) -> Self {
        Self { text: String::new(), html: String::new(), ..self }
    }

    /// Whether its words are gone.
    pub fn is_wiped(&self) -> bool {
        self.text.is_empty()
    }

    /// As the database keeps it.
    ///
    /// # Errors
    /// What the serializer says.
    pub fn document(&self) -> Result<Document<Value>, AppError> {
        serde_json::to_value(self).map(Document).map_err(AppError::broken)
    }
}

/// To whom a mail goes, and how it is told from others.
#[derive(Debug, Clone)]
pub struct Envelope {
    /// The same for the same mail: a second one with this key is not written.
    pub dedupe_key: String,
    /// To whom.
    pub to: Mailbox,
    /// Where an answer goes, if not to the guide.
    pub reply_to: Option<String>,
}

/// Puts a mail into the outbox. It is due at once.
///
/// # Errors
/// What the template or the database says.
pub fn put<W: Words>(
    connection: &mut Connection,
    id: MessageId,
    now: Timestamp,
    envelope: Envelope,
    words: &W,
) -> Result<(), AppError> {
    let content = Content {
        name: envelope.to.name.clone().unwrap_or_default(),
        reply_to: envelope.reply_to,
        text: words.text()?,
        html: words.html()?,
    };
    let message = messages::Message {
        id,
        dedupe_key: envelope.dedupe_key,
        kind: W::KIND.to_owned(),
        recipient: envelope.to.address,
        subject: words.subject(),
        content: content.document()?,
        created_at: now.into(),
        attempts: 0,
        next_attempt_at: now.into(),
        claimed_until: None,
        last_error: None,
        sent_at: None,
        failed_at: None,
        secret_until: words.secret_until().map(Into::into),
    };
    messages::insert_or_ignore(connection, &message)?;
    Ok(())
}
