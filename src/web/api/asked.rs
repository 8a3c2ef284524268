//! What somebody asks of an edition's programs: a search, and a page of what it finds. It is read in the words of the
//! list's page, but strictly: a machine that is misunderstood does not notice.

use std::collections::BTreeSet;

use super::paging::Paging;
use crate::error::AppError;
use crate::guide::search::{Cut, LONGEST_TEXT, MOST_WORDS, Offer, Parameter, Query, Said, Unknown, text_length};
use crate::web::enumeration::enumerated;

/// A search, and which page of what it finds.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// The search. Its own page is not used.
    pub query: Query,
    /// The page.
    pub paging: Paging,
}

impl Asked {
    /// Reads it from an address's query.
    ///
    /// # Errors
    /// [`AppError::Parameter`] names what there is not, cannot be used, or stands twice where it can stand once.
    pub fn read(query: &str, offer: &Offer) -> Result<Self, AppError> {
        let mut asked = Self::default();
        let parameters = offer.written(query);
        require_once(&parameters, offer)?;
        for (name, value) in &parameters {
            if !asked.paging.take(name, value)? {
                asked.query.take(said(name, value, offer, &["page", "per_page", "q", "sort"])?);
            }
        }
        Ok(Self { query: asked.query.settled(), ..asked })
    }

    /// The address of a page of the same search. `path`: where the programs are.
    pub fn address(&self, path: &str, offer: &Offer, paging: Paging) -> String {
        let search = self.query.written(offer);
        let and = if search.is_empty() { "" } else { "&" };
        format!("{path}?{search}{and}page={}&per_page={}", paging.page, paging.per_page)
    }
}

/// Reads a search alone, which has neither pages nor an order.
///
/// # Errors
/// As [`Asked::read`].
pub fn search(query: &str, offer: &Offer) -> Result<Query, AppError> {
    let mut search = Query::default();
    let parameters = offer.written(query);
    require_once(&parameters, offer)?;
    for (name, value) in &parameters {
        search.take(said(name, value, offer, &["q"])?);
    }
    Ok(search)
}

/// Refuses a query in which anything but a choice of a filter stands more than once.
fn require_once(parameters: &[Parameter], offer: &Offer) -> Result<(), AppError> {
    let mut seen = BTreeSet::new();
    for (name, _) in parameters {
        let is_choice = offer.parts().any(|(_, _, part)| part.name == *name);
        if !is_choice && !seen.insert(name) {
            return Err(AppError::Parameter(format!("The parameter {name} stands twice.")));
        }
    }
    Ok(())
}

/// What a parameter says. `taken`: those that are taken beside filters.
fn said(name: &str, value: &str, offer: &Offer, taken: &[&str]) -> Result<Said, AppError> {
    let said = match Said::read(name, value, offer) {
        Ok(Said::Sort(_)) | Err(Unknown::Sort) if !taken.contains(&name) => Err(Unknown::Name),
        said => said,
    };
    match said {
        Ok(Said::Text(text)) if text.is_empty() || text_length(value) > LONGEST_TEXT => {
            Err(AppError::Parameter(format!("The parameter q must have a word in it, and {LONGEST_TEXT} characters at most.")))
        }
        Ok(Said::Text(_)) if Cut::of(value) == Some(Cut::Words) => {
            Err(AppError::Parameter(format!("The parameter q must have no more than {MOST_WORDS} different words.")))
        }
        Ok(said) => Ok(said),
        Err(unknown) => Err(AppError::Parameter(sentence(unknown, name, value, offer, taken))),
    }
}

/// What there is instead.
fn sentence(unknown: Unknown, name: &str, value: &str, offer: &Offer, taken: &[&str]) -> String {
    match unknown {
        Unknown::Name => {
            let filters = offer.parts().map(|(_, _, part)| part.name.to_string());
            let numbers = offer.numbers().map(|(_, filter)| filter.place.to_owned());
            let all = taken.iter().map(|name| (*name).to_owned()).chain(filters).chain(numbers);
            format!("There is no parameter “{name}”; there are {}.", enumerated(all, "and"))
        }
        Unknown::Sort => format!("The parameter sort cannot be “{value}”; it can be {}.", enumerated(offer.orders(), "or")),
        Unknown::Choice(filter, part) => {
            let choices = offer.part(filter, part).into_iter().flat_map(|part| &part.choices);
            let keys = enumerated(choices.map(|(key, _)| (*key).to_owned()), "or");
            format!("The parameter {name} cannot be “{value}”; it can be {keys}.")
        }
        Unknown::Numbers => {
            format!("The parameter {name} cannot be “{value}”; it can be a whole number, or two as in 2000-2004.")
        }
        Unknown::Beyond => format!("The parameter {name} cannot be “{value}”: that lies beyond every number that is answered."),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;
    use crate::questionnaire::{Questionnaire, load};

    static QUESTIONNAIRE: LazyLock<Questionnaire> =
        LazyLock::new(|| load::parse("questionnaire.toml", include_str!("../../../guides/2017/questionnaire.toml")).unwrap());

    #[test]
    fn the_same_request_has_the_same_address() {
        let offer = Offer::of(&QUESTIONNAIRE);
        for (query, address) in [
            ("", "?page=1&per_page=50"),
            ("per_page=7&page=3", "?page=3&per_page=7"),
            ("q=+a%20b&page=2", "?q=a+b&page=2&per_page=50"),
            ("sort=company_name", "?page=1&per_page=50"),
            (
                "na_partners=0100-499&program_year=2004&recertification=never",
                "?recertification=never&program_year=2004&na_partners=100-499&page=1&per_page=50",
            ),
            ("program_year=2004%E2%80%932000&na_partners=1,000", "?program_year=2000-2004&na_partners=1000&page=1&per_page=50"),
            ("sort=company_name&q=x", "?q=x&sort=company_name&page=1&per_page=50"),
            (
                "company_size=large&per_page=9&company_size=small&sort=-na_partners&company_size=small",
                "?company_size=small&company_size=large&sort=-na_partners&page=1&per_page=9",
            ),
        ] {
            let asked = Asked::read(query, &offer).unwrap();
            let written = asked.address("", &offer, asked.paging);
            assert_eq!(written, address, "{query}");
            assert_eq!(Asked::read(written.trim_start_matches('?'), &offer).unwrap(), asked);
        }
    }

    #[test]
    fn a_search_alone_has_neither_pages_nor_an_order() {
        let offer = Offer::of(&QUESTIONNAIRE);
        let search = |query: &str| search(query, &offer);
        assert_eq!(
            search("company_size=large&q=a++b&company_size=small").unwrap().written(&offer),
            "q=a+b&company_size=small&company_size=large"
        );
        for name in ["page", "per_page", "sort", "colour"] {
            for value in ["1", "company_name"] {
                let said = match search(&format!("{name}={value}")) {
                    Err(AppError::Parameter(sentence)) => sentence,
                    other => format!("{other:?}"),
                };
                let sentence = format!("There is no parameter “{name}”; there are q, specialties, specialties.row,");
                assert!(said.starts_with(&sentence), "{said}");
            }
        }
    }

    #[test]
    fn what_cannot_be_asked_for_is_named_with_what_can() {
        let offer = Offer::of(&QUESTIONNAIRE);
        let (long, signs) = (format!("q={}", "x".repeat(101)), format!("q={}", "㌖".repeat(17)));
        let many = format!("q={}", (11..36).map(|number| number.to_string()).collect::<Vec<_>>().join("+"));
        for (query, says) in [
            ("colour=blue", "There is no parameter “colour”; there are page, per_page, q, sort, specialties, specialties.row,"),
            ("program=digium", "There is no parameter “program”;"),
            ("letter=A", "There is no parameter “letter”;"),
            ("compare=", "There is no parameter “compare”;"),
            ("company_size=huge", "The parameter company_size cannot be “huge”; it can be small, medium, large or enterprise."),
            ("company_size=", "The parameter company_size cannot be “”;"),
            ("na_partners=many", "The parameter na_partners cannot be “many”; it can be a whole number, or two as in 2000-2004."),
            (
                "program_year=2000-99999999999999999999",
                "The parameter program_year cannot be “2000-99999999999999999999”: that lies",
            ),
            ("na_partners=1&na_partners=2", "The parameter na_partners stands twice."),
            ("sort=ceo", "The parameter sort cannot be “ceo”; it can be company_name, -company_name, program_year,"),
            ("q=x&q=x", "The parameter q stands twice."),
            ("sort=program_year&sort=program_year", "The parameter sort stands twice."),
            ("page=1&page=1", "The parameter page stands twice."),
            ("per_page=0", "The parameter per_page must be a whole number from 1 to 100."),
            ("q=", "The parameter q must have a word in it"),
            ("q=%26%26", "The parameter q must have a word in it"),
            (&long, "The parameter q must have a word in it, and 100 characters at most."),
            (&signs, "The parameter q must have a word in it, and 100 characters at most."),
            (&many, "The parameter q must have no more than 24 different words."),
        ] {
            let said = match Asked::read(query, &offer) {
                Err(AppError::Parameter(sentence)) => sentence,
                other => format!("{other:?}"),
            };
            assert!(said.starts_with(says), "{query}: {said}");
        }
    }
}
