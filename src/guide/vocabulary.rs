//! Everything that can be ticked in a questionnaire, numbered, so that who ticked it can be kept as sets of numbers.

use indexmap::IndexMap;
use serde_json::{Map, Value};

use crate::questionnaire::answer::{Answer, AnyOf, OTHER, Typed};
use crate::questionnaire::definition::{Choice, Kind, Question, Questionnaire};

/// The options and the numbers that a questionnaire asks for.
///
/// A place is where options are offered: `question`, a row of a grid `question.row`, a field of a group
/// `group.field`. Under a grid's or a field's own name stand the options of all its rows together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Vocabulary {
    places: IndexMap<String, Place>,
    /// The questions that are answered with a number.
    numbers: Vec<String>,
    offered: u32,
}

/// The options of one place: their numbers follow each other.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Place {
    first: u32,
    options: Vec<String>,
    /// Whether its options count where programs are told apart: what a grid offers stands here twice, under its own
    /// name and its rows', and counts once.
    counts: bool,
}

/// What one program answered, as numbers of a vocabulary.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Ticked {
    pub(super) options: Box<[u32]>,
    /// A number, with the place of its question among those answered with one.
    pub(super) numbers: Box<[(u16, i64)]>,
}

impl Vocabulary {
    /// Numbers what a questionnaire offers.
    pub fn of(questionnaire: &Questionnaire) -> Self {
        let mut vocabulary = Self::default();
        for question in questionnaire.questions() {
            match &question.kind {
                Kind::Groups(groups) => {
                    for field in &groups.fields {
                        vocabulary.offer(&format!("{}.{}", question.key, field.key), field);
                    }
                }
                Kind::WholeNumber { .. } | Kind::Year { .. } => vocabulary.numbers.push(question.key.clone()),
                _ => vocabulary.offer(&question.key, question),
            }
        }
        vocabulary
    }

    fn offer(&mut self, place: &str, question: &Question) {
        let (rows, options, other): (&[Choice], _, _) = match &question.kind {
            Kind::OneOf { options, other } | Kind::AnyOf { options, other } => (&[], options, *other),
            Kind::GridOne { rows, options } => (rows, options, false),
            Kind::GridAny { rows, options, other } => (rows, options, *other),
            _ => return,
        };
        // A choice means something with its row alone; a tick in a list, in whichever row.
        let by_row = matches!(question.kind, Kind::GridOne { .. });
        let keys: Vec<String> = options.iter().map(|option| option.key.clone()).chain(other.then(|| OTHER.to_owned())).collect();
        let named = rows.iter().map(|row| format!("{place}.{}", row.key));
        let whole = (place.to_owned(), !by_row);
        for (place, counts) in std::iter::once(whole).chain(named.map(|row| (row, by_row))) {
            let first = self.offered;
            self.offered += u32::try_from(keys.len()).unwrap_or_default();
            self.places.insert(place, Place { first, options: keys.clone(), counts });
        }
    }

    /// How many options there are in all places.
    pub fn len(&self) -> usize {
        self.offered as usize
    }

    /// Whether nothing can be ticked.
    pub fn is_empty(&self) -> bool {
        self.offered == 0
    }

    /// The number of an option; none for one that is not offered there.
    pub fn number(&self, place: &str, option: &str) -> Option<u32> {
        let place = self.places.get(place)?;
        let index = place.options.iter().position(|known| known == option)?;
        Some(place.first + u32::try_from(index).ok()?)
    }

    /// The options of a place, in the definition's order; none for an unknown place.
    pub fn options(&self, place: &str) -> &[String] {
        self.places.get(place).map_or(&[], |place| &place.options)
    }

    /// The numbers of all options of a place.
    pub(super) fn numbers_of(&self, place: &str) -> std::ops::Range<u32> {
        let place = self.places.get(place);
        place.map_or(0..0, |place| place.first..place.first + u32::try_from(place.options.len()).unwrap_or_default())
    }

    /// The options that tell programs apart, with their place: each once, and none under which anything may have been
    /// typed.
    pub(super) fn counted(&self) -> impl Iterator<Item = (u32, &str, &str)> {
        let places = self.places.iter().filter(|(_, place)| place.counts);
        let numbered = places
            .flat_map(|(name, place)| (place.first..).zip(&place.options).map(move |(number, option)| (number, name, option)));
        numbered.filter(|(_, _, option)| *option != OTHER).map(|(number, name, option)| (number, name.as_str(), option.as_str()))
    }

    /// Where a question stands among those that are answered with a number.
    pub(super) fn column(&self, question: &str) -> Option<usize> {
        self.numbers.iter().position(|known| known == question)
    }

    /// How many questions are answered with a number.
    pub(super) fn columns(&self) -> usize {
        self.numbers.len()
    }

    /// What was answered, in numbers. Answers that the questionnaire does not ask for are passed over.
    pub(super) fn ticked(&self, questionnaire: &Questionnaire, answers: &Map<String, Value>) -> Ticked {
        let mut options = Vec::new();
        let mut numbers = Vec::new();
        for question in questionnaire.questions().filter(|question| is_counted(&question.kind)) {
            let answer = answers.get(&question.key).and_then(|value| Answer::from_json(&question.kind, value).ok());
            match answer {
                Some(Answer::Number(Typed::Value(number))) => {
                    let column = self.column(&question.key).and_then(|column| u16::try_from(column).ok());
                    numbers.extend(column.map(|column| (column, number)));
                }
                Some(answer) => self.tick(&question.key, &answer, &mut options),
                None => {}
            }
        }
        options.sort_unstable();
        options.dedup();
        Ticked { options: options.into(), numbers: numbers.into() }
    }

    fn tick(&self, place: &str, answer: &Answer, ticked: &mut Vec<u32>) {
        let mut any = |place: &str, any: &AnyOf| {
            let other = (!any.other.is_empty()).then_some(OTHER);
            let options = any.options.iter().map(String::as_str).chain(other);
            ticked.extend(options.filter_map(|option| self.number(place, option)));
        };
        match answer {
            Answer::OneOf(one) => ticked.extend(one.option.as_ref().and_then(|option| self.number(place, option))),
            Answer::AnyOf(options) => any(place, options),
            Answer::GridAny(rows) => {
                for (row, options) in rows {
                    any(place, options);
                    any(&format!("{place}.{row}"), options);
                }
            }
            Answer::GridOne(rows) => {
                for (row, option) in rows {
                    ticked.extend(self.number(place, option));
                    ticked.extend(self.number(&format!("{place}.{row}"), option));
                }
            }
            Answer::Groups(rows) => {
                for (field, answer) in rows.iter().flatten() {
                    self.tick(&format!("{place}.{field}"), answer, ticked);
                }
            }
            _ => {}
        }
    }
}

/// Whether options or numbers are answered to such a question.
fn is_counted(kind: &Kind) -> bool {
    use Kind::{AnyOf, GridAny, GridOne, Groups, OneOf, WholeNumber, Year};
    matches!(kind, OneOf { .. } | AnyOf { .. } | GridOne { .. } | GridAny { .. } | Groups(_) | WholeNumber { .. } | Year { .. })
}
