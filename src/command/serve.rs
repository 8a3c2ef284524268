//! `almanac serve`

use std::net::{SocketAddr, TcpListener};

use super::{Failure, both, config, first_editor, folder_in_use, say};
use crate::app::{self, Running, StartError, World};
use crate::config::{Config, Flags};
use crate::mail::MailTarget;
use crate::web::Surroundings;
use crate::workflow::House;
use crate::workflow::prepare_editions::definitions;
use crate::writable;

/// Serves until it is told to stop.
///
/// # Errors
/// Everything that keeps it from starting, at once.
pub async fn serve(flags: &Flags, world: World) -> Result<(), Failure> {
    let (config, listener) = prepare(flags)?;
    let url = url(&config, &listener)?;
    let _in_use = folder_in_use::use_beside_others(&config.data_dir)?;
    let house = app::open(&config, world, &url, None).await?;
    let proxies = config.proxies;
    let running = start(&config, house, Surroundings { proxies, demo_mail: None }, listener)?;
    say(&format!(
        "Almanac is at {url}\nData: {}   Database: {}   Mail: {}",
        config.data_dir.display(),
        config.database,
        config.mail
    ))?;
    if !running.house.has_editor().await? {
        say(&first_editor::advice(flags, &config, &url))?;
    }
    wait(running).await
}

/// Looks what would keep it from starting, without starting or making anything.
///
/// # Errors
/// What is wrong with the configuration, with the address, with the folder for mails, and with the editions.
pub fn look_at_serve(flags: &Flags) -> Result<(), Failure> {
    both(flags.look().map_err(Failure::from), what_it_needs(flags)).map(drop)
}

/// Reads the configuration, takes the address, tries the mails' folder and reads the editions; tells what is wrong with any.
pub(super) fn prepare(flags: &Flags) -> Result<(Config, TcpListener), Failure> {
    let (config, listener) = both(config(flags), what_it_needs(flags))?;
    Ok((config, listener))
}

/// Takes the address and looks at the files: all that the flags lead to and that costs nothing to look at.
fn what_it_needs(flags: &Flags) -> Result<TcpListener, Failure> {
    let (listener, _) = both(listener(flags), both(mail_folder(flags), guides(flags)))?;
    Ok(listener)
}

/// Whether the editions' files can be used.
fn guides(flags: &Flags) -> Result<(), Failure> {
    match &flags.guides_dir {
        // That there is no such folder is told with the rest of the configuration.
        Some(folder) if !folder.is_dir() => Ok(()),
        _ => definitions(&flags.guides_folder()).map(drop).map_err(|error| StartError::from(error).into()),
    }
}

/// Whether mails can be written where they are files: a server that cannot would take entries and tell nobody. A mail
/// server may be away for a while, and is not asked.
fn mail_folder(flags: &Flags) -> Result<(), Failure> {
    // What is no target is told with the rest of the configuration, and so is a data folder at fault.
    let Ok(MailTarget::File(folder)) = flags.mail_target() else { return Ok(()) };
    if flags.mail.is_none() && writable::could_be_made(&flags.data_dir).is_err() {
        return Ok(());
    }
    let unwritable = |error| format!("--mail (ALMANAC_MAIL): The mail folder {} can't be written to: {error}.", folder.display());
    writable::could_be_made(&folder).map_err(|error| Failure(vec![unwritable(error)]))
}

fn listener(flags: &Flags) -> Result<TcpListener, Failure> {
    match flags.listen.parse::<SocketAddr>() {
        Ok(address) => app::listen(address).map_err(Failure::from),
        // What is no address at all is told with the rest of the configuration.
        Err(_) => Err(Failure(Vec::new())),
    }
}

/// The address at which people reach the guide: as configured, or where it listens.
pub(super) fn url(config: &Config, listener: &TcpListener) -> Result<String, Failure> {
    let address = listener.local_addr()?;
    Ok(config
        .public_url
        .as_ref()
        .map_or_else(|| format!("http://{address}"), |url| url.as_str().trim_end_matches('/').to_owned()))
}

pub(super) fn start(
    config: &Config,
    house: House,
    surroundings: Surroundings,
    listener: TcpListener,
) -> Result<Running, Failure> {
    let post = app::post(config, &house)?;
    Ok(app::start(house, post, surroundings, listener)?)
}

/// Waits for the server's end.
pub(super) async fn wait(running: Running) -> Result<(), Failure> {
    match running.server.await {
        Ok(ended) => Ok(ended?),
        Err(error) => Err(Failure(vec![format!("the server stopped: {error}")])),
    }
}
