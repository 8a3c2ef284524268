//! Countries and, where an address needs one, their states or provinces (`guides/countries.toml`).

use std::sync::LazyLock;

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
    /// The state or province that is meant by its code or its name.
    pub fn region(&self, typed: &str) -> Option<&Region> {
        self.regions.iter().find(|region| region.code.eq_ignore_ascii_case(typed) || region.name.eq_ignore_ascii_case(typed))
    }
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
    fn every_code_stands_once() {
        let mut codes: Vec<_> = countries().iter().map(|country| country.code.as_str()).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), countries().len());
        assert!(codes.len() > 240);
    }
}
