//! From a reader's answers to wishes, each in the words in which it is shown.

use super::asking::row_place;
use super::given::Given;
use crate::guide::search::rows_name;
use crate::guide::{Published, Wish};
use crate::questionnaire::answer::OTHER;
use crate::questionnaire::definition::Choice;
use crate::questionnaire::{Kind, Question, Questionnaire};

/// A wish of the reader.
pub struct Wanted<'a> {
    /// What must be so.
    pub wish: Wish,
    heading: &'a str,
    told_by: ToldBy<'a>,
}

/// How a program's answer is told.
enum ToldBy<'a> {
    /// By the one choice that it printed, of the question or of a row of the grid.
    Choice(&'a str, Option<&'a str>),
    /// By what was wished for: it is one of many things that the program has or has not.
    Wish(String),
}

/// What a program says to a wish.
pub struct Shown {
    /// The question's short label, with its row.
    pub heading: String,
    /// The answer in its printed words; for what it does not have, "not" and those words.
    pub words: String,
}

impl Wanted<'_> {
    /// What a program says to it.
    pub fn shown(&self, published: &Published, fulfilled: bool) -> Shown {
        let heading = match &self.told_by {
            ToldBy::Choice(_, Some(row)) => format!("{}, {row}", self.heading),
            _ => self.heading.to_owned(),
        };
        let words = match &self.told_by {
            ToldBy::Choice(question, row) => published.printed.choice(question, *row).unwrap_or("not answered").to_owned(),
            ToldBy::Wish(words) if fulfilled => words.clone(),
            ToldBy::Wish(words) => format!("not “{words}”"),
        };
        Shown { heading, words }
    }
}

/// The wishes of a reader who answered this. Of one answer any ticked option will do; of a list each is a wish.
pub fn wanted<'a>(questionnaire: &'a Questionnaire, given: &Given) -> Vec<Wanted<'a>> {
    let keys = questionnaire.roles.finder.iter();
    let asked = keys.filter_map(|key| Some((key.as_str(), questionnaire.field_or_question(key)?)));
    asked.flat_map(|(key, question)| of_question(key, question, given)).collect()
}

fn of_question<'a>(key: &'a str, question: &'a Question, given: &Given) -> Vec<Wanted<'a>> {
    let is_field = question.key != key;
    match &question.kind {
        Kind::OneOf { .. } if !is_field => one_answer(key, question, None, given).into_iter().collect(),
        Kind::GridOne { rows, .. } if !is_field => {
            rows.iter().filter_map(|row| one_answer(key, question, Some(row), given)).collect()
        }
        Kind::GridOne { rows, .. } => {
            let places = rows.iter().map(|row| row_place(key, row));
            places.flat_map(|place| each(question, given.of(&place), vec![place.clone()], "")).collect()
        }
        Kind::GridAny { rows, .. } => of_grid(key, question, rows, given),
        _ => each(question, given.of(key), vec![key.to_owned()], ""),
    }
}

fn one_answer<'a>(key: &'a str, question: &'a Question, row: Option<&'a Choice>, given: &Given) -> Option<Wanted<'a>> {
    let place = row.map_or_else(|| key.to_owned(), |row| row_place(key, row));
    let options = given.of(&place).to_vec();
    let told_by = ToldBy::Choice(key, row.map(|row| row.label.as_str()));
    let wish = Wish { places: vec![place], options };
    (!wish.options.is_empty()).then(|| Wanted { wish, heading: question.heading(), told_by })
}

/// Options in the rows that were chosen, or in any; without options, the rows.
fn of_grid<'a>(key: &str, question: &'a Question, rows: &'a [Choice], given: &Given) -> Vec<Wanted<'a>> {
    let name = rows_name(key);
    let (options, chosen) = (given.of(key), rows.iter().filter(|row| given.has(&name, &row.key)));
    let chosen: Vec<&Choice> = chosen.collect();
    let place = |row: &&Choice| row_place(key, row);
    if !options.is_empty() {
        let labels: Vec<&str> = chosen.iter().map(|row| row.label.as_str()).collect();
        let places = if chosen.is_empty() { vec![key.to_owned()] } else { chosen.iter().map(place).collect() };
        return each(question, options, places, &labels.join(" or "));
    }
    let all = question.options().iter().map(|option| option.key.clone()).chain([OTHER.to_owned()]);
    let all: Vec<String> = all.collect();
    let anything = |row: &&Choice| Wanted {
        wish: Wish { places: vec![place(row)], options: all.clone() },
        heading: question.heading(),
        told_by: ToldBy::Wish(row.label.clone()),
    };
    chosen.iter().map(anything).collect()
}

/// Each option as a wish, with the places where it counts in words.
fn each<'a>(question: &'a Question, options: &[String], places: Vec<String>, within: &str) -> Vec<Wanted<'a>> {
    let ticked = question.options().iter().filter(|option| options.contains(&option.key));
    let words = |label: &str| if within.is_empty() { label.to_owned() } else { format!("{label}, {within}") };
    let wanted = |option: &Choice| Wanted {
        wish: Wish { places: places.clone(), options: vec![option.key.clone()] },
        heading: question.heading(),
        told_by: ToldBy::Wish(words(&option.label)),
    };
    ticked.map(wanted).collect()
}
