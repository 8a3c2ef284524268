//! Entries that nobody sent in, for seeing a guide as long as a real one. They are made from the definition alone, kind
//! by kind, are complete and raise no query; the same number makes the same entry, and in every edition the same company.

mod dice;
mod names;

use super::answer::{Answer, AnyOf, MonthYear, OneOf, Row, Typed};
use super::asked::Answers;
use super::check::Calendar;
use super::definition::{Choice, Groups, Kind, LatestYear, LineContent, Question, Questionnaire, Rule};
use super::entry_file::{EntryFile, FileStatus, Member};
use dice::Dice;
use names::Company;

/// How many entries are different companies'.
pub const MOST: usize = Company::MOST;

/// The entry with this number, complete and published. From one edition to the next a few of its answers change.
pub fn entry(questionnaire: &Questionnaire, calendar: Calendar, number: usize) -> EntryFile {
    let seed = u64::try_from(number).unwrap_or_default();
    let mut dice = Dice::marked(seed);
    let company = Company::new(number, &mut dice);
    let member = member(&company, &mut dice);
    let mut maker = Maker { questionnaire, calendar, seed, company, dice, answers: Answers::default() };
    maker.answer_all();
    EntryFile {
        file: format!("made up {number}"),
        edition: calendar.edition_year,
        status: FileStatus::Published,
        members: vec![member],
        answers: maker.answers,
    }
}

fn member(company: &Company, dice: &mut Dice) -> Member {
    let name = names::person(dice).name;
    let email = format!("{}@{}", name.to_lowercase().replace(' ', "."), company.domain);
    Member { name, email }
}

/// The first year that anything is said to have happened in.
const EARLIEST: i64 = 1975;
/// The last year that anything is said to have begun in, whatever the edition: what has begun does not move on with it.
const LATEST: i64 = 2014;
/// A number where the definition sets no limit.
const LARGEST: i64 = 8000;
/// One answer in so many is an edition's own.
const CHANGING: usize = 16;

struct Maker<'a> {
    questionnaire: &'a Questionnaire,
    calendar: Calendar,
    seed: u64,
    company: Company,
    dice: Dice,
    answers: Answers,
}

impl Maker<'_> {
    fn answer_all(&mut self) {
        for question in self.questionnaire.questions() {
            self.dice = self.dice_for(question);
            if self.is_asked(question) && !(question.optional && self.dice.one_in(3)) {
                let answer = self.same_as_another(question).unwrap_or_else(|| self.answer(question));
                self.answers.set(&question.key, answer);
            }
        }
    }

    /// Each question has dice of its own, so that no other answer changes with one.
    fn dice_for(&self, question: &Question) -> Dice {
        let mut of_edition = Dice::named(self.seed, &format!("{} {}", question.key, self.calendar.edition_year));
        match !lasts(&question.kind) && of_edition.one_in(CHANGING) {
            true => of_edition,
            false => Dice::named(self.seed, &question.key),
        }
    }

    fn is_asked(&self, question: &Question) -> bool {
        let always = question.conditions().next().is_none();
        always || self.questionnaire.asked(&self.answers).contains(question.key.as_str())
    }

    fn same_as_another(&mut self, question: &Question) -> Option<Answer> {
        let other = question.same_as.as_ref().filter(|_| self.dice.one_in(2))?;
        self.answers.get(other).cloned()
    }

    fn answer(&mut self, question: &Question) -> Answer {
        let dice = &mut self.dice;
        match &question.kind {
            Kind::Line { longest, content } => Answer::Text(self.line(question, *content).chars().take(*longest).collect()),
            Kind::Paragraph { longest } => Answer::Text(names::PHRASES.join(". ").chars().take(*longest).collect()),
            Kind::WholeNumber { least, most } => number(self.whole_number(question, *least, *most)),
            Kind::Year { earliest, latest } => number(self.year(question, *earliest, *latest)),
            Kind::Month => Answer::Month(Typed::Value(if dice.one_in(2) { 12 } else { dice.between(1, 12) })),
            Kind::MonthYear { .. } => self.month_year(question),
            Kind::Email => Answer::Text(format!("partners@{}", self.company.domain)),
            Kind::WebAddress => Answer::Text(format!("https://www.{}", self.company.domain)),
            Kind::Phone => Answer::Text(self.company.phone(dice)),
            Kind::Address => Answer::Address(self.company.address(dice)),
            Kind::Person => Answer::Person(names::person(dice)),
            Kind::OneOf { options, .. } => Answer::OneOf(OneOf { option: one_of(dice, options), other: String::new() }),
            Kind::AnyOf { options, other } => Answer::AnyOf(any_of(dice, options, *other)),
            Kind::GridOne { rows, options } => {
                let chosen = rows.iter().filter_map(|row| Some((row.key.clone(), one_of(dice, options)?)));
                Answer::GridOne(chosen.collect())
            }
            Kind::GridAny { rows, options, other } => {
                let first = dice.below(rows.len());
                let answered = rows.iter().enumerate().filter(|(index, _)| *index == first || !dice.one_in(3));
                let answered: Vec<&Choice> = answered.map(|(_, row)| row).collect();
                Answer::GridAny(answered.into_iter().map(|row| (row.key.clone(), any_of(dice, options, *other))).collect())
            }
            Kind::Groups(groups) => Answer::Groups(self.rows(question, groups)),
        }
    }

    fn line(&mut self, question: &Question, content: Option<LineContent>) -> String {
        let roles = &self.questionnaire.roles;
        match content {
            _ if question.key == roles.company => self.company.name.clone(),
            _ if question.key == roles.program => self.company.program.clone(),
            Some(LineContent::Name) => names::person(&mut self.dice).name,
            None => self.dice.one_of(&names::PHRASES).copied().unwrap_or_default().to_owned(),
        }
    }

    /// Small numbers are as likely as large ones.
    fn whole_number(&mut self, question: &Question, least: i64, most: Option<i64>) -> i64 {
        let limits = question.queries.iter().filter_map(|query| match &query.rule {
            Rule::Above { other } => self.whole(other),
            _ => None,
        });
        let most = limits.chain(most).min().unwrap_or_else(|| least.saturating_add(LARGEST));
        let range = most.saturating_sub(least).max(0) >> self.dice.below(7);
        self.dice.between(least, least.saturating_add(range))
    }

    fn year(&mut self, question: &Question, earliest: i64, latest: LatestYear) -> i64 {
        let latest = match latest {
            LatestYear::Edition => self.calendar.edition_year,
            LatestYear::Year(year) => year,
        };
        let latest = latest.min(self.latest_year()).max(earliest);
        let earliest = self.not_before(question).max(earliest).min(latest);
        self.dice.between(earliest, latest)
    }

    /// Two years before the edition at the latest, so that a month of a year that is over can follow.
    fn latest_year(&self) -> i64 {
        LATEST.min(self.calendar.edition_year - 2)
    }

    /// A month of a year that is over, whatever the limit: so the day on which it is made changes nothing.
    fn month_year(&mut self, question: &Question) -> Answer {
        let latest = self.latest_year() + 1;
        let year = self.dice.between(self.not_before(question).min(latest), latest);
        Answer::MonthYear(MonthYear::typed(self.dice.between(1, 12).to_string(), year.to_string()))
    }

    /// The first year that raises no query.
    fn not_before(&self, question: &Question) -> i64 {
        let years = question.queries.iter().filter_map(|query| match &query.rule {
            Rule::Before { other } => self.whole(other),
            _ => None,
        });
        years.max().unwrap_or(EARLIEST)
    }

    fn whole(&self, question: &str) -> Option<i64> {
        self.answers.get(question).and_then(whole)
    }

    fn rows(&mut self, question: &Question, groups: &Groups) -> Vec<Row> {
        let fewest = groups.fewest.max(1);
        let count = fewest + self.dice.below(groups.most.min(fewest + 3).saturating_sub(fewest) + 1);
        let named = groups.named_by.is_some() && self.dice.one_in(2);
        let mut rows: Vec<Row> = (0..count).map(|index| self.row(groups, index, named)).collect();
        for query in &question.queries {
            if let Rule::SumDiffers { field, other, .. } = &query.rule
                && let Some(total) = self.whole(other)
            {
                self.share_out(&mut rows, field, total);
            }
        }
        for query in &question.queries {
            if let Rule::RowAbove { field, other_field } = &query.rule {
                rows.iter_mut().for_each(|row| self.raise(row, other_field, field));
            }
        }
        rows
    }

    fn row(&mut self, groups: &Groups, index: usize, named: bool) -> Row {
        let mut row = Row::new();
        for field in &groups.fields {
            let name = (groups.named_by.as_ref() == Some(&field.key)).then(|| names::ROWS.get(index)).flatten();
            let answer = match name {
                Some(name) if named || !field.optional => Answer::Text((*name).to_owned()),
                Some(_) => continue,
                None => self.answer(field),
            };
            row.insert(field.key.clone(), answer);
        }
        row
    }

    /// Shares a total out among the rows, so that they add up to it.
    fn share_out(&mut self, rows: &mut [Row], field: &str, total: i64) {
        let mut left = total;
        let last = rows.len().saturating_sub(1);
        for (index, row) in rows.iter_mut().enumerate() {
            let share = if index == last { left } else { self.dice.between(0, left / 2) };
            row.insert(field.to_owned(), number(share));
            left -= share;
        }
    }

    /// Makes a row's `field` at least as large as its `lower` field.
    fn raise(&mut self, row: &mut Row, field: &str, lower: &str) {
        if let Some(lower) = row.get(lower).and_then(whole) {
            let raised = lower.saturating_add(self.dice.between(0, lower.saturating_add(20)));
            row.insert(field.to_owned(), number(raised));
        }
    }
}

/// Whether an answer of this kind stays what it is from year to year: names, addresses, what happened long ago.
fn lasts(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::Line { .. }
            | Kind::Year { .. }
            | Kind::Month
            | Kind::Email
            | Kind::WebAddress
            | Kind::Phone
            | Kind::Address
            | Kind::Person
    )
}

fn number(number: i64) -> Answer {
    Answer::Number(Typed::Value(number))
}

fn whole(answer: &Answer) -> Option<i64> {
    match answer {
        Answer::Number(number) => number.value().copied(),
        _ => None,
    }
}

fn one_of(dice: &mut Dice, options: &[Choice]) -> Option<String> {
    dice.one_of(options).map(|option| option.key.clone())
}

/// A few options that may stand together, or one that stands alone.
fn any_of(dice: &mut Dice, options: &[Choice], other: bool) -> AnyOf {
    let (alone, together): (Vec<&Choice>, Vec<&Choice>) = options.iter().partition(|option| option.alone);
    if !alone.is_empty() && (together.is_empty() || dice.one_in(8)) {
        let option = dice.one_of(&alone).map(|option| option.key.clone());
        return AnyOf { options: option.into_iter().collect(), other: String::new() };
    }
    let (first, share) = (dice.below(together.len()), 2 + dice.below(4));
    let ticked = together.iter().enumerate().filter(|(index, _)| *index == first || dice.one_in(share));
    let options = ticked.map(|(_, option)| option.key.clone()).collect();
    let other = if other && dice.one_in(12) { dice.one_of(&names::OTHERS).copied() } else { None };
    AnyOf { options, other: other.unwrap_or_default().to_owned() }
}

#[cfg(test)]
mod tests;
