//! Which keys the tables of a questionnaire file have, and what each of them holds.

use toml::Value;

/// A key that a table may have.
#[derive(Clone, Copy)]
pub(super) struct Key {
    pub name: &'static str,
    pub holds: Holds,
    pub needed: bool,
}

/// What a key holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    /// A text that is not empty.
    Text,
    /// One of these words.
    Word(&'static [&'static str]),
    /// True or false.
    Flag,
    /// A whole number of 1 or more.
    Count,
    /// A whole number.
    Integer,
    /// A year, or "edition".
    YearOrEdition,
    /// A number of 0 or more, whole or not.
    Share,
    /// A list of texts.
    Texts,
    /// A text or a list of texts.
    TextOrTexts,
    /// A table.
    Table,
    /// Tables that are read one by one, whatever they hold.
    Tables,
    /// The options of a list or the rows of a grid.
    Choices,
    /// A condition.
    Condition,
    /// Query rules.
    Queries,
}

impl Holds {
    /// What it should be, where `value` is something else.
    pub fn expected(self, value: &Value) -> Option<String> {
        let text = |value: &Value| value.as_str().is_some_and(|text| !text.trim().is_empty());
        let texts = |value: &Value| value.as_array().is_some_and(|list| !list.is_empty() && list.iter().all(text));
        let tables = |value: &Value| value.as_array().is_some_and(|list| list.iter().all(Value::is_table));
        let (fits, expected) = match self {
            Self::Text => (text(value), "a text that is not empty"),
            Self::Word(words) => {
                let fits = value.as_str().is_some_and(|word| words.contains(&word));
                let quoted: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
                return (!fits).then(|| quoted.join(" or "));
            }
            Self::Flag => (value.is_bool(), "true or false"),
            Self::Count => (value.as_integer().is_some_and(|count| count >= 1), "a whole number of 1 or more"),
            Self::Integer => (value.is_integer(), "a whole number"),
            Self::YearOrEdition => (value.is_integer() || value.as_str() == Some("edition"), "a year or \"edition\""),
            Self::Share => {
                let share = value.as_float().or_else(|| value.as_integer().map(|_| 0.0));
                let negative = value.as_integer().is_some_and(|share| share < 0);
                let fits = share.is_some_and(|share| share.is_finite() && share >= 0.0) && !negative;
                (fits, "a number of 0 or more")
            }
            Self::Texts => (texts(value) || value.as_array().is_some_and(Vec::is_empty), "a list of texts"),
            Self::TextOrTexts => (text(value) || texts(value), "a text or a list of texts"),
            Self::Table => (value.is_table(), "a table"),
            Self::Tables => (true, "tables"),
            Self::Choices => (tables(value), "a list of { key = \"…\", label = \"…\" }"),
            Self::Condition => (value.is_table(), "like { question = \"…\", is = \"…\" }"),
            Self::Queries => (tables(value), "written as [[page.question.query]]"),
        };
        (!fits).then(|| expected.to_owned())
    }
}

const fn key(name: &'static str, holds: Holds) -> Key {
    Key { name, holds, needed: false }
}

const fn needed(name: &'static str, holds: Holds) -> Key {
    Key { name, holds, needed: true }
}

pub(super) const QUESTIONNAIRE: &[Key] = &[needed("roles", Holds::Table), key("page", Holds::Tables)];

pub(super) const ROLES: &[Key] = &[
    needed("company", Holds::Text),
    needed("program", Holds::Text),
    needed("contact", Holds::Text),
    key("filters", Holds::Texts),
    key("listed", Holds::Texts),
    key("compared_first", Holds::Texts),
    key("figures", Holds::Texts),
    key("finder", Holds::Texts),
];

pub(super) const PAGE: &[Key] = &[needed("key", Holds::Text), needed("title", Holds::Text), key("facts", Holds::Flag)];

pub(super) const QUESTION: &[Key] = &[
    needed("key", Holds::Text),
    needed("label", Holds::Text),
    needed("kind", Holds::Text),
    key("hint", Holds::Text),
    key("lead", Holds::Text),
    key("short", Holds::Text),
    key("called", Holds::Text),
    key("missing", Holds::Text),
    key("ask_reader", Holds::Text),
    key("optional", Holds::Flag),
    key("if", Holds::Condition),
    key("unless", Holds::Condition),
    key("same_as", Holds::Text),
    key("same_label", Holds::Text),
    key("query", Holds::Queries),
];

pub(super) const FIELD: &[Key] = &[
    needed("key", Holds::Text),
    needed("label", Holds::Text),
    needed("kind", Holds::Text),
    key("hint", Holds::Text),
    key("short", Holds::Text),
    key("called", Holds::Text),
    key("missing", Holds::Text),
    key("ask_reader", Holds::Text),
    key("optional", Holds::Flag),
];

pub(super) const CHOICE: &[Key] =
    &[needed("key", Holds::Text), needed("label", Holds::Text), key("hint", Holds::Text), key("alone", Holds::Flag)];

pub(super) const CONDITION: &[Key] = &[needed("question", Holds::Text), needed("is", Holds::TextOrTexts)];

pub(super) const RULE: &[Key] = &[needed("rule", Holds::Text), needed("text", Holds::Text)];

const KINDS: [(&str, &[Key]); 16] = [
    ("line", &[key("longest", Holds::Count), key("content", Holds::Word(&["name"]))]),
    ("paragraph", &[key("longest", Holds::Count)]),
    ("whole_number", &[key("least", Holds::Integer), key("most", Holds::Integer)]),
    ("year", &[key("earliest", Holds::Integer), key("latest", Holds::YearOrEdition)]),
    ("month", &[]),
    ("month_year", &[key("latest", Holds::Word(&["today", "any"]))]),
    ("email", &[]),
    ("web_address", &[]),
    ("phone", &[]),
    ("address", &[]),
    ("person", &[]),
    ("one_of", &[needed("options", Holds::Choices), key("other", Holds::Flag)]),
    ("any_of", &[needed("options", Holds::Choices), key("other", Holds::Flag)]),
    ("grid_one", &[needed("rows", Holds::Choices), needed("options", Holds::Choices)]),
    (
        "grid_any",
        &[
            needed("rows", Holds::Choices),
            needed("options", Holds::Choices),
            key("other", Holds::Flag),
            key("ask_reader_rows", Holds::Text),
        ],
    ),
    (
        "groups",
        &[
            needed("fewest", Holds::Count),
            needed("most", Holds::Count),
            needed("item", Holds::Text),
            needed("first", Holds::Text),
            needed("next", Holds::Text),
            key("named_by", Holds::Text),
            needed("headed_by", Holds::Text),
        ],
    ),
];

/// The keys that a kind has of its own; none for a kind that there is not.
pub(super) fn keys_of_kind(kind: &str) -> Option<&'static [Key]> {
    KINDS.iter().find(|(name, _)| *name == kind).map(|(_, keys)| *keys)
}

/// Whether some kind of question has this key, or any question that is no field.
pub(super) fn is_key_of_a_kind(name: &str) -> bool {
    let own = KINDS.iter().flat_map(|(_, keys)| keys.iter());
    name == "field" || own.chain(QUESTION).any(|key| key.name == name)
}

const RULES: [(&str, &[Key]); 4] = [
    ("before", &[needed("other", Holds::Text)]),
    ("above", &[needed("other", Holds::Text)]),
    ("row_above", &[needed("field", Holds::Text), needed("other_field", Holds::Text)]),
    ("sum_differs", &[needed("field", Holds::Text), needed("other", Holds::Text), needed("percent", Holds::Share)]),
];

/// The keys that a rule has of its own; none for a rule that there is not.
pub(super) fn keys_of_rule(rule: &str) -> Option<&'static [Key]> {
    RULES.iter().find(|(name, _)| *name == rule).map(|(_, keys)| *keys)
}
