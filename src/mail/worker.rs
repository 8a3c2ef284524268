//! The worker that empties the outbox: claim, commit, send, record.
//!
//! Nothing is dropped. A worker that ends between sending a letter and recording it leaves its claim behind; once that
//! has run out, the letter is sent a second time, with the same Message-ID, by which mail programs show it once. Only a
//! letter whose secret has run out, such as the link to sign in, is not sent any more; it is kept like any other.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;
use jiff::SignedDuration;
use tokio::sync::Notify;
use tokio::time::timeout;

use super::outbox::Content;
use super::{AWAITED, Letter, Mailbox, Patience, Reason, SendError, Transport, next_attempt};
use crate::db::messages::{self, Message};
use crate::db::{Connection, Db, Moment};
use crate::domain::Clock;
use crate::error::AppError;

/// How long a worker has its messages to itself: longer than the slowest server may take for one.
const CLAIM: SignedDuration = SignedDuration::from_mins(5);
/// How many are claimed and sent at once. All of them begin at the same time, so that none outlives its claim waiting
/// for another, and a server that is away keeps a new message waiting for one time-out and not for fifty.
const AT_ONCE: i64 = 4;
/// How long to wait at most: messages of other instances' and the clock are looked at that often.
const LONGEST_WAIT: Duration = Duration::from_secs(30);
/// The bell is rung within a transaction, a moment before others can see its message. So, once it has rung, the
/// outbox is looked at again soon.
const WAIT_AFTER_BELL: Duration = Duration::from_secs(1);
/// How long to wait at least: what goes wrong again and again must not do so without a pause.
const SHORTEST_WAIT: Duration = Duration::from_millis(100);

/// Takes mails out of the outbox and sends them.
pub struct Post {
    /// Where the outbox is.
    pub db: Db,
    /// What time it is.
    pub clock: Clock,
    /// Rung when something was put into the outbox.
    pub bell: Arc<Notify>,
    /// How mails leave.
    pub transport: Arc<Transport>,
    /// The address that they come from.
    pub from: Mailbox,
    /// The host that their ids end with.
    pub host: String,
    /// Until when a mail server is left alone that let nobody in.
    pub patience: Patience,
}

/// What became of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Delivered {
    Sent,
    NotSent,
    /// It came too late: no server was asked.
    NotTried,
}

impl Post {
    /// Sends what is due, for ever. A database that is away is waited for.
    pub async fn run(self) {
        let mut rung = false;
        loop {
            if let Err(error) = self.deliver_due().await {
                warn_or_worse(&error);
            }
            let wait = if rung { WAIT_AFTER_BELL.min(self.wait().await) } else { self.wait().await };
            rung = timeout(wait, self.bell.notified()).await.is_ok();
        }
    }

    /// Sends all messages that are due, and says how many have left. Those that could not be sent are due again later,
    /// or have failed for good. The first goes alone: where the server does not let us in, the others are left for the next
    /// round.
    ///
    /// # Errors
    /// What the database says. What was sent and could not be recorded is sent again when its claim has run out.
    pub async fn deliver_due(&self) -> Result<usize, AppError> {
        let (mut sent, mut at_once) = (0, 1);
        while self.patience.until(self.clock.now()).is_none() {
            let claimed = self.claim(at_once).await?;
            if claimed.is_empty() {
                break;
            }
            // Each is recorded as soon as it is sent, and all of them whatever becomes of one.
            for delivered in join_all(claimed.into_iter().map(|message| self.deliver(message))).await {
                let delivered = delivered?;
                sent += usize::from(delivered == Delivered::Sent);
                at_once = if delivered == Delivered::NotTried { at_once } else { AT_ONCE };
            }
        }
        Ok(sent)
    }

    async fn claim(&self, at_once: i64) -> Result<Vec<Message>, AppError> {
        let now = self.clock.now();
        let claim_until = (now + CLAIM).into();
        let claimed = self.db.write(move |connection| messages::claim_due(connection, now.into(), at_once, claim_until));
        Ok(claimed.await?)
    }

    /// Sends one message and records what came of it.
    async fn deliver(&self, message: Message) -> Result<Delivered, AppError> {
        let now = self.clock.now().into();
        if message.had_run_out(now) {
            return self.leave_unsent(message, now).await;
        }
        let outcome = match Content::of(&message) {
            Ok(content) => self.transport.send(&self.letter(&message, content)).await,
            Err(error) => Err(unreadable(&error)),
        };
        self.patience.heed(&outcome, self.clock.now());
        let delivered = if outcome.is_ok() { Delivered::Sent } else { Delivered::NotSent };
        if let Err(error) = &outcome {
            let (kind, attempts, why) = (&message.kind, attempts(&message, error), error.for_the_log());
            tracing::warn!(mail = %message.id, kind, attempts, why, "a mail was not sent; Messages on the desk has all that was said");
        }
        let clock = self.clock.clone();
        self.db.write(move |connection| record(connection, &clock, &message, &outcome)).await?;
        Ok(delivered)
    }

    /// Records that a message came too late. Nobody is helped by a link that leads nowhere.
    async fn leave_unsent(&self, message: Message, now: Moment) -> Result<Delivered, AppError> {
        tracing::warn!(mail = %message.id, kind = message.kind, attempts = message.attempts, "a mail came too late to be sent");
        self.db.write(move |connection| give_up(connection, &message, message.attempts, &too_late(&message), now)).await?;
        Ok(Delivered::NotTried)
    }

    fn letter(&self, message: &Message, content: Content) -> Letter {
        Letter {
            message_id: format!("{}@{}", message.id, self.host),
            date: message.created_at.timestamp(),
            from: self.from.clone(),
            to: Mailbox::new(&content.name, &message.recipient),
            reply_to: content.reply_to.map(|address| Mailbox::new("", &address)),
            subject: message.subject.clone(),
            text: content.text,
            html: content.html,
        }
    }

    /// How long there is nothing to do, unless the bell rings.
    async fn wait(&self) -> Duration {
        let now = self.clock.now();
        match self.db.read(messages::next_due_at).await {
            Ok(Some(due)) => {
                let due = self.patience.until(now).max(Some(due.timestamp())).unwrap_or(now);
                let until = Duration::try_from(due.duration_since(now)).unwrap_or_default();
                until.clamp(SHORTEST_WAIT, LONGEST_WAIT)
            }
            Ok(None) => LONGEST_WAIT,
            Err(error) => {
                tracing::warn!(%error, "when the next mail is due is not known");
                LONGEST_WAIT
            }
        }
    }
}

/// Records what came of an attempt to send a message.
fn record(
    connection: &mut Connection,
    clock: &Clock,
    message: &Message,
    outcome: &Result<(), SendError>,
) -> Result<(), AppError> {
    let (id, now) = (message.id, clock.now());
    let Err(error) = outcome else {
        messages::mark_sent(connection, id, now.into())?;
        return wipe_secret(connection, message);
    };
    let attempts = attempts(message, error);
    let after = |pause: SignedDuration| Moment::from(now + pause);
    let due = match (error, message.secret_until) {
        (SendError::Final(_), _) => None,
        // It stays due: how long the server is left alone is known to who asked, and forgotten at a start.
        (SendError::NotLetIn(_), _) => Some(message.next_attempt_at),
        (SendError::Passing(_), Some(_)) => Some(after(AWAITED)),
        (SendError::Passing(_), None) => next_attempt(attempts.unsigned_abs()).map(after),
    };
    match due {
        Some(due) => messages::mark_retry(connection, id, attempts, due, &error.to_string()).map(drop).map_err(AppError::from),
        None => give_up(connection, message, attempts, &error.to_string(), now.into()),
    }
}

/// How often sending it was tried by now. A server that lets nobody in was not shown the mail.
fn attempts(message: &Message, error: &SendError) -> i32 {
    message.attempts.saturating_add(i32::from(!matches!(error, SendError::NotLetIn(_))))
}

/// A message that is no mail. What is wrong with it may repeat what stands in it.
fn unreadable(error: &AppError) -> SendError {
    let whole = format!("The message can’t be read: {error}.");
    SendError::Final(Reason::quoting(whole, "The message can’t be read.".to_owned()))
}

/// A database that is away is somebody else's trouble; all else is our own.
fn warn_or_worse(error: &AppError) {
    const TOLD: &str = "the outbox could not be emptied; it is tried again";
    if error.is_away() {
        tracing::warn!(%error, "{TOLD}");
    } else {
        tracing::error!(%error, "{TOLD}");
    }
}

/// Why a mail is not sent any more whose secret has run out, with what kept it.
fn too_late(message: &Message) -> String {
    let before = message.last_error.as_deref().unwrap_or_default();
    format!("The link in it ran out before it could be sent. {before}").trim_end().to_owned()
}

fn give_up(connection: &mut Connection, message: &Message, attempts: i32, why: &str, now: Moment) -> Result<(), AppError> {
    messages::mark_failed(connection, message.id, attempts, why, now)?;
    wipe_secret(connection, message)
}

/// Wipes the words of a mail that carries a secret, once nobody is going to send them any more.
fn wipe_secret(connection: &mut Connection, message: &Message) -> Result<(), AppError> {
    // What can't be read was recorded as failed; there is nothing in it that could be told apart as words.
    if let (Some(_), Ok(content)) = (message.secret_until, Content::of(message)) {
        messages::set_content(connection, message.id, &content.wiped().document()?)?;
    }
    Ok(())
}
