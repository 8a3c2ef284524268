//! What readers of an edition's list can ask for: it follows from the definition.

use std::borrow::Cow;

use crate::questionnaire::answer::OTHER;
use crate::questionnaire::definition::{Choice, Question, Questionnaire};

/// The filters and columns of an edition's list.
#[derive(Debug, Clone)]
pub struct Offer<'a> {
    /// The filters, in the definition's order.
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
    /// Its options; for a grid, its rows after them.
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
        let filter = |place: &'a String| Some(Filter::of(place, questionnaire.field_or_question(place)?));
        Self {
            filters: roles.filters.iter().filter_map(filter).collect(),
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

    /// What the list can be sorted by, as it stands in an address, each from the beginning and from the end.
    pub fn orders(&self) -> impl Iterator<Item = String> {
        let keys = std::iter::once(self.company).chain(self.columns.iter().map(|column| column.key.as_str()));
        keys.flat_map(|key| [key.to_owned(), format!("-{key}")])
    }

    /// A part of a filter.
    pub fn part(&self, filter: usize, part: usize) -> Option<&Part<'a>> {
        self.filters.get(filter)?.parts.get(part)
    }
}

impl<'a> Filter<'a> {
    fn of(place: &'a str, question: &'a Question) -> Self {
        let keys = |choices: &'a [Choice]| choices.iter().map(|choice| (choice.key.as_str(), choice.label.as_str()));
        let other = question.has_other().then_some((OTHER, "Other"));
        let heading = Cow::Borrowed(question.heading());
        let mut parts =
            vec![Part { name: Cow::Borrowed(place), heading, choices: keys(question.options()).chain(other).collect() }];
        if !question.rows().is_empty() {
            let (name, heading) = (format!("{place}.row"), question.rows_heading());
            parts.push(Part { name: name.into(), heading: heading.into(), choices: keys(question.rows()).collect() });
        }
        Self { place, parts }
    }
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
