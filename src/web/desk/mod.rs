//! The editors' side: the queue, reviewing an entry and deciding on it, what happened, and the post.

pub mod decision;
pub mod history;
pub mod messages;
pub mod notes;
pub mod participation;
pub mod queue;
pub mod review;
pub mod saying;

use std::fmt::Display;
use std::str::FromStr;
use std::sync::Arc;

use serde::de::Error;
use serde::{Deserialize, Deserializer};

use crate::db::ids::EntryId;
use crate::domain::Edition;
use crate::error::AppError;
use crate::workflow::House;

/// Which edition a page of the desk is about.
#[derive(Debug, Deserialize)]
pub struct AskedEdition {
    /// Its year; none: the newest.
    #[serde(default, deserialize_with = "given")]
    pub edition: Option<i32>,
    /// The number of the page; none: the first.
    #[serde(default, deserialize_with = "given")]
    pub page: Option<usize>,
}

/// Which page of a long list is asked for.
#[derive(Debug, Deserialize)]
pub struct AskedPage {
    /// Its number; none: the first.
    #[serde(default, deserialize_with = "given")]
    pub page: Option<usize>,
}

/// A parameter of an address; none where nothing is given, as a form sends what nobody chose.
fn given<'de, D: Deserializer<'de>, T: FromStr<Err: Display>>(deserializer: D) -> Result<Option<T>, D::Error> {
    let text = String::deserialize(deserializer)?;
    if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(D::Error::custom) }
}

/// The ways from a page of a long list.
pub struct Pages {
    before: Option<String>,
    after: Option<String>,
}

impl Pages {
    /// Those of this page, at these addresses; none where it is the only one.
    fn of(number: usize, more: bool, address: impl Fn(usize) -> String) -> Option<Self> {
        let before = (number > 1).then(|| address(number - 1));
        let after = more.then(|| address(number + 1));
        (before.is_some() || after.is_some()).then_some(Self { before, after })
    }
}

/// One of the editions that may be chosen.
pub struct EditionChoice {
    year: i32,
    chosen: bool,
}

fn edition(house: &House, year: Option<i32>) -> Result<Arc<Edition>, AppError> {
    let edition = year.map_or_else(|| house.editions.newest(), |year| house.editions.by_year(year));
    edition.ok_or(AppError::NotThere)
}

/// The editions to choose from, the newest first; none when there is no choice.
fn editions(house: &House, chosen: &Edition) -> Vec<EditionChoice> {
    let all = house.editions.all();
    let choice = |edition: &Arc<Edition>| EditionChoice { year: edition.year, chosen: edition.year == chosen.year };
    if all.len() > 1 { all.iter().rev().map(choice).collect() } else { Vec::new() }
}

/// The path of an entry's review.
pub fn path(entry: EntryId) -> String {
    format!("/desk/entries/{entry}")
}
