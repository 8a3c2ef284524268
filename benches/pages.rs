//! What a vendor's browser posts: every page of the questionnaire, filled in in two ways, turn by turn.

use almanac::questionnaire::answer::{Answer, AnyOf, MonthYear, OneOf, Typed};
use almanac::questionnaire::definition::{Choice, Kind, Page, Question, Questionnaire};
use almanac::questionnaire::{Answers, form};
use almanac::workflow::sheet::{UNANSWERED, mark};

/// The bodies posted for one page.
pub struct Posts {
    /// Its key.
    pub page: String,
    /// As it was brought in, from what was brought in: posted once, so that every answer is written as a form writes it.
    pub first: String,
    /// Every answer changed, from what was brought in.
    pub there: String,
    /// Every answer changed back.
    pub back: String,
    /// How many answers each of them changes.
    pub answers: usize,
}

/// What is posted for each page of a questionnaire with these answers.
pub fn posts(questionnaire: &Questionnaire, answers: &Answers) -> Vec<Posts> {
    questionnaire.pages.iter().map(|page| posts_of(page, answers)).collect()
}

fn posts_of(page: &Page, answers: &Answers) -> Posts {
    let given = |question: &Question| answers.get(&question.key).cloned().unwrap_or_else(|| Answer::blank(&question.kind));
    let original: Vec<Answer> = page.questions.iter().map(given).collect();
    let stored = as_stored(page, &original);
    let changed: Vec<Answer> = page.questions.iter().zip(&stored).map(|(question, answer)| changed(question, answer)).collect();
    let changed = as_stored(page, &changed);
    let was = |question: &Question| answers.get(&question.key).map_or(UNANSWERED.to_owned(), |answer| mark(&answer.to_json()));
    let marks = |answers: &[Answer]| answers.iter().map(|answer| mark(&answer.to_json())).collect::<Vec<_>>();
    Posts {
        page: page.key.clone(),
        first: body(page, &stored, &page.questions.iter().map(was).collect::<Vec<_>>()),
        there: body(page, &changed, &marks(&stored)),
        back: body(page, &stored, &marks(&changed)),
        answers: stored.iter().zip(&changed).filter(|(before, after)| before != after).count(),
    }
}

/// The answers as they are stored when they have been through the form.
fn as_stored(page: &Page, answers: &[Answer]) -> Vec<Answer> {
    let marks = vec![String::new(); answers.len()];
    let posted = form::read(page, &fields(page, answers, &marks)).expect("a form that we wrote ourselves");
    posted.answers.into_iter().map(|posted| posted.answer).collect()
}

fn fields(page: &Page, answers: &[Answer], marks: &[String]) -> form::Fields {
    let mut fields = form::Fields::new();
    for ((question, answer), mark) in page.questions.iter().zip(answers).zip(marks) {
        fields.push((format!("{}.from", question.key), mark.clone()));
        fields.extend(form::write(question, answer));
    }
    fields
}

fn body(page: &Page, answers: &[Answer], marks: &[String]) -> String {
    serde_urlencoded::to_string(fields(page, answers, marks)).expect("fields are text")
}

/// Another answer of the same kind.
fn changed(question: &Question, answer: &Answer) -> Answer {
    match (&question.kind, answer) {
        (Kind::WebAddress, Answer::Text(text)) => Answer::Text(format!("{text}/partners")),
        (Kind::Email, Answer::Text(text)) => Answer::Text(format!("partners-{text}")),
        (Kind::Phone, Answer::Text(text)) => Answer::Text(format!("{text} ext. 7")),
        (_, Answer::Text(text)) => Answer::Text(format!("{text} of 2017")),
        (_, Answer::Number(number)) => Answer::Number(Typed::Value(number.value().map_or(7, |number| number + 1))),
        (_, Answer::Month(month)) => Answer::Month(Typed::Value(month.value().map_or(7, |month| month % 12 + 1))),
        (_, Answer::MonthYear(MonthYear { year, .. })) => Answer::MonthYear(MonthYear::typed("7".to_owned(), year.clone())),
        (_, Answer::Address(address)) => {
            let mut address = address.clone();
            address.city.push_str(" Heights");
            Answer::Address(address)
        }
        (_, Answer::Person(person)) => {
            let mut person = person.clone();
            person.title.push_str(" and Alliances");
            Answer::Person(person)
        }
        (Kind::OneOf { options, .. }, Answer::OneOf(one)) => {
            Answer::OneOf(OneOf { option: another(options, one.option.as_deref()), other: one.other.clone() })
        }
        (Kind::AnyOf { options, .. }, Answer::AnyOf(any)) => Answer::AnyOf(toggled(options, any)),
        (Kind::GridOne { options, .. }, Answer::GridOne(rows)) => {
            let row = |(row, option): (&String, &String)| Some((row.clone(), another(options, Some(option))?));
            Answer::GridOne(rows.iter().filter_map(row).collect())
        }
        (Kind::GridAny { options, .. }, Answer::GridAny(rows)) => {
            Answer::GridAny(rows.iter().map(|(row, any)| (row.clone(), toggled(options, any))).collect())
        }
        (Kind::Groups(groups), Answer::Groups(rows)) => {
            let field = |(key, answer): (&String, &Answer)| {
                let field = groups.fields.iter().find(|field| &field.key == key);
                (key.clone(), field.map_or_else(|| answer.clone(), |field| changed(field, answer)))
            };
            Answer::Groups(rows.iter().map(|row| row.iter().map(field).collect()).collect())
        }
        (_, answer) => answer.clone(),
    }
}

fn another(options: &[Choice], chosen: Option<&str>) -> Option<String> {
    options.iter().map(|option| &option.key).find(|key| Some(key.as_str()) != chosen).cloned()
}

/// The first option ticked, or not, as it was not.
fn toggled(options: &[Choice], any: &AnyOf) -> AnyOf {
    let mut any = any.clone();
    if let Some(first) = options.first() {
        match any.options.contains(&first.key) {
            true => any.options.retain(|option| option != &first.key),
            false => any.options.insert(0, first.key.clone()),
        }
    }
    any
}
