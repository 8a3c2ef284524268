//! The entry in what a file says, and every mistake on the way.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::offered::in_known_rows;
use super::{EntryMistake, FileStatus, Member};
use crate::questionnaire::answer::Answer;
use crate::questionnaire::asked::{Answered, Answers};
use crate::questionnaire::definition::Questionnaire;
use crate::questionnaire::sentence::too_long;
use crate::questionnaire::tidy::{tidy, tidy_line};
use crate::questionnaire::value::is_email;

/// The most characters of a member's name.
const LONGEST_NAME: usize = 120;

pub(super) struct Reader<'a> {
    pub(super) questionnaire: &'a Questionnaire,
    pub(super) mistakes: Vec<EntryMistake>,
    /// How far the entry has come.
    pub(super) status: Option<FileStatus>,
    /// What is answered, without what is mistaken.
    pub(super) answers: Answers,
}

impl Reader<'_> {
    /// Reads the whole entry; what comes back is what stands around the answers: edition, status and members.
    pub(super) fn entry(&mut self, mut object: Map<String, Value>) -> Option<(i64, FileStatus, Vec<Member>)> {
        let edition = self.key(object.remove("edition"), "edition", "a year", |value| value.as_i64());
        self.status = self.key(object.remove("status"), "status", "\"draft\", \"submitted\" or \"published\"", status);
        let members = self.members(object.remove("member"));
        let answers = self.key(object.remove("answers"), "answers", "a table of answers", table);
        let answers = answers.map(|answers| self.answers(answers));
        let reasons = object.remove("reasons").unwrap_or_else(|| Value::Object(Map::new()));
        let reasons = self.key(Some(reasons), "reasons", "a table of reasons", table);
        self.mistakes.extend(object.into_iter().map(|(key, _)| EntryMistake::UnknownKey(key)));
        answers?;
        self.reasons(reasons?);
        Some((edition?, self.status?, members))
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
            let mut wrong = Vec::new();
            match member(value, &mut wrong) {
                Some(member) if emails.insert(member.email.to_lowercase()) => members.push(member),
                Some(member) => wrong.push(format!("\"{}\" stands twice", member.email)),
                None => {}
            }
            let number = index + 1;
            self.mistakes.extend(wrong.into_iter().map(|wrong| EntryMistake::Member { number, wrong }));
        }
        members
    }

    fn answers(&mut self, given: Map<String, Value>) {
        for (key, value) in given.into_iter().filter(|(_, value)| !value.is_null()) {
            let Some(question) = self.questionnaire.question(&key) else {
                self.mistakes.push(EntryMistake::UnknownQuestion { table: "answers", question: key });
                continue;
            };
            let (answer, wrong) = Answer::read_json(&question.kind, &value);
            self.mistakes.extend(wrong.into_iter().map(|wrong| EntryMistake::WrongShape { question: key.clone(), wrong }));
            self.known(question, &key, &answer, "");
            self.answers.set(key, in_known_rows(question, answer));
        }
    }

    /// A reason confirms the query that the answers raise. While some answer is wrong nobody knows what they raise.
    fn reasons(&mut self, reasons: Map<String, Value>) {
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
            match (self.questionnaire.query(question, &self.answers), self.answers.get(&key).cloned()) {
                (Some(query), Some(answer)) => {
                    self.answers.set(key, Answered { answer, confirmed: Some(query.sentence), reason })
                }
                _ if sound || question.queries.is_empty() => self.mistakes.push(EntryMistake::NoQuery(key)),
                _ => {}
            }
        }
    }
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

/// A member, or all that is wrong with it.
fn member(value: &Value, wrong: &mut Vec<String>) -> Option<Member> {
    let Some(object) = value.as_object() else {
        wrong.push("it must have a name and an email".to_owned());
        return None;
    };
    let unknown = object.keys().filter(|key| !matches!(key.as_str(), "name" | "email"));
    wrong.extend(unknown.map(|key| format!("unknown key \"{key}\"")));
    let text = |key: &str| object.get(key).and_then(Value::as_str).map(tidy_line).unwrap_or_default();
    let (name, email) = (text("name"), text("email"));
    match name.chars().count() {
        0 => wrong.push("\"name\" must be a text that is not empty".to_owned()),
        length if length > LONGEST_NAME => wrong.push(too_long("\"name\"", LONGEST_NAME, length)),
        _ => {}
    }
    if !is_email(&email) {
        wrong.push("\"email\" must be an e-mail address, like name@example.com".to_owned());
    }
    wrong.is_empty().then_some(Member { name, email })
}
