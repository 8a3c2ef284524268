//! An edition's dates: when it opens, by when entries are submitted, when profiles appear; all in its own time zone.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};

use crate::db::ids::EditionId;
use crate::questionnaire::{Calendar, Questionnaire};

/// One year of the guide.
#[derive(Debug, Clone, PartialEq)]
pub struct Edition {
    /// Its id.
    pub id: EditionId,
    /// Its year.
    pub year: i32,
    /// The guide's name, without the year.
    pub name: String,
    /// Its dates.
    pub schedule: Schedule,
    /// Whom vendors may ask.
    pub contact_name: String,
    /// Where they may ask.
    pub contact_email: String,
    /// What it asks.
    pub questionnaire: Questionnaire,
}

impl Edition {
    /// "2017 Partner Program Guide".
    pub fn title(&self) -> String {
        format!("{} {}", self.year, self.name)
    }

    /// Why it takes no entries at this moment; none while it does.
    pub fn shut(&self, now: Timestamp) -> Option<Shut> {
        let (title, schedule) = (self.title(), &self.schedule);
        match schedule.phase(now) {
            Phase::NotOpen => Some(Shut::NotYet(format!("The {title} opens on {}.", schedule.moment_words(schedule.opens_at)))),
            Phase::Open => None,
            Phase::Closed => Some(Shut::NoMore(format!("The {title} closed on {}.", schedule.deadline_words()))),
        }
    }

    /// What answers are measured by at this moment.
    pub fn calendar(&self, now: Timestamp) -> Calendar {
        Calendar { edition_year: i64::from(self.year), today: self.schedule.today(now) }
    }
}

/// An edition's dates.
#[derive(Debug, Clone, PartialEq)]
pub struct Schedule {
    /// When vendors may begin.
    pub opens_at: Timestamp,
    /// By when entries are submitted.
    pub deadline_at: Timestamp,
    /// The first moment of the day on which profiles appear.
    pub publishes_at: Timestamp,
    /// The edition's time zone.
    pub zone: TimeZone,
}

/// Why an edition takes no entries, with a sentence that says when it does or did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shut {
    /// It will open.
    NotYet(String),
    /// Its deadline has passed.
    NoMore(String),
    /// There is no edition.
    NoEdition,
}

impl Shut {
    /// The sentence.
    pub fn sentence(&self) -> &str {
        match self {
            Self::NotYet(sentence) | Self::NoMore(sentence) => sentence,
            Self::NoEdition => "There is no edition yet.",
        }
    }
}

/// What can be done in an edition at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Vendors may not begin yet.
    NotOpen,
    /// Vendors may begin and submit.
    Open,
    /// The deadline has passed.
    Closed,
}

impl Schedule {
    /// What can be done at this moment. The deadline's own moment still counts.
    pub fn phase(&self, now: Timestamp) -> Phase {
        if now < self.opens_at {
            Phase::NotOpen
        } else if now <= self.deadline_at {
            Phase::Open
        } else {
            Phase::Closed
        }
    }

    /// Today, where the edition is at home.
    pub fn today(&self, now: Timestamp) -> Date {
        self.at_home(now).date()
    }

    /// "Friday 31 March 2017, 5:00 pm in New York".
    pub fn deadline_words(&self) -> String {
        self.moment_words(self.deadline_at)
    }

    /// A moment with day, time and place.
    pub fn moment_words(&self, moment: Timestamp) -> String {
        let there = self.at_home(moment);
        format!("{}, {} in {}", there.strftime("%A %-d %B %Y"), clock_words(&there), self.place())
    }

    /// "31 March 2017".
    pub fn day_words(&self, moment: Timestamp) -> String {
        self.at_home(moment).strftime("%-d %B %Y").to_string()
    }

    /// "31 March, 11:42 am".
    pub fn time_words(&self, moment: Timestamp) -> String {
        let there = self.at_home(moment);
        format!("{}, {}", there.strftime("%-d %B"), clock_words(&there))
    }

    /// "11:42 am".
    pub fn clock_words(&self, moment: Timestamp) -> String {
        clock_words(&self.at_home(moment))
    }

    /// How many days ago a moment was, by the edition's calendar: 0 is today.
    pub fn days_since(&self, moment: Timestamp, now: Timestamp) -> i64 {
        self.today(now).since(self.today(moment)).map_or(0, |span| i64::from(span.get_days()))
    }

    /// "31 March".
    pub fn short_day_words(&self, moment: Timestamp) -> String {
        self.at_home(moment).strftime("%-d %B").to_string()
    }

    /// "11 days left", "3 hours left", "closed".
    pub fn left_words(&self, now: Timestamp) -> String {
        let minutes = self.deadline_at.duration_since(now).as_secs() / 60;
        match minutes {
            ..0 => "Closed".to_owned(),
            0..60 => plural(minutes, "minute"),
            60..2880 => plural(minutes / 60, "hour"),
            _ => plural(minutes / 1440, "day"),
        }
    }

    /// The moment as `<time datetime>` takes it, with the edition's offset.
    pub fn machine(&self, moment: Timestamp) -> String {
        self.at_home(moment).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
    }

    /// The place that the time zone is named after: "New York".
    pub fn place(&self) -> String {
        let name = self.zone.iana_name().unwrap_or("UTC");
        name.rsplit('/').next().unwrap_or(name).replace('_', " ")
    }

    fn at_home(&self, moment: Timestamp) -> ZonedDateTime {
        moment.to_zoned_datetime(self.zone.clone())
    }
}

fn clock_words(moment: &ZonedDateTime) -> String {
    moment.strftime("%-I:%M %P").to_string()
}

fn plural(count: i64, noun: &str) -> String {
    match count {
        1 => format!("1 {noun} left"),
        _ => format!("{count} {noun}s left"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::EditionFile;

    fn schedule() -> Schedule {
        EditionFile::read(include_str!("../../guides/2017/edition.toml")).unwrap().1
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn the_deadline_is_told_where_the_edition_is_at_home() {
        assert_eq!(schedule().deadline_words(), "Friday 31 March 2017, 5:00 pm in New York");
        assert_eq!(schedule().machine(schedule().deadline_at), "2017-03-31T17:00:00-04:00");
    }

    #[test]
    fn the_last_moment_still_counts() {
        let schedule = schedule();
        assert_eq!(schedule.phase(at("2016-11-30T00:00Z")), Phase::NotOpen);
        assert_eq!(schedule.phase(schedule.opens_at), Phase::Open);
        assert_eq!(schedule.phase(schedule.deadline_at), Phase::Open);
        assert_eq!(schedule.phase(at("2017-03-31T21:00:01Z")), Phase::Closed);
    }

    #[test]
    fn the_time_left_is_told_in_what_matters() {
        let schedule = schedule();
        for (now, words) in [
            ("2017-03-20T12:00Z", "11 days left"),
            ("2017-03-30T12:00Z", "33 hours left"),
            ("2017-03-31T20:59Z", "1 minute left"),
            ("2017-04-01T12:00Z", "Closed"),
        ] {
            assert_eq!(schedule.left_words(at(now)), words);
        }
    }
}
