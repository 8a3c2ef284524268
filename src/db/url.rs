//! Where the database is: `sqlite:PATH` or `postgres://…`, never shown with its password.

use std::{
    fmt,
    path::{Path, PathBuf},
    str::FromStr,
};

use thiserror::Error;

/// What stands in the place of a password.
const HIDDEN: &str = "***";

/// Parameters of libpq that are added unless the URL has them: a server that does not answer is
/// noticed in seconds, and an administrator sees who is connected.
const POSTGRES_DEFAULTS: [(&str, &str); 3] =
    [("connect_timeout", "3"), ("tcp_user_timeout", "15000"), ("application_name", "almanac")];

/// Where the database is.
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// A SQLite file.
    Sqlite(PathBuf),
    /// A PostgreSQL server, as libpq understands it.
    Postgres(PostgresUrl),
}

/// The address of a PostgreSQL database; holds a password, perhaps, and so keeps its text private.
#[derive(Clone, PartialEq, Eq)]
pub struct PostgresUrl(String);

/// Why a text is no [`DatabaseUrl`].
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DatabaseUrlError {
    /// Neither SQLite nor PostgreSQL.
    #[error("The database must be given as sqlite:PATH or postgres://USER:PASSWORD@HOST/NAME.")]
    UnknownScheme,
    /// `sqlite:` and nothing else.
    #[error("The database is given as sqlite: without a path; write sqlite:data/almanac.sqlite, for example.")]
    NoPath,
    /// `sqlite::memory:`, of which every pooled connection would get its own.
    #[error("A SQLite database in memory can't be shared between connections; give the path of a file.")]
    InMemory,
}

impl FromStr for DatabaseUrl {
    type Err = DatabaseUrlError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self::Postgres(PostgresUrl(text.to_owned())));
        }
        let path = text.strip_prefix("sqlite:").ok_or(DatabaseUrlError::UnknownScheme)?;
        // Other programs write sqlite://PATH; without this, //data/x would be a folder of the root.
        match path.strip_prefix("//").unwrap_or(path) {
            "" => Err(DatabaseUrlError::NoPath),
            ":memory:" => Err(DatabaseUrlError::InMemory),
            path => Ok(Self::Sqlite(PathBuf::from(path))),
        }
    }
}

impl DatabaseUrl {
    /// The SQLite file at `path`.
    pub fn sqlite(path: impl AsRef<Path>) -> Self {
        Self::Sqlite(path.as_ref().to_owned())
    }

    /// `message` without this URL's password: libpq quotes a URL it does not understand.
    pub fn scrub(&self, message: &str) -> String {
        match self {
            Self::Sqlite(_) => message.to_owned(),
            Self::Postgres(url) => url.scrub(message),
        }
    }
}

impl PostgresUrl {
    /// The URL to connect with, password and all.
    pub(super) fn for_connecting(&self) -> String {
        let mut url = self.0.clone();
        for (name, value) in POSTGRES_DEFAULTS {
            if !self.0.contains(&format!("{name}=")) {
                let separator = if url.contains('?') { '&' } else { '?' };
                url.push_str(&format!("{separator}{name}={value}"));
            }
        }
        url
    }

    fn scrub(&self, message: &str) -> String {
        let mut scrubbed = message.replace(&self.for_connecting(), &self.to_string()).replace(&self.0, &self.to_string());
        for secret in self.secrets() {
            scrubbed = scrubbed.replace(secret, HIDDEN);
        }
        scrubbed
    }

    /// Everything between the first colon and the last @, which is more than the password when the
    /// password has unescaped characters that end it for libpq; and parameters that are passwords.
    fn secrets(&self) -> Vec<&str> {
        let after_scheme = self.0.split_once("://").map_or("", |(_, rest)| rest);
        let of_user = after_scheme.rsplit_once('@').and_then(|(user, _)| user.split_once(':'));
        let parameters = self.0.split_once('?').map_or("", |(_, parameters)| parameters);
        let of_parameters = parameters
            .split('&')
            .filter_map(|parameter| parameter.split_once('='))
            .filter(|(name, _)| name.contains("password"))
            .map(|(_, value)| value);
        let mut secrets: Vec<&str> = of_user.map(|(_, password)| password).into_iter().collect();
        secrets.extend(of_parameters);
        secrets.retain(|secret| !secret.is_empty());
        secrets
    }
}

impl fmt::Display for PostgresUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = self.0.clone();
        for secret in self.secrets() {
            for (before, after) in [(':', "@"), ('=', "")] {
                text = text.replace(&format!("{before}{secret}{after}"), &format!("{before}{HIDDEN}{after}"));
            }
        }
        formatter.write_str(&text)
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(formatter, "sqlite:{}", path.display()),
            Self::Postgres(url) => url.fmt(formatter),
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "DatabaseUrl({self})")
    }
}

impl fmt::Debug for PostgresUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "PostgresUrl({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> DatabaseUrl {
        text.parse().unwrap()
    }

    #[test]
    fn a_sqlite_path_may_be_relative_or_absolute() {
        for (text, path) in [
            ("sqlite:data/almanac.sqlite", "data/almanac.sqlite"),
            ("sqlite://data/almanac.sqlite", "data/almanac.sqlite"),
            ("sqlite:/var/lib/almanac.sqlite", "/var/lib/almanac.sqlite"),
            ("sqlite:///var/lib/almanac.sqlite", "/var/lib/almanac.sqlite"),
        ] {
            assert_eq!(parsed(text), DatabaseUrl::sqlite(path), "{text}");
        }
    }

    #[test]
    fn what_is_no_database_is_refused_with_a_reason() {
        for (text, reason) in [
            ("", DatabaseUrlError::UnknownScheme),
            ("almanac.sqlite", DatabaseUrlError::UnknownScheme),
            ("mysql://root@localhost/almanac", DatabaseUrlError::UnknownScheme),
            ("postgres:almanac", DatabaseUrlError::UnknownScheme),
            ("sqlite:", DatabaseUrlError::NoPath),
            ("sqlite://", DatabaseUrlError::NoPath),
            ("sqlite::memory:", DatabaseUrlError::InMemory),
        ] {
            assert_eq!(text.parse::<DatabaseUrl>(), Err(reason), "{text}");
        }
    }

    #[test]
    fn a_password_is_never_shown() {
        for text in [
            "postgres://ann:s3cret@localhost/almanac",
            "postgresql://ann:s3cret@localhost:5432/almanac?sslmode=disable",
            "postgres://ann:x@s3cret/y?z@localhost/almanac",
            "postgres://localhost/almanac?user=ann&password=s3cret",
            "postgres:///almanac?sslpassword=s3cret&host=/run/postgresql",
            "postgres://ann:s3cret@one:1,two:2/almanac",
        ] {
            let url = parsed(text);
            for shown in [url.to_string(), format!("{url:?}"), url.scrub(&format!("invalid URI: \"{text}\""))] {
                assert!(!shown.contains("s3cret"), "{shown}");
                assert!(shown.contains(HIDDEN), "{shown}");
                assert!(shown.contains("almanac"), "{shown}");
            }
        }
        assert_eq!(parsed("postgres://ann:a@host/a").to_string(), "postgres://ann:***@host/a");
    }

    #[test]
    fn what_has_no_password_is_shown_as_it_is() {
        for text in ["postgres://localhost/almanac", "postgres://ann@localhost:5432/almanac", "sqlite:data/a.sqlite"] {
            assert_eq!(parsed(text).to_string(), text);
        }
    }

    #[test]
    fn parameters_are_added_unless_given() {
        let DatabaseUrl::Postgres(url) = parsed("postgres://localhost/a?connect_timeout=9") else { panic!() };
        assert_eq!(
            url.for_connecting(),
            "postgres://localhost/a?connect_timeout=9&tcp_user_timeout=15000&application_name=almanac"
        );
    }
}
