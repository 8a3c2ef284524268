//! Where letters go, read from one line of configuration.

use std::{fmt, net::IpAddr, path::PathBuf, str::FromStr};

use percent_encoding::percent_decode_str;
use url::{Host, Url};

/// Where letters go:
///
/// * `file:DIR`: into a folder;
/// * `smtps://user:password@host:port`: to a mail server, encrypted from the start (port 465);
/// * `smtp://user:password@host:port?tls=…`: to a mail server that is asked to encrypt (STARTTLS).
///   `tls=required` (port 587) sends nothing unless it does, `opportunistic` (port 587) goes on
///   without, `none` (port 25) doesn't ask. Left out, it is `none` on this machine, `required` where a
///   password is sent, and `opportunistic` elsewhere.
///
/// User and password may be left out; what is not a letter or digit in them is percent-encoded. A
/// path, `smtp://host/guide.example.com`, is the name given in the greeting instead of the host
/// name. Neither `Debug` nor `Display` shows the password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MailTarget {
    /// A folder.
    File(PathBuf),
    /// A mail server.
    Smtp(SmtpServer),
}

/// A mail server and how to talk to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SmtpServer {
    /// Name or address.
    pub host: String,
    /// Only if it is not the usual one: see [`port`](Self::port).
    pub port: Option<u16>,
    /// Only if it was asked for: see [`encryption`](Self::encryption).
    pub encryption: Option<Encryption>,
    /// The name this machine gives in the greeting, if not its host name.
    pub hello_name: Option<String>,
    /// User and password.
    pub credentials: Credentials,
}

/// User and password at the mail server: both or neither.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Credentials {
    /// The user.
    pub user: Option<String>,
    /// The password.
    pub password: Option<String>,
}

/// How the connection to a mail server is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encryption {
    /// TLS before the first word.
    FromTheStart,
    /// STARTTLS, or nothing is sent.
    Required,
    /// STARTTLS if the server offers it.
    Opportunistic,
    /// None at all.
    None,
}

/// A target that can't be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MailTargetError {
    /// Neither a folder nor a mail server.
    #[error("Mail goes to file:FOLDER, smtp://HOST or smtps://HOST; this begins with none of them.")]
    Scheme,
    /// A folder without a name, or on another machine.
    #[error("file: needs a folder after it, as in file:./data/mail.")]
    Folder,
    /// Not a URL.
    #[error("The address of the mail server can't be read: {0}. In user and password write @ as %40, # as %23, / as %2F.")]
    Unreadable(String),
    /// A URL without a host.
    #[error("The address of the mail server names no host.")]
    Host,
    /// An unknown kind of protection.
    #[error("tls={0} is not known: it is required, opportunistic or none, and only with smtp://.")]
    Encryption(String),
    /// An unknown parameter.
    #[error("“{0}” is not known in the address of a mail server: only tls= may stand after the question mark.")]
    Parameter(String),
    /// Half of what it takes to sign in.
    #[error("The mail server has a user but no password, or a password but no user: give both or neither.")]
    Credentials,
    /// A folder asks for no password.
    #[error("Only a mail server has a user and a password: letters go into a folder here.")]
    CredentialsForFolder,
}

impl MailTarget {
    /// Fills in user and password where they stand apart from the address; what is given here wins.
    pub fn with_credentials(mut self, user: Option<String>, password: Option<String>) -> Result<Self, MailTargetError> {
        match &mut self {
            Self::File(_) if user.is_some() || password.is_some() => {
                return Err(MailTargetError::CredentialsForFolder);
            }
            Self::File(_) => {}
            Self::Smtp(server) => {
                let known = &mut server.credentials;
                known.user = user.or(known.user.take());
                known.password = password.or(known.password.take());
                server.require_whole_credentials()?;
            }
        }
        Ok(self)
    }
}

impl SmtpServer {
    /// The port to connect to.
    pub fn port(&self) -> u16 {
        self.port.unwrap_or(match self.encryption() {
            Encryption::FromTheStart => 465,
            Encryption::Required | Encryption::Opportunistic => 587,
            Encryption::None => 25,
        })
    }

    /// How the connection is protected: as asked for, or so that no password crosses a network in
    /// the clear.
    pub fn encryption(&self) -> Encryption {
        self.encryption.unwrap_or(match () {
            () if self.is_this_machine() => Encryption::None,
            () if self.credentials.password.is_some() => Encryption::Required,
            () => Encryption::Opportunistic,
        })
    }

    fn is_this_machine(&self) -> bool {
        let is_loopback = |address: IpAddr| address.is_loopback();
        self.host == "localhost" || self.host.parse().is_ok_and(is_loopback)
    }

    pub(super) fn require_whole_credentials(&self) -> Result<(), MailTargetError> {
        match (&self.credentials.user, &self.credentials.password) {
            (Some(_), Some(_)) | (None, None) => Ok(()),
            _ => Err(MailTargetError::Credentials),
        }
    }

    fn read(text: &str) -> Result<Self, MailTargetError> {
        let url = Url::parse(text).map_err(|error| MailTargetError::Unreadable(error.to_string()))?;
        if url.fragment().is_some() {
            return Err(MailTargetError::Unreadable("there is a # in it".to_owned()));
        }
        Ok(Self {
            host: host_of(&url)?,
            port: url.port(),
            encryption: encryption_of(&url)?,
            hello_name: Some(url.path().trim_matches('/').to_owned()).filter(|name| !name.is_empty()),
            credentials: Credentials {
                user: Some(url.username()).filter(|user| !user.is_empty()).map(decoded).transpose()?,
                password: url.password().map(decoded).transpose()?,
            },
        })
    }
}

fn host_of(url: &Url) -> Result<String, MailTargetError> {
    match url.host() {
        Some(Host::Domain(name)) if !name.is_empty() => Ok(name.to_lowercase()),
        Some(Host::Ipv4(address)) => Ok(address.to_string()),
        Some(Host::Ipv6(address)) => Ok(address.to_string()),
        _ => Err(MailTargetError::Host),
    }
}

fn encryption_of(url: &Url) -> Result<Option<Encryption>, MailTargetError> {
    let always = url.scheme() == "smtps";
    let mut encryption = always.then_some(Encryption::FromTheStart);
    for (name, value) in url.query_pairs() {
        encryption = match (&*name, &*value) {
            ("tls", "required") if !always => Some(Encryption::Required),
            ("tls", "opportunistic") if !always => Some(Encryption::Opportunistic),
            ("tls", "none") if !always => Some(Encryption::None),
            ("tls", other) => return Err(MailTargetError::Encryption(other.to_owned())),
            (other, _) => return Err(MailTargetError::Parameter(other.to_owned())),
        };
    }
    Ok(encryption)
}

fn decoded(text: &str) -> Result<String, MailTargetError> {
    let text = percent_decode_str(text).decode_utf8();
    let unreadable = |_| MailTargetError::Unreadable("user or password is not UTF-8".to_owned());
    Ok(text.map_err(unreadable)?.into_owned())
}

impl FromStr for MailTarget {
    type Err = MailTargetError;

    fn from_str(text: &str) -> Result<Self, MailTargetError> {
        let text = text.trim();
        if text.starts_with("smtp://") || text.starts_with("smtps://") {
            return SmtpServer::read(text).map(Self::Smtp);
        }
        let folder = text.strip_prefix("file:").ok_or(MailTargetError::Scheme)?;
        match folder.strip_prefix("//").unwrap_or(folder) {
            "" => Err(MailTargetError::Folder),
            // After two slashes a host would stand, and only the empty one makes sense.
            path if folder.starts_with("//") && !path.starts_with('/') => Err(MailTargetError::Folder),
            path => Ok(Self::File(PathBuf::from(path))),
        }
    }
}

impl fmt::Display for MailTarget {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => write!(formatter, "file:{}", path.display()),
            Self::Smtp(server) => server.fmt(formatter),
        }
    }
}

impl fmt::Display for SmtpServer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (scheme, tls) = match self.encryption() {
            Encryption::FromTheStart => ("smtps", ""),
            Encryption::Required => ("smtp", "?tls=required"),
            Encryption::Opportunistic => ("smtp", "?tls=opportunistic"),
            Encryption::None => ("smtp", "?tls=none"),
        };
        write!(formatter, "{scheme}://")?;
        if let Some(user) = &self.credentials.user {
            write!(formatter, "{user}@")?;
        }
        match self.host.contains(':') {
            true => write!(formatter, "[{}]", self.host)?,
            false => formatter.write_str(&self.host)?,
        }
        write!(formatter, ":{}{tls}", self.port())
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let password = self.password.as_ref().map(|_| "…");
        formatter.debug_struct("Credentials").field("user", &self.user).field("password", &password).finish()
    }
}

#[cfg(test)]
#[path = "target_tests.rs"]
mod tests;
