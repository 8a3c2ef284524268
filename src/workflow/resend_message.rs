//! An editor looks after the post: sees what was sent and what could not be, and sends it again.

use serde_json::json;

use super::history::part;
use super::{House, chronicle, post};
use crate::db::ids::MessageId;
use crate::db::{Connection, messages};
use crate::domain::{Access, Actor, Place, decide};
use crate::error::AppError;
use crate::mail::outbox::Content;

/// The messages on one page of the desk.
pub const ROWS: usize = 100;
/// The most messages of those that need somebody's eye.
const TROUBLED: i64 = 1000;

/// The post as the desk sees it.
#[derive(Debug, Clone)]
pub struct MessagesAtDesk {
    /// Those that were given up although they were still good for something, the newest first.
    pub failed: Vec<messages::Message>,
    /// Those that could not be sent yet and will be tried again, the newest first.
    pub held_back: Vec<messages::Message>,
    /// All kinds of them, the newest first: those of a page, with one more where another follows.
    pub newest: Vec<messages::Message>,
}

impl House {
    /// Sends a message again that was given up or waits for its next try, beginning with the first attempt. One that is on its
    /// way or has left is left as it is: a second click is harmless.
    ///
    /// # Errors
    /// [`AppError::NotThere`] unless the actor is an editor and there is such a message; [`AppError::Unusable`] for one
    /// that carried a secret, whose words are gone.
    pub async fn resend(&self, actor: &Actor, id: MessageId) -> Result<(), AppError> {
        let (house, editor) = (self.clone(), actor.clone());
        self.db.write(move |connection| resend(connection, &house, &editor, id)).await?;
        self.bell.notify_one();
        Ok(())
    }

    /// The messages of a page, and all that were given up or are held back.
    ///
    /// # Errors
    /// [`AppError::NotThere`] unless the actor is an editor.
    pub async fn messages_at_desk(&self, actor: &Actor, page: usize) -> Result<MessagesAtDesk, AppError> {
        require_editor(actor)?;
        let (limit, offset) = part(ROWS, page);
        self.db
            .read(move |connection| {
                Ok(MessagesAtDesk {
                    failed: messages::failed(connection, TROUBLED)?,
                    held_back: messages::held_back(connection, TROUBLED)?,
                    newest: messages::newest(connection, limit, offset)?,
                })
            })
            .await
    }

    /// How many messages were given up although they were still good for something, for where the desk begins.
    ///
    /// # Errors
    /// [`AppError::NotThere`] unless the actor is an editor.
    pub async fn failed_message_count(&self, actor: &Actor) -> Result<i64, AppError> {
        require_editor(actor)?;
        Ok(self.db.read(messages::failed_count).await?)
    }
}

/// Whether a message can be sent again: it was given up or is held back, and its words are still there.
pub fn may_resend(message: &messages::Message) -> bool {
    (message.failed_at.is_some() || message.is_held_back()) && Content::of(message).is_ok_and(|content| !content.is_wiped())
}

fn resend(connection: &mut Connection, house: &House, actor: &Actor, id: MessageId) -> Result<(), AppError> {
    require_editor(actor)?;
    let message = messages::find(connection, id)?.ok_or(AppError::NotThere)?;
    let waits = message.is_held_back() && message.claimed_until.is_none() && message.next_attempt_at.timestamp() > house.now();
    if message.failed_at.is_none() && !waits {
        return Ok(());
    }
    if !may_resend(&message) {
        return Err(AppError::Unusable(
            "This mail carried a link to sign in, which is not kept; whoever it was for asks for a new one on the sign-in page"
                .into(),
        ));
    }
    // Why it failed stays to be seen until it has left.
    let error = message.last_error.as_deref().unwrap_or_default();
    messages::mark_retry(connection, id, 0, house.now().into(), error)?;
    // To whom the desk's mails go is the desk's business.
    let details = json!({ "message": id, "kind": message.kind, "recipient": message.recipient, "internal": true });
    let entry = post::entry_of(connection, &message.dedupe_key)?;
    chronicle::record(connection, house, Some(actor), entry, "resend_message", details)
}

fn require_editor(actor: &Actor) -> Result<(), AppError> {
    match decide(Some(actor), Place::Desk) {
        Access::Granted => Ok(()),
        _ => Err(AppError::NotThere),
    }
}
