//! What stands between an entry and being complete: refusals, queries, and the status of a page.

use std::collections::HashSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::answer::{Answer, Row};
use super::asked::Answers;
use super::definition::{Kind, Page, Question, Questionnaire, Rule};
use super::rules;
use super::sentence::{self, number};

/// The most characters of the reason with which a query is confirmed.
const LONGEST_REASON: usize = 500;

/// The dates that answers are measured by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Calendar {
    /// The edition's year.
    pub edition_year: i64,
    /// Today, in the edition's time zone.
    pub today: Date,
}

/// Keeps a page from being complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The question.
    pub question: String,
    /// The id of its first wrong control.
    pub field: String,
    /// What to do, in a sentence without a full stop.
    pub sentence: String,
    /// Nothing was answered here yet, in contrast to something wrong.
    pub missing: bool,
}

/// An unusual answer: "is it right?".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Query {
    /// The question.
    pub question: String,
    /// What is unusual about it, in one or more sentences.
    pub sentence: String,
    /// Whether the vendor has confirmed this very sentence.
    pub confirmed: bool,
    /// The vendor's reason; empty when there is none.
    pub reason: String,
}

/// How far a page has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageStatus {
    /// Nothing is answered.
    NotStarted,
    /// Something is still missing.
    InProgress,
    /// Something answered is wrong.
    Problem,
    /// Complete.
    Completed,
}

/// What a check of one page found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageCheck {
    /// The page.
    pub page: String,
    /// What keeps it from being complete, in the order of its questions.
    pub refusals: Vec<Refusal>,
    /// What is unusual on it, in the order of its questions.
    pub queries: Vec<Query>,
    /// How far it has come.
    pub status: PageStatus,
}

impl Questionnaire {
    /// Checks every page.
    pub fn check(&self, answers: &Answers, calendar: Calendar) -> Vec<PageCheck> {
        self.pages.iter().map(|page| self.check_page(page, answers, calendar)).collect()
    }

    /// Checks one page.
    pub fn check_page(&self, page: &Page, answers: &Answers, calendar: Calendar) -> PageCheck {
        let asked = self.asked(answers);
        let questions: Vec<&Question> = page.questions.iter().filter(|question| asked.contains(question.key.as_str())).collect();
        let (mut refusals, mut queries) = (Vec::new(), Vec::new());
        // What is refused is to be corrected, not confirmed; nor is anything measured by it.
        let refused = |key: &str| {
            let refusals = self.question(key).map(|question| self::refusals(question, answers.get(key), calendar));
            refusals.is_some_and(|refusals| refusals.iter().any(|refusal| !refusal.missing))
        };
        for question in &questions {
            let query = self.query_asked(question, answers, &asked, &refused);
            refusals.extend(self::refusals(question, answers.get(&question.key), calendar));
            refusals.extend(query.as_ref().and_then(|query| query.refusal(question)));
            queries.extend(query);
        }
        let started = questions.iter().any(|question| answers.has(&question.key));
        let status = match (refusals.is_empty(), started, refusals.iter().any(|refusal| !refusal.missing)) {
            // Nothing is in the way, even if every question is optional and none is answered.
            (true, _, _) => PageStatus::Completed,
            (_, false, _) => PageStatus::NotStarted,
            (_, _, true) => PageStatus::Problem,
            (_, _, false) => PageStatus::InProgress,
        };
        PageCheck { page: page.key.clone(), refusals, queries, status }
    }

    /// The query that this question's answer raises, all its rules in one, if any. A question that is not asked raises
    /// none; whether one is refused plays no part.
    pub fn query(&self, question: &Question, answers: &Answers) -> Option<Query> {
        let asked = self.asked(answers);
        self.query_asked(question, answers, &asked, &|_| false)
    }

    fn query_asked(
        &self,
        question: &Question,
        answers: &Answers,
        asked: &HashSet<&str>,
        refused: &dyn Fn(&str) -> bool,
    ) -> Option<Query> {
        if question.queries.is_empty() || !asked.contains(question.key.as_str()) || refused(&question.key) {
            return None;
        }
        let other = |key: &str| {
            let answer = asked.contains(key).then(|| answers.get(key)).flatten();
            answer.filter(|_| !refused(key)).and_then(whole)
        };
        let answered = answers.answered(&question.key)?;
        let sentences: Vec<String> = question
            .queries
            .iter()
            .flat_map(|query| {
                raised(&query.rule, question, &answered.answer, &other).into_iter().map(|values| values.into(&query.text))
            })
            .collect();
        let sentence = sentences.join(" ");
        (!sentence.is_empty()).then(|| Query {
            question: question.key.clone(),
            confirmed: answered.confirmed.as_deref() == Some(sentence.as_str()),
            reason: answered.reason.clone(),
            sentence,
        })
    }
}

impl Query {
    /// The id of the control in which its reason is typed.
    pub fn reason_field(&self) -> String {
        format!("{}-reason", self.question)
    }

    /// Whether its reason is a sentence with an end, so that none has to be put behind it.
    pub fn ends_with_reason(&self) -> bool {
        self.reason.ends_with(['.', '!', '?', '…', '。'])
    }

    /// What is wrong with the reason: nothing, also where there is none, as long as it is short.
    fn refusal(&self, question: &Question) -> Option<Refusal> {
        let length = self.reason.chars().count();
        (length > LONGEST_REASON).then(|| Refusal {
            question: self.question.clone(),
            field: self.reason_field(),
            sentence: sentence::too_long(&format!("The reason for {}", question.as_object()), LONGEST_REASON, length),
            missing: false,
        })
    }
}

/// What keeps this one answer from being complete.
pub fn refusals(question: &Question, answer: Option<&Answer>, calendar: Calendar) -> Vec<Refusal> {
    let refusal = |wrong: rules::Wrong| Refusal {
        question: question.key.clone(),
        field: wrong.field,
        sentence: wrong.sentence,
        missing: wrong.missing,
    };
    rules::inspect(question, answer, &question.key, calendar).into_iter().map(refusal).collect()
}

/// What stands for `{this}`, `{other}` and `{row}` in a query's text.
struct Values {
    this: String,
    other: String,
    row: String,
}

impl Values {
    fn into(self, text: &str) -> String {
        text.replace("{this}", &self.this).replace("{other}", &self.other).replace("{row}", &self.row)
    }
}

fn raised(rule: &Rule, question: &Question, answer: &Answer, other: &dyn Fn(&str) -> Option<i64>) -> Vec<Values> {
    match rule {
        Rule::Before { other: earlier } => {
            let raised = year(answer).zip(other(earlier)).filter(|(this, other)| this < other);
            raised.map(|(this, other)| plain(date(answer, this), other.to_string())).into_iter().collect()
        }
        Rule::Above { other: limit } => {
            let raised = whole(answer).zip(other(limit)).filter(|(this, other)| this > other);
            raised.map(|(this, other)| plain(number(this), number(other))).into_iter().collect()
        }
        Rule::RowAbove { field, other_field } => rows_above(question, answer, field, other_field),
        Rule::SumDiffers { field, other: total, percent } => {
            let raised = sum(answer, field).zip(other(total)).filter(|(sum, total)| differs(*sum, *total, *percent));
            raised.map(|(sum, total)| plain(number(sum), number(total))).into_iter().collect()
        }
    }
}

fn plain(this: String, other: String) -> Values {
    Values { this, other, row: String::new() }
}

fn rows_above(question: &Question, answer: &Answer, field: &str, other_field: &str) -> Vec<Values> {
    let (Kind::Groups(groups), Answer::Groups(rows)) = (&question.kind, answer) else { return Vec::new() };
    let above = |(index, row): (usize, &Row)| {
        let (this, other) = (row.get(field).and_then(whole)?, row.get(other_field).and_then(whole)?);
        (this > other).then(|| Values { this: number(this), other: number(other), row: groups.title(index) })
    };
    rows.iter().enumerate().filter_map(above).collect()
}

/// The sum of a field over all rows; none while a row's field is no number.
fn sum(answer: &Answer, field: &str) -> Option<i64> {
    let Answer::Groups(rows) = answer else { return None };
    rows.iter().map(|row| row.get(field).and_then(whole)).try_fold(0_i64, |sum, number| sum.checked_add(number?))
}

#[expect(clippy::cast_precision_loss, reason = "a share of a head count needs no more than 52 bits")]
fn differs(sum: i64, total: i64, percent: f64) -> bool {
    sum.abs_diff(total) as f64 > total.unsigned_abs() as f64 * percent / 100.0
}

/// A year, or a month and year as it is printed.
fn date(answer: &Answer, year: i64) -> String {
    match answer {
        Answer::MonthYear(typed) => typed.to_string(),
        _ => year.to_string(),
    }
}

fn whole(answer: &Answer) -> Option<i64> {
    match answer {
        Answer::Number(number) => number.value().copied(),
        _ => None,
    }
}

fn year(answer: &Answer) -> Option<i64> {
    match answer {
        Answer::MonthYear(typed) => typed.value().map(|(year, _)| i64::from(year)),
        other => whole(other),
    }
}
