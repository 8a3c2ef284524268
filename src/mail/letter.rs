//! One e-mail, ready to be sent.

use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use lettre::{
    Message,
    address::Envelope,
    message::{
        MultiPart,
        header::{HeaderName, HeaderValue},
    },
};

use super::mailbox::{Mailbox, MailboxError};

/// One e-mail to one person, with everything that stands in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Unique and the same at every attempt, `id@host`, so that a letter that was sent twice after
    /// a broken connection is shown once.
    pub message_id: String,
    /// When it was written, not when it is sent.
    pub date: Timestamp,
    /// The guide.
    pub from: Mailbox,
    /// The person it is for.
    pub to: Mailbox,
    /// Where an answer goes, if not to `from`.
    pub reply_to: Option<Mailbox>,
    /// The subject line.
    pub subject: String,
    /// The whole letter as plain text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
}

/// A letter that can't be put together.
#[derive(Debug, thiserror::Error)]
pub enum LetterError {
    /// One of its addresses is not one.
    #[error(transparent)]
    Mailbox(#[from] MailboxError),
    /// The mail library refused it.
    #[error("The letter could not be put together: {0}.")]
    Message(#[from] lettre::error::Error),
}

impl Letter {
    /// The letter as it goes over the wire: text and HTML side by side, and the headers that keep
    /// holiday notices from being sent back.
    pub fn message(&self) -> Result<Message, LetterError> {
        let from = self.from.to_lettre()?;
        let to = self.to.to_lettre()?;
        let mut builder = Message::builder()
            // Given outright: the library would read it back from the headers' text.
            .envelope(Envelope::new(Some(from.email.clone()), vec![to.email.clone()])?)
            .message_id(Some(format!("<{}>", self.bare_message_id())))
            .date(date_for_header(self.date))
            .from(from)
            .to(to)
            .subject(self.subject.as_str())
            .raw_header(header("Auto-Submitted", "auto-generated"))
            .raw_header(header("X-Auto-Response-Suppress", "All"));
        if let Some(reply_to) = &self.reply_to {
            builder = builder.reply_to(reply_to.to_lettre()?);
        }
        let body = MultiPart::alternative_plain_html(self.text.clone(), self.html.clone());
        Ok(builder.multipart(body)?)
    }

    /// The message id without the angle brackets that some write around it.
    pub(super) fn bare_message_id(&self) -> &str {
        self.message_id.trim().trim_start_matches('<').trim_end_matches('>')
    }
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

/// The library panics on years it can't print, so they are kept from it.
fn date_for_header(date: Timestamp) -> SystemTime {
    const LAST_PRINTABLE_SECOND: u64 = 253_402_300_799;
    let seconds = u64::try_from(date.as_second()).unwrap_or(0).min(LAST_PRINTABLE_SECOND);
    SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
}

#[cfg(test)]
#[path = "letter_tests.rs"]
mod tests;
