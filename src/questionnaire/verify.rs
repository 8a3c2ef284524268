//! What a questionnaire must keep to beyond its shape: keys stand once, conditions look back, roles name questions
//! of the right kind.

use std::collections::HashSet;

use super::answer::OTHER;
use super::definition::{Choice, Condition, Groups, Kind, Question, Questionnaire, Rule};
use super::load::Mistake;

/// Every mistake of a questionnaire that has the right shape.
pub(super) fn mistakes(questionnaire: &Questionnaire) -> Vec<Mistake> {
    let mut verifier = Verifier { questionnaire, page: None, question: None, earlier: Vec::new(), mistakes: Vec::new() };
    verifier.pages();
    verifier.roles();
    verifier.mistakes
}

struct Verifier<'a> {
    questionnaire: &'a Questionnaire,
    page: Option<&'a str>,
    question: Option<String>,
    earlier: Vec<&'a Question>,
    mistakes: Vec<Mistake>,
}

/// Addresses under an entry that are no pages.
const TAKEN: [&str; 8] = ["check", "submit", "receipt", "preview", "people", "history", "recall", "revise"];

impl<'a> Verifier<'a> {
    fn mistake(&mut self, sentence: impl Into<String>) {
        self.mistakes.push(Mistake {
            page: self.page.map(str::to_owned),
            question: self.question.clone(),
            sentence: sentence.into(),
        });
    }

    fn pages(&mut self) {
        let mut keys = HashSet::new();
        for page in &self.questionnaire.pages {
            self.page = Some(&page.key);
            self.key(&page.key);
            if !keys.insert(page.key.as_str()) {
                self.mistake("its key stands twice among the pages");
            }
            if TAKEN.contains(&page.key.as_str()) {
                self.mistake(format!("a page cannot be called \"{}\": that address is taken", page.key));
            }
            for question in &page.questions {
                self.question = Some(question.key.clone());
                self.question(question);
                self.earlier.push(question);
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
        if self.earlier.iter().any(|earlier| earlier.key == question.key) {
            self.mistake("its key stands twice among the questions");
        }
        self.kind(question);
        for (condition, _) in question.conditions() {
            self.condition(condition);
        }
        if let Some(from) = &question.same_as {
            match self.earlier.iter().find(|earlier| &earlier.key == from) {
                None => self.mistake(format!("same_as names \"{from}\", which is no earlier question")),
                Some(earlier) if std::mem::discriminant(&earlier.kind) != std::mem::discriminant(&question.kind) => {
                    self.mistake(format!("same_as names \"{from}\", which is of another kind"));
                }
                Some(_) => {}
            }
        }
        for query in &question.queries {
            self.rule(question, &query.rule);
        }
    }

    fn kind(&mut self, question: &'a Question) {
        match &question.kind {
            Kind::OneOf { options, .. } | Kind::AnyOf { options, .. } => self.choices(options, "options"),
            Kind::GridOne { rows, options } | Kind::GridAny { rows, options, .. } => {
                self.choices(options, "options");
                self.choices(rows, "rows");
            }
            Kind::Groups(groups) => self.groups(question, groups),
            _ => {}
        }
    }

    fn choices(&mut self, choices: &[Choice], list: &str) {
        if choices.is_empty() {
            self.mistake(format!("{list} is empty"));
        }
        let (mut keys, mut labels) = (HashSet::new(), HashSet::new());
        for choice in choices {
            self.key(&choice.key);
            if !keys.insert(&choice.key) || !labels.insert(&choice.label) {
                self.mistake(format!("in {list}, \"{}\" stands twice", choice.key));
            }
            if choice.key == OTHER {
                self.mistake(format!("in {list}, the key \"{OTHER}\" is taken by what is typed under \"other\""));
            }
        }
    }

    fn groups(&mut self, question: &'a Question, groups: &'a Groups) {
        if groups.fewest > groups.most || groups.most == 0 {
            self.mistake("fewest must not be above most, and most not 0");
        }
        let mut keys = HashSet::new();
        for field in &groups.fields {
            self.question = Some(format!("{}.{}", question.key, field.key));
            self.key(&field.key);
            if !keys.insert(field.key.as_str()) {
                self.mistake("its key stands twice among the fields");
            }
            if matches!(field.kind, Kind::Groups(_) | Kind::GridAny { .. }) || field.conditions().next().is_some() {
                self.mistake("a field of a group can be no group, no grid of many, and have no condition");
            }
            self.kind(field);
        }
        self.question = Some(question.key.clone());
        for (name, field) in [("named_by", groups.named_by.as_deref()), ("headed_by", Some(groups.headed_by.as_str()))] {
            if let Some(field) = field.filter(|field| !keys.contains(field)) {
                self.mistake(format!("{name} names \"{field}\", which is no field"));
            }
        }
    }

    fn condition(&mut self, condition: &Condition) {
        let name = &condition.question;
        let Some(earlier) = self.earlier.iter().copied().find(|earlier| &earlier.key == name) else {
            return match self.questionnaire.question(name) {
                Some(_) => self.mistake(format!("its condition depends on \"{name}\", which comes later")),
                None => self.mistake(format!("its condition depends on \"{name}\", which is no question")),
            };
        };
        if !matches!(earlier.kind, Kind::OneOf { .. } | Kind::AnyOf { .. }) {
            return self.mistake(format!("its condition depends on \"{name}\", which is no list of options"));
        }
        for option in condition.is.all() {
            if !earlier.options().iter().any(|known| &known.key == option) {
                self.mistake(format!("its condition names the option \"{option}\", which \"{name}\" does not define"));
            }
        }
    }

    fn rule(&mut self, question: &Question, rule: &Rule) {
        let dated = matches!(question.kind, Kind::Year { .. } | Kind::MonthYear { .. });
        let counted = matches!(question.kind, Kind::WholeNumber { .. });
        match rule {
            Rule::Before { .. } if !dated => self.mistake("rule \"before\" is for a year or a month and year"),
            Rule::Above { .. } if !counted => self.mistake("rule \"above\" is for a whole number"),
            Rule::Before { other } | Rule::Above { other } => self.number(other),
            Rule::RowAbove { field, other_field } => {
                self.number_field(question, field);
                self.number_field(question, other_field);
            }
            Rule::SumDiffers { field, other, .. } => {
                self.number_field(question, field);
                self.number(other);
            }
        }
    }

    fn number(&mut self, key: &str) {
        let kind = self.questionnaire.question(key).map(|question| &question.kind);
        if !matches!(kind, Some(Kind::WholeNumber { .. } | Kind::Year { .. })) {
            self.mistake(format!("its query compares with \"{key}\", which is no question with a number"));
        }
    }

    fn number_field(&mut self, question: &Question, key: &str) {
        let fields = if let Kind::Groups(groups) = &question.kind { groups.fields.as_slice() } else { &[] };
        if !fields.iter().any(|field| field.key == key && matches!(field.kind, Kind::WholeNumber { .. })) {
            self.mistake(format!("its query names \"{key}\", which is no field with a number"));
        }
    }

    fn roles(&mut self) {
        let roles = &self.questionnaire.roles;
        for (role, key) in [("company", &roles.company), ("program", &roles.program), ("contact", &roles.contact)] {
            let kind = self.questionnaire.question(key).map(|question| &question.kind);
            let fits = match role {
                "contact" => matches!(kind, Some(Kind::Email)),
                _ => matches!(kind, Some(Kind::Line { .. })),
            };
            if !fits {
                self.mistake(format!("the role {role} is given to \"{key}\", which is no question that can have it"));
            }
        }
        for (role, keys) in [("listed", &roles.listed), ("compared_first", &roles.compared_first)] {
            for key in keys.iter().filter(|key| self.questionnaire.question(key).is_none()) {
                self.mistakes.push(role_mistake(role, key));
            }
        }
        for key in &roles.filters {
            if !self.filters_by(key) {
                self.mistakes.push(role_mistake("filters", key));
            }
        }
    }

    fn filters_by(&self, key: &str) -> bool {
        let listed = |question: &Question| !question.options().is_empty();
        match key.split_once('.') {
            None => self.questionnaire.question(key).is_some_and(listed),
            Some((group, field)) => match self.questionnaire.question(group).map(|question| &question.kind) {
                Some(Kind::Groups(groups)) => groups.fields.iter().any(|known| known.key == field && listed(known)),
                _ => false,
            },
        }
    }
}

fn role_mistake(role: &str, key: &str) -> Mistake {
    let sentence = format!("the role {role} names \"{key}\", which is no question that can have it");
    Mistake { page: None, question: None, sentence }
}
