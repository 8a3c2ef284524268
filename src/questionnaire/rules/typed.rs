//! What is typed: texts, addresses on the web, numbers, months and years.

use super::Inspection;
use crate::questionnaire::answer::{MonthYear, Typed};
use crate::questionnaire::definition::{LatestMonth, LatestYear};
use crate::questionnaire::sentence;
use crate::questionnaire::value::{self, WebAddressError};

impl Inspection<'_> {
    /// The length of the answer, or of the part of it with the name given.
    pub(super) fn length(&mut self, part: &str, name: Option<&str>, text: &str, longest: usize) {
        let length = text.chars().count();
        if length > longest {
            let subject = name.map_or_else(|| self.question.as_subject(), str::to_owned);
            self.refuse(part, sentence::too_long(&subject, longest, length));
        }
    }

    pub(super) fn email(&mut self, text: &str) {
        if let Err(error) = value::email(text) {
            self.refuse("", sentence::no_email(&self.question.as_object(), &error));
        }
    }

    pub(super) fn web_address(&mut self, text: &str) {
        if text.chars().count() > value::LONGEST_WEB_ADDRESS {
            return self.length("", None, text, value::LONGEST_WEB_ADDRESS);
        }
        match value::web_address(text) {
            Ok(_) => {}
            Err(WebAddressError::NotOne) => {
                self.refuse("", format!("Enter {} in full, like https://www.example.com", self.question.as_object()));
            }
            Err(WebAddressError::Credentials) => {
                self.refuse("", format!("{} must not contain a user name or password", self.question.as_subject()));
            }
        }
    }

    pub(super) fn phone(&mut self, text: &str) {
        if !value::is_phone(text) {
            self.refuse("", format!("Enter {} with its area code, like 256-428-6000", self.question.as_object()));
        }
    }

    pub(super) fn whole_number(&mut self, number: &Typed<i64>, least: i64, most: Option<i64>) {
        let most = most.unwrap_or(value::LARGEST_NUMBER);
        let sentence = match number {
            Typed::Text(text) if is_digits(text) => format!("must be {} or less", sentence::number(most)),
            Typed::Text(_) => "must be a whole number, like 120".to_owned(),
            Typed::Value(number) if *number < least => format!("must be {} or more", sentence::number(least)),
            Typed::Value(number) if *number > most => format!("must be {} or less", sentence::number(most)),
            Typed::Value(_) => return,
        };
        self.refuse("", format!("{} {sentence}", self.question.as_subject()));
    }

    pub(super) fn year(&mut self, number: &Typed<i64>, earliest: i64, latest: LatestYear) {
        let latest = match latest {
            LatestYear::Edition => self.calendar.edition_year,
            LatestYear::Year(year) => year,
        };
        let sentence = match number.value() {
            None => "must be a year, like 1999".to_owned(),
            Some(year) if *year < earliest => format!("must be {earliest} or later"),
            Some(year) if *year > latest => format!("must be {latest} or earlier"),
            _ => return,
        };
        self.refuse("", format!("{} {sentence}", self.question.as_subject()));
    }

    pub(super) fn month(&mut self, month: &Typed<i64>) {
        if !month.value().is_some_and(|month| (1..=12).contains(month)) {
            let given = sentence::quoted(&month.to_string());
            self.refuse("", format!("{} must be 1 to 12 or the name of a month; {given} is neither", self.question.as_subject()));
        }
    }

    pub(super) fn month_year(&mut self, typed: &MonthYear, latest: LatestMonth) {
        let subject = self.question.as_subject();
        match typed.value() {
            Some((year, month)) => {
                let today = self.calendar.today;
                if latest == LatestMonth::Today && (year, month) > (today.year(), today.month()) {
                    self.refuse(".month", format!("{subject} must be this month or earlier"));
                }
                return;
            }
            None if typed.month.is_empty() => self.miss(".month", format!("{subject} must include a month")),
            None if value::month_number(&typed.month).is_none() => {
                self.refuse(".month", format!("{subject} must include a month, like 02 or February"));
            }
            None => {}
        }
        if typed.year.is_empty() {
            self.miss(".year", format!("{subject} must include a year"));
        } else if value::four_digit_year(&typed.year).is_none() {
            self.refuse(".year", format!("{subject} must include a year of four digits, like 2007"));
        }
    }
}

/// A number of more digits than can be counted with.
fn is_digits(text: &str) -> bool {
    value::whole_digits(text).is_some_and(|digits| !digits.starts_with('-'))
}
