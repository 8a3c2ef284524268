//! What the commands do: read the configuration, open the house, and print what a person needs to know.

mod demo;
pub mod export;
mod first_editor;
mod folder_in_use;
mod serve;
mod unknown_flag;

pub use demo::{MADE_UP, demo, look_at_demo};
pub use serve::{look_at_serve, serve};
pub use unknown_flag::{in_a_sentence, without_unknown_flags};

use std::io::Write;
use std::path::{Path, PathBuf};

use folder_in_use::InUse;

use crate::app::{self, StartError, World};
use crate::config::{Config, ConfigErrors, Flags};
use crate::db::DatabaseUrl;
use crate::error::AppError;
use crate::mail::Transport;
use crate::workflow::import::ImportError;
use crate::workflow::prepare_editions::definitions;
use crate::workflow::{House, sign_in};
use crate::writable;

/// Why a command could not do its work: a sentence a line, all at once.
#[derive(Debug)]
pub struct Failure(pub Vec<String>);

impl From<ConfigErrors> for Failure {
    fn from(errors: ConfigErrors) -> Self {
        Self(errors.0)
    }
}

impl From<StartError> for Failure {
    fn from(error: StartError) -> Self {
        Self(error.to_string().lines().map(str::to_owned).collect())
    }
}

impl From<AppError> for Failure {
    fn from(error: AppError) -> Self {
        Self(vec![error.to_string()])
    }
}

impl From<ImportError> for Failure {
    fn from(error: ImportError) -> Self {
        Self(error.to_string().lines().map(str::to_owned).collect())
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self(vec![error.to_string()])
    }
}

/// Both, or everything that is wrong with either: whoever mends one mistake should not find the next one then.
fn both<A, B>(one: Result<A, Failure>, other: Result<B, Failure>) -> Result<(A, B), Failure> {
    match (one, other) {
        (Ok(one), Ok(other)) => Ok((one, other)),
        (one, other) => Err(Failure([one.err(), other.err()].into_iter().flatten().flat_map(|failure| failure.0).collect())),
    }
}

/// Prints what a person needs to know. A reader that has gone away is an error like any other, and no panic.
fn say(text: &str) -> Result<(), Failure> {
    Ok(writeln!(std::io::stdout(), "{text}")?)
}

/// Tells what kept a command from its work, a sentence a line. Whoever has stopped reading has read enough.
pub fn tell(failure: &Failure) {
    let mut errors = std::io::stderr().lock();
    failure.0.iter().try_for_each(|sentence| writeln!(errors, "almanac: {sentence}")).ok();
}

/// Begins to log, as `filter` says; one JSON object a line. What is no filter is told by [`Flags::config`], beside all else.
pub fn log(filter: &str) {
    let filter = tracing_subscriber::EnvFilter::try_new(filter).unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info"));
    let log = tracing_subscriber::fmt().json().flatten_event(true).with_env_filter(filter).with_writer(std::io::stderr);
    // A log that nobody reads any more is told nowhere: saying so on standard error would be a panic.
    log.log_internal_errors(false).init();
}

/// The address people reach the guide at, where nothing listens: as configured, or as it would listen.
fn public_url(config: &Config) -> String {
    config
        .public_url
        .as_ref()
        .map_or_else(|| format!("http://{}", config.listen), |url| url.as_str().trim_end_matches('/').to_owned())
}

/// The configuration, or everything that is wrong with it.
fn config(flags: &Flags) -> Result<Config, Failure> {
    Ok(flags.config()?)
}

/// Opens the house without listening, and uses its folder for as long.
async fn house(config: &Config, world: World) -> Result<(InUse, House), Failure> {
    let in_use = folder_in_use::use_beside_others(&config.data_dir)?;
    Ok((in_use, app::open(config, world, &public_url(config), None).await?))
}

/// `almanac import`
///
/// # Errors
/// Every refusal in every file.
pub async fn import(flags: &Flags, world: World, files: &[PathBuf]) -> Result<(), Failure> {
    let (_in_use, house) = house(&config(flags)?, world).await?;
    let count = house.import_files(files).await?;
    say(&format!("{count} {} brought in.", if count == 1 { "entry" } else { "entries" }))?;
    Ok(())
}

/// `almanac invite-editor`
///
/// # Errors
/// That the address is none, or what the database says.
pub async fn invite_editor(flags: &Flags, world: World, email: &str, name: &str) -> Result<(), Failure> {
    let (_in_use, house) = house(&config(flags)?, world).await?;
    house.invite_editor(email, name).await?;
    let link = house.print_sign_in(email, "/desk", sign_in::LIFETIME).await?;
    say(&format!(
        "{email} is an editor and gets a mail.\nTo sign in now, within {} minutes: {link}",
        sign_in::LIFETIME.as_mins()
    ))?;
    Ok(())
}

/// `almanac migrate`
///
/// # Errors
/// What the database says.
pub async fn migrate(flags: &Flags, world: World) -> Result<(), Failure> {
    let config = config(flags)?;
    let _opened = house(&config, world).await?;
    say(&format!("The schema of {} is up to date.", config.database))?;
    Ok(())
}

/// `almanac check`
///
/// # Errors
/// Everything that is not right.
pub async fn check(flags: &Flags, world: World) -> Result<(), Failure> {
    let config = flags.look()?;
    let missing = missing_file(&config.database);
    let database = match missing {
        Some(file) => could_begin(&config, file),
        None => house(&config, world).await.map(drop),
    };
    let mut errors = database.err().map(|failure| failure.0).unwrap_or_default();
    match Transport::open(&config.mail) {
        Ok(transport) => errors.extend(transport.check().await.err().map(|error| format!("--mail (ALMANAC_MAIL): {error}"))),
        Err(error) => errors.push(format!("--mail (ALMANAC_MAIL): {error}")),
    }
    if !errors.is_empty() {
        return Err(Failure(errors));
    }
    let begins = if missing.is_some() { ", which serving begins" } else { "" };
    say(&format!("Configuration, database ({}{begins}) and mail ({}) are right.", config.database, config.mail))?;
    Ok(())
}

/// The SQLite file, where it is not there yet. Looking must not make it.
fn missing_file(database: &DatabaseUrl) -> Option<&Path> {
    match database {
        DatabaseUrl::Sqlite(path) if !path.exists() => Some(path),
        _ => None,
    }
}

/// Whether a house could be opened that has no database yet.
fn could_begin(config: &Config, file: &Path) -> Result<(), Failure> {
    let definitions = definitions(&config.guides_dir).map(drop).map_err(|error| StartError::from(error).into());
    let folder = writable::could_be_made(file.parent().unwrap_or(Path::new("."))).map_err(|error| {
        Failure(vec![format!("--database-url (ALMANAC_DATABASE_URL): {} cannot be made: {error}", file.display())])
    });
    both(definitions, folder).map(drop)
}
