//! `/{year}/compare`: two to four programs side by side, or the way to choose them. The address says it all, so it is
//! what a reader shares.

mod choose;
mod side_by_side;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use url::form_urlencoded;

use super::years::{self, OtherYear};
use super::{Reading, made};
use crate::error::AppError;
use crate::guide::{Listed, Page, Shelf};
use crate::web::count::{capital, counted};
use crate::workflow::House;
use choose::ChoosePage;
use side_by_side::ComparePage;

/// The most programs that stand side by side.
pub const MOST: usize = 4;
/// The most programs that are looked up for one address.
const MOST_READ: usize = 20;
/// The most characters of a name that is looked for.
const LONGEST_NAME: usize = 120;

/// What an address asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// The programs by their part of the address, in the order chosen, each once.
    slugs: Vec<String>,
    only_differences: bool,
    /// A name by which another program is looked for; none while nobody looks for one.
    find: Option<String>,
}

impl Asked {
    /// Reads a query. What is not known in it is passed over.
    pub fn read(query: &str) -> Self {
        let mut asked = Self::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            match &*name {
                "program" if value.is_empty() || asked.slugs.iter().any(|slug| *slug == value) => {}
                "program" if asked.slugs.len() < MOST_READ => asked.slugs.push(value.into_owned()),
                "only" => asked.only_differences = value == "differences",
                "find" => asked.find = Some(value.trim().chars().take(LONGEST_NAME).collect()),
                _ => {}
            }
        }
        asked
    }

    /// The same with the programs that are written in capitals as they are called; none where all are, or are not there.
    fn meant(&self, shelf: &Shelf) -> Option<Self> {
        let small =
            |slug: &String| Some(slug.to_lowercase()).filter(|small| shelf.find(slug).is_none() && shelf.find(small).is_some());
        self.slugs.iter().any(|slug| small(slug).is_some()).then(|| {
            let mut slugs: Vec<String> = Vec::new();
            for slug in self.slugs.iter().map(|slug| small(slug).unwrap_or_else(|| slug.clone())) {
                if !slugs.contains(&slug) {
                    slugs.push(slug);
                }
            }
            Self { slugs, ..self.clone() }
        })
    }

    /// The address in its one form.
    fn address(&self, year: i32) -> String {
        let only = self.only_differences.then_some(ONLY_DIFFERENCES);
        let find = self.find.as_deref().map(|find| ("find", find));
        address(year, self.slugs.iter().map(String::as_str), only.into_iter().chain(find))
    }
}

const ONLY_DIFFERENCES: (&str, &str) = ("only", "differences");

/// Where these programs are compared, with what else the address says.
pub(super) fn address<'a>(
    year: i32,
    slugs: impl IntoIterator<Item = &'a str>,
    more: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(slugs.into_iter().map(|slug| ("program", slug))).extend_pairs(more);
    match query.finish() {
        query if query.is_empty() => format!("/{year}/compare"),
        query => format!("/{year}/compare?{query}"),
    }
}

/// The programs that an address names.
struct Chosen<'a> {
    year: i32,
    programs: Vec<&'a Listed>,
    /// What has to be said about the choice.
    remarks: Vec<String>,
}

impl<'a> Chosen<'a> {
    fn new(year: i32, asked: &Asked, shelf: &'a Shelf) -> Self {
        let (known, unknown): (Vec<_>, Vec<_>) =
            asked.slugs.iter().map(|slug| (slug, shelf.find(slug))).partition(|(_, listed)| listed.is_some());
        let mut remarks: Vec<String> = unknown.iter().map(|(slug, _)| format!("No program is called “{slug}”.")).collect();
        let mut programs: Vec<&Listed> = known.into_iter().filter_map(|(_, listed)| listed).map(|listed| &**listed).collect();
        let left_out = programs.split_off(MOST.min(programs.len()));
        if !left_out.is_empty() {
            let room = capital(&counted(MOST, "program", "programs"));
            let left_out = names(&left_out);
            remarks.push(format!("{room} have room side by side. Left out: {}.", left_out.trim_end_matches('.')));
        }
        Self { year, programs, remarks }
    }

    fn slugs(&self) -> impl Iterator<Item = &'a str> {
        self.programs.iter().map(|listed| listed.slug.as_str())
    }

    /// Where the others are compared, without this one.
    fn without(&self, listed: &Listed, more: Option<(&'a str, &'a str)>) -> String {
        address(self.year, self.slugs().filter(|slug| *slug != listed.slug), more)
    }
}

/// The comparison in other editions, of those programs that are there as well.
fn other_years(reading: &Reading, own: &Shelf, programs: &[&Listed]) -> Vec<OtherYear> {
    years::others(reading, |other| {
        let there = other.shelf().ok()?;
        let slugs: Vec<&str> =
            programs.iter().filter_map(|listed| own.same_program(listed, there)).map(|listed| listed.slug.as_str()).collect();
        let words = if slugs.len() > 1 { "The comparison" } else { "Compare programs" };
        Some((words, address(other.edition.year, slugs, [])))
    })
}

/// The companies of some programs.
fn names(programs: &[&Listed]) -> String {
    programs.iter().map(|listed| listed.company.as_str()).collect::<Vec<_>>().join("; ")
}

/// `/{year}/compare`
///
/// # Errors
/// [`AppError::NotThere`] for a year without an edition.
pub async fn show(request: HttpRequest, house: web::Data<House>, year: web::Path<i32>) -> Result<HttpResponse, AppError> {
    let reading = Reading::of_year(&house, *year)?;
    let asked = Asked::read(request.query_string());
    if let Some(meant) = asked.meant(reading.shelf()?) {
        return Ok(HttpResponse::PermanentRedirect().insert_header((header::LOCATION, meant.address(*year))).finish());
    }
    reading.answer(&asked.address(*year), move |reading| make(reading, &asked)).await
}

/// The comparison, or the way to choose what to compare while there are fewer than two programs or another is looked for.
///
/// # Errors
/// [`AppError::NotThere`] for an edition that is not in the catalogue.
pub fn make(reading: &Reading, asked: &Asked) -> Result<Page, AppError> {
    let shelf = reading.shelf()?;
    let chosen = Chosen::new(reading.edition.year, asked, shelf);
    let adds = asked.find.is_some() && chosen.programs.len() < MOST;
    if adds || chosen.programs.len() < 2 {
        return made(&ChoosePage::new(reading, shelf, chosen, asked), None);
    }
    let published = chosen.programs.iter().map(|listed| listed.published()).collect::<Result<Vec<_>, _>>()?;
    let printed: Vec<_> = published.iter().map(|published| &published.printed).collect();
    let comparison = reading.edition.questionnaire.compare(&printed);
    made(&ComparePage::new(reading, shelf, chosen, comparison, asked.only_differences), reading.catalogue().changed_at())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_one_form() {
        for (query, address) in [
            ("", "/2017/compare"),
            ("program=", "/2017/compare"),
            ("program=b&program=a&program=b", "/2017/compare?program=b&program=a"),
            ("only=differences&sort=size&program=a", "/2017/compare?program=a&only=differences"),
            ("only=all&program=a", "/2017/compare?program=a"),
            ("find=+Digium+&program=a", "/2017/compare?program=a&find=Digium"),
            ("find=", "/2017/compare?find="),
            ("program=%C3%A9%26%FF", "/2017/compare?program=%C3%A9%26%EF%BF%BD"),
        ] {
            assert_eq!(Asked::read(query).address(2017), address, "{query}");
        }
        assert_eq!(Asked::read(&"program=a&program=b&find=x&".repeat(1000)), Asked::read("program=a&program=b&find=x"));
        let many: String = (0..1000).map(|number| format!("program={number}&")).collect();
        assert_eq!(Asked::read(&many).slugs.len(), MOST_READ);
    }
}
