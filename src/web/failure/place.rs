//! In which part of the house an address is, whether or not there is something at it.

use crate::db::ids::EntryId;

/// A part of the house.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place<'a> {
    /// The readers' pages of this year.
    Edition(i32),
    /// An entry's pages, for its vendor.
    Entry {
        /// The entry.
        id: EntryId,
        /// What may be the key of a page of its questionnaire.
        page: Option<&'a str>,
    },
    /// A vendor's other pages.
    Own,
    /// An entry at the desk.
    Review(EntryId),
    /// The rest of the desk.
    Desk,
    /// Anywhere else.
    Elsewhere,
}

impl<'a> Place<'a> {
    /// The part in which this path is.
    pub fn of(path: &'a str) -> Self {
        let parts: Vec<&str> = path.split('/').skip(1).collect();
        match *parts.as_slice() {
            ["entries", id, ref rest @ ..] => {
                let page = rest.first().copied();
                id.parse().map_or(Self::Own, |id| Self::Entry { id, page })
            }
            ["entries"] => Self::Own,
            ["desk", "entries", id, ..] => id.parse().map_or(Self::Desk, Self::Review),
            ["desk", ..] => Self::Desk,
            [year, ..] => edition(year).map_or(Self::Elsewhere, Self::Edition),
            [] => Self::Elsewhere,
        }
    }
}

/// The year that an edition's addresses begin with.
fn edition(part: &str) -> Option<i32> {
    let is_year = part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    part.parse().ok().filter(|_| is_year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_in_a_part_of_the_house() {
        let id = "01890a5d-ac96-774b-bcce-b302099a8057";
        let parsed: EntryId = id.parse().unwrap();
        let entry = |page| Place::Entry { id: parsed, page };
        assert_eq!(Place::of(&format!("/entries/{id}")), entry(None));
        assert_eq!(Place::of(&format!("/entries/{id}/company")), entry(Some("company")));
        assert_eq!(Place::of(&format!("/desk/entries/{id}/decision")), Place::Review(parsed));
        for path in ["/entries", "/entries/", "/entries/new", "/entries/1/company"] {
            assert_eq!(Place::of(path), Place::Own, "{path}");
        }
        for path in ["/2017", "/2017/", "/2017/programs/nobody"] {
            assert_eq!(Place::of(path), Place::Edition(2017), "{path}");
        }
        for path in ["/desk", "/desk/messages", "/desk/entries/1"] {
            assert_eq!(Place::of(path), Place::Desk, "{path}");
        }
        for path in ["/", "", "*", "/nothing", "/20170/", "/+201/", "//2017/"] {
            assert_eq!(Place::of(path), Place::Elsewhere, "{path}");
        }
    }
}
