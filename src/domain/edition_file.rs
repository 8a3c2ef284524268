//! `guides/{year}/edition.toml`: an edition's name, its dates, and whom to ask. Every mistake is found in one go, and
//! names its key.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use toml::{Table, Value};

use super::Schedule;
use crate::questionnaire::NotToml;
use crate::questionnaire::value::is_email;

/// What stands in the file; its dates as they are written there, in the edition's time zone.
#[derive(Debug, Clone)]
pub struct EditionFile {
    /// The edition's year.
    pub year: i32,
    /// The guide's name, without the year.
    pub name: String,
    /// The time zone's IANA name.
    pub time_zone: String,
    /// When vendors may begin.
    pub opens: DateTime,
    /// By when entries are submitted.
    pub deadline: DateTime,
    /// The day on which profiles appear.
    pub publishes: Date,
    /// Whom vendors may ask.
    pub contact_name: String,
    /// Where they may ask.
    pub contact_email: String,
}

/// A file that cannot be used: a sentence for each mistake.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub struct EditionFileErrors(pub Vec<String>);

impl EditionFile {
    /// Reads the text of a file; what comes with it are its dates as moments.
    ///
    /// # Errors
    /// Every mistake in the text.
    pub fn read(text: &str) -> Result<(Self, Schedule), EditionFileErrors> {
        let mut reader = Reader::new(text);
        let file = reader.file();
        reader.mistakes.extend(reader.table.keys().map(|key| format!("unknown key \"{key}\"")));
        match file {
            Some(file) if reader.mistakes.is_empty() => {
                let schedule = file.schedule().map_err(|error| EditionFileErrors(vec![error]))?;
                Ok((file, schedule))
            }
            _ => Err(EditionFileErrors(reader.mistakes)),
        }
    }

    fn schedule(&self) -> Result<Schedule, String> {
        let out_of_range = |error: jiff::Error| format!("a date is out of range: {error}");
        let zone = TimeZone::get(&self.time_zone).map_err(out_of_range)?;
        Ok(Schedule {
            opens_at: zone.to_timestamp(self.opens).map_err(out_of_range)?,
            deadline_at: zone.to_timestamp(self.deadline).map_err(out_of_range)?,
            publishes_at: zone.to_timestamp(self.publishes.to_datetime(Time::midnight())).map_err(out_of_range)?,
            zone,
        })
    }
}

/// Takes key by key out of the table, so that a mistake in one hides none in the next.
struct Reader {
    table: Table,
    /// The keys of lines that are no TOML.
    broken: Vec<String>,
    mistakes: Vec<String>,
}

impl Reader {
    /// Each line that is no TOML is left out, and the rest read without it.
    fn new(text: &str) -> Self {
        let mut reader = Self { table: Table::new(), broken: Vec::new(), mistakes: Vec::new() };
        let mut lines: Vec<&str> = text.lines().collect();
        loop {
            let rest = lines.join("\n");
            let error = match rest.parse::<Table>() {
                Ok(table) => {
                    reader.table = table;
                    return reader;
                }
                Err(error) => error,
            };
            let before = error.span().and_then(|span| rest.get(..span.start)).unwrap_or_default();
            let Some(line) = lines.get_mut(before.matches('\n').count()).filter(|line| !line.is_empty()) else {
                reader.mistakes.push(NotToml::new(&rest, &error).to_string());
                return reader;
            };
            match line.split_once('=').map(|(key, _)| key.trim()).filter(|key| KEYS.contains(key)) {
                Some(key) if line.parse::<Table>().is_err() => reader.broken.push(key.to_owned()),
                _ => reader.mistakes.push(NotToml::new(&rest, &error).to_string()),
            }
            *line = "";
        }
    }

    fn file(&mut self) -> Option<EditionFile> {
        let year = self.key("year", "a year of four digits, like 2017", year);
        let name = self.key("name", TEXT, text);
        let time_zone = self.key("time_zone", "the name of a time zone, like \"America/New_York\"", |value| {
            text(value).filter(|name| TimeZone::get(name).is_ok())
        });
        let opens = self.key("opens", MOMENT, |value| text(value)?.parse::<DateTime>().ok());
        let deadline = self.key("deadline", MOMENT, |value| text(value)?.parse::<DateTime>().ok());
        let publishes = self.key("publishes", "a day in quotes, like \"2017-05-01\"", |value| text(value)?.parse::<Date>().ok());
        let contact_name = self.key("contact_name", TEXT, text);
        let contact_email = self.key("contact_email", "an e-mail address, like name@example.com", |value| {
            text(value).filter(|address| is_email(address))
        });
        if opens.is_some_and(|opens| deadline.is_some_and(|deadline| deadline <= opens)) {
            self.mistakes.push("\"deadline\" must be after \"opens\"".to_owned());
        }
        if opens.is_some_and(|opens| publishes.is_some_and(|publishes| publishes < opens.date())) {
            self.mistakes.push("\"publishes\" must not be before \"opens\"".to_owned());
        }
        Some(EditionFile {
            year: year?,
            name: name?,
            time_zone: time_zone?,
            opens: opens?,
            deadline: deadline?,
            publishes: publishes?,
            contact_name: contact_name?,
            contact_email: contact_email?,
        })
    }

    fn key<T>(&mut self, key: &str, expected: &str, read: impl FnOnce(&Value) -> Option<T>) -> Option<T> {
        let value = self.table.remove(key);
        let wrong = match &value {
            None if !self.broken.iter().any(|broken| broken == key) => format!("the key \"{key}\" is missing"),
            _ => format!("\"{key}\" must be {expected}"),
        };
        let read = value.as_ref().and_then(read);
        if read.is_none() {
            self.mistakes.push(wrong);
        }
        read
    }
}

const KEYS: [&str; 8] = ["year", "name", "time_zone", "opens", "deadline", "publishes", "contact_name", "contact_email"];
const TEXT: &str = "a text that is not empty";
const MOMENT: &str = "a day and a time in quotes, like \"2017-03-31T17:00\"";

/// The edition's address has four digits.
fn year(value: &Value) -> Option<i32> {
    i32::try_from(value.as_integer()?).ok().filter(|year| (1000..=9999).contains(year))
}

fn text(value: &Value) -> Option<String> {
    value.as_str().filter(|text| !text.trim().is_empty()).map(str::to_owned)
}
