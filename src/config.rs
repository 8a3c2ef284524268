//! Flags and `ALMANAC_…` variables into a [`Config`], with all errors at once.

use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use clap::Args;
use tracing_subscriber::EnvFilter;
use url::Url;

use crate::db::DatabaseUrl;
use crate::guide::Reach;
use crate::mail::{MailTarget, MailTargetError, Mailbox};
use crate::writable;

/// The flags that every command takes. Each has an `ALMANAC_…` variable.
#[derive(Debug, Clone, Args)]
pub struct Flags {
    /// The address to listen on
    #[arg(long, env = "ALMANAC_LISTEN", default_value = "127.0.0.1:8080", global = true)]
    pub listen: String,
    /// The address at which people reach the guide; http://LISTEN if not given
    #[arg(long, env = "ALMANAC_PUBLIC_URL", global = true)]
    pub public_url: Option<String>,
    /// The folder for everything that is kept
    #[arg(long, env = "ALMANAC_DATA_DIR", default_value = "data", global = true)]
    pub data_dir: PathBuf,
    /// sqlite:PATH or postgres://…; an SQLite file in the data folder if not given
    #[arg(long, env = "ALMANAC_DATABASE_URL", hide_env_values = true, global = true)]
    pub database_url: Option<String>,
    /// file:DIR, smtp://… or smtps://…; files in the data folder if not given
    #[arg(long, env = "ALMANAC_MAIL", hide_env_values = true, global = true)]
    pub mail: Option<String>,
    /// The user name for the mail server, where it is not in its address
    #[arg(long, env = "ALMANAC_MAIL_USER", hide_env_values = true, global = true)]
    pub mail_user: Option<String>,
    /// The password for the mail server, where it is not in its address
    #[arg(long, env = "ALMANAC_MAIL_PASSWORD", hide_env_values = true, global = true)]
    pub mail_password: Option<String>,
    /// The address that mails come from
    #[arg(long, env = "ALMANAC_MAIL_FROM", default_value = "Almanac <almanac@localhost>", global = true)]
    pub mail_from: String,
    /// The folder of the editions' definitions; if not given, guides, or those in the program where there is none
    #[arg(long, env = "ALMANAC_GUIDES_DIR", global = true)]
    pub guides_dir: Option<PathBuf>,
    /// How many proxies stand before the server: the sender's address is taken from X-Forwarded-For
    #[arg(long, env = "ALMANAC_PROXIES", default_value = "0", allow_negative_numbers = true, global = true)]
    pub proxies: String,
    /// What readers' pages lead to: server (search, comparison, sign-in, …) or files (what an exported site has)
    #[arg(long, env = "ALMANAC_REACH", default_value = "server", global = true)]
    pub reach: String,
    /// What is logged, as in RUST_LOG
    #[arg(long, env = "ALMANAC_LOG", default_value = "info", global = true)]
    pub log: String,
}

/// What the program runs with.
#[derive(Debug, Clone)]
pub struct Config {
    /// The address to listen on.
    pub listen: SocketAddr,
    /// The address at which people reach the guide, without a slash at its end; none: wherever it listens.
    pub public_url: Option<Url>,
    /// The folder for everything that is kept.
    pub data_dir: PathBuf,
    /// The database.
    pub database: DatabaseUrl,
    /// Where mails go.
    pub mail: MailTarget,
    /// The address that mails come from.
    pub mail_from: Mailbox,
    /// The folder of the editions' definitions; where there is none, those in the program are taken.
    pub guides_dir: PathBuf,
    /// How many proxies stand before the server.
    pub proxies: usize,
    /// What readers' pages lead to.
    pub reach: Reach,
}

/// Everything that is wrong with the configuration, a sentence each.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub struct ConfigErrors(pub Vec<String>);

impl Flags {
    /// Reads the flags into a configuration, and makes the data folder.
    ///
    /// # Errors
    /// [`ConfigErrors`], all at once, each naming its flag and variable.
    pub fn config(&self) -> Result<Config, ConfigErrors> {
        self.read(writable::made)
    }

    /// The same without making anything: a data folder that is missing is right if it could be made.
    ///
    /// # Errors
    /// As [`Flags::config`].
    pub fn look(&self) -> Result<Config, ConfigErrors> {
        self.read(writable::could_be_made)
    }

    /// Where mails go.
    ///
    /// # Errors
    /// That it is no target, or that its user stands twice.
    pub fn mail_target(&self) -> Result<MailTarget, MailTargetError> {
        let files = format!("file:{}", self.data_dir.join("mail").display());
        let target = self.mail.as_deref().unwrap_or(&files).parse::<MailTarget>()?;
        target.with_credentials(self.mail_user.clone(), self.mail_password.clone())
    }

    /// The folder of the editions' definitions, which need not be there where none is named.
    pub fn guides_folder(&self) -> PathBuf {
        self.guides_dir.clone().unwrap_or_else(|| PathBuf::from("guides"))
    }

    fn read(&self, writable: fn(&Path) -> io::Result<()>) -> Result<Config, ConfigErrors> {
        let mut errors = Vec::new();
        let mut keep = |name: &str, error: String| errors.push(format!("{name}: {error}"));
        let listen = self.listen.parse::<SocketAddr>();
        if listen.is_err() {
            keep("--listen (ALMANAC_LISTEN)", format!("\"{}\" is no address with a port, like 127.0.0.1:8080", self.listen));
        }
        let public_url = self.public_url.as_deref().map(public_url).transpose();
        if let Err(error) = &public_url {
            keep("--public-url (ALMANAC_PUBLIC_URL)", error.clone());
        }
        if let Err(error) = writable(&self.data_dir) {
            keep("--data-dir (ALMANAC_DATA_DIR)", format!("{} cannot be written to: {error}", self.data_dir.display()));
        }
        let sqlite = format!("sqlite:{}", self.data_dir.join("almanac.sqlite").display());
        let database = self.database_url.as_deref().unwrap_or(&sqlite).parse::<DatabaseUrl>();
        if let Err(error) = &database {
            keep("--database-url (ALMANAC_DATABASE_URL)", error.to_string());
        }
        let mail = self.mail_target();
        if let Err(error) = &mail {
            keep("--mail (ALMANAC_MAIL)", error.to_string());
        }
        let mail_from = self.mail_from.parse::<Mailbox>();
        if mail_from.is_err() {
            keep(
                "--mail-from (ALMANAC_MAIL_FROM)",
                format!("\"{}\" is no mail address, like Guide <guide@example.com>", self.mail_from),
            );
        }
        let proxies = self.proxies.parse::<usize>();
        if proxies.is_err() {
            keep("--proxies (ALMANAC_PROXIES)", format!("\"{}\" is no whole number", self.proxies));
        }
        let reach = self.reach.parse::<Reach>();
        if let Err(error) = &reach {
            keep("--reach (ALMANAC_REACH)", error.clone());
        }
        if let Err(error) = self.log.parse::<EnvFilter>() {
            keep("--log (ALMANAC_LOG)", format!("\"{}\" does not say what is logged, like info or warn: {error}", self.log));
        }
        if let Some(folder) = self.guides_dir.as_deref().filter(|folder| !folder.is_dir()) {
            keep("--guides-dir (ALMANAC_GUIDES_DIR)", format!("there is no folder {}", folder.display()));
        }
        match (listen, public_url, database, mail, mail_from, proxies, reach) {
            (Ok(listen), Ok(public_url), Ok(database), Ok(mail), Ok(mail_from), Ok(proxies), Ok(reach)) if errors.is_empty() => {
                Ok(Config {
                    listen,
                    public_url,
                    data_dir: self.data_dir.clone(),
                    database,
                    mail,
                    mail_from,
                    guides_dir: self.guides_folder(),
                    proxies,
                    reach,
                })
            }
            _ => Err(ConfigErrors(errors)),
        }
    }
}

fn public_url(text: &str) -> Result<Url, String> {
    let refusal = || format!("\"{text}\" is no address like https://guide.example.com");
    // Also of what is no address at all: a password is not repeated.
    if text.contains('@') {
        return Err("a user or a password stands in it, which everybody would read: leave them out".to_owned());
    }
    let url = Url::parse(text.trim_end_matches('/')).map_err(|_| refusal())?;
    let is_of_a_host = matches!(url.scheme(), "http" | "https") && url.has_host() && url.path() == "/";
    match is_of_a_host && url.query().is_none() && url.fragment().is_none() {
        true => Ok(url),
        false => Err(refusal()),
    }
}
