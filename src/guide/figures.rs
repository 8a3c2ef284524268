//! What an edition's programs answered, counted question by question, beside the edition before.

use std::ops::RangeInclusive;

use super::Answered;
use super::classes::{self, Spread};
use crate::questionnaire::answer::OTHER;
use crate::questionnaire::definition::{Choice, Kind, Question, Questionnaire};

/// What an option without a label is called: whatever was typed instead of one.
const OTHER_LABEL: &str = "Other";

/// How many programs, of how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// How many.
    pub count: u64,
    /// Of how many.
    pub of: u64,
}

impl Share {
    /// From 0 to 1.
    pub fn part(self) -> f64 {
        if self.of == 0 { 0.0 } else { self.count as f64 / self.of as f64 }
    }

    /// In whole hundredths.
    pub fn percent(self) -> f64 {
        (self.part() * 100.0).round()
    }

    /// By how many hundredths its rounded share differs: whoever subtracts what is shown comes to the same.
    pub fn points_since(self, before: Self) -> f64 {
        self.percent() - before.percent()
    }
}

/// How many chose an option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally<'a> {
    /// The option's key.
    pub key: &'a str,
    /// Its words.
    pub label: &'a str,
    /// In this edition, of those that answered.
    pub now: Share,
    /// In the edition before; none where it did not offer the option, or nobody answered.
    pub before: Option<Share>,
}

/// How many answered with a number of a class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Class {
    /// From its smallest number to its largest.
    pub numbers: RangeInclusive<i64>,
    /// In this edition.
    pub now: Share,
    /// In the edition before; none where it did not ask, or nobody answered.
    pub before: Option<Share>,
}

/// A question's answers, counted.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure<'a> {
    /// The question, or the `group.field`.
    pub place: &'a str,
    /// The question.
    pub question: &'a Question,
    /// How many programs answered.
    pub answered: u64,
    /// How many did in the edition before; none where it did not ask.
    pub answered_before: Option<u64>,
    /// The answers.
    pub counted: Counted<'a>,
}

/// The answers to a question, by its kind.
#[derive(Debug, Clone, PartialEq)]
pub enum Counted<'a> {
    /// A list: each option.
    Options(Vec<Tally<'a>>),
    /// A grid of options to tick: each option, and how often in each row.
    Ticks {
        /// The rows.
        rows: &'a [Choice],
        /// The options, with a share a row.
        options: Vec<(Tally<'a>, Vec<Share>)>,
    },
    /// A grid of choices: each row, in which every program chose one option.
    Choices {
        /// The rows, with a tally an option.
        rows: Vec<(&'a Choice, Vec<Tally<'a>>)>,
        /// How many chose each option in one row at least.
        anywhere: Vec<Tally<'a>>,
    },
    /// Numbers.
    Numbers {
        /// In classes.
        classes: Vec<Class>,
        /// Where they lie; none while nobody answered.
        spread: Option<Spread>,
    },
}

/// Counts what the definition marks, in its order.
pub fn figures<'a>(questionnaire: &'a Questionnaire, now: &Answered, before: Option<&Answered>) -> Vec<Figure<'a>> {
    let count = Count { now, before };
    let places = questionnaire.roles.figures.iter();
    places.filter_map(|place| Some(count.figure(place, questionnaire.field_or_question(place)?))).collect()
}

/// The two editions that are counted.
struct Count<'c> {
    now: &'c Answered,
    before: Option<&'c Answered>,
}

impl Count<'_> {
    fn figure<'a>(&self, place: &'a str, question: &'a Question) -> Figure<'a> {
        let counted = match &question.kind {
            Kind::GridAny { rows, .. } => self.ticks(place, question, rows),
            Kind::GridOne { rows, .. } => Counted::Choices {
                rows: rows.iter().map(|row| (row, self.tallies(&format!("{place}.{}", row.key), question))).collect(),
                anywhere: self.tallies(place, question),
            },
            Kind::Year { .. } => self.numbers(place, classes::even),
            Kind::WholeNumber { .. } => self.numbers(place, classes::even_or_growing),
            Kind::AnyOf { .. } => Counted::Options(most_first(self.tallies(place, question), |tally| tally)),
            _ => Counted::Options(self.tallies(place, question)),
        };
        let answered_before = self.before.and_then(|before| answered(before, place));
        Figure { place, question, answered: answered(self.now, place).unwrap_or(0), answered_before, counted }
    }

    /// Each option of a place, in the definition's order.
    fn tallies<'a>(&self, place: &str, question: &'a Question) -> Vec<Tally<'a>> {
        let of = self.now.any(place).len();
        let before = self.before.map(|before| (before, before.any(place).len())).filter(|(_, of)| *of > 0);
        let tally = |(key, label)| Tally {
            key,
            label,
            now: Share { count: self.now.programs(place, key).map_or(0, |programs| programs.len()), of },
            before: before.and_then(|(before, of)| Some(Share { count: before.programs(place, key)?.len(), of })),
        };
        choices(question).into_iter().map(tally).collect()
    }

    fn ticks<'a>(&self, place: &str, question: &'a Question, rows: &'a [Choice]) -> Counted<'a> {
        let of = self.now.any(place).len();
        let places: Vec<String> = rows.iter().map(|row| format!("{place}.{}", row.key)).collect();
        let by_row = |key: &str| {
            let count = |place: &String| self.now.programs(place, key).map_or(0, |programs| programs.len());
            places.iter().map(|place| Share { count: count(place), of }).collect()
        };
        let options = self.tallies(place, question).into_iter().map(|tally| (by_row(tally.key), tally));
        let options = options.map(|(by_row, tally)| (tally, by_row)).collect();
        Counted::Ticks { rows, options: most_first(options, |(tally, _): &(Tally, Vec<Share>)| tally) }
    }

    fn numbers<'a>(&self, place: &str, classes: fn(&[i64]) -> Vec<RangeInclusive<i64>>) -> Counted<'a> {
        let now = numbers(self.now, place).unwrap_or_default();
        let before = self.before.and_then(|before| numbers(before, place)).filter(|numbers| !numbers.is_empty());
        let all: Vec<i64> = now.iter().chain(before.iter().flatten()).copied().collect();
        let class = |class: RangeInclusive<i64>| Class {
            now: share(&now, &class),
            before: before.as_ref().map(|before| share(before, &class)),
            numbers: class,
        };
        Counted::Numbers { classes: classes(&all).into_iter().map(class).collect(), spread: classes::spread(&now) }
    }
}

/// How many programs answered; none where it was not asked.
fn answered(answered: &Answered, place: &str) -> Option<u64> {
    match numbers(answered, place) {
        Some(numbers) => u64::try_from(numbers.len()).ok(),
        None => (!answered.vocabulary().options(place).is_empty()).then(|| answered.any(place).len()),
    }
}

fn numbers(answered: &Answered, place: &str) -> Option<Vec<i64>> {
    answered.numbers(place).map(|numbers| numbers.iter().copied().flatten().collect())
}

fn share(numbers: &[i64], class: &RangeInclusive<i64>) -> Share {
    let count = numbers.iter().filter(|number| class.contains(number)).count();
    Share { count: count as u64, of: numbers.len() as u64 }
}

/// Keys and labels of what can be ticked, "other" last.
fn choices(question: &Question) -> Vec<(&str, &str)> {
    let options = question.options().iter().map(|option| (option.key.as_str(), option.label.as_str()));
    options.chain(question.has_other().then_some((OTHER, OTHER_LABEL))).collect()
}

/// What was chosen most stands first; equals in the definition's order, and "other" last.
fn most_first<T>(mut tallied: Vec<T>, tally: impl for<'t> Fn(&'t T) -> &'t Tally<'_>) -> Vec<T> {
    tallied.sort_by_key(|tallied| (tally(tallied).key == OTHER, std::cmp::Reverse(tally(tallied).now.count)));
    tallied
}
