//! Posted fields into answers and back. A page's form is read strictly: a field twice, missing or misspelt is a
//! refusal of the whole form, because then something was lost on the way; whatever is typed in a field is taken.

use std::collections::{HashMap, HashSet};

use super::answer::{Address, Answer, AnyOf, MonthYear, OTHER, OneOf, Person, Row, STREET_LINES, Typed};
use super::definition::{Choice, Groups, Kind, Page, Question, Questionnaire};
use super::value::{tidy, tidy_line};

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
        Kind::WholeNumber { .. } | Kind::Year { .. } => Answer::Number(Typed::number(fields.line(name)?)),
        Kind::Month => Answer::Month(read_month(name, fields)?),
        Kind::MonthYear { .. } => {
            let (month, year) = (fields.line(&format!("{name}.month"))?, fields.line(&format!("{name}.year"))?);
            Answer::MonthYear(MonthYear::typed(month, year))
        }
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

fn read_month(name: &str, fields: &mut Remaining) -> Result<Typed<i64>, Malformed> {
    match Typed::number(fields.line(name)?) {
        Typed::Value(month) if (1..=12).contains(&month) => Ok(Typed::Value(month)),
        Typed::Text(text) if text.is_empty() => Ok(Typed::Text(text)),
        other => Err(Malformed::UnknownOption { field: name.to_owned(), option: other.to_string() }),
    }
}

fn read_address(name: &str, fields: &mut Remaining) -> Result<Address, Malformed> {
    let mut street = Vec::new();
    for line in 1..=STREET_LINES {
        let line = fields.line(&format!("{name}.street.{line}"))?;
        street.extend(Some(line).filter(|line| !line.is_empty()));
    }
    let country_field = format!("{name}.country");
    let country = fields.line(&country_field)?;
    if !country.is_empty() && super::country::country(&country).is_none() {
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
    match stands_in(options, &option) || (other && option == OTHER) {
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
    let other = if other { fields.line(&format!("{name}.other"))? } else { String::new() };
    Ok(AnyOf::ticked(ticked, other, options))
}

fn read_groups(groups: &Groups, name: &str, fields: &mut Remaining) -> Result<Vec<Row>, Malformed> {
    let row = |number: usize, fields: &mut Remaining| -> Result<Row, Malformed> {
        let field = |field: &Question| {
            let answer = read_answer(field, &format!("{name}.{number}.{}", field.key), fields)?;
            Ok((field.key.clone(), answer))
        };
        groups.fields.iter().map(field).collect()
    };
    (1..=fields.rows(name)).map(|number| row(number, fields)).collect()
}

fn read_act(page: &Page, act: &str) -> Result<Act, Malformed> {
    let unknown = || Malformed::UnknownAct(act.to_owned());
    let (verb, rest) = act.split_once('.').unwrap_or((act, ""));
    let (question, row) = rest.split_once('.').unwrap_or((rest, ""));
    let digits = !row.is_empty() && row.bytes().all(|byte| byte.is_ascii_digit());
    let row = || row.parse::<usize>().ok().filter(|_| digits).ok_or_else(unknown);
    let change = match verb {
        "continue" if rest.is_empty() => return Ok(Act::Continue),
        "later" if rest.is_empty() => return Ok(Act::Later),
        "autosave" if rest.is_empty() => return Ok(Act::Autosave),
        "same" => {
            let same = page.questions.iter().any(|known| known.key == rest && known.same_as.is_some());
            return if same { Ok(Act::SameAs(rest.to_owned())) } else { Err(unknown()) };
        }
        "add" if rest == question => RowChange::Add,
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
    match (&question.kind, answer) {
        (Kind::Month, Answer::Month(month)) => {
            let known = month.value().filter(|month| (1..=12).contains(*month));
            put("", &known.map(i64::to_string).unwrap_or_default());
        }
        (Kind::Line { .. } | Kind::Paragraph { .. } | Kind::Email | Kind::WebAddress | Kind::Phone, Answer::Text(text)) => {
            put("", text)
        }
        (Kind::WholeNumber { .. } | Kind::Year { .. }, Answer::Number(number)) => put("", &number.to_string()),
        (Kind::MonthYear { .. }, Answer::MonthYear(MonthYear { month, year })) => {
            put(".month", month);
            put(".year", year);
        }
        (Kind::Person, Answer::Person(Person { name, title })) => {
            put(".name", name);
            put(".title", title);
        }
        (Kind::Address, Answer::Address(address)) => write_address(address, &mut put),
        (Kind::OneOf { options, other }, Answer::OneOf(one)) => {
            let known = |option: &&String| (*other && *option == OTHER) || stands_in(options, option);
            one.option.iter().filter(known).for_each(|option| put("", option));
            if *other {
                put(".other", &one.other);
            }
        }
        (Kind::AnyOf { options, other }, Answer::AnyOf(any)) => write_any_of(any, options, *other, "", &mut put),
        (Kind::GridOne { rows, options }, Answer::GridOne(chosen)) => {
            for row in rows {
                let chosen = chosen.get(&row.key).filter(|option| stands_in(options, option));
                chosen.into_iter().for_each(|option| put(&format!(".{}", row.key), option));
            }
        }
        (Kind::GridAny { rows, options, other }, Answer::GridAny(ticked)) => {
            let blank = AnyOf::default();
            for row in rows {
                let any = ticked.get(&row.key).unwrap_or(&blank);
                write_any_of(any, options, *other, &format!(".{}", row.key), &mut put);
            }
        }
        (Kind::Groups(groups), Answer::Groups(rows)) => {
            for (index, row) in rows.iter().enumerate() {
                for field in &groups.fields {
                    let blank = Answer::blank(&field.kind);
                    let answer = row.get(&field.key).unwrap_or(&blank);
                    write_answer(field, answer, &format!("{name}.{}.{}", index + 1, field.key), fields);
                }
            }
        }
        // An answer in the shape of another kind, from before the question changed: its form is blank.
        (kind, _) => write_answer(question, &Answer::blank(kind), name, fields),
    }
}

fn write_address(address: &Address, put: &mut impl FnMut(&str, &str)) {
    for line in 0..STREET_LINES {
        put(&format!(".street.{}", line + 1), address.street.get(line).map_or("", String::as_str));
    }
    put(".city", &address.city);
    put(".state", &address.state);
    put(".postal_code", &address.postal_code);
    put(".country", super::country::country(&address.country).map_or("", |country| country.code.as_str()));
}

fn write_any_of(any: &AnyOf, options: &[Choice], other: bool, part: &str, put: &mut impl FnMut(&str, &str)) {
    any.options.iter().filter(|option| stands_in(options, option)).for_each(|option| put(part, option));
    if other {
        put(&format!("{part}.other"), &any.other);
    }
}

fn stands_in(options: &[Choice], key: &str) -> bool {
    options.iter().any(|option| option.key == key)
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

    /// How many rows of a group came: the numbers from 1 on, up to the first gap. What stands beyond it is of no page.
    fn rows(&self, group: &str) -> usize {
        let number = |name: &String| {
            let (number, _) = name.strip_prefix(group)?.strip_prefix('.')?.split_once('.')?;
            number.parse::<usize>().ok()
        };
        let numbers: HashSet<usize> = self.0.keys().filter_map(number).collect();
        (1..).take_while(|number| numbers.contains(number)).count()
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
