//! What a questionnaire must keep to beyond its shape: keys stand once, conditions look back, roles name questions
//! of the right kind.

mod kinds;
mod queries;
mod roles;

use std::collections::HashSet;
use std::hash::Hash;

use super::definition::{Condition, Kind, Question, Questionnaire};
use super::form::{ASKED, AUTHOR, Turn};
use super::load::{Mistake, Unread};

/// Every mistake of a questionnaire that has the right shape, save what follows from what could not be read.
pub(super) fn mistakes(questionnaire: &Questionnaire, unread: &Unread) -> Vec<Mistake> {
    let mut verifier = Verifier { questionnaire, unread, page: None, question: None, earlier: Vec::new(), mistakes: Vec::new() };
    verifier.pages();
    if !unread.roles {
        verifier.roles();
    }
    verifier.mistakes
}

struct Verifier<'a> {
    questionnaire: &'a Questionnaire,
    unread: &'a Unread,
    page: Option<&'a str>,
    question: Option<String>,
    earlier: Vec<(&'a str, &'a Question)>,
    mistakes: Vec<Mistake>,
}

/// Addresses under an entry that are no pages.
const ADDRESSES: [&str; 10] =
    ["check", "submit", "receipt", "preview", "people", "history", "recall", "revise", "withdraw", "reinstate"];

/// What every form has beside its answers: its button, which form it is, and whose.
const OF_EVERY_FORM: [&str; 4] = ["act", Turn::FIELD, AUTHOR, ASKED];

impl<'a> Verifier<'a> {
    fn mistake(&mut self, sentence: impl Into<String>) {
        let (page, question) = (self.page.map(str::to_owned), self.question.clone());
        self.mistakes.push(Mistake { page, question, sentence: sentence.into() });
    }

    fn is_unread(&self, key: &str) -> bool {
        self.unread.questions.contains(key)
    }

    fn pages(&mut self) {
        let mut keys = HashSet::new();
        for page in &self.questionnaire.pages {
            self.page = Some(&page.key);
            self.key(&page.key);
            if !keys.insert(page.key.as_str()) {
                self.mistake("the key stands twice among the pages");
            }
            if ADDRESSES.contains(&page.key.as_str()) {
                self.mistake("no page can have this key: its address is taken");
            }
            for question in &page.questions {
                self.question = Some(question.key.clone());
                self.question(question);
                self.earlier.push((&page.key, question));
                self.question = None;
            }
        }
        self.page = None;
    }

    fn key(&mut self, key: &str) {
        let letters = key.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
        if !letters || !key.starts_with(|first: char| first.is_ascii_lowercase()) {
            self.mistake(format!("the key \"{key}\" must be small letters, digits and _, and begin with a letter"));
        }
    }

    fn question(&mut self, question: &'a Question) {
        self.key(&question.key);
        if let Some((page, _)) = self.earlier.iter().find(|(_, earlier)| earlier.key == question.key) {
            let page = (*page).to_owned();
            self.mistake(format!("the key stands twice, first on page \"{page}\""));
        }
        if self.questionnaire.page(&question.key).is_some() {
            self.mistake("the key is also that of a page; in the printed profile both can be linked to");
        }
        if OF_EVERY_FORM.contains(&question.key.as_str()) {
            self.mistake("no question can have this key: a field of every form has it");
        }
        self.kind(question);
        self.asks_reader(question, &question.key);
        if let Some(condition) = &question.only_if {
            self.condition("if", condition);
        }
        if let Some(condition) = &question.unless {
            self.condition("unless", condition);
        }
        self.same_as(question);
        if question.lead.is_some() && !matches!(question.kind, Kind::Groups(_)) {
            self.mistake("\"lead\" is for groups only");
        }
        for query in &question.queries {
            self.query(question, query);
        }
    }

    fn same_as(&mut self, question: &Question) {
        let Some(from) = &question.same_as else {
            if question.same_label.is_some() {
                self.mistake("\"same_label\" says what the button of \"same_as\" is called, and there is no \"same_as\"");
            }
            return;
        };
        match self.earlier(from) {
            None => self.names_no_earlier("same_as", from),
            Some(earlier) => {
                let listed = !question.options().is_empty() || matches!(question.kind, Kind::Groups(_));
                if earlier.kind.name() != question.kind.name() || (listed && earlier.kind != question.kind) {
                    self.mistake(format!("`same_as` names \"{from}\", whose answers do not fit here"));
                }
            }
        }
    }

    /// Words for readers stand where the fit finder asks; `place` is the name by which it would know the question.
    fn asks_reader(&mut self, question: &Question, place: &str) {
        let asked = self.unread.roles || self.questionnaire.roles.finder.iter().any(|known| known == place);
        let rows = matches!(question.kind, Kind::GridAny { .. }) && question.ask_reader_rows.is_some();
        if !asked && (rows || question.ask_reader.is_some()) {
            self.mistake("it has words for the fit finder, and `finder` in [roles] does not name it");
        }
    }

    fn earlier(&self, key: &str) -> Option<&'a Question> {
        self.earlier.iter().find(|(_, earlier)| earlier.key == key).map(|(_, earlier)| *earlier)
    }

    fn names_no_earlier(&mut self, what: &str, name: &str) {
        if self.question.as_deref() == Some(name) {
            self.mistake(format!("`{what}` names the question itself"));
        } else if self.questionnaire.question(name).is_some() {
            self.mistake(format!("`{what}` names \"{name}\", which is asked later"));
        } else if !self.is_unread(name) {
            self.mistake(format!("`{what}` names \"{name}\", which is no question"));
        }
    }

    fn condition(&mut self, what: &str, condition: &Condition) {
        let name = &condition.question;
        let Some(earlier) = self.earlier(name) else {
            return self.names_no_earlier(what, name);
        };
        if !matches!(earlier.kind, Kind::OneOf { .. } | Kind::AnyOf { .. }) {
            return self.mistake(format!("`{what}` names \"{name}\", which is no list of options"));
        }
        for option in condition.is.all() {
            if !earlier.options().iter().any(|known| &known.key == option) {
                self.mistake(format!("`{what}` names option \"{option}\", which \"{name}\" does not have"));
            }
        }
    }
}

/// What stands in the list more than once.
fn twice<T: Hash + Eq + Copy>(list: impl Iterator<Item = T>) -> Vec<T> {
    let (mut seen, mut twice) = (HashSet::new(), Vec::new());
    for item in list {
        if !seen.insert(item) && !twice.contains(&item) {
            twice.push(item);
        }
    }
    twice
}
