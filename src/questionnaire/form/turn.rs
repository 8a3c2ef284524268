//! A form that stands open in a window is sent again and again, and one of its turns may overtake another on the way.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Which form was sent, and the how manieth time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// The form, as one page rendered it: 16 hexadecimal digits.
    pub form: String,
    /// Counted by the form itself; one that cannot count says 0 each time.
    pub number: i32,
}

impl Turn {
    /// The form's field.
    pub const FIELD: &str = "form";

    /// As the field has it, like `0123456789abcdef.4`; none for anything else.
    pub fn read(field: &str) -> Option<Self> {
        let (form, number) = field.split_once('.')?;
        let is_form = form.len() == 16 && form.bytes().all(|byte| byte.is_ascii_hexdigit());
        let is_number = number.bytes().all(|byte| byte.is_ascii_digit());
        let number = number.parse().ok().filter(|_| is_form && is_number)?;
        Some(Self { form: form.to_owned(), number })
    }

    /// Whether both are turns of one form, and this one is not the earlier.
    pub fn follows(&self, other: &Self) -> bool {
        self.form == other.form && self.number >= other.number
    }
}

impl fmt::Display for Turn {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}", self.form, self.number)
    }
}

#[cfg(test)]
mod tests {
    use super::Turn;

    #[test]
    fn a_turn_is_read_as_it_is_written() {
        let turn = Turn { form: "0123456789abcdef".to_owned(), number: 12 };
        assert_eq!(Turn::read(&turn.to_string()), Some(turn));
        for other in [
            "",
            "0123456789abcdef",
            "0123456789abcdef.",
            "0123.1",
            "0123456789abcdef.-1",
            "0123456789abcdeg.1",
            "0123456789abcdef.99999999999",
        ] {
            assert_eq!(Turn::read(other), None, "{other}");
        }
    }

    #[test]
    fn a_turn_follows_the_earlier_ones_of_its_form() {
        let turn = |form: &str, number| Turn { form: form.to_owned(), number };
        assert!(turn("a", 2).follows(&turn("a", 1)) && turn("a", 2).follows(&turn("a", 2)));
        assert!(!turn("a", 1).follows(&turn("a", 2)) && !turn("b", 2).follows(&turn("a", 1)));
    }
}
