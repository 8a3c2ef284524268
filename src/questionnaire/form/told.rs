//! A form in words, for people: what its fields are called on the page, and what was typed and chosen in them.

use super::{ASKED, Fields, Malformed, Turn};
use crate::questionnaire::answer::OTHER;
use crate::questionnaire::country;
use crate::questionnaire::definition::{Kind, Page, Question};
use crate::questionnaire::sentence;
use crate::questionnaire::value::MONTHS;

/// What a form only says to us: from which answer it was rendered, what it showed, and which button was pressed.
const OURS: [&str; 4] = [".from", ".query", ".correct", ".rival"];

/// What was typed or chosen in a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What is asked there, in the page's words; the field's name where the page asks nothing of that name.
    pub label: String,
    /// The texts and the labels of options, in the order they came.
    pub values: Vec<String>,
}

impl Malformed {
    /// What happened to the form of this page, in half a sentence: labels for people, names for those who help them.
    pub fn on(&self, page: &Page) -> String {
        let answer = |field: &String| match label(page, field) {
            Some(label) => format!("the answer to “{label}” (field “{field}”)"),
            None => format!("the field “{field}”"),
        };
        match self {
            Self::Twice(field) => format!("{} came twice", answer(field)),
            Self::Missing(field) => format!("{} is missing", answer(field)),
            Self::Unknown(field) => format!("{} does not belong to this page", answer(field)),
            Self::UnknownOption { field, option } => format!("“{option}” is not an option of {}", answer(field)),
            Self::Foreign(_) | Self::UnknownAct(_) => self.to_string(),
        }
    }
}

/// What a person would want to copy from a form: every field in which something was typed or chosen.
pub fn told(page: Option<&Page>, fields: &Fields) -> Vec<Told> {
    let is_ours = |name: &str| ["act", Turn::FIELD, ASKED].contains(&name) || OURS.iter().any(|part| name.ends_with(part));
    let mut told: Vec<(&str, Told)> = Vec::new();
    for (name, value) in fields.iter().filter(|(name, value)| !is_ours(name) && !value.trim().is_empty()) {
        let place = page.and_then(|page| place(page, name));
        let value = place.as_ref().and_then(|place| place.choice(value)).unwrap_or_else(|| value.clone());
        match told.iter_mut().find(|(known, _)| known == name) {
            Some((_, told)) => told.values.push(value),
            None => {
                let label = place.map_or_else(|| name.clone(), |place| place.label());
                told.push((name, Told { label, values: vec![value] }));
            }
        }
    }
    told.into_iter().map(|(_, told)| told).collect()
}

/// What is asked in a field; none where the page asks nothing of that name.
fn label(page: &Page, field: &str) -> Option<String> {
    // Of an option that came twice the field is named with the option.
    let name = field.split_once('=').map_or(field, |(name, _)| name);
    place(page, name).map(|place| place.label())
}

/// Where on a page a field stands.
struct Place<'a> {
    /// The title of the row, for a field of a group.
    row: Option<String>,
    question: &'a Question,
    /// Which part of the answer; empty for the whole.
    part: &'a str,
}

fn place<'a>(page: &'a Page, field: &'a str) -> Option<Place<'a>> {
    let (key, part) = cut(field);
    let question = page.questions.iter().find(|question| question.key == key)?;
    Some(in_row(question, part).unwrap_or(Place { row: None, question, part }))
}

/// The field of a row, like `2.partner_types`.
fn in_row<'a>(question: &'a Question, part: &'a str) -> Option<Place<'a>> {
    let Kind::Groups(groups) = &question.kind else { return None };
    let (number, rest) = cut(part);
    let (key, part) = cut(rest);
    let row = number.parse::<usize>().ok()?.checked_sub(1)?;
    let field = groups.fields.iter().find(|field| field.key == key)?;
    Some(Place { row: Some(groups.title(row)), question: field, part })
}

fn cut(name: &str) -> (&str, &str) {
    name.split_once('.').unwrap_or((name, ""))
}

impl Place<'_> {
    fn label(&self) -> String {
        let part = self.part_label();
        [self.row.as_deref(), Some(&self.question.label), part.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" – ")
    }

    fn part_label(&self) -> Option<String> {
        let (first, rest) = cut(self.part);
        if let Some(row) = self.question.rows().iter().find(|row| row.key == first) {
            return Some(if rest == OTHER { format!("{} – Other", row.label) } else { row.label.clone() });
        }
        match (&self.question.kind, first) {
            (_, OTHER) => Some("Other".to_owned()),
            (_, "reason") => Some("Reason".to_owned()),
            (Kind::Address, "street") => Some(format!("Street, line {rest}")),
            (Kind::Address | Kind::Person | Kind::MonthYear { .. }, part) => {
                Some(sentence::capitalized(&part.replace('_', " "))).filter(|part| !part.is_empty())
            }
            _ => None,
        }
    }

    /// What was chosen, as the page says it; none where one types.
    fn choice(&self, value: &str) -> Option<String> {
        let typed = self.part == OTHER || self.part.ends_with(".other");
        match &self.question.kind {
            _ if typed => None,
            Kind::Address if self.part == "country" => country::country(value).map(|country| country.name.clone()),
            Kind::Month => MONTHS.get(value.parse::<usize>().ok()?.checked_sub(1)?).map(|month| (*month).to_owned()),
            _ if value == OTHER && self.question.has_other() => Some("Other".to_owned()),
            _ => self.question.options().iter().find(|option| option.key == value).map(|option| option.label.clone()),
        }
    }
}
