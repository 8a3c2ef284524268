//! How letters leave: to a mail server, into a folder, or into a test's hands.

mod answer;
mod dialogue;
mod directory;
mod smtp;
mod target;
mod tray;

pub use directory::Directory;
pub use smtp::Smtp;
pub use target::{Credentials, Encryption, MailTarget, MailTargetError, SmtpServer};
pub use tray::Tray;

use std::fmt;

use super::letter::{Letter, LetterError};

/// Where letters go.
#[derive(Debug)]
pub enum Transport {
    /// To a mail server.
    Smtp(Box<Smtp>),
    /// Into a folder, one file a letter: what a new installation does.
    File(Directory),
    /// Into memory, for tests.
    Memory(Tray),
}

/// Why a letter was not sent, in a sentence for the desk.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// It may go better later: the server was away, was busy, or is set up wrongly. Nothing is
    /// wrong with the letter, so it is tried again.
    #[error("{0}")]
    Passing(Reason),
    /// The server did not let us in, with the user and password that it was given. Nothing is wrong with the letter, but
    /// who asks on and on may be locked out.
    #[error("{0}")]
    NotLetIn(Reason),
    /// It will not go better: the letter or its address was refused.
    #[error("{0}")]
    Final(Reason),
}

impl SendError {
    /// Whether the letter is to be tried again.
    pub fn is_passing(&self) -> bool {
        !matches!(self, Self::Final(_))
    }

    /// The reason without the words of others.
    pub fn for_the_log(&self) -> &str {
        let (Self::Passing(reason) | Self::NotLetIn(reason) | Self::Final(reason)) = self;
        &reason.for_the_log
    }
}

impl From<LetterError> for SendError {
    fn from(error: LetterError) -> Self {
        Self::Final(Reason::quoting(error.to_string(), "The letter could not be put together.".to_owned()))
    }
}

/// What was in the way, told twice: servers repeat addresses, which are nobody's business but the desk's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    whole: String,
    for_the_log: String,
}

impl Reason {
    /// One that repeats what somebody else said, and the same without it.
    pub fn quoting(whole: String, for_the_log: String) -> Self {
        Self { whole, for_the_log }
    }
}

/// One in our own words, which name nobody.
impl From<String> for Reason {
    fn from(sentence: String) -> Self {
        Self { for_the_log: sentence.clone(), whole: sentence }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.whole)
    }
}

impl Transport {
    /// The transport for a target. Nothing is connected to or created yet: see
    /// [`check`](Self::check).
    pub fn open(target: &MailTarget) -> Result<Self, MailTargetError> {
        match target {
            MailTarget::File(path) => Ok(Self::File(Directory::new(path))),
            MailTarget::Smtp(server) => {
                server.require_whole_credentials()?;
                Ok(Self::Smtp(Box::new(Smtp::new(server.clone()))))
            }
        }
    }

    /// A transport that keeps what is sent, and the tray it is kept in.
    pub fn memory() -> (Self, Tray) {
        let tray = Tray::default();
        (Self::Memory(tray.clone()), tray)
    }

    /// Sends one letter.
    pub async fn send(&self, letter: &Letter) -> Result<(), SendError> {
        let message = letter.message()?;
        match self {
            Self::Smtp(smtp) => smtp.send(&message).await,
            Self::File(directory) => directory.write(letter, message.formatted()).await,
            Self::Memory(tray) => {
                tray.put(letter.clone());
                Ok(())
            }
        }
    }

    /// Whether letters could be sent now: the server answers and accepts the password, or the
    /// folder can be written to. Nothing is sent.
    pub async fn check(&self) -> Result<(), SendError> {
        match self {
            Self::Smtp(smtp) => smtp.check().await,
            Self::File(directory) => directory.check().await,
            Self::Memory(_) => Ok(()),
        }
    }
}
