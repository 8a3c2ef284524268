//! A form as a page shows it on which it can be sent again.

use super::Purpose;
use crate::db::ids::AccountId;
use crate::domain::Edition;
use crate::questionnaire::Page;
use crate::questionnaire::form::{Fields, Told, told};
use crate::web::form::Form;
use crate::workflow::House;

/// A form that was sent, but not taken.
#[derive(Debug, Clone)]
pub struct Again {
    /// What it is, in a few words.
    pub title: String,
    /// Where it is posted to.
    pub action: String,
    /// What its button says; none where the same form would not be taken the next time.
    pub press: Option<&'static str>,
    /// For whom it was made.
    pub by: Option<AccountId>,
    /// Its fields, as they came.
    pub fields: Fields,
    /// What was typed and chosen in them, in words.
    pub typed: Vec<Told>,
}

impl Again {
    /// A form that was posted to this address and made for `by`, in the words of this edition; none where there is no such
    /// form of ours.
    pub fn of(house: &House, edition: Option<&Edition>, action: &str, by: Option<AccountId>, form: &Form) -> Option<Self> {
        let path = action.split_once('?').map_or(action, |(path, _)| path);
        let purpose = Purpose::of(path, form.text("act"))?;
        let page = questionnaire_page(edition, path);
        let typed = match page {
            Some(_) => told(page, &form.0),
            None => told(None, &form.0).into_iter().filter_map(|told| in_words(house, told)).collect(),
        };
        // What a page sent by itself is sent by a press now.
        let fields = form.0.iter().filter(|(name, value)| (name.as_str(), value.as_str()) != ("act", "autosave"));
        Some(Self {
            title: page.map_or_else(|| purpose.title.to_owned(), |page| page.title.clone()),
            action: action.to_owned(),
            press: Some(purpose.press),
            by,
            fields: fields.cloned().collect(),
            typed,
        })
    }
}

/// The page of the questionnaire that is posted to this path, if it is one.
pub fn questionnaire_page<'a>(edition: Option<&'a Edition>, path: &str) -> Option<&'a Page> {
    let (_, key) = path.strip_prefix("/entries/")?.split_once('/')?;
    edition?.questionnaire.page(key)
}

/// A field of a small form of ours, as the form calls it; none for one that nobody typed or chose.
fn in_words(house: &House, told: Told) -> Option<Told> {
    if let Some((label, about)) = of_a_review(&told.label) {
        let about = about.map(|key| format!(" on “{}”", question(house, key))).unwrap_or_default();
        let values = if told.label.starts_with("internal") { vec!["Yes".to_owned()] } else { told.values };
        return Some(Told { label: format!("{label}{about}"), values });
    }
    let (label, values) = match told.label.as_str() {
        "revision" | "remarks" | "since" | "changed_at" => return None,
        // The button, which goes with a text that is told.
        "question" => return None,
        "body" => ("Text", told.values),
        "name" => ("Your name", told.values),
        "company" => ("Company name", told.values),
        "program" => ("Name of the partner program", told.values),
        "wrong" => ("What is outdated?", told.values),
        "from" => ("Your e-mail address", told.values),
        _ => return Some(told),
    };
    Some(Told { label: label.to_owned(), values })
}

/// What a text of a review is called, and the question that it is about.
fn of_a_review(field: &str) -> Option<(&'static str, Option<&str>)> {
    Some(match field.split_once('.').map_or((field, None), |(field, about)| (field, Some(about))) {
        ("note", about) => ("Note", about),
        ("internal", about) => ("Internal, for editors only", about),
        ("reply", Some(_)) => ("Reply", None),
        _ => return None,
    })
}

/// What a question is called in the newest edition that asks it.
fn question(house: &House, key: &str) -> String {
    let editions = house.editions.all();
    let asked = editions.iter().rev().find_map(|edition| edition.questionnaire.question(key));
    asked.map_or_else(|| key.to_owned(), |question| question.label.clone())
}
