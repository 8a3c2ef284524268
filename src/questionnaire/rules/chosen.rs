//! What is chosen: options of a list, and of each row of a grid.

use super::Inspection;
use crate::questionnaire::answer::{AnyOf, OTHER, OneOf};
use crate::questionnaire::definition::Choice;
use crate::questionnaire::sentence;

/// The most characters of what is typed under "other".
const LONGEST_OTHER: usize = 300;

impl Inspection<'_> {
    pub(super) fn one_of(&mut self, one: &OneOf, options: &[Choice], has_other: bool) {
        let label = &self.question.label;
        match one.option.as_deref() {
            None if has_other => self.refuse(".other", format!("Select “Other” in “{label}”, or clear what is typed under it")),
            None => self.missing(),
            Some(OTHER) if has_other && one.other.is_empty() => {
                self.miss(".other", format!("Enter what “Other” is in “{label}”"))
            }
            Some(OTHER) if has_other => self.length(".other", Some(&under_other(label)), &one.other, LONGEST_OTHER),
            Some(option) if !options.iter().any(|known| known.key == option) => self.refuse_all(no_option(option, label)),
            Some(_) => {}
        }
    }

    pub(super) fn any_of(&mut self, part: &str, label: &str, any: &AnyOf, options: &[Choice], has_other: bool) {
        let first = options.first().map(|option| format!("{part}.{}", option.key)).unwrap_or_default();
        for ticked in &any.options {
            match options.iter().find(|option| &option.key == ticked) {
                None => self.refuse(&first, no_option(ticked, label)),
                Some(option) if option.alone && (any.options.len() > 1 || !any.other.is_empty()) => {
                    let field = format!("{part}.{}", option.key);
                    self.refuse(
                        &field,
                        format!("“{}” must stand alone in “{label}”; clear it or the other options", option.label),
                    );
                }
                Some(_) => {}
            }
        }
        match has_other || any.other.is_empty() {
            true => self.length(&format!("{part}.other"), Some(&under_other(label)), &any.other, LONGEST_OTHER),
            false => self.refuse(&first, no_option(&any.other, label)),
        }
    }

    pub(super) fn grid_row(&mut self, row: &Choice, chosen: Option<&str>, options: &[Choice]) {
        let first = options.first().map(|option| option.key.as_str()).unwrap_or_default();
        let field = format!(".{}.{first}", row.key);
        match chosen {
            None => self.miss(&field, sentence::select_in_row(&row.label)),
            Some(chosen) if !options.iter().any(|option| option.key == chosen) => {
                self.refuse(&field, no_option(chosen, &row.label));
            }
            Some(_) => {}
        }
    }

    pub(super) fn unknown_rows<'k>(&mut self, rows: &[Choice], given: impl Iterator<Item = &'k String>) {
        for row in given.filter(|given| !rows.iter().any(|row| &&row.key == given)) {
            self.refuse_all(format!("“{row}” is not a row of “{}”", self.question.label));
        }
    }
}

/// What is typed under "other", named after its question or its row: a page has many of them.
fn under_other(label: &str) -> String {
    format!("What is typed under “Other” in “{label}”")
}

fn no_option(given: &str, label: &str) -> String {
    format!("{} is not an option of “{label}”", sentence::quoted(given))
}
