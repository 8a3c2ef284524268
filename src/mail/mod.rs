//! E-mail: what a letter is, how it leaves the house, and when a failed one is tried again.
//!
//! A [`Letter`] is complete: whoever writes one has already chosen the words. A [`Transport`] hands
//! it to a mail server, to a folder, or to a test. Nothing here knows the database.

mod letter;
mod mailbox;
pub mod message;
pub mod outbox;
mod retry;
mod transport;
pub mod worker;

pub use letter::{Letter, LetterError};
pub use mailbox::{Mailbox, MailboxError};
pub use retry::next_attempt;
pub use transport::{
    Credentials, Directory, Encryption, MailTarget, MailTargetError, SendError, Smtp, SmtpServer, Transport, Tray,
};
