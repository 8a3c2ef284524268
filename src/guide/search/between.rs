//! Numbers from one to another, as they stand in an address.

use std::fmt;
use std::num::{IntErrorKind, ParseIntError};

use super::Unknown;

/// Numbers from the least to the most, both among them. In an address `2000-2004`, or `2000` alone for one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Between {
    /// The smallest.
    pub least: i64,
    /// The largest.
    pub most: i64,
}

impl Between {
    /// Reads it, also as pages print it: `2000–2004`, `1,000 – 4,999`. Whichever of the two stands first, the smaller is the
    /// least.
    ///
    /// # Errors
    /// [`Unknown::Numbers`] for what is no number, [`Unknown::Beyond`] for one that is larger or smaller than all that are
    /// answered.
    pub fn read(value: &str) -> Result<Self, Unknown> {
        let value: String = value.trim().chars().map(|letter| if is_dash(letter) { '-' } else { letter }).collect();
        // What stands first may be a minus.
        let dash = value.char_indices().skip(1).find(|(_, letter)| *letter == '-').map(|(place, _)| place);
        let (one, other) = dash.map_or((&*value, &*value), |dash| (&value[..dash], &value[dash + 1..]));
        let (one, other) = (number(one)?, number(other)?);
        Ok(Self { least: one.min(other), most: one.max(other) })
    }

    /// Whether a number is among them.
    pub fn contains(self, number: i64) -> bool {
        (self.least..=self.most).contains(&number)
    }
}

/// Hyphens, dashes and the minus: keyboards and pages write now one, now the other.
fn is_dash(letter: char) -> bool {
    matches!(letter, '\u{2010}'..='\u{2014}' | '\u{2212}')
}

/// A whole number, with or without commas between its thousands.
fn number(written: &str) -> Result<i64, Unknown> {
    let written = written.trim();
    let mut groups = written.split(',');
    let first = groups.next().unwrap_or_default().trim_start_matches('-');
    let are_thousands = (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3);
    if written.contains(',') && !are_thousands {
        return Err(Unknown::Numbers);
    }
    written.replace(',', "").parse().map_err(|error: ParseIntError| match error.kind() {
        IntErrorKind::PosOverflow | IntErrorKind::NegOverflow => Unknown::Beyond,
        _ => Unknown::Numbers,
    })
}

impl fmt::Display for Between {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.least == self.most {
            true => write!(formatter, "{}", self.least),
            false => write!(formatter, "{}-{}", self.least, self.most),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_are_read_from_the_least_to_the_most() {
        for (value, written) in [
            ("2000-2004", Some("2000-2004")),
            ("2000", Some("2000")),
            ("2000-2000", Some("2000")),
            ("0007-+9", Some("7-9")),
            ("-5--1", Some("-5--1")),
            ("-5-1", Some("-5-1")),
            ("2004-2000", Some("2000-2004")),
            ("2000–2004", Some("2000-2004")),
            (" 2000 – 2004 ", Some("2000-2004")),
            ("2004—2000", Some("2000-2004")),
            ("1,000–4,999", Some("1000-4999")),
            ("\u{2212}1,234,567–7", Some("-1234567-7")),
            ("-1--5", Some("-5--1")),
            ("20 00", None),
            ("1,00", None),
            (",000", None),
            ("1000,000", None),
            ("1,+00", None),
            ("1,é", None),
            ("–", None),
            ("1-2-3", None),
            ("2000-", None),
            ("-", None),
            ("", None),
            ("é-é", None),
            ("1,000-4,999", Some("1000-4999")),
        ] {
            assert_eq!(Between::read(value).ok().map(|between| between.to_string()).as_deref(), written, "{value}");
        }
        for beyond in ["99999999999999999999", "2000–99999999999999999999", "-99,999,999,999,999,999,999"] {
            assert_eq!(Between::read(beyond), Err(Unknown::Beyond), "{beyond}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(one: i64, other: i64, any in "\\PC{0,12}") {
            let between = Between { least: one.min(other), most: one.max(other) };
            prop_assert_eq!(Between::read(&between.to_string()), Ok(between));
            prop_assert!(between.contains(one) && between.contains(other));
            prop_assert!(!Between::read(&any).is_ok_and(|read| read.least > read.most));
        }
    }
}
