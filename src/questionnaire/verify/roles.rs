//! Roles name questions of the right kind.

use super::{Verifier, twice};
use crate::questionnaire::definition::Kind;

/// What the address of the readers' list says beside the filters.
const WORDS_OF_THE_LIST: [&str; 6] = ["q", "sort", "page", "letter", "program", "compare"];

impl Verifier<'_> {
    pub(super) fn roles(&mut self) {
        let questionnaire = self.questionnaire;
        let roles = &questionnaire.roles;
        let website = roles.website.as_ref().map(|key| ("website", key, "web_address"));
        for (role, key, kind) in
            [("company", &roles.company, "line"), ("program", &roles.program, "line"), ("contact", &roles.contact, "email")]
                .into_iter()
                .chain(website)
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
        for (role, keys) in [("filters", &roles.filters), ("figures", &roles.figures)] {
            for key in keys.iter().filter(|key| WORDS_OF_THE_LIST.contains(&key.as_str())) {
                self.mistake(format!("in [roles], `{role}` names \"{key}\", which the list's address uses for something else"));
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
