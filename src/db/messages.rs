//! Messages: the outbox. Written within the transaction of what they tell about, sent afterwards.

use diesel::{dsl::auto_type, prelude::*};
use serde_json::Value;

use super::{
    Connection, DbError, Document, Moment,
    dialect::{self, insert_or_ignore as insert_row_or_ignore},
    ids::MessageId,
    schema::messages,
};

/// One e-mail.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = messages)]
pub struct Message {
    /// Its id.
    pub id: MessageId,
    /// What keeps the same message from being written twice.
    pub dedupe_key: String,
    /// Which of the mails it is.
    pub kind: String,
    /// To whom.
    pub recipient: String,
    /// Its subject.
    pub subject: String,
    /// What it is rendered from, or the rendered texts.
    pub content: Document<Value>,
    /// When it was written.
    pub created_at: Moment,
    /// How often sending it was tried.
    pub attempts: i32,
    /// Not before then.
    pub next_attempt_at: Moment,
    /// Until when a worker has it to itself.
    pub claimed_until: Option<Moment>,
    /// Why it could not be sent the last time.
    pub last_error: Option<String>,
    /// When it was sent.
    pub sent_at: Option<Moment>,
    /// When sending was given up.
    pub failed_at: Option<Moment>,
    /// Until when the secret in it is good for anything; none where there is none.
    pub secret_until: Option<Moment>,
}

impl Message {
    /// Whether a secret in it had run out at this moment.
    pub fn had_run_out(&self, at: Moment) -> bool {
        self.secret_until.is_some_and(|until| until < at)
    }

    /// Whether it was given up after its secret had run out: no server's fault that an editor could do anything about.
    pub fn came_too_late(&self) -> bool {
        self.failed_at.is_some_and(|failed_at| self.had_run_out(failed_at))
    }

    /// Whether it could not be sent yet, and will be tried again.
    pub fn is_held_back(&self) -> bool {
        self.sent_at.is_none() && self.failed_at.is_none() && self.last_error.is_some()
    }

    /// Whether it was given up although it was still good for something.
    pub fn has_failed(&self) -> bool {
        self.failed_at.is_some() && !self.came_too_late()
    }
}

/// The messages that [have failed](Message::has_failed).
#[auto_type(no_type_alias)]
fn have_failed() -> _ {
    let in_time = messages::secret_until.is_null().or(messages::failed_at.le(messages::secret_until));
    messages::failed_at.is_not_null().and(in_time)
}

/// Writes a message unless it is there already by its key; whether it was new.
pub fn insert_or_ignore(connection: &mut Connection, message: &Message) -> Result<bool, DbError> {
    let key = messages::dedupe_key;
    let inserted = insert_row_or_ignore!(connection, messages::table, message, key)?;
    Ok(inserted == 1)
}

/// The message with this id.
pub fn find(connection: &mut Connection, id: MessageId) -> Result<Option<Message>, DbError> {
    Ok(messages::table.find(id).select(Message::as_select()).get_result(connection).optional()?)
}

/// Takes up to `limit` messages that are due, the oldest first. Until `claim_until` no other worker
/// gets them; then they are due again, in case this one is gone. Within [`super::Db::write`] only.
pub fn claim_due(connection: &mut Connection, now: Moment, limit: i64, claim_until: Moment) -> Result<Vec<Message>, DbError> {
    let due = dialect::due_messages(connection, now, limit)?;
    if due.is_empty() {
        return Ok(Vec::new());
    }
    diesel::update(messages::table.filter(messages::id.eq_any(due.clone())))
        .set(messages::claimed_until.eq(claim_until))
        .execute(connection)?;
    Ok(messages::table
        .filter(messages::id.eq_any(due))
        .order((messages::next_attempt_at, messages::id))
        .select(Message::as_select())
        .load(connection)?)
}

/// Remembers that a message was sent, with one attempt more.
pub fn mark_sent(connection: &mut Connection, id: MessageId, now: Moment) -> Result<bool, DbError> {
    let unsent = messages::table.find(id).filter(messages::sent_at.is_null());
    let changed = diesel::update(unsent)
        .set((
            messages::sent_at.eq(now),
            messages::attempts.eq(messages::attempts + 1),
            messages::claimed_until.eq(None::<Moment>),
            messages::last_error.eq(None::<String>),
            messages::failed_at.eq(None::<Moment>),
        ))
        .execute(connection)?;
    Ok(changed == 1)
}

/// Puts a message back, to be tried again at `next_attempt_at`.
pub fn mark_retry(
    connection: &mut Connection,
    id: MessageId,
    attempts: i32,
    next_attempt_at: Moment,
    error: &str,
) -> Result<bool, DbError> {
    let unsent = messages::table.find(id).filter(messages::sent_at.is_null());
    let changed = diesel::update(unsent)
        .set((
            messages::attempts.eq(attempts),
            messages::next_attempt_at.eq(next_attempt_at),
            messages::last_error.eq(error),
            messages::claimed_until.eq(None::<Moment>),
            messages::failed_at.eq(None::<Moment>),
        ))
        .execute(connection)?;
    Ok(changed == 1)
}

/// Gives a message up. It stays, and can be put back with [`mark_retry`].
pub fn mark_failed(connection: &mut Connection, id: MessageId, attempts: i32, error: &str, now: Moment) -> Result<bool, DbError> {
    let unsent = messages::table.find(id).filter(messages::sent_at.is_null());
    let changed = diesel::update(unsent)
        .set((
            messages::attempts.eq(attempts),
            messages::last_error.eq(error),
            messages::failed_at.eq(now),
            messages::claimed_until.eq(None::<Moment>),
        ))
        .execute(connection)?;
    Ok(changed == 1)
}

/// Puts another content in place of a message's: what is left of one that must not be kept as it was.
pub fn set_content(connection: &mut Connection, id: MessageId, content: &Document<Value>) -> Result<bool, DbError> {
    let changed = diesel::update(messages::table.find(id)).set(messages::content.eq(content)).execute(connection)?;
    Ok(changed == 1)
}

/// The messages that were given up although they were still good for something, the newest first.
pub fn failed(connection: &mut Connection, limit: i64) -> Result<Vec<Message>, DbError> {
    Ok(messages::table
        .filter(have_failed())
        .order((messages::created_at.desc(), messages::id.desc()))
        .limit(limit)
        .select(Message::as_select())
        .load(connection)?)
}

/// The messages that could not be sent yet and will be tried again, the newest first.
pub fn held_back(connection: &mut Connection, limit: i64) -> Result<Vec<Message>, DbError> {
    Ok(messages::table
        .filter(messages::sent_at.is_null())
        .filter(messages::failed_at.is_null())
        .filter(messages::last_error.is_not_null())
        .order((messages::created_at.desc(), messages::id.desc()))
        .limit(limit)
        .select(Message::as_select())
        .load(connection)?)
}

/// All messages, the newest first.
pub fn newest(connection: &mut Connection, limit: i64, offset: i64) -> Result<Vec<Message>, DbError> {
    Ok(messages::table
        .order((messages::created_at.desc(), messages::id.desc()))
        .limit(limit)
        .offset(offset)
        .select(Message::as_select())
        .load(connection)?)
}

/// When the next message is due that no worker has to itself now.
pub fn next_due_at(connection: &mut Connection) -> Result<Option<Moment>, DbError> {
    Ok(messages::table
        .filter(messages::sent_at.is_null())
        .filter(messages::failed_at.is_null())
        .filter(messages::claimed_until.is_null())
        .order(messages::next_attempt_at)
        .select(messages::next_attempt_at)
        .first(connection)
        .optional()?)
}

/// How many messages were given up although they were still good for something.
pub fn failed_count(connection: &mut Connection) -> Result<i64, DbError> {
    Ok(messages::table.filter(have_failed()).count().get_result(connection)?)
}

/// How many messages are neither sent nor given up.
pub fn waiting_count(connection: &mut Connection) -> Result<i64, DbError> {
    Ok(messages::table
        .filter(messages::sent_at.is_null())
        .filter(messages::failed_at.is_null())
        .count()
        .get_result(connection)?)
}
