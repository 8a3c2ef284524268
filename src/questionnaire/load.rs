//! Reads a questionnaire from TOML. Every mistake is found in one go, and names file, page and question.

use std::fmt;
use std::path::Path;

use serde::de::DeserializeOwned;
use toml::{Table, Value};

use super::definition::{Page, Question, Questionnaire, Roles};
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
        source: toml::de::Error,
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
        if let Some(page) = &self.page {
            write!(formatter, "page \"{page}\", ")?;
        }
        if let Some(question) = &self.question {
            write!(formatter, "question \"{question}\", ")?;
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
    let table: Table = text.parse().map_err(|source| LoadError::NotToml { file: file.to_owned(), source })?;
    let mut reader = Reader::default();
    let questionnaire = reader.questionnaire(table);
    match questionnaire {
        Some(questionnaire) if reader.mistakes.is_empty() => match verify::mistakes(&questionnaire) {
            mistakes if mistakes.is_empty() => Ok(questionnaire),
            mistakes => Err(LoadError::Mistakes { file: file.to_owned(), mistakes }),
        },
        _ => Err(LoadError::Mistakes { file: file.to_owned(), mistakes: reader.mistakes }),
    }
}

const OF_QUESTIONNAIRE: [&str; 2] = ["roles", "page"];
const OF_ROLES: [&str; 6] = ["company", "program", "contact", "filters", "listed", "compared_first"];
const OF_PAGE: [&str; 4] = ["key", "title", "facts", "question"];
const OF_QUESTION: [&str; 12] =
    ["key", "label", "kind", "hint", "lead", "short", "optional", "if", "unless", "same_as", "same_label", "query"];
const OF_CHOICE: [&str; 4] = ["key", "label", "hint", "alone"];
const OF_CONDITION: [&str; 2] = ["question", "is"];

/// The keys that a kind has of its own; none for a kind that there is not.
fn keys_of_kind(kind: &str) -> Option<&'static [&'static str]> {
    Some(match kind {
        "line" => &["longest", "content"],
        "paragraph" => &["longest"],
        "whole_number" => &["least", "most"],
        "year" => &["earliest", "latest"],
        "month_year" => &["latest"],
        "month" | "email" | "web_address" | "phone" | "address" | "person" => &[],
        "one_of" | "any_of" => &["options", "other"],
        "grid_one" => &["rows", "options"],
        "grid_any" => &["rows", "options", "other"],
        "groups" => &["fewest", "most", "item", "first", "next", "named_by", "headed_by", "field"],
        _ => return None,
    })
}

fn keys_of_rule(rule: &str) -> Option<&'static [&'static str]> {
    Some(match rule {
        "before" | "above" => &["rule", "text", "other"],
        "row_above" => &["rule", "text", "field", "other_field"],
        "sum_differs" => &["rule", "text", "field", "other", "percent"],
        _ => return None,
    })
}

/// Reads table by table, so that a mistake in one question hides none in the next.
#[derive(Default)]
struct Reader {
    page: Option<String>,
    question: Option<String>,
    mistakes: Vec<Mistake>,
}

impl Reader {
    fn mistake(&mut self, sentence: impl Into<String>) {
        let (page, question) = (self.page.clone(), self.question.clone());
        self.mistakes.push(Mistake { page, question, sentence: sentence.into() });
    }

    fn keys(&mut self, table: &Table, known: &[&str], of: &str) {
        for key in table.keys().filter(|key| !known.contains(&key.as_str())) {
            self.mistake(format!("unknown key \"{key}\"{of}"));
        }
    }

    fn questionnaire(&mut self, mut table: Table) -> Option<Questionnaire> {
        self.keys(&table, &OF_QUESTIONNAIRE, "");
        let roles = match table.remove("roles") {
            Some(Value::Table(roles)) => {
                self.keys(&roles, &OF_ROLES, " in [roles]");
                self.deserialize::<Roles>(roles)
            }
            _ => {
                self.mistake("the table [roles] is missing");
                None
            }
        };
        let pages = self.tables(table.remove("page"), "page");
        let pages = pages.into_iter().filter_map(|page| self.page(page)).collect();
        Some(Questionnaire { roles: roles?, pages })
    }

    fn page(&mut self, mut table: Table) -> Option<Page> {
        self.page = Some(name_of(&table, "key"));
        self.keys(&table, &OF_PAGE, "");
        let questions = self.tables(table.remove("question"), "question");
        let questions: Vec<Question> = questions.into_iter().filter_map(|question| self.question(question)).collect();
        let page = self.deserialize::<Page>(table);
        self.page = None;
        Some(Page { questions, ..page? })
    }

    fn question(&mut self, table: Table) -> Option<Question> {
        let outer = self.question.clone();
        let key = name_of(&table, "key");
        self.question = Some(outer.as_ref().map_or_else(|| key.clone(), |outer| format!("{outer}.{key}")));
        let question = self.question_table(table);
        self.question = outer;
        question
    }

    fn question_table(&mut self, mut table: Table) -> Option<Question> {
        let kind = name_of(&table, "kind");
        let Some(own) = keys_of_kind(&kind) else {
            self.mistake(format!("there is no kind \"{kind}\""));
            return None;
        };
        self.keys(&table, &[&OF_QUESTION[..], own].concat(), &format!(" of kind \"{kind}\""));
        for list in ["options", "rows"] {
            self.inner_tables(&table, list, &OF_CHOICE);
        }
        for condition in ["if", "unless"] {
            if let Some(Value::Table(condition)) = table.get(condition) {
                self.keys(&condition.clone(), &OF_CONDITION, "");
            }
        }
        self.rules(&table);
        let fields = match table.remove("field") {
            None => Vec::new(),
            Some(fields) => self.tables(Some(fields), "field"),
        };
        let fields: Vec<Question> = fields.into_iter().filter_map(|field| self.question(field)).collect();
        let mut question = self.deserialize::<Question>(table)?;
        if let super::Kind::Groups(groups) = &mut question.kind {
            groups.fields = fields;
        }
        Some(question)
    }

    fn rules(&mut self, table: &Table) {
        let Some(Value::Array(rules)) = table.get("query") else { return };
        for rule in rules.iter().filter_map(Value::as_table) {
            let name = name_of(rule, "rule");
            match keys_of_rule(&name) {
                Some(known) => self.keys(rule, known, &format!(" of rule \"{name}\"")),
                None => self.mistake(format!("there is no rule \"{name}\"")),
            }
        }
    }

    fn inner_tables(&mut self, table: &Table, list: &str, known: &[&str]) {
        let Some(Value::Array(choices)) = table.get(list) else { return };
        for choice in choices.iter().filter_map(Value::as_table) {
            let of = format!(" in {list}, \"{}\"", name_of(choice, "key"));
            self.keys(choice, known, &of);
        }
    }

    fn tables(&mut self, value: Option<Value>, what: &str) -> Vec<Table> {
        match value {
            Some(Value::Array(list)) if list.iter().all(Value::is_table) => {
                list.into_iter().filter_map(|value| value.try_into().ok()).collect()
            }
            _ => {
                self.mistake(format!("there must be at least one [[{what}]]"));
                Vec::new()
            }
        }
    }

    fn deserialize<T: DeserializeOwned>(&mut self, table: Table) -> Option<T> {
        let read = Value::Table(table).try_into::<T>();
        read.map_err(|error| self.mistake(error.message().to_owned())).ok()
    }
}

fn name_of(table: &Table, key: &str) -> String {
    table.get(key).and_then(Value::as_str).unwrap_or("?").to_owned()
}
