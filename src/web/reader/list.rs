//! The list of an edition's programs, A to Z: the guide's cover and its front door.

use std::sync::Arc;

use actix_web::http::header;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::head::Head;
use super::{Reading, made};
use crate::domain::Edition;
use crate::error::AppError;
use crate::guide::{Listed, Page};
use crate::web::count::{capital, counted};
use crate::web::finished;
use crate::web::layout::Layout;
use crate::workflow::House;

/// The list.
#[derive(Template)]
#[template(path = "reader/list.html")]
pub struct ListPage<'a> {
    layout: Layout,
    head: Head,
    /// The address under which search engines know the page, whichever was asked for.
    canonical: String,
    how_many: String,
    /// When the last profile came, for a machine and in words; none while there is no profile.
    updated: Option<(String, String)>,
    publishes: String,
    letters: Vec<Letter>,
    columns: Vec<Column<'a>>,
    groups: Vec<Group<'a>>,
}

/// A letter of the alphabet above the list.
struct Letter {
    letter: char,
    /// Where its programs begin; none when there is no such program.
    anchor: Option<String>,
}

struct Column<'a> {
    heading: &'a str,
    /// Whether it holds figures, which stand at the end of their cells.
    figures: bool,
}

/// The programs under one letter.
struct Group<'a> {
    letter: char,
    anchor: String,
    programs: &'a [Arc<Listed>],
}

impl<'a> ListPage<'a> {
    fn new(reading: &'a Reading, listed: &'a [Arc<Listed>]) -> Self {
        let (house, edition) = (reading.house, &*reading.edition);
        let newest = listed.iter().map(|listed| listed.published_from).max();
        let schedule = &edition.schedule;
        let how_many = counted(listed.len(), "partner program", "partner programs");
        Self {
            layout: Layout::public(house, Some(edition), "Programs"),
            head: Head::of_list(reading, listed),
            canonical: house.address(&format!("/{}/", edition.year)),
            how_many: capital(&how_many),
            updated: newest.map(|newest| (schedule.machine(newest), schedule.day_words(newest))),
            publishes: schedule.day_words(schedule.publishes_at),
            letters: letters(listed),
            columns: columns(edition, listed),
            groups: groups(listed),
        }
    }

    /// A column's head and a program's value in it.
    fn cells<'b>(&'b self, listed: &'b Listed) -> impl Iterator<Item = (&'b Column<'a>, &'b String)> {
        self.columns.iter().zip(&listed.columns)
    }
}

/// `/`: the newest edition's list.
///
/// # Errors
/// [`AppError::NotThere`] while there is no edition.
pub async fn newest(house: web::Data<House>) -> Result<HttpResponse, AppError> {
    let reading = Reading::newest(&house)?;
    reading.answer("/", || Ok((*page(&reading)?).clone()))
}

/// `/{year}/`
///
/// # Errors
/// [`AppError::NotThere`] for a year without an edition.
pub async fn show(house: web::Data<House>, year: web::Path<i32>) -> Result<HttpResponse, AppError> {
    Ok(finished::page(page(&Reading::of_year(&house, *year)?)?))
}

/// `/{year}`: what somebody types; the list stands one stroke further.
///
/// # Errors
/// [`AppError::NotThere`] for a year without an edition.
pub async fn with_stroke(house: web::Data<House>, year: web::Path<i32>) -> Result<HttpResponse, AppError> {
    let edition = house.editions.by_year(*year).ok_or(AppError::NotThere)?;
    Ok(HttpResponse::PermanentRedirect().insert_header((header::LOCATION, format!("/{}/", edition.year))).finish())
}

fn page(reading: &Reading) -> Result<Arc<Page>, AppError> {
    reading.page(&format!("/{}/", reading.edition.year), || make(reading))
}

/// The list of an edition.
///
/// # Errors
/// [`AppError::NotThere`] for an edition that is not in the catalogue.
pub fn make(reading: &Reading) -> Result<Page, AppError> {
    let listed = reading.shelf()?.listed();
    made(&ListPage::new(reading, listed), listed.iter().map(|listed| listed.published_from).max())
}

/// Where the programs under a letter begin.
pub(super) fn anchor(letter: char) -> String {
    if letter == '#' { "others".to_owned() } else { letter.to_string() }
}

/// The alphabet, after # where a name begins with no letter.
fn letters(listed: &[Arc<Listed>]) -> Vec<Letter> {
    let has = |letter| listed.iter().any(|listed| listed.letter == letter);
    let others = has('#').then_some('#');
    let letter = |letter| Letter { letter, anchor: has(letter).then(|| anchor(letter)) };
    others.into_iter().chain('A'..='Z').map(letter).collect()
}

fn groups(listed: &[Arc<Listed>]) -> Vec<Group<'_>> {
    let group = |programs: &'_ [Arc<Listed>]| programs.first().map(|first| first.letter);
    let groups = listed.chunk_by(|one, other| one.letter == other.letter);
    groups.filter_map(|programs| Some((group(programs)?, programs))).map(Group::from).collect()
}

impl<'a> From<(char, &'a [Arc<Listed>])> for Group<'a> {
    fn from((letter, programs): (char, &'a [Arc<Listed>])) -> Self {
        Self { letter, anchor: anchor(letter), programs }
    }
}

fn columns<'a>(edition: &'a Edition, listed: &[Arc<Listed>]) -> Vec<Column<'a>> {
    let questionnaire = &edition.questionnaire;
    let headings =
        questionnaire.roles.listed.iter().map(|key| questionnaire.question(key).map_or("", |question| question.heading()));
    let values = |index: usize| listed.iter().filter_map(move |listed| listed.columns.get(index));
    headings.enumerate().map(|(index, heading)| Column { heading, figures: are_figures(values(index)) }).collect()
}

/// Whether all values of a column begin with a digit: years, counts, "61% to 70%".
fn are_figures<'a>(values: impl Iterator<Item = &'a String>) -> bool {
    let mut values = values.filter(|value| !value.is_empty()).peekable();
    values.peek().is_some() && values.all(|value| value.starts_with(|first: char| first.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_of_figures_is_known_by_its_values() {
        for (values, figures) in [
            (vec!["2007", "1998", ""], true),
            (vec!["61% to 70%"], true),
            (vec!["No fee", "1"], false),
            (vec!["", ""], false),
            (vec![], false),
        ] {
            let values: Vec<String> = values.into_iter().map(str::to_owned).collect();
            assert_eq!(are_figures(values.iter()), figures, "{values:?}");
        }
    }

    #[test]
    fn the_alphabet_stands_without_a_place_for_other_names_that_are_not_there() {
        let letters = letters(&[]);
        assert_eq!(letters.iter().map(|letter| letter.letter).collect::<String>(), "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
        assert!(letters.iter().all(|letter| letter.anchor.is_none()));
        assert_eq!((anchor('D'), anchor('#')), ("D".to_owned(), "others".to_owned()));
    }
}
