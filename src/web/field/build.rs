//! From a question and its answer to the field of a form.

use super::{AddressControl, Choosable, Control, Field, GridRow, GroupList, GroupRow, Line, List, Part};
use crate::questionnaire::answer::OTHER;
use crate::questionnaire::country::{Country, countries, country};
use crate::questionnaire::definition::{Choice, Groups, LineContent};
use crate::questionnaire::{Address, Answer, AnyOf, Kind, OneOf, Question, Refusal, Row};

/// What is wrong, by the id of the control.
pub(super) struct Wrong<'a>(pub &'a [Refusal]);

impl Wrong<'_> {
    /// The sentences for all controls of this name.
    fn of(&self, name: &str) -> Vec<String> {
        let below = |field: &str| field.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
        self.0
            .iter()
            .filter(|refusal| below(&refusal.field) && !refusal.field.contains(".rival."))
            .map(|refusal| refusal.sentence.clone())
            .collect()
    }

    fn at(&self, name: &str) -> bool {
        self.0.iter().any(|refusal| refusal.field == name)
    }
}

pub(super) fn field(question: &Question, name: &str, answer: &Answer, wrong: &Wrong) -> Field {
    let errors = match question.kind {
        // Each row of a group says what is wrong with it.
        Kind::Groups(_) => {
            wrong.0.iter().filter(|refusal| refusal.field == name).map(|refusal| refusal.sentence.clone()).collect()
        }
        // So does each row of a grid, unless none is answered.
        Kind::GridOne { .. } if !answer.is_blank() => Vec::new(),
        _ => wrong.of(name),
    };
    Field {
        name: name.to_owned(),
        label: question.label.clone(),
        optional: question.optional,
        hint: hint(question),
        errors,
        control: control(question, name, answer, wrong),
        described_by: Vec::new(),
    }
}

fn hint(question: &Question) -> Option<String> {
    let any = matches!(question.kind, Kind::AnyOf { .. } | Kind::GridAny { .. });
    match (&question.hint, any) {
        (Some(hint), true) => Some(format!("{hint} Select all that apply.")),
        (None, true) => Some("Select all that apply.".to_owned()),
        (Some(hint), false) => Some(hint.clone()),
        (None, false) => None,
    }
}

fn control(question: &Question, name: &str, answer: &Answer, wrong: &Wrong) -> Control {
    match (&question.kind, answer) {
        (Kind::Paragraph { longest }, Answer::Text(text)) => Control::Paragraph { value: text.clone(), longest: *longest },
        (_, Answer::Text(text)) => Control::Line(text_line(&question.kind, text)),
        (Kind::Month, Answer::Month(month)) => Control::Month { selected: month.value().copied() },
        (_, Answer::Number(number) | Answer::Month(number)) => Control::Line(number_line(&number.to_string())),
        (_, Answer::MonthYear(typed)) => Control::Parts(vec![
            part(name, "month", "Month", number_line(&typed.month), wrong),
            part(name, "year", "Year", number_line(&typed.year), wrong),
        ]),
        (_, Answer::Person(person)) => {
            let name_line = Line { autocomplete: "off", ..line(&person.name) };
            let title_line = Line { autocomplete: "off", spellcheck: true, ..line(&person.title) };
            Control::Parts(vec![part(name, "name", "Name", name_line, wrong), part(name, "title", "Title", title_line, wrong)])
        }
        (_, Answer::Address(address)) => Control::Address(Box::new(address_control(name, address, wrong))),
        (Kind::OneOf { options, other }, Answer::OneOf(one)) => Control::Radios(one_of(name, options, *other, one, wrong)),
        (Kind::AnyOf { options, other }, Answer::AnyOf(any)) => Control::Checkboxes(any_of(name, options, *other, any, wrong)),
        (Kind::GridOne { rows, options }, Answer::GridOne(chosen)) => {
            let row = |row: &Choice| {
                let name = format!("{name}.{}", row.key);
                let one = OneOf { option: chosen.get(&row.key).cloned(), other: String::new() };
                let list = one_of(&name, options, false, &one, wrong);
                let errors = if chosen.is_empty() { Vec::new() } else { wrong.of(&name) };
                GridRow { errors, label: row.label.clone(), list, name }
            };
            Control::GridOne(rows.iter().map(row).collect())
        }
        (Kind::GridAny { rows, options, other }, Answer::GridAny(ticked)) => {
            let blank = AnyOf::default();
            let row = |row: &Choice| {
                let name = format!("{name}.{}", row.key);
                let list = any_of(&name, options, *other, ticked.get(&row.key).unwrap_or(&blank), wrong);
                // The whole grid says what is wrong with it: one of its rows is enough.
                GridRow { errors: Vec::new(), label: row.label.clone(), list, name }
            };
            Control::GridAny(rows.iter().map(row).collect())
        }
        (Kind::Groups(groups), Answer::Groups(rows)) => Control::Groups(Box::new(group_list(groups, name, rows, wrong))),
        // An answer of another kind than its question's is not read from storage; there is nothing to show.
        _ => Control::Line(line("")),
    }
}

fn line(value: &str) -> Line {
    Line { value: value.to_owned(), kind: "text", ..Line::default() }
}

fn text_line(kind: &Kind, value: &str) -> Line {
    match kind {
        Kind::Email => Line { kind: "email", autocomplete: "email", width: "w-3", ..line(value) },
        Kind::WebAddress => Line { kind: "url", inputmode: "url", autocomplete: "url", width: "w-3", ..line(value) },
        Kind::Phone => Line { kind: "tel", autocomplete: "tel", width: "w-2", ..line(value) },
        Kind::Line { content: Some(LineContent::Name), .. } => Line { autocomplete: "off", width: "w-3", ..line(value) },
        _ => Line { spellcheck: true, ..line(value) },
    }
}

fn number_line(value: &str) -> Line {
    Line { inputmode: "numeric", autocomplete: "off", width: "w-1", ..line(value) }
}

fn part(name: &str, key: &str, label: &'static str, line: Line, wrong: &Wrong) -> Part {
    let name = format!("{name}.{key}");
    Part { invalid: wrong.at(&name), label, line, name }
}

fn address_control(name: &str, address: &Address, wrong: &Wrong) -> AddressControl {
    const STREET: [(&str, &str, &str); 3] = [
        ("street.1", "Street", "address-line1"),
        ("street.2", "Street, line 2 (optional)", "address-line2"),
        ("street.3", "Street, line 3 (optional)", "address-line3"),
    ];
    let street = |(index, (key, label, autocomplete)): (usize, &(&str, &'static str, &'static str))| {
        let text = address.street.get(index).map_or("", String::as_str);
        part(name, key, label, Line { autocomplete, ..line(text) }, wrong)
    };
    let country = country(&address.country);
    let region = match country.is_none_or(Country::needs_region) {
        true => "State or province",
        false => "State or province (optional)",
    };
    let postal_code = match country.is_none_or(Country::needs_postal_code) {
        true => "ZIP or postal code",
        false => "ZIP or postal code (optional)",
    };
    let rest = [
        ("city", "City", "address-level2", "w-3", &address.city),
        ("state", region, "address-level1", "w-2", &address.state),
        ("postal_code", postal_code, "postal-code", "w-1", &address.postal_code),
    ];
    let rest = rest
        .map(|(key, label, autocomplete, width, text)| part(name, key, label, Line { autocomplete, width, ..line(text) }, wrong));
    AddressControl {
        street: STREET.iter().enumerate().map(street).collect(),
        parts: rest.into(),
        country: format!("{name}.country"),
        selected: address.country.clone(),
        countries: countries(),
    }
}

/// How many options stand in columns.
const MANY: usize = 10;

fn list(name: &str, options: &[Choice], other: Option<String>, ticked: impl Fn(&str) -> bool, wrong: &Wrong) -> List {
    let choosable = |option: &Choice| Choosable {
        key: option.key.clone(),
        label: option.label.clone(),
        hint: option.hint.clone(),
        ticked: ticked(&option.key),
    };
    let (alone, together): (Vec<_>, Vec<_>) = options.iter().partition(|option| option.alone);
    // Two options beside a short list of one-of are not worth an "or".
    let short = together.iter().all(|option| option.label.len() < 40);
    List {
        many: together.len() >= MANY && short,
        options: together.into_iter().map(choosable).collect(),
        alone: alone.into_iter().map(choosable).collect(),
        other_chosen: ticked(OTHER),
        other_invalid: wrong.at(&format!("{name}.other")),
        other,
    }
}

fn one_of(name: &str, options: &[Choice], other: bool, one: &OneOf, wrong: &Wrong) -> List {
    list(name, options, other.then(|| one.other.clone()), |key| one.option.as_deref() == Some(key), wrong)
}

fn any_of(name: &str, options: &[Choice], other: bool, any: &AnyOf, wrong: &Wrong) -> List {
    list(name, options, other.then(|| any.other.clone()), |key| any.options.iter().any(|ticked| ticked == key), wrong)
}

fn group_list(groups: &Groups, name: &str, rows: &[Row], wrong: &Wrong) -> GroupList {
    let row = |(index, row): (usize, &Row)| {
        let field = |field: &Question| {
            let blank = Answer::blank(&field.kind);
            self::field(field, &format!("{name}.{}.{}", index + 1, field.key), row.get(&field.key).unwrap_or(&blank), wrong)
        };
        let mut fields: Vec<Field> = groups.fields.iter().map(field).collect();
        let last =
            groups.fields.iter().rposition(|field| !matches!(field.kind, Kind::WholeNumber { .. })).map_or(0, |last| last + 1);
        let figures = fields.split_off(last);
        GroupRow {
            title: groups.title(index),
            number: index + 1,
            fields,
            figures,
            up: index > 0,
            down: index + 1 < rows.len(),
            removable: rows.len() > groups.fewest,
        }
    };
    GroupList { rows: rows.iter().enumerate().map(row).collect(), item: groups.item.clone(), more: rows.len() < groups.most }
}
