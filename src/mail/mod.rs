//! E-mail: what is written, how it leaves the house, and when a failed letter is tried again.
//!
//! An act chooses a [`message`] and puts it into the [`outbox`], within its transaction. The [`worker`] takes it out
//! again, makes a [`Letter`] of it, and has a [`Transport`] hand that to a mail server, to a folder, or to a test.

mod letter;
mod mailbox;
pub mod message;
pub mod outbox;
mod patience;
mod plain;
mod retry;
mod transport;
pub mod worker;

pub use letter::{Letter, LetterError};
pub use mailbox::{Mailbox, MailboxError};
pub use patience::Patience;
pub use retry::{AWAITED, next_attempt};
pub use transport::{
    Credentials, Directory, Encryption, MailTarget, MailTargetError, Reason, SendError, Smtp, SmtpServer, Transport, Tray,
};
