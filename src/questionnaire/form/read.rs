//! Posted fields into answers, strictly: whatever the page does not have is refused.

use std::collections::{HashMap, HashSet};

use super::{ASKED, Act, Chosen, Fields, Malformed, PostedAnswer, PostedPage, PostedQuery, RowChange, Turn, stands_in};
use crate::questionnaire::answer::{Address, Answer, AnyOf, MonthYear, OTHER, OneOf, Person, Row, STREET_LINES, Typed};
use crate::questionnaire::country;
use crate::questionnaire::definition::{Choice, Groups, Kind, Page, Question};
use crate::questionnaire::tidy::{tidy, tidy_line};

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
        Some(act) => read_act(page, act)?,
    };
    let turn = fields.optional(Turn::FIELD)?.map(|turn| Turn::read(turn).ok_or_else(|| foreign(Turn::FIELD)));
    let turn = turn.transpose()?;
    let asked = fields.optional(ASKED)?.is_some();
    fields.finish()?;
    Ok(PostedPage { answers, act, asked, turn })
}

fn foreign(field: &str) -> Malformed {
    Malformed::Foreign(field.to_owned())
}

fn read_question(question: &Question, from: &str, fields: &mut Remaining) -> Result<PostedAnswer, Malformed> {
    let key = &question.key;
    let answer = read_answer(question, key, fields)?;
    let query = match fields.optional(&format!("{key}.query"))? {
        None => None,
        Some(sentence) => Some(PostedQuery {
            sentence: sentence.to_owned(),
            correct: fields.optional(&format!("{key}.correct"))?.is_some(),
            reason: tidy(fields.one(&format!("{key}.reason"))?),
            from: fields.optional(&format!("{key}.said.from"))?.map(str::to_owned),
        }),
    };
    let rival_field = format!("{key}.rival");
    let rival = match fields.optional(&rival_field)? {
        None => None,
        Some("field") => Some(Chosen::Field),
        Some("rival") => Some(Chosen::Rival),
        Some(option) => return Err(Malformed::UnknownOption { field: rival_field, option: option.to_owned() }),
    };
    let rival_from = fields.optional(&format!("{rival_field}.from"))?.map(str::to_owned);
    Ok(PostedAnswer { question: key.clone(), answer, from: from.to_owned(), query, rival, rival_from })
}

fn read_answer(question: &Question, name: &str, fields: &mut Remaining) -> Result<Answer, Malformed> {
    Ok(match &question.kind {
        Kind::Paragraph { .. } => Answer::Text(tidy(fields.one(name)?)),
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
    if !country.is_empty() && country::country(&country).is_none() {
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

fn known(name: &str, option: &str, options: &[Choice], other: bool) -> Result<String, Malformed> {
    match stands_in(options, option) || (other && option == OTHER) {
        true => Ok(option.to_owned()),
        false => Err(Malformed::UnknownOption { field: name.to_owned(), option: option.to_owned() }),
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

/// The fields of a form that nobody has read yet.
struct Remaining<'a>(HashMap<&'a str, Vec<&'a str>>);

impl<'a> Remaining<'a> {
    fn new(fields: &'a Fields) -> Self {
        let mut by_name: HashMap<&str, Vec<&str>> = HashMap::with_capacity(fields.len());
        for (name, value) in fields {
            by_name.entry(name).or_default().push(value);
        }
        Self(by_name)
    }

    fn all(&mut self, name: &str) -> Vec<&'a str> {
        self.0.remove(name).unwrap_or_default()
    }

    fn optional(&mut self, name: &str) -> Result<Option<&'a str>, Malformed> {
        let mut values = self.all(name);
        match values.len() {
            0 | 1 => Ok(values.pop()),
            _ => Err(Malformed::Twice(name.to_owned())),
        }
    }

    /// The last of several: a form's hidden main button and the one that was pressed.
    fn optional_last(&mut self, name: &str) -> Option<&'a str> {
        self.all(name).pop()
    }

    fn one(&mut self, name: &str) -> Result<&'a str, Malformed> {
        self.optional(name)?.ok_or_else(|| Malformed::Missing(name.to_owned()))
    }

    fn line(&mut self, name: &str) -> Result<String, Malformed> {
        self.one(name).map(tidy_line)
    }

    /// How many rows of a group came: the numbers from 1 on, up to the first gap. What stands beyond it is of no page.
    fn rows(&self, group: &str) -> usize {
        let number = |name: &&str| {
            let (number, _) = name.strip_prefix(group)?.strip_prefix('.')?.split_once('.')?;
            number.parse::<usize>().ok()
        };
        let numbers: HashSet<usize> = self.0.keys().filter_map(number).collect();
        (1..).take_while(|number| numbers.contains(number)).count()
    }

    fn finish(self) -> Result<(), Malformed> {
        let mut left: Vec<&str> = self.0.into_keys().collect();
        left.sort_unstable();
        left.into_iter().next().map_or(Ok(()), |name| Err(Malformed::Unknown(name.to_owned())))
    }
}
