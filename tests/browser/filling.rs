//! Filling in a questionnaire's page from what stands on it: labels, legends, options. No name of a field is used, so
//! whatever a person cannot find by its words is not found here either.

use std::collections::HashMap;

use almanac::questionnaire::country::country;
use almanac::questionnaire::definition::{Choice, Groups};
use almanac::questionnaire::value::MONTHS;
use almanac::questionnaire::{Answer, Answers, AnyOf, Kind, Page, Question, Row};

use super::person::Person;
use crate::support::browser::Browser;

/// How "other" is called, as an option and as a field.
const OTHER: (&str, &str) = ("Other", "Other (please describe)");

/// Fills in the page that is open with these answers.
pub async fn fill_page(person: &Person<'_>, page: &Page, answers: &Answers) {
    let mut met: HashMap<&str, usize> = HashMap::new();
    for question in &page.questions {
        let Some(answer) = answers.get(&question.key) else { continue };
        let (_, times) = (met.entry(&question.label).and_modify(|times| *times += 1).or_insert(1), page.questions.iter());
        let twice = times.filter(|other| other.label == question.label).count() > 1;
        let label = if twice { format!("{} [{}]", question.label, met[question.label.as_str()]) } else { question.label.clone() };
        match (&question.kind, answer) {
            (Kind::Groups(groups), Answer::Groups(rows)) => fill_groups(person, groups, rows).await,
            _ => fill(&person.browser, question, &label, answer).await,
        }
    }
}

async fn fill_groups(person: &Person<'_>, groups: &Groups, rows: &[Row]) {
    for (index, row) in rows.iter().enumerate() {
        if index >= groups.fewest {
            person.press(&format!("Add a {}", groups.item)).await;
        }
        for field in &groups.fields {
            let answer = row.get(&field.key).filter(|answer| !answer.is_blank());
            if let Some(answer) = answer {
                fill(&person.browser, field, &format!("{} › {}", groups.title(index), field.label), answer).await;
            }
        }
    }
}

async fn fill(browser: &Browser, question: &Question, label: &str, answer: &Answer) {
    match (answer, &question.kind) {
        (Answer::Text(text), _) => browser.fill(label, text).await,
        (Answer::Number(number), _) => browser.fill(label, &number.to_string()).await,
        (Answer::Month(month), _) => {
            let name = MONTHS[usize::try_from(*month.value().unwrap()).unwrap() - 1];
            browser.choose(label, name).await;
        }
        (Answer::MonthYear(typed), _) => fill_parts(browser, label, &[("Month", &typed.month), ("Year", &typed.year)]).await,
        (Answer::Person(person), _) => fill_parts(browser, label, &[("Name", &person.name), ("Title", &person.title)]).await,
        (Answer::Address(address), _) => {
            browser.choose(&format!("{label} › Country"), &country(&address.country).unwrap().name).await;
            let lines = ["Street", "Street, line 2", "Street, line 3"].into_iter().zip(&address.street);
            let rest =
                [("City", &address.city), ("State or province", &address.state), ("ZIP or postal code", &address.postal_code)];
            fill_parts(browser, label, &lines.chain(rest).collect::<Vec<_>>()).await;
        }
        (Answer::OneOf(one), Kind::OneOf { options, .. }) => {
            let key = one.option.as_deref().unwrap();
            let words = options.iter().find(|option| option.key == key).map_or(OTHER.0, |option| &option.label);
            browser.choose(label, words).await;
            fill_other(browser, label, &one.other).await;
        }
        (Answer::AnyOf(any), Kind::AnyOf { options, .. }) => tick(browser, label, options, any).await,
        (Answer::GridOne(chosen), Kind::GridOne { rows, options }) => {
            for (row, option) in chosen {
                browser.choose(&format!("{label} › {}", words_of(rows, row)), words_of(options, option)).await;
            }
        }
        (Answer::GridAny(ticked), Kind::GridAny { rows, options, .. }) => {
            for (row, any) in ticked {
                tick(browser, &format!("{label} › {}", words_of(rows, row)), options, any).await;
            }
        }
        _ => panic!("the answer to “{label}” is of another kind than its question"),
    }
}

async fn fill_parts(browser: &Browser, label: &str, parts: &[(&str, &String)]) {
    for (part, text) in parts {
        browser.fill(&format!("{label} › {part}"), text).await;
    }
}

async fn tick(browser: &Browser, label: &str, options: &[Choice], any: &AnyOf) {
    for option in &any.options {
        browser.tick(&format!("{label} › {}", words_of(options, option))).await;
    }
    fill_other(browser, label, &any.other).await;
}

async fn fill_other(browser: &Browser, label: &str, text: &str) {
    if !text.is_empty() {
        browser.fill(&format!("{label} › {}", OTHER.1), text).await;
    }
}

fn words_of<'a>(choices: &'a [Choice], key: &str) -> &'a str {
    &choices.iter().find(|choice| choice.key == key).unwrap().label
}
