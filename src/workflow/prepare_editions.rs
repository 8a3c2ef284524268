//! Opening the house: the editions of the guides folder, created where they are missing and brought up to date.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use jiff::tz::TimeZone;
use rust_embed::RustEmbed;

use super::{Editions, House};
use crate::db::{Connection, Document, editions, entries};
use crate::domain::{Edition, EditionFile, Schedule};
use crate::error::AppError;
use crate::questionnaire::{Questionnaire, load};

/// The guides that are part of the program, for where there is no guides folder.
#[derive(RustEmbed)]
#[folder = "guides/"]
struct Embedded;

/// An edition as its files define it.
#[derive(Debug, Clone)]
pub struct Definition {
    /// `edition.toml`.
    pub edition: EditionFile,
    /// Its dates as moments.
    pub schedule: Schedule,
    /// `questionnaire.toml`.
    pub questionnaire: Questionnaire,
}

/// Definitions that cannot be used, a sentence each.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub struct DefinitionErrors(pub Vec<String>);

/// Reads every edition's definition: from the folder, or those in the program where there is none.
///
/// # Errors
/// Every mistake in every file, with its name.
pub fn definitions(folder: &Path) -> Result<Vec<Definition>, DefinitionErrors> {
    let (mut definitions, mut errors, mut years) = (Vec::new(), Vec::new(), BTreeMap::new());
    for (name, edition, questionnaire) in files(folder).map_err(|error| DefinitionErrors(vec![error]))? {
        let file = format!("{name}/edition.toml");
        let edition = EditionFile::read(&edition).map_err(|errors| in_file(&file, &errors.0));
        let edition = edition.and_then(|(edition, schedule)| {
            own_year(&name, &file, edition.year, &mut years).map_err(|error| vec![error])?;
            Ok((edition, schedule))
        });
        let questionnaire = load::parse(&format!("{name}/questionnaire.toml"), &questionnaire);
        match (edition, questionnaire) {
            (Ok((edition, schedule)), Ok(questionnaire)) => definitions.push(Definition { edition, schedule, questionnaire }),
            (edition, questionnaire) => {
                errors.extend(edition.err().into_iter().flatten());
                errors.extend(questionnaire.err().map(|error| error.to_string()));
            }
        }
    }
    if definitions.is_empty() && errors.is_empty() {
        errors.push(format!(
            "{} holds no edition: there must be a folder like 2017 with edition.toml and questionnaire.toml",
            folder.display()
        ));
    }
    if errors.is_empty() { Ok(definitions) } else { Err(DefinitionErrors(errors)) }
}

/// The sample entries of an edition that are part of the program: file name and text.
pub fn sample_entries(year: i32) -> Vec<(String, String)> {
    let folder = format!("{year}/entries/");
    let samples = Embedded::iter().filter(|name| name.starts_with(&folder));
    samples.filter_map(|name| Some((format!("guides/{name}"), embedded(&name)?))).collect()
}

/// Name, edition file and questionnaire file of every edition.
fn files(folder: &Path) -> Result<Vec<(String, String, String)>, String> {
    if !folder.is_dir() {
        let editions = Embedded::iter().filter_map(|name| name.strip_suffix("/edition.toml").map(str::to_owned));
        return Ok(editions
            .filter_map(|name| {
                let (edition, questionnaire) =
                    (embedded(&format!("{name}/edition.toml"))?, embedded(&format!("{name}/questionnaire.toml"))?);
                Some((format!("guides/{name}"), edition, questionnaire))
            })
            .collect());
    }
    let unreadable = |path: &Path, error: std::io::Error| format!("{} cannot be read: {error}", path.display());
    let mut found = Vec::new();
    for child in std::fs::read_dir(folder).map_err(|error| unreadable(folder, error))? {
        let path = child.map_err(|error| unreadable(folder, error))?.path();
        let (edition, questionnaire) = (path.join("edition.toml"), path.join("questionnaire.toml"));
        if edition.is_file() {
            let text = |path: &Path| std::fs::read_to_string(path).map_err(|error| unreadable(path, error));
            found.push((path.display().to_string(), text(&edition)?, text(&questionnaire)?));
        }
    }
    found.sort();
    Ok(found)
}

fn embedded(name: &str) -> Option<String> {
    Embedded::get(name).and_then(|file| String::from_utf8(file.data.into_owned()).ok())
}

fn in_file(file: &str, mistakes: &[String]) -> Vec<String> {
    mistakes.iter().map(|mistake| format!("{file}: {mistake}")).collect()
}

/// Refuses the year of another folder's edition, which would change that one, and a year that is not the folder's name: a
/// folder that was copied and not amended. `years`: which file is of which.
fn own_year(folder: &str, file: &str, year: i32, years: &mut BTreeMap<i32, String>) -> Result<(), String> {
    if let Some(first) = years.get(&year) {
        return Err(format!("{file}: \"year\" is {year}, as in {first}; every edition has a year of its own"));
    }
    years.insert(year, file.to_owned());
    let named = Path::new(folder).file_name().and_then(|name| name.to_str()?.parse::<i32>().ok());
    match named.filter(|named| *named != year) {
        Some(named) => Err(format!("{file}: \"year\" is {year}, and the folder is named {named}")),
        None => Ok(()),
    }
}

impl House {
    /// Creates editions that are missing and brings the others' dates and roles up to date. What a questionnaire asks is
    /// frozen once an entry answers it: a changed file is then left aside, with a warning.
    ///
    /// # Errors
    /// What the database says, or that what it holds is broken.
    pub async fn prepare_editions(&self, definitions: Vec<Definition>) -> Result<(), AppError> {
        let house = self.clone();
        let editions = self
            .db
            .write(move |connection| {
                for definition in &definitions {
                    prepare(connection, &house, definition)?;
                }
                editions::all(connection)?.into_iter().map(|row| in_hand(row).map(Arc::new)).collect::<Result<Vec<_>, AppError>>()
            })
            .await?;
        Editions::replace(&self.editions, editions);
        Ok(())
    }
}

fn prepare(connection: &mut Connection, house: &House, definition: &Definition) -> Result<(), AppError> {
    let (file, schedule) = (&definition.edition, &definition.schedule);
    let questionnaire = Document(serde_json::to_value(&definition.questionnaire).map_err(AppError::broken)?);
    let mut row = editions::Edition {
        id: house.id(),
        year: file.year,
        name: file.name.clone(),
        time_zone: file.time_zone.clone(),
        opens_at: schedule.opens_at.into(),
        deadline_at: schedule.deadline_at.into(),
        publishes_at: schedule.publishes_at.into(),
        contact_name: file.contact_name.clone(),
        contact_email: file.contact_email.clone(),
        questionnaire,
        created_at: house.now().into(),
    };
    let Some(stored) = editions::by_year(connection, file.year)? else {
        return Ok(editions::insert(connection, &row)?);
    };
    (row.id, row.created_at) = (stored.id, stored.created_at);
    if asks_something_else(&stored.questionnaire.0, &row.questionnaire.0)
        && !entries::for_edition(connection, stored.id)?.is_empty()
    {
        tracing::warn!(year = file.year, "the questionnaire file differs from the one that entries answer; the stored one stays");
        row.questionnaire = stored.questionnaire.clone();
    }
    if row != stored {
        editions::update(connection, &row)?;
    }
    Ok(())
}

/// Whether another question is asked, or in another way. What the guide does with the answers may change at any time.
fn asks_something_else(stored: &serde_json::Value, file: &serde_json::Value) -> bool {
    stored.get("page") != file.get("page")
}

fn in_hand(row: editions::Edition) -> Result<Edition, AppError> {
    let zone = TimeZone::get(&row.time_zone).map_err(AppError::broken)?;
    Ok(Edition {
        id: row.id,
        year: row.year,
        name: row.name,
        schedule: Schedule {
            opens_at: row.opens_at.timestamp(),
            deadline_at: row.deadline_at.timestamp(),
            publishes_at: row.publishes_at.timestamp(),
            zone,
        },
        contact_name: row.contact_name,
        contact_email: row.contact_email,
        questionnaire: serde_json::from_value(row.questionnaire.0).map_err(AppError::broken)?,
    })
}
