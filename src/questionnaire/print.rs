//! From typed answers to labelled lines: the one source of profile, check page, mails and exports.

use super::answer::{Address, Answer, AnyOf, OTHER, OneOf, Person, Row, Typed};
use super::asked::Answers;
use super::country::{self, HOME};
use super::definition::{Choice, Groups, Kind, Page, Question, Questionnaire};
use super::printed::{Group, Line, Printed, Section, Value};
use super::value::{self, MONTHS};

impl Questionnaire {
    /// What readers see: answered questions alone, company and program as title and subtitle.
    pub fn print(&self, answers: &Answers) -> Printed {
        let mut sections = self.sections(answers);
        for section in &mut sections {
            section.lines.retain(|line| line.value.is_some() && !self.is_title(&line.question));
        }
        sections.retain(|section| !section.lines.is_empty());
        Printed {
            company: answers.text(&self.roles.company).to_owned(),
            program: answers.text(&self.roles.program).to_owned(),
            sections,
        }
    }

    /// Every question that is asked, answered or not: the check page and the review.
    pub fn sections(&self, answers: &Answers) -> Vec<Section> {
        let asked = self.asked(answers);
        let section = |page: &Page| Section {
            key: page.key.clone(),
            title: page.title.clone(),
            facts: page.facts,
            lines: page
                .questions
                .iter()
                .filter(|question| asked.contains(question.key.as_str()))
                .flat_map(|question| lines(page, question, answers.get(&question.key)))
                .collect(),
        };
        self.pages.iter().map(section).collect()
    }

    /// What a line is called out of its section: its label, or where another question has the same one, its short label.
    pub fn label_apart<'a>(&'a self, line: &'a Line) -> &'a str {
        let is_alike = |other: &Question| other.key != line.question && other.label == line.label;
        let question = self.question(&line.question).filter(|_| line.anchor == line.question && self.questions().any(is_alike));
        question.map_or(&line.label, Question::heading)
    }

    /// The answer to one question as plain text, one line each; none while it is unanswered.
    pub fn printed_lines(&self, question: &Question, answers: &Answers) -> Vec<String> {
        let Some(page) = self.page_of(&question.key) else { return Vec::new() };
        let printed = lines(page, question, answers.get(&question.key));
        printed.iter().filter_map(|line| line.value.as_ref()).flat_map(Value::lines).collect()
    }
}

/// The printed lines of one question: one, or one a row where a grid takes many options a row.
fn lines(page: &Page, question: &Question, answer: Option<&Answer>) -> Vec<Line> {
    let line = |anchor: String, label: String, value| Line { question: question.key.clone(), anchor, label, value };
    let answer = answer.filter(|answer| !answer.is_blank() && answer.fits(&question.kind));
    if let (Kind::GridAny { rows, options, .. }, Some(Answer::GridAny(ticked))) = (&question.kind, answer) {
        let row_line = |row: &Choice| {
            let printed = any_of(ticked.get(&row.key)?, options);
            let label = match question.label == page.title {
                true => row.label.clone(),
                false => format!("{} {}", question.label, row.label),
            };
            let anchor = format!("{}.{}", question.key, row.key);
            (!printed.is_empty()).then(|| line(anchor, label, Some(Value::Options(printed))))
        };
        let printed: Vec<Line> = rows.iter().filter_map(row_line).collect();
        if !printed.is_empty() {
            return printed;
        }
    }
    vec![line(question.key.clone(), question.label.clone(), answer.and_then(|answer| value(question, answer)))]
}

fn value(question: &Question, answer: &Answer) -> Option<Value> {
    let options = question.options();
    Some(match answer {
        Answer::Text(text) => text_value(&question.kind, text),
        Answer::Number(number) => Value::Text(number.to_string()),
        Answer::Month(month) => Value::Text(month_name(month)),
        Answer::MonthYear(typed) => Value::Text(typed.to_string()),
        Answer::Address(address) => Value::Lines(address_lines(address)),
        Answer::Person(person) => Value::Text(person_line(person)),
        Answer::OneOf(one) => Value::Text(one_of(one, options)?),
        Answer::AnyOf(any) => Value::Options(unless_empty(any_of(any, options))?),
        Answer::GridOne(chosen) => {
            let Kind::GridOne { rows, .. } = &question.kind else { return None };
            let pair = |row: &Choice| Some((row.label.clone(), label(options, chosen.get(&row.key)?)));
            Value::Pairs(unless_empty(rows.iter().filter_map(pair).collect())?)
        }
        Answer::GridAny(_) => return None,
        Answer::Groups(rows) => {
            let Kind::Groups(groups) = &question.kind else { return None };
            Value::Groups(rows.iter().enumerate().map(|(index, row)| group(groups, index, row)).collect())
        }
    })
}

fn unless_empty<T>(list: Vec<T>) -> Option<Vec<T>> {
    Some(list).filter(|list| !list.is_empty())
}

fn text_value(kind: &Kind, text: &str) -> Value {
    let link = |href| Value::Link { text: text.to_owned(), href };
    match kind {
        Kind::Email if value::is_email(text) => link(value::mail_link(text)),
        Kind::WebAddress => match value::web_address(text) {
            Ok(address) => link(address.into()),
            Err(_) => Value::Text(text.to_owned()),
        },
        Kind::Paragraph { .. } => Value::Lines(text.lines().map(str::to_owned).collect()),
        _ => Value::Text(text.to_owned()),
    }
}

fn month_name(month: &Typed<i64>) -> String {
    let named = month.value().and_then(|month| usize::try_from(month.checked_sub(1)?).ok()).and_then(|index| MONTHS.get(index));
    named.map_or_else(|| month.to_string(), |name| (*name).to_owned())
}

fn person_line(person: &Person) -> String {
    match (person.name.is_empty(), person.title.is_empty()) {
        (false, false) => format!("{}, {}", person.name, person.title),
        _ => format!("{}{}", person.name, person.title),
    }
}

/// Street; city and state; postal code; the country only when it is not the United States.
fn address_lines(address: &Address) -> Vec<String> {
    let country = country::country(&address.country);
    let state = match country.and_then(|country| country.region(&address.state)) {
        Some(region) => region.code.as_str(),
        None => address.state.as_str(),
    };
    let city: Vec<&str> = [address.city.as_str(), state].into_iter().filter(|part| !part.is_empty()).collect();
    let abroad = country.filter(|country| country.code != HOME).map(|country| country.name.clone());
    let lines = address.street.iter().cloned().chain([city.join(", "), address.postal_code.clone()]).chain(abroad);
    lines.filter(|line| !line.is_empty()).collect()
}

fn label(options: &[Choice], key: &str) -> String {
    options.iter().find(|option| option.key == key).map_or_else(|| key.to_owned(), |option| option.label.clone())
}

fn one_of(one: &OneOf, options: &[Choice]) -> Option<String> {
    match one.option.as_deref()? {
        OTHER => Some(one.other.clone()).filter(|other| !other.is_empty()),
        option => Some(label(options, option)),
    }
}

fn any_of(any: &AnyOf, options: &[Choice]) -> Vec<String> {
    let ticked = options.iter().filter(|option| any.options.contains(&option.key)).map(|option| option.label.clone());
    let other = Some(any.other.clone()).filter(|other| !other.is_empty());
    ticked.chain(other).collect()
}

fn group(groups: &Groups, index: usize, row: &Row) -> Group {
    let text = |key: &str| {
        let field = groups.fields.iter().find(|field| field.key == key)?;
        let answer = row.get(key).filter(|answer| !answer.is_blank() && answer.fits(&field.kind))?;
        Some(value(field, answer)?.lines().join(", "))
    };
    let name = groups.named_by.as_deref().and_then(text);
    let title = name.map_or_else(|| groups.title(index), |name| format!("{} [{name}]", groups.title(index)));
    let apart = |field: &&Question| Some(&field.key) != groups.named_by.as_ref() && field.key != groups.headed_by;
    let figures = groups.fields.iter().filter(apart).filter_map(|field| Some((field.label.clone(), text(&field.key)?)));
    Group { title, value: text(&groups.headed_by).unwrap_or_default(), figures: figures.collect() }
}
