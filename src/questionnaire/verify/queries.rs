//! What makes an answer unusual: a rule must fit its question and what that is compared with.

use super::Verifier;
use crate::questionnaire::definition::{Kind, QueryRule, Question, Rule};

impl Verifier<'_> {
    pub(super) fn query(&mut self, question: &Question, query: &QueryRule) {
        self.rule(question, &query.rule);
        self.text_of_query(query);
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
}
