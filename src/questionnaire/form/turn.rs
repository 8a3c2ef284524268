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

/// How a turn of a form comes among its others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrival {
    /// After the one that was sent before it.
    InTurn,
    /// Once more: it, or another of the same number, has come before.
    Again,
    /// Before one, perhaps, that was sent earlier.
    Early,
    /// After one that was sent later.
    Late,
}

/// The newest turns of the forms that were sent lately, of each form one. What was sent before any of them is late, whatever
/// came of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewestTurns(Vec<Turn>);

impl NewestTurns {
    /// Of how many forms they are known: of more than an entry is filled in with between a browser that was closed and the same
    /// one opened again, which sends once more what it does not know to have arrived.
    const MOST: usize = 48;

    /// As they are written: with spaces between them, the form first that was sent last.
    pub fn read(text: &str) -> Self {
        Self(text.split(' ').filter_map(Turn::read).collect())
    }

    /// Takes in a turn that comes.
    pub fn take(&mut self, turn: &Turn) -> Arrival {
        // A form that counts begins at 1.
        let newest = self.0.iter().find(|known| known.form == turn.form).map_or(0, |known| known.number);
        if turn.number < newest {
            return Arrival::Late;
        }
        if turn.number == newest && newest > 0 {
            return Arrival::Again;
        }
        if turn.number > newest {
            self.0.retain(|known| known.form != turn.form);
            self.0.insert(0, turn.clone());
            self.0.truncate(Self::MOST);
        }
        if turn.number > newest.saturating_add(1) { Arrival::Early } else { Arrival::InTurn }
    }
}

impl fmt::Display for NewestTurns {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, turn) in self.0.iter().enumerate() {
            write!(formatter, "{}{turn}", if place == 0 { "" } else { " " })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Arrival::{Again, Early, InTurn, Late};
    use super::{NewestTurns, Turn};

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

    #[test]
    fn of_each_form_the_newest_turn_is_known() {
        let turn = |form: u64, number| Turn { form: format!("{form:016x}"), number };
        let mut newest = NewestTurns::read("");
        for (number, arrival) in
            [(0, InTurn), (0, InTurn), (1, InTurn), (3, Early), (2, Late), (3, Again), (4, InTurn), (0, Late)]
        {
            assert_eq!(newest.take(&turn(0, number)), arrival, "{number}");
        }
        assert_eq!(newest.to_string(), "0000000000000000.4");
        for form in 1..=48 {
            assert_eq!(newest.take(&turn(form, 2)), Early);
        }
        assert_eq!(newest, NewestTurns::read(&newest.to_string()));
        assert_eq!(newest.take(&turn(1, 1)), Late);
        assert_eq!(newest.take(&turn(0, 1)), InTurn, "a form that was sent long ago is forgotten");
    }
}
