//! A question as its form shows it: what stands in each control, and what is said at it.

use crate::questionnaire::answer::OTHER;
use crate::questionnaire::country::{Country, countries, country};
use crate::questionnaire::definition::{Choice, Groups, LineContent};
use crate::questionnaire::value::MONTHS;
use crate::questionnaire::{Address, Answer, AnyOf, Kind, OneOf, Question, Refusal, Row};

/// A field of a form, with its label and what is wrong with it.
#[derive(Debug, Clone)]
pub struct Field {
    /// The name of its control, and the id.
    pub name: String,
    /// The sentence asked.
    pub label: String,
    /// Whether it may stay empty.
    pub optional: bool,
    /// One short sentence.
    pub hint: Option<String>,
    /// What is wrong, in sentences.
    pub errors: Vec<String>,
    /// The controls.
    pub control: Control,
    /// Ids of what else describes it: notes in the margin.
    pub described_by: Vec<String>,
}

/// The controls of a field, by kind.
#[derive(Debug, Clone)]
pub enum Control {
    /// One line.
    Line(Line),
    /// Several lines.
    Paragraph {
        /// What stands in it.
        value: String,
        /// The most characters, for counting.
        longest: usize,
    },
    /// A list of the months.
    Month {
        /// The number of the one selected.
        selected: Option<i64>,
    },
    /// Parts side by side, each a line of its own.
    Parts(Vec<Part>),
    /// A postal address.
    Address(Box<AddressControl>),
    /// One option.
    Radios(List),
    /// Any number of options.
    Checkboxes(List),
    /// One choice in each row.
    GridOne(Vec<GridRow>),
    /// Any number of options in each row.
    GridAny(Vec<GridRow>),
    /// A list of groups of fields.
    Groups(Box<GroupList>),
}

/// One line of text.
#[derive(Debug, Clone, Default)]
pub struct Line {
    /// What stands in it.
    pub value: String,
    /// The input's type.
    pub kind: &'static str,
    /// The keys that a phone offers; empty for all.
    pub inputmode: &'static str,
    /// What a browser may fill in; empty for its own guess.
    pub autocomplete: &'static str,
    /// Whether words are checked.
    pub spellcheck: bool,
    /// The class of its width; empty for the whole line.
    pub width: &'static str,
}

/// One of several lines side by side.
#[derive(Debug, Clone)]
pub struct Part {
    /// The name of its control, and the id.
    pub name: String,
    /// Its label.
    pub label: &'static str,
    /// The line.
    pub line: Line,
    /// Whether something is wrong with it.
    pub invalid: bool,
}

/// The controls of an address.
#[derive(Debug, Clone)]
pub struct AddressControl {
    /// Up to three lines of the street.
    pub street: Vec<Part>,
    /// City, state and postal code.
    pub parts: Vec<Part>,
    /// The name of the country's control.
    pub country: String,
    /// The code of the country selected.
    pub selected: String,
    /// The countries.
    pub countries: &'static [Country],
}

/// A list of options.
#[derive(Debug, Clone)]
pub struct List {
    /// The options but for those that stand alone.
    pub options: Vec<Choosable>,
    /// Those that stand alone, after an "or".
    pub alone: Vec<Choosable>,
    /// Whether there are so many that they stand in columns.
    pub many: bool,
    /// What was typed under "other"; none where there is no such field.
    pub other: Option<String>,
    /// Whether "other" was chosen, for radios.
    pub other_chosen: bool,
    /// Whether something is wrong with "other".
    pub other_invalid: bool,
}

/// One option.
#[derive(Debug, Clone)]
pub struct Choosable {
    /// Its key.
    pub key: String,
    /// Its words.
    pub label: String,
    /// One short sentence.
    pub hint: Option<String>,
    /// Whether it is ticked.
    pub ticked: bool,
}

/// One row of a grid.
#[derive(Debug, Clone)]
pub struct GridRow {
    /// The name of its controls.
    pub name: String,
    /// Its label.
    pub label: String,
    /// Its options.
    pub list: List,
    /// What is wrong with it.
    pub errors: Vec<String>,
}

/// The rows of a list of groups.
#[derive(Debug, Clone)]
pub struct GroupList {
    /// The rows.
    pub rows: Vec<GroupRow>,
    /// What one is called.
    pub item: String,
    /// Whether another may be added.
    pub more: bool,
}

/// One group.
#[derive(Debug, Clone)]
pub struct GroupRow {
    /// Its title.
    pub title: String,
    /// Its number, from 1.
    pub number: usize,
    /// Its fields; those of numbers that stand together at the end are side by side.
    pub fields: Vec<Field>,
    /// The numbers at its end.
    pub figures: Vec<Field>,
    /// Whether it can move up.
    pub up: bool,
    /// Whether it can move down.
    pub down: bool,
    /// Whether it can be taken out.
    pub removable: bool,
}

impl Field {
    /// The field of a question with this answer.
    pub fn new(question: &Question, answer: Option<&Answer>, refusals: &[Refusal]) -> Self {
        let blank = Answer::blank(&question.kind);
        build(question, &question.key, answer.unwrap_or(&blank), &Wrong(refusals))
    }

    /// Whether its label belongs to one control; otherwise it is a legend.
    pub fn is_single(&self) -> bool {
        matches!(self.control, Control::Line(_) | Control::Paragraph { .. } | Control::Month { .. })
    }

    /// The rows of a list of groups.
    pub fn groups(&self) -> Option<&GroupList> {
        if let Control::Groups(groups) = &self.control { Some(groups) } else { None }
    }

    /// The ids of all that describes the control.
    pub fn descriptions(&self) -> String {
        let hint = self.hint.is_some().then(|| format!("{}-hint", self.name));
        let error = (!self.errors.is_empty()).then(|| format!("{}-error", self.name));
        let ids: Vec<String> = hint.into_iter().chain(error).chain(self.described_by.iter().cloned()).collect();
        ids.join(" ")
    }

    /// Whether something is wrong with it.
    pub fn invalid(&self) -> bool {
        !self.errors.is_empty()
    }
}

/// What is wrong, by the id of the control.
struct Wrong<'a>(&'a [Refusal]);

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

fn build(question: &Question, name: &str, answer: &Answer, wrong: &Wrong) -> Field {
    let errors = match question.kind {
        // Each row of a group says what is wrong with it.
        Kind::Groups(_) => {
            wrong.0.iter().filter(|refusal| refusal.field == name).map(|refusal| refusal.sentence.clone()).collect()
        }
        Kind::GridOne { .. } => Vec::new(),
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
                GridRow { errors: wrong.of(&name), label: row.label.clone(), list, name }
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
    let needs_region = country(&address.country).is_some_and(|country| !country.regions.is_empty());
    let region = if needs_region { "State or province" } else { "State or province (optional)" };
    let rest = [
        ("city", "City", "address-level2", "w-3", &address.city),
        ("state", region, "address-level1", "w-2", &address.state),
        ("postal_code", "ZIP or postal code", "postal-code", "w-1", &address.postal_code),
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
        let title = groups.title(index);
        let field = |field: &Question| {
            let blank = Answer::blank(&field.kind);
            let mut built =
                build(field, &format!("{name}.{}.{}", index + 1, field.key), row.get(&field.key).unwrap_or(&blank), wrong);
            for error in &mut built.errors {
                // The group's legend says which one it is.
                if let Some(rest) = error.strip_prefix(&format!("{title}: ")) {
                    *error = rest.to_owned();
                }
            }
            built
        };
        let mut fields: Vec<Field> = groups.fields.iter().map(field).collect();
        let last =
            groups.fields.iter().rposition(|field| !matches!(field.kind, Kind::WholeNumber { .. })).map_or(0, |last| last + 1);
        let figures = fields.split_off(last);
        GroupRow {
            title,
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

/// The months by number and name, for their list.
pub fn months() -> impl Iterator<Item = (i64, &'static str)> {
    (1..).zip(MONTHS)
}
