//! Numbers from one to another, as they stand in an address.

use std::fmt;

/// Numbers from the least to the most, both among them. In an address `2000-2004`, or `2000` alone for one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Between {
    /// The smallest.
    pub least: i64,
    /// The largest.
    pub most: i64,
}

impl Between {
    /// Reads it; none for what is no number, and for numbers from a larger to a smaller.
    pub fn read(value: &str) -> Option<Self> {
        // What stands first may be a minus.
        let (least, most) = match value.get(1..)?.split_once('-') {
            Some((least, most)) => (value.get(..=least.len())?, most),
            None => (value, value),
        };
        let between = Self { least: least.parse().ok()?, most: most.parse().ok()? };
        (between.least <= between.most).then_some(between)
    }

    /// Whether a number is among them.
    pub fn contains(self, number: i64) -> bool {
        (self.least..=self.most).contains(&number)
    }
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
            ("2004-2000", None),
            ("2000-", None),
            ("-", None),
            ("", None),
            ("é-é", None),
            ("1,000-4,999", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(Between::read(value).map(|between| between.to_string()).as_deref(), written, "{value}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(one: i64, other: i64, any in "\\PC{0,12}") {
            let between = Between { least: one.min(other), most: one.max(other) };
            prop_assert_eq!(Between::read(&between.to_string()), Some(between));
            prop_assert!(between.contains(one) && between.contains(other));
            prop_assert!(Between::read(&any).is_none_or(|read| read.least <= read.most));
        }
    }
}
