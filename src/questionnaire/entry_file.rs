//! An entry written as a file, TOML or JSON: samples, and profiles brought in from elsewhere. `docs/QUESTIONNAIRE.md`
//! explains the format. Every mistake is found in one go, and names file and question.

use std::collections::HashSet;

use serde_json::{Map, Number, Value};

use super::answer::{Answer, AnyOf, OTHER, WrongShape};
use super::asked::{Answered, Answers};
use super::check::Calendar;
use super::country;
use super::definition::{Choice, Kind, Question, Questionnaire};
use super::strict_json;
use super::value::{is_email, tidy, tidy_line};

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

/// A file that holds no entry which could be brought in.
#[derive(Debug, thiserror::Error)]
pub enum EntryFileError {
    /// Its name ends neither in `.toml` nor in `.json`.
    #[error("{file}: an entry file ends in .toml or .json")]
    UnknownFormat {
        /// The file.
        file: String,
    },
    /// It is no TOML.
    #[error("{file} is not well-formed TOML: {source}")]
    NotToml {
        /// The file.
        file: String,
        /// Where and why.
        source: toml::de::Error,
    },
    /// It is no JSON, or says something twice.
    #[error("{file} is not well-formed JSON: {source}")]
    NotJson {
        /// The file.
        file: String,
        /// Where and why.
        source: serde_json::Error,
    },
    /// It says something that is no entry to this questionnaire.
    #[error("{}", mistakes.iter().map(|mistake| format!("{file}: {mistake}")).collect::<Vec<_>>().join("\n"))]
    Mistakes {
        /// The file.
        file: String,
        /// All of them.
        mistakes: Vec<EntryMistake>,
    },
}

/// One mistake in an entry file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EntryMistake {
    /// A key that no entry file has.
    #[error("unknown key \"{0}\"")]
    UnknownKey(String),
    /// A key that every entry file has is missing, or holds something else.
    #[error("\"{key}\" must be {expected}")]
    Key {
        /// The key.
        key: &'static str,
        /// What it must be.
        expected: &'static str,
    },
    /// Something is wrong with a member.
    #[error("member {number}: {wrong}")]
    Member {
        /// Which one, from 1 on.
        number: usize,
        /// What it is.
        wrong: String,
    },
    /// An answer, or a reason, to a question that is not asked in this questionnaire.
    #[error("in [{table}]: there is no question \"{question}\"")]
    UnknownQuestion {
        /// `answers` or `reasons`.
        table: &'static str,
        /// What stands there.
        question: String,
    },
    /// An answer that has not the shape of its question's kind.
    #[error("question \"{question}\": {wrong}")]
    WrongShape {
        /// The question.
        question: String,
        /// What would have been right.
        wrong: WrongShape,
    },
    /// An option that its list has not.
    #[error("question \"{question}\": {}there is no option \"{option}\"", in_part(part))]
    UnknownOption {
        /// The question.
        question: String,
        /// Where in the answer, like `2.partner_types`; empty if the answer has no parts.
        part: String,
        /// What stands there.
        option: String,
    },
    /// A row that its grid has not.
    #[error("question \"{question}\": {}there is no row \"{row}\"", in_part(part))]
    UnknownRow {
        /// The question.
        question: String,
        /// Where in the answer; empty if the answer has no parts.
        part: String,
        /// What stands there.
        row: String,
    },
    /// A text under "other" in a list that has no "other".
    #[error("question \"{question}\": {}the list has no \"other\"", in_part(part))]
    NoOther {
        /// The question.
        question: String,
        /// Where in the answer; empty if the answer has no parts.
        part: String,
    },
    /// A reason that is no text, or an empty one.
    #[error("question \"{0}\": its reason must be a text that is not empty")]
    NoReason(String),
    /// A reason for an answer that is not unusual.
    #[error("question \"{0}\": there is a reason, but no query that it would confirm")]
    NoQuery(String),
}

fn in_part(part: &str) -> String {
    if part.is_empty() { String::new() } else { format!("in \"{part}\", ") }
}

/// Reads an entry from the text of a file, whose name tells TOML from JSON.
///
/// # Errors
/// [`EntryFileError`], with every mistake in the text. Whether the answers are right is another matter: see [`refusals`].
pub fn parse(file_name: &str, text: &str, questionnaire: &Questionnaire) -> Result<EntryFile, EntryFileError> {
    let object = object(file_name, text)?;
    let mut reader = Reader { questionnaire, mistakes: Vec::new() };
    let entry = reader.entry(file_name, object);
    match entry {
        Some(entry) if reader.mistakes.is_empty() => Ok(entry),
        _ => Err(EntryFileError::Mistakes { file: file_name.to_owned(), mistakes: reader.mistakes }),
    }
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
            Err(source) => Err(EntryFileError::NotToml { file, source }),
        },
        Some("json") => strict_json::object(text).map_err(|source| EntryFileError::NotJson { file, source }),
        _ => Err(EntryFileError::UnknownFormat { file }),
    }
}

/// What the form would refuse in this entry, by question: in a draft only what is wrong, in any other also what is
/// missing.
pub fn refusals(questionnaire: &Questionnaire, entry: &EntryFile, calendar: Calendar) -> Vec<(String, String)> {
    let pages = questionnaire.check(&entry.answers, calendar);
    let refusals = pages.into_iter().flat_map(|page| page.refusals);
    let counts = refusals.filter(|refusal| !refusal.missing || entry.status != FileStatus::Draft);
    counts.map(|refusal| (refusal.question, refusal.sentence)).collect()
}

/// The most characters of a member's name.
const LONGEST_NAME: usize = 120;

struct Reader<'a> {
    questionnaire: &'a Questionnaire,
    mistakes: Vec<EntryMistake>,
}

impl Reader<'_> {
    fn entry(&mut self, file: &str, mut object: Map<String, Value>) -> Option<EntryFile> {
        let edition = self.key(object.remove("edition"), "edition", "a year", |value| value.as_i64());
        let status = self.key(object.remove("status"), "status", "\"draft\", \"submitted\" or \"published\"", status);
        let members = self.members(object.remove("member"));
        let answers = self.key(object.remove("answers"), "answers", "a table of answers", table);
        let answers = answers.map(|answers| self.answers(answers));
        let reasons = object.remove("reasons").unwrap_or_else(|| Value::Object(Map::new()));
        let reasons = self.key(Some(reasons), "reasons", "a table of reasons", table);
        self.mistakes.extend(object.into_iter().map(|(key, _)| EntryMistake::UnknownKey(key)));
        let (mut answers, reasons) = (answers?, reasons?);
        self.reasons(reasons, &mut answers);
        Some(EntryFile { file: file.to_owned(), edition: edition?, status: status?, members, answers })
    }

    fn key<T>(
        &mut self,
        value: Option<Value>,
        key: &'static str,
        expected: &'static str,
        read: impl Fn(&Value) -> Option<T>,
    ) -> Option<T> {
        let read = value.as_ref().and_then(read);
        if read.is_none() {
            self.mistakes.push(EntryMistake::Key { key, expected });
        }
        read
    }

    fn members(&mut self, value: Option<Value>) -> Vec<Member> {
        let list = |value: &Value| value.as_array().filter(|list| !list.is_empty()).cloned();
        let list = self.key(value, "member", "a list of at least one member, with name and email", list).unwrap_or_default();
        let mut emails = HashSet::new();
        let mut members = Vec::new();
        for (index, value) in list.iter().enumerate() {
            match member(value) {
                Ok(member) if emails.insert(member.email.to_lowercase()) => members.push(member),
                Ok(member) => {
                    let wrong = format!("\"{}\" stands twice", member.email);
                    self.mistakes.push(EntryMistake::Member { number: index + 1, wrong });
                }
                Err(wrong) => self.mistakes.push(EntryMistake::Member { number: index + 1, wrong }),
            }
        }
        members
    }

    fn answers(&mut self, given: Map<String, Value>) -> Answers {
        let mut answers = Answers::default();
        for (key, value) in given.into_iter().filter(|(_, value)| !value.is_null()) {
            let Some(question) = self.questionnaire.question(&key) else {
                self.mistakes.push(EntryMistake::UnknownQuestion { table: "answers", question: key });
                continue;
            };
            match Answer::from_json(&question.kind, &value) {
                Ok(answer) => {
                    self.known(question, &key, &answer, "");
                    answers.set(key, answer);
                }
                Err(wrong) => self.mistakes.push(EntryMistake::WrongShape { question: key, wrong }),
            }
        }
        answers
    }

    /// Reports what the question does not offer: options, rows, countries.
    fn known(&mut self, question: &Question, key: &str, answer: &Answer, part: &str) {
        match (&question.kind, answer) {
            (Kind::OneOf { options, other }, Answer::OneOf(one)) => {
                let (others, chosen): (Vec<String>, Vec<String>) = one.option.iter().cloned().partition(|option| option == OTHER);
                let any = AnyOf { options: chosen, other: one.other.clone() };
                self.known_options(key, part, &any, options, *other);
                if !other && !others.is_empty() && one.other.is_empty() {
                    self.mistakes.push(EntryMistake::NoOther { question: key.to_owned(), part: part.to_owned() });
                }
            }
            (Kind::AnyOf { options, other }, Answer::AnyOf(any)) => self.known_options(key, part, any, options, *other),
            (Kind::GridOne { rows, options }, Answer::GridOne(chosen)) => {
                for (row, option) in chosen {
                    let any = AnyOf { options: vec![option.clone()], other: String::new() };
                    self.known_row(key, part, row, rows);
                    self.known_options(key, &below(part, row), &any, options, false);
                }
            }
            (Kind::GridAny { rows, options, other }, Answer::GridAny(ticked)) => {
                for (row, any) in ticked {
                    self.known_row(key, part, row, rows);
                    self.known_options(key, &below(part, row), any, options, *other);
                }
            }
            (Kind::Address, Answer::Address(address)) => {
                let option = address.country.clone();
                if !option.is_empty() && country::country(&option).is_none() {
                    let (question, part) = (key.to_owned(), below(part, "country"));
                    self.mistakes.push(EntryMistake::UnknownOption { question, part, option });
                }
            }
            (Kind::Groups(groups), Answer::Groups(rows)) => {
                for (index, row) in rows.iter().enumerate() {
                    for field in &groups.fields {
                        if let Some(answer) = row.get(&field.key) {
                            self.known(field, key, answer, &format!("{}.{}", index + 1, field.key));
                        }
                    }
                }
            }
            _ => {}
        }
    }

    fn known_row(&mut self, question: &str, part: &str, row: &str, rows: &[Choice]) {
        if !rows.iter().any(|known| known.key == row) {
            let (question, part, row) = (question.to_owned(), part.to_owned(), row.to_owned());
            self.mistakes.push(EntryMistake::UnknownRow { question, part, row });
        }
    }

    fn known_options(&mut self, question: &str, part: &str, any: &AnyOf, options: &[Choice], other: bool) {
        for option in any.options.iter().filter(|option| !options.iter().any(|known| &known.key == *option)) {
            let (question, part) = (question.to_owned(), part.to_owned());
            self.mistakes.push(EntryMistake::UnknownOption { question, part, option: option.clone() });
        }
        if !other && !any.other.is_empty() {
            self.mistakes.push(EntryMistake::NoOther { question: question.to_owned(), part: part.to_owned() });
        }
    }

    /// A reason confirms the query that the answers raise. While some answer is wrong nobody knows what they raise.
    fn reasons(&mut self, reasons: Map<String, Value>, answers: &mut Answers) {
        let sound = self.mistakes.is_empty();
        for (key, value) in reasons {
            let reason = value.as_str().map(tidy).unwrap_or_default();
            let Some(question) = self.questionnaire.question(&key) else {
                self.mistakes.push(EntryMistake::UnknownQuestion { table: "reasons", question: key });
                continue;
            };
            if reason.is_empty() {
                self.mistakes.push(EntryMistake::NoReason(key));
                continue;
            }
            match (self.questionnaire.query(question, answers), answers.get(&key).cloned()) {
                (Some(query), Some(answer)) => answers.set(key, Answered { answer, confirmed: Some(query.sentence), reason }),
                _ if sound || question.queries.is_empty() => self.mistakes.push(EntryMistake::NoQuery(key)),
                _ => {}
            }
        }
    }
}

fn below(part: &str, name: &str) -> String {
    if part.is_empty() { name.to_owned() } else { format!("{part}.{name}") }
}

fn status(value: &Value) -> Option<FileStatus> {
    match value.as_str()? {
        "draft" => Some(FileStatus::Draft),
        "submitted" => Some(FileStatus::Submitted),
        "published" => Some(FileStatus::Published),
        _ => None,
    }
}

fn table(value: &Value) -> Option<Map<String, Value>> {
    value.as_object().cloned()
}

fn member(value: &Value) -> Result<Member, String> {
    let object = value.as_object().ok_or("it must have a name and an email")?;
    if let Some(unknown) = object.keys().find(|key| !matches!(key.as_str(), "name" | "email")) {
        return Err(format!("unknown key \"{unknown}\""));
    }
    let text = |key: &str| object.get(key).and_then(Value::as_str).map(tidy_line).unwrap_or_default();
    let (name, email) = (text("name"), text("email"));
    match name.chars().count() {
        0 => Err("\"name\" must be a text that is not empty".to_owned()),
        length if length > LONGEST_NAME => Err(format!("\"name\" must be {LONGEST_NAME} characters or fewer")),
        _ if !is_email(&email) => Err("\"email\" must be an e-mail address, like name@example.com".to_owned()),
        _ => Ok(Member { name, email }),
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
