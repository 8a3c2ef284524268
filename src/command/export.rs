//! `almanac export`: what is published, for elsewhere.

mod folder;

use std::io::Write;
use std::path::Path;

use self::folder::Folder;
use super::folder_in_use::InUse;
use super::{Failure, both, house, missing_file, say};
use crate::app::World;
use crate::config::{Config, Flags};
use crate::db::migrations;
use crate::error::AppError;
use crate::guide::{Page, Reach};
use crate::web::count::counted;
use crate::web::reader::{Reading, site};
use crate::workflow::House;

/// Brings a folder up to date with the guide of every edition, for any web server. Only what changed is written.
///
/// # Errors
/// That a year or standard output was given, that there is no database or that the folder holds something else, or what the
/// database and the disk say.
pub async fn site(flags: &Flags, world: World, year: Option<&str>, to: &Path) -> Result<(), Failure> {
    let (config, ()) = both(with_database(flags), asked_of_site(year, to))?;
    let (_in_use, mut house) = house_to_read(&config, world).await?;
    house.reach = Reach::Files;
    let editions = site::editions(&house)?;
    let addresses = site::addresses(&house, &editions)?;
    let mut folder = Folder::open(to)?;
    let unwritable = |error| folder::unwritable(to, &error);
    folder.expect(addresses.iter().map(|address| address.path.as_str())).map_err(unwritable)?;
    for address in &addresses {
        folder.put(&address.path, &address.page()?).map_err(unwritable)?;
    }
    let done = folder.finish().map_err(unwritable)?;
    say(&format!(
        "{} is up to date: {} in all, {} written, {} as before, {} removed.",
        to.display(),
        counted(done.written + done.unchanged, "page", "pages"),
        done.written,
        done.unchanged,
        done.removed
    ))
}

/// Writes an edition to a file, or to standard output for "-": the bytes that a server sends. `year`, as it was
/// typed: the newest edition's if none is given.
///
/// # Errors
/// That there is no database or no such edition, or what the database and the disk say.
pub async fn edition(
    flags: &Flags,
    world: World,
    year: Option<&str>,
    make: fn(&Reading) -> Result<Page, AppError>,
    to: &Path,
) -> Result<(), Failure> {
    let (config, year) = both(with_database(flags), year.map(number).transpose())?;
    let (_in_use, house) = house_to_read(&config, world).await?;
    let reading = match year {
        Some(year) => Reading::of_year(&house, year),
        None => Reading::newest(&house),
    };
    let reading = reading.map_err(|_| match year {
        Some(year) => Failure(vec![format!("There is no edition of {year}.")]),
        None => Failure(vec!["There is no edition yet.".to_owned()]),
    })?;
    let page = make(&reading)?;
    if to == Path::new("-") {
        return Ok(std::io::stdout().lock().write_all(&page.identity)?);
    }
    folder::replace(to, &page.identity, None).map_err(|error| folder::unwritable(to, &error))?;
    let programs = counted(reading.shelf()?.listed().len(), "program", "programs");
    say(&format!("{} has {programs} of {}.", to.display(), reading.edition.year))
}

/// Looks what would keep a site from being written, without making anything.
///
/// # Errors
/// Everything that is wrong with what was typed and with the configuration.
pub fn look_at_site(flags: &Flags, year: Option<&str>, to: &Path) -> Result<(), Failure> {
    both(with_database(flags), asked_of_site(year, to)).map(drop)
}

/// The same for an edition.
///
/// # Errors
/// As [`look_at_site`].
pub fn look_at_edition(flags: &Flags, year: Option<&str>) -> Result<(), Failure> {
    both(with_database(flags), year.map(number).transpose()).map(drop)
}

/// The configuration, without making anything. A database that is missing is a mistake in what was typed: made anew, it
/// would be a guide without profiles, and a site would lose all of them.
fn with_database(flags: &Flags) -> Result<Config, Failure> {
    let config = flags.look()?;
    match missing_file(&config.database) {
        Some(file) => {
            let flag = match flags.database_url {
                Some(_) => DATABASE_URL,
                None => "--data-dir (ALMANAC_DATA_DIR)",
            };
            Err(Failure(vec![format!("{flag}: there is no database {}, so there is nothing to export", file.display())]))
        }
        None => Ok(config),
    }
}

const DATABASE_URL: &str = "--database-url (ALMANAC_DATABASE_URL)";

/// Opens the house, unless nothing of it is in the database yet.
async fn house_to_read(config: &Config, world: World) -> Result<(InUse, House), Failure> {
    match migrations::is_begun(&config.database).await {
        Ok(true) => house(config, world).await,
        Ok(false) => {
            let nothing =
                format!("{DATABASE_URL}: nothing of Almanac is in {} yet, so there is nothing to export", config.database);
            Err(Failure(vec![nothing]))
        }
        Err(error) => Err(Failure(vec![format!("{DATABASE_URL}: {error}")])),
    }
}

fn asked_of_site(year: Option<&str>, to: &Path) -> Result<(), Failure> {
    let all_editions = match year {
        Some(_) => Err(Failure(vec!["A site has all editions. Leave --year out, or choose json, csv or xlsx.".to_owned()])),
        None => Ok(()),
    };
    let folder_given = match to == Path::new("-") {
        true => Err(Failure(vec!["A site is a folder of files, which standard output cannot take. Name a folder.".to_owned()])),
        false => Ok(()),
    };
    both(all_editions, folder_given).map(drop)
}

/// The year of an edition.
fn number(year: &str) -> Result<i32, Failure> {
    year.parse().map_err(|_| Failure(vec![format!("--year: \"{year}\" is no year, like 2017")]))
}
