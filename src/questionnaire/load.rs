//! Reads a questionnaire from TOML. Every mistake is found in one go, and names file, page and question.

use std::collections::HashSet;
use std::fmt;
use std::path::Path;

use serde::de::DeserializeOwned;
use toml::{Table, Value};

use super::definition::{Kind, Page, Question, Questionnaire, Roles};
use super::keys::{
    CHOICE, CONDITION, FIELD, Holds, Key, PAGE, QUESTION, QUESTIONNAIRE, ROLES, RULE, is_key_of_a_kind, keys_of_kind,
    keys_of_rule,
};
use super::not_toml::NotToml;
use super::verify;

/// One mistake in a questionnaire file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The page it is on, if it is on one.
    pub page: Option<String>,
    /// The question it is at, if it is at one.
    pub question: Option<String>,
    /// What is wrong.
    pub sentence: String,
}

/// A questionnaire that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The file cannot be read.
    #[error("{file} cannot be read: {source}")]
    Unreadable {
        /// The file.
        file: String,
        /// Why.
        source: std::io::Error,
    },
    /// The file is no TOML.
    #[error("{file} is not well-formed TOML: {source}")]
    NotToml {
        /// The file.
        file: String,
        /// Where and why.
        source: NotToml,
    },
    /// The file says something that is no questionnaire.
    #[error("{}", in_file(file, mistakes))]
    Mistakes {
        /// The file.
        file: String,
        /// All of them.
        mistakes: Vec<Mistake>,
    },
}

impl fmt::Display for Mistake {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.page, &self.question) {
            (Some(page), Some(question)) => write!(formatter, "page \"{page}\", question \"{question}\": ")?,
            (Some(page), None) => write!(formatter, "page \"{page}\": ")?,
            (None, Some(question)) => write!(formatter, "question \"{question}\": ")?,
            (None, None) => {}
        }
        formatter.write_str(&self.sentence)
    }
}

fn in_file(file: &str, mistakes: &[Mistake]) -> String {
    mistakes.iter().map(|mistake| format!("{file}: {mistake}")).collect::<Vec<_>>().join("\n")
}

/// Reads the questionnaire in `path`.
///
/// # Errors
/// [`LoadError`], with every mistake in the file.
pub fn load(path: &Path) -> Result<Questionnaire, LoadError> {
    let file = path.display().to_string();
    match std::fs::read_to_string(path) {
        Ok(text) => parse(&file, &text),
        Err(source) => Err(LoadError::Unreadable { file, source }),
    }
}

/// Reads a questionnaire from the text of `file`, which is only named in errors.
///
/// # Errors
/// [`LoadError`], with every mistake in the text.
pub fn parse(file: &str, text: &str) -> Result<Questionnaire, LoadError> {
    let table: Table =
        text.parse().map_err(|error| LoadError::NotToml { file: file.to_owned(), source: NotToml::new(text, &error) })?;
    let mut reader = Reader::default();
    let (roles, pages) = reader.questionnaire(table);
    let unread = Unread { roles: roles.is_none(), questions: reader.unread };
    let questionnaire = Questionnaire { roles: roles.unwrap_or_default(), pages };
    let mut mistakes = reader.mistakes;
    mistakes.extend(verify::mistakes(&questionnaire, &unread));
    match mistakes.is_empty() {
        true => Ok(questionnaire),
        false => Err(LoadError::Mistakes { file: file.to_owned(), mistakes }),
    }
}

/// What could not be read, so that nothing more is said about what names it.
#[derive(Default)]
pub(super) struct Unread {
    /// The roles.
    pub roles: bool,
    /// The keys of questions, of fields with their group's.
    pub questions: HashSet<String>,
}

/// Reads table by table, so that a mistake in one question hides none in the next.
#[derive(Default)]
struct Reader {
    page: Option<String>,
    question: Option<String>,
    mistakes: Vec<Mistake>,
    unread: HashSet<String>,
}

impl Reader {
    fn mistake(&mut self, sentence: impl Into<String>) {
        let (page, question) = (self.page.clone(), self.question.clone());
        self.mistakes.push(Mistake { page, question, sentence: sentence.into() });
    }

    fn questionnaire(&mut self, mut table: Table) -> (Option<Roles>, Vec<Page>) {
        self.shape(&table, QUESTIONNAIRE, "", "");
        let roles = match table.remove("roles") {
            Some(Value::Table(roles)) => self.read::<Roles>(roles, ROLES, "in [roles], "),
            _ => None,
        };
        let pages = self.tables(table.remove("page"), "page");
        (roles, pages.into_iter().enumerate().filter_map(|(index, page)| self.page(index, page)).collect())
    }

    fn page(&mut self, index: usize, mut table: Table) -> Option<Page> {
        self.page = Some(name_of(&table, index));
        let questions = self.tables(table.remove("question"), "page.question");
        let page = self.read::<Page>(table, PAGE, "");
        let read = |(index, question)| self.question(index, question);
        let questions: Vec<Question> = questions.into_iter().enumerate().filter_map(read).collect();
        self.page = None;
        match page {
            Some(page) => Some(Page { questions, ..page }),
            None => {
                self.unread.extend(questions.into_iter().map(|question| question.key));
                None
            }
        }
    }

    fn question(&mut self, index: usize, table: Table) -> Option<Question> {
        let outer = self.question.clone();
        let key = name_of(&table, index);
        let name = outer.as_ref().map_or_else(|| key.clone(), |outer| format!("{outer}.{key}"));
        self.question = Some(name.clone());
        let question = match outer {
            None => self.question_table(table, QUESTION),
            Some(_) => self.question_table(table, FIELD),
        };
        if question.is_none() {
            self.unread.insert(name);
        }
        self.question = outer;
        question
    }

    fn question_table(&mut self, mut table: Table, general: &[Key]) -> Option<Question> {
        let kind = match table.get("kind") {
            Some(Value::String(kind)) => kind.clone(),
            _ => {
                self.mistake("the key \"kind\" is missing, or no text");
                return None;
            }
        };
        let Some(own) = keys_of_kind(&kind) else {
            self.mistake(format!("there is no kind \"{kind}\""));
            return None;
        };
        let fields = match table.remove("field") {
            Some(fields) if kind == "groups" => self.tables(Some(fields), "page.question.field"),
            None if kind == "groups" => self.tables(None, "page.question.field"),
            Some(fields) => {
                table.insert("field".to_owned(), fields);
                Vec::new()
            }
            None => Vec::new(),
        };
        let whole = self.shape(&table, &[general, own].concat(), "", &format!(" of kind \"{kind}\""));
        let read = |(index, field)| self.question(index, field);
        let fields: Vec<Question> = fields.into_iter().enumerate().filter_map(read).collect();
        let mut question = if whole { self.deserialize::<Question>(table)? } else { return None };
        if let Kind::Groups(groups) = &mut question.kind {
            groups.fields = fields;
        }
        Some(question)
    }

    fn tables(&mut self, value: Option<Value>, what: &str) -> Vec<Table> {
        match value {
            Some(Value::Array(list)) if !list.is_empty() && list.iter().all(Value::is_table) => {
                list.into_iter().filter_map(|value| value.try_into().ok()).collect()
            }
            _ => {
                self.mistake(format!("there must be at least one [[{what}]]"));
                Vec::new()
            }
        }
    }

    /// Reports what is wrong with the keys of a table and with the shape of what they hold. Whether it can be read.
    fn shape(&mut self, table: &Table, known: &[Key], within: &str, of: &str) -> bool {
        let mut whole = true;
        for (key, value) in table {
            let Some(key) = known.iter().find(|known| known.name == key) else {
                match is_key_of_a_kind(key) && !of.is_empty() {
                    true => self.mistake(format!("{within}\"{key}\" is no key{of}")),
                    false => self.mistake(format!("{within}unknown key \"{key}\"")),
                }
                continue;
            };
            match key.holds.expected(value) {
                None => whole &= self.inner(key, value),
                Some(expected) => {
                    self.mistake(format!("{within}\"{}\" must be {expected}", key.name));
                    whole = false;
                }
            }
        }
        for key in known.iter().filter(|known| known.needed && !table.contains_key(known.name)) {
            self.mistake(format!("{within}the key \"{}\" is missing", key.name));
            whole = false;
        }
        whole
    }

    /// The tables inside a table: options and rows, conditions, queries. Each is looked at, whatever the one before was.
    fn inner(&mut self, key: &Key, value: &Value) -> bool {
        let mut whole = true;
        match (key.holds, value) {
            (Holds::Choices, Value::Array(choices)) => {
                for (index, choice) in choices.iter().filter_map(Value::as_table).enumerate() {
                    let within = format!("in {}, \"{}\": ", key.name, name_of(choice, index));
                    whole &= self.shape(choice, CHOICE, &within, "");
                }
            }
            (Holds::Queries, Value::Array(queries)) => {
                for query in queries.iter().filter_map(Value::as_table) {
                    whole &= self.query(query);
                }
            }
            (Holds::Condition, Value::Table(condition)) => {
                whole &= self.shape(condition, CONDITION, &format!("in `{}`, ", key.name), "");
            }
            _ => {}
        }
        whole
    }

    fn query(&mut self, query: &Table) -> bool {
        let rule = query.get("rule").and_then(Value::as_str).unwrap_or_default();
        match keys_of_rule(rule) {
            Some(own) => self.shape(query, &[RULE, own].concat(), "in a query, ", &format!(" of rule \"{rule}\"")),
            None if rule.is_empty() => {
                self.mistake("in a query, the key \"rule\" is missing, or no text");
                false
            }
            None => {
                self.mistake(format!("in a query, there is no rule \"{rule}\""));
                false
            }
        }
    }

    fn read<T: DeserializeOwned>(&mut self, table: Table, known: &[Key], within: &str) -> Option<T> {
        if self.shape(&table, known, within, "") { self.deserialize(table) } else { None }
    }

    fn deserialize<T: DeserializeOwned>(&mut self, table: Table) -> Option<T> {
        let read = Value::Table(table).try_into::<T>();
        read.map_err(|error| self.mistake(error.message().to_owned())).ok()
    }
}

/// The key of a page, question or option; without one, its place.
fn name_of(table: &Table, index: usize) -> String {
    table.get("key").and_then(Value::as_str).map_or_else(|| format!("number {}", index + 1), str::to_owned)
}
