//! Countries and, where an address needs one, their states or provinces (`guides/countries.toml`).

use std::sync::LazyLock;

use deunicode::deunicode_char;
use serde::Deserialize;

/// A country of ISO 3166-1.
#[derive(Debug, Deserialize)]
pub struct Country {
    /// Its code of two letters.
    pub code: String,
    /// Its name in English.
    pub name: String,
    /// The states or provinces of which an address must name one; empty where it need not.
    #[serde(default)]
    pub regions: Vec<Region>,
}

/// A state or province.
#[derive(Debug, Deserialize)]
pub struct Region {
    /// Its postal code of two letters.
    pub code: String,
    /// Its name.
    pub name: String,
    /// How running text shortens its name, if not to its code: "Mass."
    pub abbreviation: Option<String>,
}

#[derive(Deserialize)]
struct Countries {
    country: Vec<Country>,
}

/// The country in which an address is printed without naming it.
pub const HOME: &str = "US";

static COUNTRIES: LazyLock<Vec<Country>> = LazyLock::new(|| {
    let countries: Result<Countries, _> = toml::from_str(include_str!("../../guides/countries.toml"));
    #[expect(clippy::expect_used, reason = "the file is part of the program, and tested")]
    countries.expect("guides/countries.toml is well formed").country
});

/// Every country, by name.
pub fn countries() -> &'static [Country] {
    &COUNTRIES
}

/// The country with this code.
pub fn country(code: &str) -> Option<&'static Country> {
    countries().iter().find(|country| country.code == code)
}

impl Country {
    /// Whether an address names one of its states or provinces.
    pub fn needs_region(&self) -> bool {
        !self.regions.is_empty()
    }

    /// Whether an address has a postal code. Of the other countries many have none.
    pub fn needs_postal_code(&self) -> bool {
        matches!(self.code.as_str(), "US" | "CA")
    }

    /// The state or province that is meant by its code, its name or the name's abbreviation, with full stops and accents or
    /// without: "D.C.", "Québec", "Mass."
    pub fn region(&self, typed: &str) -> Option<&Region> {
        let name = plain(typed);
        let short = joined(typed);
        self.regions.iter().find(|region| {
            region.code.eq_ignore_ascii_case(&short)
                || plain(&region.name) == name
                || region.abbreviation.as_deref().is_some_and(|abbreviation| joined(abbreviation) == short)
        })
    }
}

/// As [`plain`], without spaces: what stands between two letters of an abbreviation means nothing.
fn joined(text: &str) -> String {
    plain(text).replace(' ', "")
}

/// Latin letters without their marks, in small letters, and single spaces; no full stops.
fn plain(text: &str) -> String {
    let is_mark = |character: &char| matches!(character, '.' | '\u{300}'..='\u{36f}');
    let mut plain = String::new();
    for character in text.chars().filter(|character| !is_mark(character)) {
        // Other scripts stay as they are: how they sound is no abbreviation.
        match deunicode_char(character).filter(|_| character < '\u{250}') {
            Some(latin) => plain.push_str(latin),
            None => plain.push(character),
        }
    }
    plain.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_found_by_code_or_name() {
        let home = country(HOME).expect("the United States");
        assert_eq!(home.region("al").map(|region| region.name.as_str()), Some("Alabama"));
        assert_eq!(home.region("ALABAMA").map(|region| region.code.as_str()), Some("AL"));
        assert!(home.region("ON").is_none());
        assert!(country("CA").expect("Canada").region("ON").is_some());
    }

    #[test]
    fn full_stops_and_accents_make_it_no_other_state() {
        let (home, canada) = (country(HOME).expect("the United States"), country("CA").expect("Canada"));
        for (country, typed, code) in [
            (home, "D.C.", "DC"),
            (home, "n.y.", "NY"),
            (home, "N. Y.", "NY"),
            (home, "new  york", "NY"),
            (home, "Mass.", "MA"),
            (home, "calif", "CA"),
            (home, "W.Va.", "WV"),
            (canada, "Ont.", "ON"),
            (canada, "Québec", "QC"),
            (canada, "QUE\u{301}BEC", "QC"),
            (canada, "B.C.", "BC"),
        ] {
            assert_eq!(country.region(typed).map(|region| region.code.as_str()), Some(code), "{typed}");
        }
        for typed in ["", ".", "  ", "N.", "Newyork", "Mas", "日本"] {
            assert!(home.region(typed).is_none(), "{typed}");
        }
    }

    #[test]
    fn whatever_a_state_is_called_means_it_alone() {
        for country in countries() {
            for region in &country.regions {
                for called in [Some(&region.code), Some(&region.name), region.abbreviation.as_ref()].into_iter().flatten() {
                    assert_eq!(country.region(called).map(|found| &found.code), Some(&region.code), "{called}");
                }
            }
        }
    }

    #[test]
    fn every_code_stands_once() {
        let mut codes: Vec<_> = countries().iter().map(|country| country.code.as_str()).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), countries().len());
        assert!(codes.len() > 240);
    }
}
