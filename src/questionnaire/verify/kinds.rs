//! What belongs to one kind of question: bounds, options, rows, the fields of groups.

use super::{Verifier, twice};
use crate::questionnaire::answer::OTHER;
use crate::questionnaire::definition::{Choice, Groups, Kind, LatestYear, Question};

/// Names that a form gives to fields of its own, beside the question's key.
const FIELDS_OF_A_QUESTION: [&str; 6] = [OTHER, "from", "query", "correct", "reason", "rival"];

impl<'a> Verifier<'a> {
    pub(super) fn kind(&mut self, question: &'a Question) {
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
}

/// Whether a browser sends nothing of it while nothing is chosen.
fn only_ticked(field: &Question) -> bool {
    match &field.kind {
        Kind::OneOf { other, .. } | Kind::AnyOf { other, .. } => !other,
        Kind::GridOne { .. } => true,
        _ => false,
    }
}
