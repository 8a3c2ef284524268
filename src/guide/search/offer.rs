//! What readers of an edition's list can ask for: it follows from the definition.

use std::borrow::Cow;

use url::form_urlencoded;

use crate::questionnaire::answer::OTHER;
use crate::questionnaire::definition::{Choice, Kind, Question, Questionnaire};

/// A name and a value of an address's query.
pub type Parameter<'a> = (String, Cow<'a, str>);

/// The filters and columns of an edition's list.
#[derive(Debug, Clone)]
pub struct Offer<'a> {
    /// What can be filtered by: the role's filters in its order, and after them what else is drawn as figures.
    pub filters: Vec<Filter<'a>>,
    /// The questions that head the list's columns, in the definition's order.
    pub columns: Vec<&'a Question>,
    /// The question that is the company's name.
    pub company: &'a str,
}

/// A question that readers filter by.
#[derive(Debug, Clone)]
pub struct Filter<'a> {
    /// Where its options stand in the [`Vocabulary`](crate::guide::Vocabulary).
    pub place: &'a str,
    /// The question.
    pub question: &'a Question,
    /// Whether it always stands beside the list. Others stand there while something of them is asked for.
    pub stays: bool,
    /// Its options; for a grid, its rows after them. None for a question that is answered with a number: it is asked for
    /// by [`Between`](super::Between).
    pub parts: Vec<Part<'a>>,
}

/// What can be ticked under one heading.
#[derive(Debug, Clone)]
pub struct Part<'a> {
    /// Its name in the address.
    pub name: Cow<'a, str>,
    /// What stands above it.
    pub heading: Cow<'a, str>,
    /// The keys and words of its choices, in the definition's order.
    pub choices: Vec<(&'a str, &'a str)>,
}

impl<'a> Offer<'a> {
    /// What this questionnaire offers.
    pub fn of(questionnaire: &'a Questionnaire) -> Self {
        let roles = &questionnaire.roles;
        let only_drawn = roles.figures.iter().filter(|place| !roles.filters.contains(place));
        let places = roles.filters.iter().map(|place| (place, true)).chain(only_drawn.map(|place| (place, false)));
        let filter = |(place, stays): (&'a String, bool)| {
            Some(Filter { stays, ..Filter::of(place, questionnaire.field_or_question(place)?) })
        };
        Self {
            filters: places.filter_map(filter).collect(),
            columns: roles.listed.iter().filter_map(|key| questionnaire.question(key)).collect(),
            company: &roles.company,
        }
    }

    /// Every part of every filter, with the places of both.
    pub fn parts(&self) -> impl Iterator<Item = (usize, usize, &Part<'a>)> {
        let parts = |filter: &'_ Filter<'a>| 0..filter.parts.len();
        let places =
            self.filters.iter().enumerate().flat_map(move |(index, filter)| parts(filter).map(move |part| (index, part)));
        places.filter_map(|(filter, part)| Some((filter, part, self.part(filter, part)?)))
    }

    /// Every filter whose question is answered with a number, with its place.
    pub fn numbers(&self) -> impl Iterator<Item = (usize, &Filter<'a>)> {
        self.filters.iter().enumerate().filter(|(_, filter)| filter.takes_numbers())
    }

    /// What the list can be sorted by, as it stands in an address, each from the beginning and from the end.
    pub fn orders(&self) -> impl Iterator<Item = String> {
        let keys = std::iter::once(self.company).chain(self.columns.iter().map(|column| column.key.as_str()));
        keys.flat_map(|key| [key.to_owned(), format!("-{key}")])
    }

    /// What an address's query asks for, name by name, as it is meant: names in small letters, and an option in a row of a
    /// grid, which other places of the guide write `question.row=option`, as that option and that row.
    pub fn meant<'q>(&self, query: &'q str) -> Vec<Parameter<'q>> {
        self.rows_apart(form_urlencoded::parse(query.as_bytes()).map(|(name, value)| (name.to_lowercase(), value)))
    }

    /// The same with names as they are written.
    pub fn written<'q>(&self, query: &'q str) -> Vec<Parameter<'q>> {
        self.rows_apart(form_urlencoded::parse(query.as_bytes()).map(|(name, value)| (name.into_owned(), value)))
    }

    fn rows_apart<'q>(&self, parameters: impl Iterator<Item = Parameter<'q>>) -> Vec<Parameter<'q>> {
        parameters.flat_map(|(name, value)| self.in_row(&name, &value).unwrap_or_else(|| vec![(name, value)])).collect()
    }

    /// An option in a row of a grid, as its two filters take it; an option that there is not stays without its row. None for
    /// what names no row.
    fn in_row<'q>(&self, name: &str, value: &Cow<'q, str>) -> Option<Vec<Parameter<'q>>> {
        let (place, row) = name.rsplit_once('.')?;
        let [options, rows] = self.filters.iter().find(|filter| filter.place == place)?.parts.as_slice() else { return None };
        rows.choices.iter().find(|(key, _)| *key == row)?;
        let is_offered = options.choices.iter().any(|(key, _)| key == value);
        let row = is_offered.then(|| (rows.name.to_string(), Cow::Owned(row.to_owned())));
        Some([(place.to_owned(), value.clone())].into_iter().chain(row).collect())
    }

    /// A part of a filter.
    pub fn part(&self, filter: usize, part: usize) -> Option<&Part<'a>> {
        self.filters.get(filter)?.parts.get(part)
    }
}

impl<'a> Filter<'a> {
    fn of(place: &'a str, question: &'a Question) -> Self {
        let mut filter = Self { place, question, stays: true, parts: Vec::new() };
        if filter.takes_numbers() {
            return filter;
        }
        let keys = |choices: &'a [Choice]| choices.iter().map(|choice| (choice.key.as_str(), choice.label.as_str()));
        let other = question.has_other().then_some((OTHER, "Other"));
        let heading = Cow::Borrowed(question.heading());
        let options = keys(question.options()).chain(other).collect();
        filter.parts.push(Part { name: Cow::Borrowed(place), heading, choices: options });
        if !question.rows().is_empty() {
            let (name, heading) = (rows_name(place), question.rows_heading());
            filter.parts.push(Part { name: name.into(), heading: heading.into(), choices: keys(question.rows()).collect() });
        }
        filter
    }

    /// Whether its question is answered with a number.
    pub fn takes_numbers(&self) -> bool {
        matches!(self.question.kind, Kind::WholeNumber { .. } | Kind::Year { .. })
    }
}

/// The name under which the rows of a grid stand in an address.
pub fn rows_name(place: &str) -> String {
    format!("{place}.row")
}

impl Part<'_> {
    /// The key of a choice.
    pub fn key(&self, choice: usize) -> Option<&str> {
        self.choices.get(choice).map(|(key, _)| *key)
    }

    /// The words of a choice.
    pub fn label(&self, choice: usize) -> &str {
        self.choices.get(choice).map_or("", |(_, label)| label)
    }
}
