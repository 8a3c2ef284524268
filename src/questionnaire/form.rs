//! Posted fields into answers and back. A page's form is read strictly: a field twice, missing or misspelt is a
//! refusal of the whole form, because then something was lost on the way; whatever is typed in a field is taken.

use std::collections::HashMap;

use super::answer::{Address, Answer, AnyOf, MonthYear, OTHER, OneOf, Person, Row, Typed};
use super::definition::{Choice, Groups, Kind, Page, Question, Questionnaire};
use super::value::{tidy, tidy_line, whole_number};

/// The fields of a posted form, in the order of the form.
pub type Fields = Vec<(String, String)>;

/// A form that did not arrive as it was sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// A field that stands once came twice.
    #[error("the field “{0}” came twice")]
    Twice(String),
    /// A field that every form has did not come.
    #[error("the field “{0}” is missing")]
    Missing(String),
    /// A field that no form has came.
    #[error("the field “{0}” is none of this page")]
    Unknown(String),
    /// An option that its list has not.
    #[error("“{option}” is no option of the field “{field}”")]
    UnknownOption {
        /// The field.
        field: String,
        /// What came.
        option: String,
    },
    /// The button pressed is none of this page.
    #[error("the button “{0}” is none of this page")]
    UnknownAct(String),
}

/// Which button was pressed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Save and continue.
    Continue,
    /// Save and come back later.
    Later,
    /// Nothing was pressed: the page saves itself.
    Autosave,
    /// Change the rows of a group.
    Rows {
        /// The group's question.
        question: String,
        /// What to do with them.
        change: RowChange,
    },
    /// Copy the answer that this question may be the same as.
    SameAs(String),
}

/// A change to the rows of a group. Rows are counted from 1, as their fields are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowChange {
    /// Add a blank one at the end.
    Add,
    /// Take one out.
    Remove(usize),
    /// Move one before the one above it.
    Up(usize),
    /// Move one behind the one below it.
    Down(usize),
}

/// What was posted for one question.
#[derive(Debug, Clone, PartialEq)]
pub struct PostedAnswer {
    /// The question.
    pub question: String,
    /// What was typed and ticked.
    pub answer: Answer,
    /// The mark of the answer that the form was rendered from.
    pub from: String,
    /// The query that the form showed, and what was said to it.
    pub query: Option<PostedQuery>,
    /// Which of two rival answers was chosen, where the form asked.
    pub rival: Option<Chosen>,
}

/// What was said to a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostedQuery {
    /// The sentence that was shown.
    pub sentence: String,
    /// "This is correct" was ticked.
    pub correct: bool,
    /// The reason.
    pub reason: String,
}

/// One of two answers that two people gave at the same time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chosen {
    /// The one in the field.
    Field,
    /// The other one.
    Rival,
}

/// A page as it was posted.
#[derive(Debug, Clone, PartialEq)]
pub struct PostedPage {
    /// The questions that the form showed, in the page's order.
    pub answers: Vec<PostedAnswer>,
    /// Which button was pressed.
    pub act: Act,
}

/// Reads a page's form.
///
/// # Errors
/// [`Malformed`] when the form is not one that this page was rendered with.
pub fn read(page: &Page, fields: &Fields) -> Result<PostedPage, Malformed> {
    let mut fields = Remaining::new(fields);
    let mut answers = Vec::new();
    for question in &page.questions {
        let from = fields.optional(&format!("{}.from", question.key))?;
        match from {
            Some(from) => answers.push(read_question(question, from, &mut fields)?),
            None if question.conditions().next().is_none() => return Err(Malformed::Missing(format!("{}.from", question.key))),
            None => {}
        }
    }
    let act = match fields.optional_last("act") {
        None => Act::Continue,
        Some(act) => read_act(page, &act)?,
    };
    fields.finish()?;
    Ok(PostedPage { answers, act })
}

fn read_question(question: &Question, from: String, fields: &mut Remaining) -> Result<PostedAnswer, Malformed> {
    let key = &question.key;
    let answer = read_answer(question, key, fields)?;
    let query = match fields.optional(&format!("{key}.query"))? {
        None => None,
        Some(sentence) => Some(PostedQuery {
            sentence,
            correct: fields.optional(&format!("{key}.correct"))?.is_some(),
            reason: tidy(&fields.one(&format!("{key}.reason"))?),
        }),
    };
    let rival_field = format!("{key}.rival");
    let rival = match fields.optional(&rival_field)?.as_deref() {
        None => None,
        Some("field") => Some(Chosen::Field),
        Some("rival") => Some(Chosen::Rival),
        Some(option) => return Err(Malformed::UnknownOption { field: rival_field, option: option.to_owned() }),
    };
    Ok(PostedAnswer { question: key.clone(), answer, from, query, rival })
}

fn read_answer(question: &Question, name: &str, fields: &mut Remaining) -> Result<Answer, Malformed> {
    Ok(match &question.kind {
        Kind::Paragraph { .. } => Answer::Text(tidy(&fields.one(name)?)),
        Kind::Line { .. } | Kind::Email | Kind::WebAddress | Kind::Phone => Answer::Text(fields.line(name)?),
        Kind::WholeNumber { .. } | Kind::Year { .. } => Answer::Number(typed_number(fields.line(name)?)),
        Kind::Month => Answer::Month(read_month(name, fields)?),
        Kind::MonthYear { .. } => Answer::MonthYear(MonthYear {
            month: fields.line(&format!("{name}.month"))?,
            year: fields.line(&format!("{name}.year"))?,
        }),
        Kind::Address => Answer::Address(read_address(name, fields)?),
        Kind::Person => {
            Answer::Person(Person { name: fields.line(&format!("{name}.name"))?, title: fields.line(&format!("{name}.title"))? })
        }
        Kind::OneOf { options, other } => Answer::OneOf(read_one_of(name, options, *other, fields)?),
        Kind::AnyOf { options, other } => Answer::AnyOf(read_any_of(name, options, *other, fields)?),
        Kind::GridOne { rows, options } => {
            let mut chosen = indexmap::IndexMap::new();
            for row in rows {
                let one = read_one_of(&format!("{name}.{}", row.key), options, false, fields)?;
                chosen.extend(one.option.map(|option| (row.key.clone(), option)));
            }
            Answer::GridOne(chosen)
        }
        Kind::GridAny { rows, options, other } => {
            let mut ticked = indexmap::IndexMap::new();
            for row in rows {
                let any = read_any_of(&format!("{name}.{}", row.key), options, *other, fields)?;
                if !any.is_blank() {
                    ticked.insert(row.key.clone(), any);
                }
            }
            Answer::GridAny(ticked)
        }
        Kind::Groups(groups) => Answer::Groups(read_groups(groups, name, fields)?),
    })
}

fn typed_number(text: String) -> Typed<i64> {
    whole_number(&text).map_or(Typed::Text(text), Typed::Value)
}

fn read_month(name: &str, fields: &mut Remaining) -> Result<Typed<i64>, Malformed> {
    let text = fields.line(name)?;
    match typed_number(text) {
        Typed::Value(month) if (1..=12).contains(&month) => Ok(Typed::Value(month)),
        Typed::Text(text) if text.is_empty() => Ok(Typed::Text(text)),
        other => Err(Malformed::UnknownOption { field: name.to_owned(), option: other.to_string() }),
    }
}

fn read_address(name: &str, fields: &mut Remaining) -> Result<Address, Malformed> {
    let mut street = Vec::new();
    for line in 1..=3 {
        let line = fields.line(&format!("{name}.street.{line}"))?;
        street.extend(Some(line).filter(|line| !line.is_empty()));
    }
    let country_field = format!("{name}.country");
    let country = fields.line(&country_field)?;
    if super::country::country(&country).is_none() {
        return Err(Malformed::UnknownOption { field: country_field, option: country });
    }
    Ok(Address {
        street,
        city: fields.line(&format!("{name}.city"))?,
        state: fields.line(&format!("{name}.state"))?,
        postal_code: fields.line(&format!("{name}.postal_code"))?,
        country,
    })
}

fn known(name: &str, option: String, options: &[Choice], other: bool) -> Result<String, Malformed> {
    match options.iter().any(|known| known.key == option) || (other && option == OTHER) {
        true => Ok(option),
        false => Err(Malformed::UnknownOption { field: name.to_owned(), option }),
    }
}

fn read_one_of(name: &str, options: &[Choice], other: bool, fields: &mut Remaining) -> Result<OneOf, Malformed> {
    let option = fields.optional(name)?.map(|option| known(name, option, options, other)).transpose()?;
    let other = if other { fields.line(&format!("{name}.other"))? } else { String::new() };
    Ok(OneOf { option, other })
}

fn read_any_of(name: &str, options: &[Choice], other: bool, fields: &mut Remaining) -> Result<AnyOf, Malformed> {
    let mut ticked: Vec<String> = Vec::new();
    for option in fields.all(name) {
        let option = known(name, option, options, false)?;
        if ticked.contains(&option) {
            return Err(Malformed::Twice(format!("{name}={option}")));
        }
        ticked.push(option);
    }
    ticked.sort_by_key(|ticked| options.iter().position(|option| &option.key == ticked));
    let other = if other { fields.line(&format!("{name}.other"))? } else { String::new() };
    Ok(AnyOf { options: ticked, other })
}

fn read_groups(groups: &Groups, name: &str, fields: &mut Remaining) -> Result<Vec<Row>, Malformed> {
    let mut rows = Vec::new();
    while fields.any_below(&format!("{name}.{}.", rows.len() + 1)) {
        let number = rows.len() + 1;
        let row: Result<Row, Malformed> = groups
            .fields
            .iter()
            .map(|field| Ok((field.key.clone(), read_answer(field, &format!("{name}.{number}.{}", field.key), fields)?)))
            .collect();
        rows.push(row?);
    }
    Ok(rows)
}

fn read_act(page: &Page, act: &str) -> Result<Act, Malformed> {
    let unknown = || Malformed::UnknownAct(act.to_owned());
    let (verb, rest) = act.split_once('.').unwrap_or((act, ""));
    let (question, row) = rest.split_once('.').unwrap_or((rest, ""));
    let row = || row.parse::<usize>().map_err(|_| unknown());
    let change = match verb {
        "continue" if rest.is_empty() => return Ok(Act::Continue),
        "later" if rest.is_empty() => return Ok(Act::Later),
        "autosave" if rest.is_empty() => return Ok(Act::Autosave),
        "same" => {
            let same = page.questions.iter().any(|known| known.key == rest && known.same_as.is_some());
            return if same { Ok(Act::SameAs(rest.to_owned())) } else { Err(unknown()) };
        }
        "add" => RowChange::Add,
        "remove" => RowChange::Remove(row()?),
        "up" => RowChange::Up(row()?),
        "down" => RowChange::Down(row()?),
        _ => return Err(unknown()),
    };
    let grouped = page.questions.iter().any(|known| known.key == question && matches!(known.kind, Kind::Groups(_)));
    if grouped { Ok(Act::Rows { question: question.to_owned(), change }) } else { Err(unknown()) }
}

/// Changes the rows of a group's answer. A row that is not there, or a row too many, changes nothing: a second
/// click on the same button must be harmless.
pub fn change_rows(groups: &Groups, answer: &mut Answer, change: RowChange) {
    let Answer::Groups(rows) = answer else { return };
    match change {
        RowChange::Add if rows.len() < groups.most => rows.push(blank_row(groups)),
        RowChange::Remove(row) if (1..=rows.len()).contains(&row) => drop(rows.remove(row - 1)),
        RowChange::Up(row) if (2..=rows.len()).contains(&row) => rows.swap(row - 2, row - 1),
        RowChange::Down(row) if row >= 1 && row < rows.len() => rows.swap(row - 1, row),
        _ => {}
    }
}

/// A row before anything is typed in it.
pub fn blank_row(groups: &Groups) -> Row {
    groups.fields.iter().map(|field| (field.key.clone(), Answer::blank(&field.kind))).collect()
}

/// The fields that a browser posts for this answer, as its form was rendered.
pub fn write(question: &Question, answer: &Answer) -> Fields {
    let mut fields = Vec::new();
    write_answer(question, answer, &question.key, &mut fields);
    fields
}

fn write_answer(question: &Question, answer: &Answer, name: &str, fields: &mut Fields) {
    let mut put = |part: &str, text: &str| fields.push((format!("{name}{part}"), text.to_owned()));
    match answer {
        Answer::Text(text) => put("", text),
        Answer::Number(number) | Answer::Month(number) => put("", &number.to_string()),
        Answer::MonthYear(MonthYear { month, year }) => {
            [(".month", month), (".year", year)].map(|(part, text)| put(part, text)).into_iter().collect()
        }
        Answer::Person(Person { name, title }) => {
            [(".name", name), (".title", title)].map(|(part, text)| put(part, text)).into_iter().collect()
        }
        Answer::Address(address) => {
            for line in 0..3 {
                put(&format!(".street.{}", line + 1), address.street.get(line).map_or("", String::as_str));
            }
            put(".city", &address.city);
            put(".state", &address.state);
            put(".postal_code", &address.postal_code);
            put(".country", &address.country);
        }
        Answer::OneOf(one) => {
            one.option.iter().for_each(|option| put("", option));
            if matches!(question.kind, Kind::OneOf { other: true, .. }) {
                put(".other", &one.other);
            }
        }
        Answer::AnyOf(any) => write_any_of(any, matches!(question.kind, Kind::AnyOf { other: true, .. }), "", &mut put),
        Answer::GridOne(chosen) => chosen.iter().for_each(|(row, option)| put(&format!(".{row}"), option)),
        Answer::GridAny(ticked) => {
            let Kind::GridAny { rows, other, .. } = &question.kind else { return };
            let blank = AnyOf::default();
            for row in rows {
                write_any_of(ticked.get(&row.key).unwrap_or(&blank), *other, &format!(".{}", row.key), &mut put);
            }
        }
        Answer::Groups(rows) => {
            let Kind::Groups(groups) = &question.kind else { return };
            for (index, row) in rows.iter().enumerate() {
                for field in &groups.fields {
                    if let Some(answer) = row.get(&field.key) {
                        write_answer(field, answer, &format!("{name}.{}.{}", index + 1, field.key), fields);
                    }
                }
            }
        }
    }
}

fn write_any_of(any: &AnyOf, other: bool, part: &str, put: &mut impl FnMut(&str, &str)) {
    any.options.iter().for_each(|option| put(part, option));
    if other {
        put(&format!("{part}.other"), &any.other);
    }
}

/// The fields of a form that nobody has read yet.
struct Remaining(HashMap<String, Vec<String>>);

impl Remaining {
    fn new(fields: &Fields) -> Self {
        let mut by_name: HashMap<String, Vec<String>> = HashMap::new();
        for (name, value) in fields {
            by_name.entry(name.clone()).or_default().push(value.clone());
        }
        Self(by_name)
    }

    fn all(&mut self, name: &str) -> Vec<String> {
        self.0.remove(name).unwrap_or_default()
    }

    fn optional(&mut self, name: &str) -> Result<Option<String>, Malformed> {
        let mut values = self.all(name);
        match values.len() {
            0 | 1 => Ok(values.pop()),
            _ => Err(Malformed::Twice(name.to_owned())),
        }
    }

    /// The last of several: a form's hidden main button and the one that was pressed.
    fn optional_last(&mut self, name: &str) -> Option<String> {
        self.all(name).pop()
    }

    fn one(&mut self, name: &str) -> Result<String, Malformed> {
        self.optional(name)?.ok_or_else(|| Malformed::Missing(name.to_owned()))
    }

    fn line(&mut self, name: &str) -> Result<String, Malformed> {
        self.one(name).map(|text| tidy_line(&text))
    }

    fn any_below(&self, prefix: &str) -> bool {
        self.0.keys().any(|name| name.starts_with(prefix))
    }

    fn finish(self) -> Result<(), Malformed> {
        let mut left: Vec<String> = self.0.into_keys().collect();
        left.sort_unstable();
        left.into_iter().next().map_or(Ok(()), |name| Err(Malformed::Unknown(name)))
    }
}

impl Questionnaire {
    /// The answer that "same as" copies to this question, if there is one to copy.
    pub fn same_answer(&self, question: &str, answers: &super::Answers) -> Option<Answer> {
        let from = self.question(question)?.same_as.as_deref()?;
        answers.get(from).filter(|answer| !answer.is_blank()).cloned()
    }
}
