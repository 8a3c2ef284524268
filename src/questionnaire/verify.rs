//! What a questionnaire must keep to beyond its shape: keys stand once, conditions look back, roles name questions
//! of the right kind.

use std::collections::HashSet;
use std::hash::Hash;

use super::answer::OTHER;
use super::definition::{Choice, Condition, Groups, Kind, LatestYear, QueryRule, Question, Questionnaire, Rule};
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

/// Names that a form gives to fields of its own, beside the question's key.
const FIELDS_OF_A_QUESTION: [&str; 6] = [OTHER, "from", "query", "correct", "reason", "rival"];

/// The button of a form.
const BUTTON: &str = "act";

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
        if question.key == BUTTON {
            self.mistake("no question can have this key: the form’s buttons have it");
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
            self.rule(question, &query.rule);
            self.text_of_query(query);
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

    fn kind(&mut self, question: &'a Question) {
        match &question.kind {
            Kind::WholeNumber { least, most: Some(most) } if least > most => {
                self.mistake("\"least\" must not be above \"most\"");
            }
            Kind::Year { earliest, latest: LatestYear::Year(latest) } if earliest > latest => {
                self.mistake("\"earliest\" must not be after \"latest\"");
            }
            Kind::OneOf { options, .. } => self.choices(options, "options", false),
            Kind::AnyOf { options, .. } => self.choices(options, "options", true),
            Kind::GridOne { rows, options } => {
                self.rows(rows);
                self.choices(options, "options", false);
            }
            Kind::GridAny { rows, options, .. } => {
                self.rows(rows);
                self.choices(options, "options", true);
            }
            Kind::Groups(groups) => self.groups(question, groups),
            _ => {}
        }
    }

    fn rows(&mut self, rows: &[Choice]) {
        self.choices(rows, "rows", false);
        for row in rows.iter().filter(|row| row.key != OTHER && FIELDS_OF_A_QUESTION.contains(&row.key.as_str())) {
            self.mistake(format!("in rows, no row can have the key \"{}\": the form has a field of that name", row.key));
        }
    }

    fn choices(&mut self, choices: &[Choice], list: &str, alone: bool) {
        if choices.is_empty() {
            self.mistake(format!("\"{list}\" is empty"));
        }
        for choice in choices {
            self.key(&choice.key);
            if choice.key == OTHER {
                self.mistake(format!("in {list}, the key \"{OTHER}\" is taken by what is typed under \"Other\""));
            }
            if choice.alone && !alone {
                self.mistake(format!("in {list}, \"{}\" cannot be \"alone\": no other can be ticked beside it", choice.key));
            }
        }
        for key in twice(choices.iter().map(|choice| choice.key.as_str())) {
            self.mistake(format!("in {list}, the key \"{key}\" stands twice"));
        }
        for label in twice(choices.iter().map(|choice| choice.label.as_str())) {
            self.mistake(format!("in {list}, the label \"{label}\" stands twice"));
        }
    }

    fn groups(&mut self, question: &'a Question, groups: &'a Groups) {
        if groups.fewest > groups.most {
            self.mistake("\"fewest\" must not be above \"most\"");
        }
        if !groups.next.contains("{n}") {
            self.mistake("\"next\" must contain {n}, or all groups but the first are called the same");
        }
        for field in &groups.fields {
            self.question = Some(format!("{}.{}", question.key, field.key));
            self.key(&field.key);
            self.asks_reader(field, &format!("{}.{}", question.key, field.key));
            if matches!(field.kind, Kind::Groups(_) | Kind::GridAny { .. }) {
                self.mistake(format!("a field of a group cannot be of kind \"{}\"", field.kind.name()));
            }
            self.kind(field);
        }
        self.question = Some(question.key.clone());
        for key in twice(groups.fields.iter().map(|field| field.key.as_str())) {
            self.mistake(format!("the field \"{key}\" stands twice"));
        }
        // A browser sends nothing of what is not ticked, so that a row of ticks alone could get lost.
        let within = format!("{}.", question.key);
        let all_read = !groups.fields.is_empty() && !self.unread.questions.iter().any(|key| key.starts_with(&within));
        if all_read && groups.fields.iter().all(only_ticked) {
            self.mistake("a group needs a field in which something is typed or chosen from a menu, not only ticked");
        }
        for (name, field) in [("named_by", groups.named_by.as_ref()), ("headed_by", Some(&groups.headed_by))] {
            let Some(field) = field else { continue };
            let known = groups.fields.iter().any(|known| &known.key == field);
            if !known && !self.is_unread(&format!("{}.{field}", question.key)) {
                self.mistake(format!("`{name}` names \"{field}\", which is no field"));
            }
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

    fn rule(&mut self, question: &Question, rule: &Rule) {
        let dated = matches!(question.kind, Kind::Year { .. } | Kind::MonthYear { .. });
        let counted = matches!(question.kind, Kind::WholeNumber { .. });
        match rule {
            Rule::Before { .. } if !dated => self.mistake("in a query, rule \"before\" is for a year or a month and year"),
            Rule::Above { .. } if !counted => self.mistake("in a query, rule \"above\" is for a whole number"),
            Rule::Before { other } => self.compares(question, other, "year"),
            Rule::Above { other } => self.compares(question, other, "whole_number"),
            Rule::RowAbove { field, other_field } => {
                self.number_field(question, field);
                self.number_field(question, other_field);
            }
            Rule::SumDiffers { field, other, .. } => {
                self.number_field(question, field);
                self.compares(question, other, "whole_number");
            }
        }
    }

    fn compares(&mut self, question: &Question, other: &str, kind: &str) {
        match self.questionnaire.question(other) {
            Some(named) if named.key == question.key => self.mistake("in a query, the question is compared with itself"),
            Some(named) if named.kind.name() == kind => {}
            Some(_) => self.mistake(format!("in a query, `other` names \"{other}\", which is not of kind \"{kind}\"")),
            None if self.is_unread(other) => {}
            None => self.mistake(format!("in a query, `other` names \"{other}\", which is no question")),
        }
    }

    fn number_field(&mut self, question: &Question, key: &str) {
        let fields = if let Kind::Groups(groups) = &question.kind { groups.fields.as_slice() } else { &[] };
        let number = fields.iter().any(|field| field.key == key && matches!(field.kind, Kind::WholeNumber { .. }));
        if !number && !self.is_unread(&format!("{}.{key}", question.key)) {
            self.mistake(format!("in a query, \"{key}\" is named, which is no field of kind \"whole_number\""));
        }
    }

    fn text_of_query(&mut self, query: &QueryRule) {
        let known = ["{this}", "{other}", "{row}"];
        let rest = known.iter().fold(query.text.clone(), |text, known| text.replace(known, ""));
        if rest.contains(['{', '}']) {
            self.mistake("in a query, the text may contain {this}, {other} and {row}, and no other braces");
        } else if query.text.contains("{row}") && !matches!(query.rule, Rule::RowAbove { .. }) {
            self.mistake("in a query, the text may contain {row} with rule \"row_above\" only");
        }
    }

    fn roles(&mut self) {
        let questionnaire = self.questionnaire;
        let roles = &questionnaire.roles;
        for (role, key, kind) in
            [("company", &roles.company, "line"), ("program", &roles.program, "line"), ("contact", &roles.contact, "email")]
        {
            match questionnaire.question(key) {
                Some(question) if question.kind.name() != kind => {
                    self.mistake(format!("in [roles], `{role}` names \"{key}\", which is not of kind \"{kind}\""));
                }
                Some(question) if kind == "line" && (question.optional || question.conditions().next().is_some()) => {
                    self.mistake(format!("in [roles], `{role}` names \"{key}\", which may stay unanswered"));
                }
                Some(_) => {}
                None => self.role_names_none(role, key),
            }
        }
        for (role, keys, counts) in [
            ("filters", &roles.filters, Counts::Options),
            ("finder", &roles.finder, Counts::Options),
            ("figures", &roles.figures, Counts::OptionsAndNumbers),
            ("listed", &roles.listed, Counts::Nothing),
            ("compared_first", &roles.compared_first, Counts::Nothing),
        ] {
            for key in keys {
                match questionnaire.field_or_question(key) {
                    Some(question) if !counts.takes(&question.kind, key.contains('.')) => {
                        let why = counts.refusal();
                        self.mistake(format!("in [roles], `{role}` names \"{key}\", which {why}"));
                    }
                    Some(_) => {}
                    None => self.role_names_none(role, key),
                }
            }
            for key in twice(keys.iter().map(String::as_str)) {
                self.mistake(format!("in [roles], `{role}` names \"{key}\" twice"));
            }
        }
    }

    fn role_names_none(&mut self, role: &str, key: &str) {
        let group = key.split_once('.').map_or(key, |(group, _)| group);
        if !self.is_unread(key) && !self.is_unread(group) {
            self.mistake(format!("in [roles], `{role}` names \"{key}\", which is no question"));
        }
    }
}

/// What the guide does with the answers of a role's questions.
#[derive(Clone, Copy)]
enum Counts {
    /// It counts who ticked what.
    Options,
    /// It counts that, and lays numbers side by side.
    OptionsAndNumbers,
    /// It shows them as they are.
    Nothing,
}

impl Counts {
    fn takes(self, kind: &Kind, field_of_group: bool) -> bool {
        let number = matches!(kind, Kind::WholeNumber { .. } | Kind::Year { .. });
        match self {
            Self::Options => is_list(kind),
            Self::OptionsAndNumbers => is_list(kind) || (number && !field_of_group),
            Self::Nothing => !field_of_group,
        }
    }

    fn refusal(self) -> &'static str {
        match self {
            Self::Options => "has no options",
            Self::OptionsAndNumbers => "has neither options nor numbers",
            Self::Nothing => "is a field of a group",
        }
    }
}

fn is_list(kind: &Kind) -> bool {
    matches!(kind, Kind::OneOf { .. } | Kind::AnyOf { .. } | Kind::GridOne { .. } | Kind::GridAny { .. })
}

/// Whether a browser sends nothing of it while nothing is chosen.
fn only_ticked(field: &Question) -> bool {
    match &field.kind {
        Kind::OneOf { other, .. } | Kind::AnyOf { other, .. } => !other,
        Kind::GridOne { .. } => true,
        _ => false,
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
