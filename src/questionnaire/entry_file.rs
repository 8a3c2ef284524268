//! An entry written as a file, TOML or JSON: samples, and profiles brought in from elsewhere. `docs/QUESTIONNAIRE.md`
//! explains the format. Every mistake is found in one go, and names file and question.

mod mistake;
mod offered;
mod reader;

pub use mistake::{EntryFileError, EntryMistake};

use std::collections::HashSet;

use serde_json::{Map, Number, Value};

use self::reader::Reader;
use super::asked::Answers;
use super::check::Calendar;
use super::definition::Questionnaire;
use super::not_toml::NotToml;
use super::strict_json;

/// An entry as its file says it.
#[derive(Debug, Clone, PartialEq)]
pub struct EntryFile {
    /// The file, as it is named in errors.
    pub file: String,
    /// The year of the edition it is for.
    pub edition: i64,
    /// How far it has come.
    pub status: FileStatus,
    /// Who may edit it, at least one; the first is the owner.
    pub members: Vec<Member>,
    /// What is answered, with the queries that its reasons confirm.
    pub answers: Answers,
}

/// How far the entry in a file has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileStatus {
    /// Answers may be missing.
    Draft,
    /// Complete, and waiting for the editors.
    Submitted,
    /// Complete, and to be read.
    Published,
}

/// A person who may edit the entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The name.
    pub name: String,
    /// The e-mail address to sign in with.
    pub email: String,
}

/// Reads an entry from the text of a file, whose name tells TOML from JSON.
///
/// # Errors
/// [`EntryFileError`], with every mistake in the text. Whether the answers are right is another matter: see [`refusals`].
pub fn parse(file_name: &str, text: &str, questionnaire: &Questionnaire) -> Result<EntryFile, EntryFileError> {
    let object = object(file_name, text)?;
    let mut reader = Reader { questionnaire, mistakes: Vec::new(), status: None, answers: Answers::default() };
    let head = reader.entry(object);
    let (file, Reader { mistakes, status: known, answers, .. }) = (file_name.to_owned(), reader);
    match head {
        Some((edition, status, members)) if mistakes.is_empty() => Ok(EntryFile { file, edition, status, members, answers }),
        _ => Err(EntryFileError::Mistakes { file, mistakes, status: known, answers }),
    }
}

/// A file in which something is refused.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Refused {
    /// All that is wrong with it, a sentence each that names the file, in the order of the questions: what cannot be read,
    /// what the form would refuse, and, but for a draft, what is missing.
    pub sentences: Vec<String>,
    /// What of its answers can be read.
    pub answers: Answers,
}

/// Reads an entry from the text of a file, and checks it as the form would.
///
/// # Errors
/// [`Refused`], with all that is wrong with the file.
pub fn parse_and_check(
    file_name: &str,
    text: &str,
    questionnaire: &Questionnaire,
    calendar: Calendar,
) -> Result<EntryFile, Refused> {
    let (findings, answers) = match parse(file_name, text, questionnaire) {
        Ok(entry) => match refusals(questionnaire, &entry, calendar) {
            refused if refused.is_empty() => return Ok(entry),
            refused => (findings(questionnaire, &[], refused), entry.answers),
        },
        Err(EntryFileError::Mistakes { mistakes, status, answers, .. }) => {
            let refused = beside(questionnaire, &mistakes, status, &answers, calendar);
            (findings(questionnaire, &mistakes, refused), answers)
        }
        Err(error) => return Err(Refused { sentences: vec![error.to_string()], ..Refused::default() }),
    };
    let sentences = findings.into_iter().map(|finding| format!("{file_name}: {finding}")).collect();
    Err(Refused { sentences, answers })
}

/// Mistakes and refusals in the order of the questions; what is about none of them comes first.
fn findings(questionnaire: &Questionnaire, mistakes: &[EntryMistake], refused: Vec<(String, String)>) -> Vec<String> {
    let order: Vec<&str> = questionnaire.questions().map(|question| question.key.as_str()).collect();
    let place = |question: Option<&str>| order.iter().position(|known| Some(*known) == question);
    let mistakes = mistakes.iter().map(|mistake| (place(mistake.question()), mistake.to_string()));
    let refused =
        refused.iter().map(|(question, sentence)| (place(Some(question)), format!("question \"{question}\": {sentence}")));
    let mut findings: Vec<_> = mistakes.chain(refused).collect();
    findings.sort_by_key(|(place, _)| *place);
    findings.into_iter().map(|(_, finding)| finding).collect()
}

/// What the form would refuse beside these mistakes, and does not say of the same in other words. What is asked only
/// because of an answer in which something is mistaken may not be asked at all, so it is not missed.
fn beside(
    questionnaire: &Questionnaire,
    mistakes: &[EntryMistake],
    status: Option<FileStatus>,
    answers: &Answers,
    calendar: Calendar,
) -> Vec<(String, String)> {
    let mut unsure: HashSet<&str> = mistakes.iter().filter_map(EntryMistake::question).collect();
    let mut perhaps = HashSet::new();
    for question in questionnaire.questions() {
        if question.conditions().any(|(condition, _)| unsure.contains(condition.question.as_str())) {
            unsure.insert(&question.key);
            perhaps.insert(question.key.as_str());
        }
    }
    let also_missing = status.is_some_and(|status| status != FileStatus::Draft);
    let refused = questionnaire.check(answers, calendar).into_iter().flat_map(|page| page.refusals);
    let told = refused.filter(|refusal| match refusal.missing {
        true => also_missing && !perhaps.contains(refusal.question.as_str()),
        false => true,
    });
    let told = told.filter(|refusal| !mistakes.iter().any(|mistake| mistake.covers(refusal)));
    told.map(|refusal| (refusal.question, refusal.sentence)).collect()
}

/// The year of the edition that a file is for, if it can be read that far: it decides which questionnaire the file is
/// parsed with.
pub fn edition(file_name: &str, text: &str) -> Option<i64> {
    object(file_name, text).ok()?.get("edition")?.as_i64()
}

/// What the file says, whichever way it is written.
fn object(file_name: &str, text: &str) -> Result<Map<String, Value>, EntryFileError> {
    let file = file_name.to_owned();
    // Some editors begin a file with a mark that says it is UTF-8.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let extension = file_name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    match extension.as_deref() {
        Some("toml") => match text.parse::<toml::Table>() {
            Ok(table) => Ok(table.into_iter().map(|(key, value)| (key, from_toml(value))).collect()),
            Err(error) => Err(EntryFileError::NotToml { file, source: NotToml::new(text, &error) }),
        },
        Some("json") => match strict_json::object(text) {
            Ok(Some(object)) => Ok(object),
            Ok(None) => Err(EntryFileError::NoObject { file }),
            Err(source) => Err(EntryFileError::NotJson { file, source }),
        },
        _ => Err(EntryFileError::UnknownFormat { file }),
    }
}

/// TOML as JSON; dates, which no answer is, as the texts that they were.
fn from_toml(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => Value::Number(number.into()),
        toml::Value::Float(number) => Number::from_f64(number).map_or_else(|| Value::String(number.to_string()), Value::Number),
        toml::Value::Boolean(flag) => Value::Bool(flag),
        toml::Value::Datetime(date) => Value::String(date.to_string()),
        toml::Value::Array(list) => list.into_iter().map(from_toml).collect(),
        toml::Value::Table(table) => table.into_iter().map(|(key, value)| (key, from_toml(value))).collect(),
    }
}

/// What the form would refuse in this entry, by question: in a draft only what is wrong, in any other also what is
/// missing.
pub fn refusals(questionnaire: &Questionnaire, entry: &EntryFile, calendar: Calendar) -> Vec<(String, String)> {
    let refusals = questionnaire.check(&entry.answers, calendar).into_iter().flat_map(|page| page.refusals);
    let counts = refusals.filter(|refusal| entry.status != FileStatus::Draft || !refusal.missing);
    counts.map(|refusal| (refusal.question, refusal.sentence)).collect()
}
