//! Letters to a mail server, over a connection that is kept and used again.

use std::{fmt, future::Future, time::Duration};

use lettre::{
    Message,
    transport::smtp::{
        Error,
        authentication::{self, DEFAULT_MECHANISMS},
        client::{AsyncSmtpConnection, TlsParameters},
        extension::ClientId,
    },
};
use tokio::{sync::Mutex, time::timeout};

use super::answer::Answer;
use super::dialogue::{authenticate, hand_over, parameters};
use super::{Encryption, Reason, SendError, SmtpServer};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(30);
/// A server may let somebody wait whose password is wrong, so that guessing takes long.
const SIGN_IN_TIMEOUT: Duration = Duration::from_secs(60);
/// A server may take long to look at a letter before it accepts it.
const SEND_TIMEOUT: Duration = Duration::from_secs(120);
const FAREWELL_TIMEOUT: Duration = Duration::from_secs(5);

/// The code of an answer that refuses user and password.
const REFUSES: u16 = 535;

/// A mail server, and a connection to it that is idle now.
///
/// The library's own pool is not used, for three reasons. It sets no limit to how long an answer
/// may take. A letter given up in the middle would go back into the pool with its connection and
/// mix up the next one. And it doesn't tell a refused letter from a server that accepts nobody.
pub struct Smtp {
    server: SmtpServer,
    idle: Mutex<Option<AsyncSmtpConnection>>,
}

impl Smtp {
    pub(super) fn new(server: SmtpServer) -> Self {
        Self { server, idle: Mutex::new(None) }
    }

    pub(super) async fn send(&self, message: &Message) -> Result<(), SendError> {
        let mut connection = self.connection().await?;
        let content = message.formatted();
        let parameters = parameters(&connection, message.envelope(), &content).map_err(|reason| self.not_for_it(reason))?;
        let sending = hand_over(&mut connection, message.envelope(), parameters, &content);
        match timeout(SEND_TIMEOUT, sending).await {
            Ok(Ok(())) => {
                self.keep(connection).await;
                Ok(())
            }
            Ok(Err(error)) => {
                // Nobody waits for what a server still says to that.
                tokio::spawn(async move { within(FAREWELL_TIMEOUT, connection.abort()).await });
                Err(self.sending_failed(&error))
            }
            Err(_elapsed) => Err(self.no_answer()),
        }
    }

    pub(super) async fn check(&self) -> Result<(), SendError> {
        let connection = self.connection().await?;
        self.keep(connection).await;
        Ok(())
    }

    async fn connection(&self) -> Result<AsyncSmtpConnection, SendError> {
        let idle = self.idle.lock().await.take();
        if let Some(mut connection) = idle
            && within(FAREWELL_TIMEOUT, connection.test_connected()).await == Some(true)
        {
            return Ok(connection);
        }
        let Ok(connected) = timeout(CONNECT_TIMEOUT, self.connect()).await else {
            return Err(self.no_answer());
        };
        let mut connection = connected.map_err(|error| self.connecting_failed(&error))?;
        self.sign_in(&mut connection).await?;
        Ok(connection)
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, Error> {
        let hello_name = self.server.hello_name.clone().map_or_else(ClientId::default, ClientId::Domain);
        let address = (self.server.host.as_str(), self.server.port());
        let encryption = self.server.encryption();
        let from_the_start = match encryption {
            Encryption::FromTheStart => Some(self.tls()?),
            _ => None,
        };
        let mut connection = AsyncSmtpConnection::connect_tokio1(address, None, &hello_name, from_the_start, None).await?;
        if self.asks_for_encryption(&connection) {
            connection.starttls(self.tls()?, &hello_name).await?;
        }
        Ok(connection)
    }

    fn asks_for_encryption(&self, connection: &AsyncSmtpConnection) -> bool {
        match self.server.encryption() {
            Encryption::Required => true,
            Encryption::Opportunistic => connection.can_starttls(),
            Encryption::FromTheStart | Encryption::None => false,
        }
    }

    fn tls(&self) -> Result<TlsParameters, Error> {
        TlsParameters::new(self.server.host.clone())
    }

    async fn sign_in(&self, connection: &mut AsyncSmtpConnection) -> Result<(), SendError> {
        let known = &self.server.credentials;
        let (Some(user), Some(password)) = (&known.user, &known.password) else {
            return Ok(());
        };
        let host = &self.server.host;
        let Some(mechanism) = connection.server_info().get_auth_mechanism(DEFAULT_MECHANISMS) else {
            let sentence = format!("The mail server {host} takes a password in no way that is known here (PLAIN, LOGIN).");
            return Err(SendError::Passing(sentence.into()));
        };
        let credentials = authentication::Credentials::new(user.clone(), password.clone());
        match timeout(SIGN_IN_TIMEOUT, authenticate(connection, mechanism, &credentials)).await {
            Ok(signed_in) => signed_in.map_err(|error| self.signing_in_failed(user, &error)),
            Err(_elapsed) => {
                let told = |whom: &str| format!("The mail server {host} did not say in time whether it lets {whom} in.");
                Err(SendError::NotLetIn(Reason::quoting(told(user), told("us"))))
            }
        }
    }

    /// Two letters at once use two connections; one of them is kept.
    async fn keep(&self, connection: AsyncSmtpConnection) {
        let superfluous = self.idle.lock().await.replace(connection);
        if let Some(mut superfluous) = superfluous {
            within(FAREWELL_TIMEOUT, superfluous.abort()).await;
        }
    }

    fn connecting_failed(&self, error: &Error) -> SendError {
        let host = &self.server.host;
        // The code is the server's answer, as for a letter, but no letter was shown to it yet.
        SendError::Passing(Answer::of(error).after(&match error.is_tls() {
            true => format!("No encrypted connection to the mail server {host}"),
            false => format!("No connection to the mail server {host}"),
        }))
    }

    /// It is tried again like a server that is away: the letter is good, and whoever mends the password need not send
    /// each one again.
    fn signing_in_failed(&self, user: &str, error: &Error) -> SendError {
        let host = &self.server.host;
        let refused = error.status().map(u16::from) == Some(REFUSES);
        let (told, for_the_log) = match refused {
            true => (
                format!("The mail server {host} refused the user name {user} or its password"),
                format!("The mail server {host} refused the user name or the password"),
            ),
            false => {
                (format!("The mail server {host} did not let {user} in"), format!("The mail server {host} did not let us in"))
            }
        };
        let answer = Answer::of(error);
        SendError::NotLetIn(Reason::quoting(answer.in_full(&told), answer.in_short(&for_the_log)))
    }

    fn sending_failed(&self, error: &Error) -> SendError {
        let host = &self.server.host;
        let answer = Answer::of(error);
        match error.status().map(u16::from) {
            Some(530 | 534 | 535 | 538) => {
                SendError::Passing(answer.after(&format!("The mail server {host} wants another way of signing in")))
            }
            Some(_) if error.is_permanent() => {
                SendError::Final(answer.after(&format!("The mail server {host} refused the letter")))
            }
            Some(_) => SendError::Passing(answer.after(&format!("The mail server {host} put the letter off"))),
            None => SendError::Passing(answer.after(&format!("The connection to the mail server {host} broke off"))),
        }
    }

    fn not_for_it(&self, reason: &str) -> SendError {
        SendError::Final(format!("The letter can't be sent through {}: {reason}.", self.server.host).into())
    }

    fn no_answer(&self) -> SendError {
        SendError::Passing(format!("The mail server {} did not answer in time.", self.server.host).into())
    }
}

async fn within<T>(limit: Duration, work: impl Future<Output = T>) -> Option<T> {
    timeout(limit, work).await.ok()
}

impl fmt::Debug for Smtp {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Smtp").field("server", &self.server).finish_non_exhaustive()
    }
}
