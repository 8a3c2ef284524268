//! A questionnaire that cannot be used says why: file, page and question, and all of it at once.

use almanac::questionnaire::load::{self, LoadError};
use almanac::questionnaire::{Kind, Questionnaire};

use super::{every_kind, guide};

/// A sound questionnaire to break: three pages, a list that decides, a group.
const SOUND: &str = r#"
[roles]
company = "company"
program = "program"
contact = "contact"
filters = ["size", "tiers.kinds"]
listed = ["size"]
compared_first = ["size", "count"]

[[page]]
key = "first"
title = "First"

[[page.question]]
key = "company"
label = "Company name"
kind = "line"

[[page.question]]
key = "program"
label = "Program name"
kind = "line"

[[page.question]]
key = "contact"
label = "Contact"
kind = "email"

[[page.question]]
key = "founded"
label = "Founded"
kind = "year"
#founded

[[page]]
key = "second"
title = "Second"
#second

[[page.question]]
key = "size"
label = "Size"
kind = "one_of"
options = [
  { key = "small", label = "Small" },
  { key = "large", label = "Large" },
]
#size

[[page.question]]
key = "since"
label = "Since"
kind = "month_year"
#since

[[page.question]]
key = "count"
label = "Count"
kind = "whole_number"
#count

[[page.question]]
key = "ticks"
label = "Ticks"
kind = "grid_any"
rows = [{ key = "one", label = "One" }]
options = [{ key = "x", label = "X" }, { key = "y", label = "Y", alone = true }]
#ticks

[[page]]
key = "third"
title = "Third"

[[page.question]]
key = "tiers"
label = "Tiers"
kind = "groups"
fewest = 1
most = 10
item = "tier"
first = "Top Tier"
next = "Tier {n}"
headed_by = "kinds"
#tiers

[[page.question.field]]
key = "kinds"
label = "Kinds"
kind = "any_of"
options = [{ key = "a", label = "A" }]
#kinds

[[page.question.field]]
key = "number"
label = "Number"
kind = "whole_number"
#number
"#;

/// The sound questionnaire with something else in the place of one text.
fn broken(change: &[(&str, &str)]) -> String {
    let mut text = SOUND.to_owned();
    for (from, to) in change {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    text
}

/// What is said of the mistakes, without the file.
fn said(text: &str) -> Vec<String> {
    match load::parse("guides/2018/questionnaire.toml", text) {
        Err(LoadError::Mistakes { mistakes, .. }) => mistakes.iter().map(ToString::to_string).collect(),
        other => panic!("no mistakes: {other:?}\n{text}"),
    }
}

#[test]
fn a_sound_questionnaire_is_read() {
    assert!(load::parse("sound.toml", SOUND).is_ok());
    assert!(load::parse("sound.toml", &format!("\u{feff}{}", SOUND.replace('\n', "\r\n"))).is_ok(), "as Windows saves it");
}

#[test]
fn each_mistake_names_its_page_and_question() {
    let company = "key = \"company\"\nlabel = \"Company name\"";
    let query = |rule: &str| format!("[[page.question.query]]\n{rule}");
    let (query_of_count, query_of_since, query_of_tiers) = ("#count", "#since", "#number");
    type Row<'a> = (&'a str, &'a str, &'a str, &'a [&'a str]);
    let table: &[Row] = &[
        // Keys that are unknown or missing, and what they hold.
        (company, "key = \"company\"\nlabel = \"Company name\"\nlable = \"x\"", "first/company", &["unknown key \"lable\""]),
        (company, "key = \"company\"", "first/company", &["the key \"label\" is missing"]),
        (company, "key = \"company\"\nlabel = \"\"", "first/company", &["\"label\" must be a text that is not empty"]),
        (company, "key = \"company\"\nlabel = 3", "first/company", &["\"label\" must be a text that is not empty"]),
        ("key = \"founded\"", "", "first/number 4", &["the key \"key\" is missing"]),
        ("kind = \"year\"", "kind = \"years\"", "first/founded", &["there is no kind \"years\""]),
        ("kind = \"year\"", "", "first/founded", &["the key \"kind\" is missing, or no text"]),
        ("kind = \"year\"", "kind = 3", "first/founded", &["the key \"kind\" is missing, or no text"]),
        ("#founded", "longest = 3", "first/founded", &["\"longest\" is no key of kind \"year\""]),
        ("#founded", "options = []", "first/founded", &["\"options\" is no key of kind \"year\""]),
        ("#founded", "optional = \"yes\"", "first/founded", &["\"optional\" must be true or false"]),
        ("#founded", "latest = \"today\"", "first/founded", &["\"latest\" must be a year or \"edition\""]),
        ("#founded", "earliest = 1990.5", "first/founded", &["\"earliest\" must be a whole number"]),
        ("#founded", "earliest = 1990\nlatest = 1980", "first/founded", &["\"earliest\" must not be after \"latest\""]),
        ("#since", "latest = 2017", "second/since", &["\"latest\" must be \"today\" or \"any\""]),
        ("#count", "least = 5\nmost = 4", "second/count", &["\"least\" must not be above \"most\""]),
        (
            "kind = \"line\"",
            "kind = \"line\"\nlongest = 0",
            "first/company",
            &["\"longest\" must be a whole number of 1 or more"],
        ),
        ("kind = \"line\"", "kind = \"line\"\ncontent = \"number\"", "first/company", &["\"content\" must be \"name\""]),
        ("#count", "lead = \"Figures\"", "second/count", &["\"lead\" is for groups only"]),
        (
            "#size",
            "ask_reader = \"Which size?\"",
            "second/size",
            &["it has words for the fit finder, and `finder` in [roles] does not name it"],
        ),
        (
            "#kinds",
            "ask_reader = \"Which kinds?\"",
            "third/tiers.kinds",
            &["it has words for the fit finder, and `finder` in [roles] does not name it"],
        ),
        (
            "#ticks",
            "ask_reader_rows = \"How?\"",
            "second/ticks",
            &["it has words for the fit finder, and `finder` in [roles] does not name it"],
        ),
        ("#size", "ask_reader_rows = \"How?\"", "second/size", &["\"ask_reader_rows\" is no key of kind \"one_of\""]),
        ("#second", "color = \"red\"", "second", &["unknown key \"color\""]),
        ("#second", "facts = \"yes\"", "second", &["\"facts\" must be true or false"]),
        ("title = \"Second\"", "", "second", &["the key \"title\" is missing"]),
        ("key = \"second\"", "", "number 2", &["the key \"key\" is missing"]),
        ("[roles]", "colour = \"red\"\n[roles]", "", &["unknown key \"colour\""]),
        // Keys.
        (
            "key = \"second\"",
            "key = \"Second page\"",
            "Second page",
            &["the key \"Second page\" must be small letters, digits and _, and begin with a letter"],
        ),
        ("key = \"second\"", "key = \"first\"", "first", &["the key stands twice among the pages"]),
        ("key = \"second\"", "key = \"check\"", "check", &["no page can have this key: its address is taken"]),
        (
            "key = \"second\"",
            "key = \"founded\"",
            "first/founded",
            &["the key is also that of a page; in the printed profile both can be linked to"],
        ),
        (
            "key = \"founded\"",
            "key = \"2founded\"",
            "first/2founded",
            &["the key \"2founded\" must be small letters, digits and _, and begin with a letter"],
        ),
        ("key = \"founded\"", "key = \"act\"", "first/act", &["no question can have this key: a field of every form has it"]),
        ("key = \"founded\"", "key = \"form\"", "first/form", &["no question can have this key: a field of every form has it"]),
        ("key = \"since\"", "key = \"founded\"", "second/founded", &["the key stands twice, first on page \"first\""]),
        // Options and rows.
        (
            "{ key = \"small\", label = \"Small\" }",
            "{ key = \"small\", lable = \"Small\" }",
            "second/size",
            &["in options, \"small\": unknown key \"lable\"", "in options, \"small\": the key \"label\" is missing"],
        ),
        (
            "{ key = \"small\", label = \"Small\" }",
            "{ label = \"Small\" }",
            "second/size",
            &["in options, \"number 1\": the key \"key\" is missing"],
        ),
        (
            "{ key = \"small\", label = \"Small\" }",
            "{ key = \"small\", label = 3 }",
            "second/size",
            &["in options, \"small\": \"label\" must be a text that is not empty"],
        ),
        (
            "{ key = \"small\", label = \"Small\" }",
            "\"Small\"",
            "second/size",
            &["\"options\" must be a list of { key = \"…\", label = \"…\" }"],
        ),
        (
            "options = [\n  { key = \"small\", label = \"Small\" },\n  { key = \"large\", label = \"Large\" },\n]",
            "",
            "second/size",
            &["the key \"options\" is missing"],
        ),
        (
            "options = [\n  { key = \"small\", label = \"Small\" },\n  { key = \"large\", label = \"Large\" },\n]",
            "options = []",
            "second/size",
            &["\"options\" is empty"],
        ),
        (
            "{ key = \"small\", label = \"Small\" }",
            "{ key = \"large\", label = \"Small\" }",
            "second/size",
            &["in options, the key \"large\" stands twice"],
        ),
        (
            "{ key = \"small\", label = \"Small\" }",
            "{ key = \"small\", label = \"Large\" }",
            "second/size",
            &["in options, the label \"Large\" stands twice"],
        ),
        (
            "{ key = \"small\", label = \"Small\" }",
            "{ key = \"other\", label = \"Other\" }",
            "second/size",
            &["in options, the key \"other\" is taken by what is typed under \"Other\""],
        ),
        (
            "{ key = \"small\", label = \"Small\" }",
            "{ key = \"small\", label = \"Small\", alone = true }",
            "second/size",
            &["in options, \"small\" cannot be \"alone\": no other can be ticked beside it"],
        ),
        ("#size", "other = 1", "second/size", &["\"other\" must be true or false"]),
        ("rows = [{ key = \"one\", label = \"One\" }]", "rows = []", "second/ticks", &["\"rows\" is empty"]),
        (
            "rows = [{ key = \"one\", label = \"One\" }]",
            "rows = [{ key = \"reason\", label = \"One\" }]",
            "second/ticks",
            &["in rows, no row can have the key \"reason\": the form has a field of that name"],
        ),
        (
            "rows = [{ key = \"one\", label = \"One\" }]",
            "rows = [{ key = \"other\", label = \"One\" }]",
            "second/ticks",
            &["in rows, the key \"other\" is taken by what is typed under \"Other\""],
        ),
        // Conditions.
        (
            "#count",
            "if = { question = \"size\", is = \"tiny\" }",
            "second/count",
            &["`if` names option \"tiny\", which \"size\" does not have"],
        ),
        (
            "#count",
            "unless = { question = \"size\", is = [\"small\", \"tiny\"] }",
            "second/count",
            &["`unless` names option \"tiny\", which \"size\" does not have"],
        ),
        (
            "#founded",
            "if = { question = \"size\", is = \"small\" }",
            "first/founded",
            &["`if` names \"size\", which is asked later"],
        ),
        ("#size", "if = { question = \"size\", is = \"small\" }", "second/size", &["`if` names the question itself"]),
        (
            "#count",
            "if = { question = \"sise\", is = \"small\" }",
            "second/count",
            &["`if` names \"sise\", which is no question"],
        ),
        (
            "#count",
            "if = { question = \"founded\", is = \"small\" }",
            "second/count",
            &["`if` names \"founded\", which is no list of options"],
        ),
        ("#count", "if = \"size\"", "second/count", &["\"if\" must be like { question = \"…\", is = \"…\" }"]),
        (
            "#count",
            "if = { question = \"size\", is = 3 }",
            "second/count",
            &["in `if`, \"is\" must be a text or a list of texts"],
        ),
        (
            "#count",
            "if = { question = \"size\", is = [] }",
            "second/count",
            &["in `if`, \"is\" must be a text or a list of texts"],
        ),
        (
            "#count",
            "unless = { question = \"size\", are = \"small\" }",
            "second/count",
            &["in `unless`, unknown key \"are\"", "in `unless`, the key \"is\" is missing"],
        ),
        // Same as.
        ("#since", "same_as = \"sice\"", "second/since", &["`same_as` names \"sice\", which is no question"]),
        ("#since", "same_as = \"count\"", "second/since", &["`same_as` names \"count\", which is asked later"]),
        ("#since", "same_as = \"founded\"", "second/since", &["`same_as` names \"founded\", whose answers do not fit here"]),
        (
            "#since",
            "same_label = \"Same\"",
            "second/since",
            &["\"same_label\" says what the button of \"same_as\" is called, and there is no \"same_as\""],
        ),
        // Queries.
        (
            query_of_count,
            &query("rule = \"higher\"\nother = \"founded\"\ntext = \"x\""),
            "second/count",
            &["in a query, there is no rule \"higher\""],
        ),
        (
            query_of_count,
            &query("other = \"founded\"\ntext = \"x\""),
            "second/count",
            &["in a query, the key \"rule\" is missing, or no text"],
        ),
        (query_of_count, &query("rule = \"above\"\ntext = \"x\""), "second/count", &["in a query, the key \"other\" is missing"]),
        (
            query_of_count,
            &query("rule = \"above\"\nother = \"tiers\""),
            "second/count",
            &["in a query, the key \"text\" is missing"],
        ),
        (
            query_of_count,
            &query("rule = \"above\"\nother = \"cuont\"\ntext = \"x\""),
            "second/count",
            &["in a query, `other` names \"cuont\", which is no question"],
        ),
        (
            query_of_count,
            &query("rule = \"above\"\nother = \"founded\"\ntext = \"x\""),
            "second/count",
            &["in a query, `other` names \"founded\", which is not of kind \"whole_number\""],
        ),
        (
            query_of_count,
            &query("rule = \"above\"\nother = \"count\"\ntext = \"x\""),
            "second/count",
            &["in a query, the question is compared with itself"],
        ),
        (
            query_of_count,
            &query("rule = \"before\"\nother = \"founded\"\ntext = \"x\""),
            "second/count",
            &["in a query, rule \"before\" is for a year or a month and year"],
        ),
        (
            query_of_count,
            &query("rule = \"row_above\"\nfield = \"number\"\nother_field = \"number\"\ntext = \"x\""),
            "second/count",
            &[
                "in a query, \"number\" is named, which is no field of kind \"whole_number\"",
                "in a query, \"number\" is named, which is no field of kind \"whole_number\"",
            ],
        ),
        (
            query_of_since,
            &query("rule = \"above\"\nother = \"count\"\ntext = \"x\""),
            "second/since",
            &["in a query, rule \"above\" is for a whole number"],
        ),
        (
            query_of_since,
            &query("rule = \"before\"\nother = \"count\"\ntext = \"x\""),
            "second/since",
            &["in a query, `other` names \"count\", which is not of kind \"year\""],
        ),
        (
            query_of_since,
            &query("rule = \"before\"\nother = \"founded\"\npercent = 5\ntext = \"x\""),
            "second/since",
            &["in a query, unknown key \"percent\""],
        ),
        (
            query_of_since,
            &query("rule = \"before\"\nother = \"founded\"\ntext = \"{this} and {that}\""),
            "second/since",
            &["in a query, the text may contain {this}, {other} and {row}, and no other braces"],
        ),
        (
            query_of_since,
            &query("rule = \"before\"\nother = \"founded\"\ntext = \"{row}\""),
            "second/since",
            &["in a query, the text may contain {row} with rule \"row_above\" only"],
        ),
        (query_of_since, "query = 3", "second/since", &["\"query\" must be written as [[page.question.query]]"]),
        (
            query_of_tiers,
            &query("rule = \"sum_differs\"\nfield = \"kinds\"\nother = \"count\"\npercent = 5\ntext = \"x\""),
            "third/tiers",
            &["in a query, \"kinds\" is named, which is no field of kind \"whole_number\""],
        ),
        (
            query_of_tiers,
            &query("rule = \"sum_differs\"\nfield = \"number\"\nother = \"count\"\npercent = -5\ntext = \"x\""),
            "third/tiers",
            &["in a query, \"percent\" must be a number of 0 or more"],
        ),
        (
            query_of_tiers,
            &query("rule = \"sum_differs\"\nfield = \"number\"\nother = \"count\"\npercent = nan\ntext = \"x\""),
            "third/tiers",
            &["in a query, \"percent\" must be a number of 0 or more"],
        ),
        // Groups.
        ("fewest = 1", "fewest = 0", "third/tiers", &["\"fewest\" must be a whole number of 1 or more"]),
        ("fewest = 1", "fewest = 11", "third/tiers", &["\"fewest\" must not be above \"most\""]),
        (
            "next = \"Tier {n}\"",
            "next = \"Tier\"",
            "third/tiers",
            &["\"next\" must contain {n}, or all groups but the first are called the same"],
        ),
        ("item = \"tier\"", "", "third/tiers", &["the key \"item\" is missing"]),
        ("#tiers", "named_by = \"name\"", "third/tiers", &["`named_by` names \"name\", which is no field"]),
        ("headed_by = \"kinds\"", "headed_by = \"kind\"", "third/tiers", &["`headed_by` names \"kind\", which is no field"]),
        (
            "#kinds",
            "unless = { question = \"size\", is = \"small\" }",
            "third/tiers.kinds",
            &["\"unless\" is no key of kind \"any_of\""],
        ),
        ("#number", "same_as = \"count\"", "third/tiers.number", &["\"same_as\" is no key of kind \"whole_number\""]),
        ("key = \"number\"\nlabel = \"Number\"", "key = \"number\"", "third/tiers.number", &["the key \"label\" is missing"]),
        ("key = \"number\"", "key = \"kinds\"", "third/tiers", &["the field \"kinds\" stands twice"]),
        (
            "key = \"number\"\nlabel = \"Number\"\nkind = \"whole_number\"",
            "key = \"number\"\nlabel = \"Number\"\nkind = \"one_of\"\noptions = [{ key = \"a\", label = \"A\" }]",
            "third/tiers",
            &["a group needs a field in which something is typed or chosen from a menu, not only ticked"],
        ),
        (
            "key = \"number\"\nlabel = \"Number\"\nkind = \"whole_number\"",
            "key = \"number\"\nlabel = \"Number\"\nkind = \"grid_any\"\nrows = [{ key = \"a\", label = \"A\" }]\noptions = [{ key = \"a\", label = \"A\" }]",
            "third/tiers.number",
            &["a field of a group cannot be of kind \"grid_any\""],
        ),
        // Roles.
        (
            "company = \"company\"",
            "company = \"companies\"",
            "",
            &["in [roles], `company` names \"companies\", which is no question"],
        ),
        ("company = \"company\"", "company = 3", "", &["in [roles], \"company\" must be a text that is not empty"]),
        ("company = \"company\"\n", "", "", &["in [roles], the key \"company\" is missing"]),
        ("company = \"company\"\n", "company = \"company\"\nvendor = \"company\"\n", "", &["in [roles], unknown key \"vendor\""]),
        (
            "program = \"program\"",
            "program = \"size\"",
            "",
            &["in [roles], `program` names \"size\", which is not of kind \"line\""],
        ),
        (
            "contact = \"contact\"",
            "contact = \"company\"",
            "",
            &["in [roles], `contact` names \"company\", which is not of kind \"email\""],
        ),
        (
            "label = \"Program name\"",
            "label = \"Program name\"\noptional = true",
            "",
            &["in [roles], `program` names \"program\", which may stay unanswered"],
        ),
        ("listed = [\"size\"]", "listed = [\"sise\"]", "", &["in [roles], `listed` names \"sise\", which is no question"]),
        ("listed = [\"size\"]", "listed = \"size\"", "", &["in [roles], \"listed\" must be a list of texts"]),
        ("listed = [\"size\"]", "listed = [\"size\", \"size\"]", "", &["in [roles], `listed` names \"size\" twice"]),
        (
            "listed = [\"size\"]",
            "listed = [\"tiers.kinds\"]",
            "",
            &["in [roles], `listed` names \"tiers.kinds\", which is a field of a group"],
        ),
        ("\"tiers.kinds\"]", "\"tiers.number\"]", "", &["in [roles], `filters` names \"tiers.number\", which has no options"]),
        (
            "filters = [",
            "filters = [\"page\", ",
            "",
            &[
                "in [roles], `filters` names \"page\", which the list's address uses for something else",
                "in [roles], `filters` names \"page\", which is no question",
            ],
        ),
        (
            "listed = [",
            "figures = [\"sort\"]\nlisted = [",
            "",
            &[
                "in [roles], `figures` names \"sort\", which the list's address uses for something else",
                "in [roles], `figures` names \"sort\", which is no question",
            ],
        ),
        ("\"tiers.kinds\"]", "\"tiers.kind\"]", "", &["in [roles], `filters` names \"tiers.kind\", which is no question"]),
    ];
    for (from, to, place, sentences) in table {
        let place = match place.split_once('/') {
            Some((page, question)) => format!("page \"{page}\", question \"{question}\": "),
            None if place.is_empty() => String::new(),
            None => format!("page \"{place}\": "),
        };
        let expected: Vec<String> = sentences.iter().map(|sentence| format!("{place}{sentence}")).collect();
        let mistakes = said(&broken(&[(from, to)]));
        assert_eq!(mistakes, expected, "{from} => {to}");
    }
}

#[test]
fn several_mistakes_are_said_at_once_and_none_of_them_twice() {
    let text = broken(&[
        ("company = \"company\"", "company = \"size\""),
        ("label = \"Founded\"", "lable = \"Founded\""),
        ("#second", "colour = \"red\""),
        ("kind = \"one_of\"", "kind = \"choice\""),
        ("#count", "if = { question = \"size\", is = \"tiny\" }"),
        ("#since", "[[page.question.query]]\nrule = \"before\"\nother = \"founded\"\ntext = \"x\""),
        ("fewest = 1", "fewest = 11"),
        ("#number", "least = \"none\""),
    ]);
    let error = load::parse("guides/2018/questionnaire.toml", &text).expect_err("full of mistakes").to_string();
    let expected = [
        "page \"first\", question \"founded\": unknown key \"lable\"",
        "page \"first\", question \"founded\": the key \"label\" is missing",
        "page \"second\": unknown key \"colour\"",
        "page \"second\", question \"size\": there is no kind \"choice\"",
        "page \"third\", question \"tiers.number\": \"least\" must be a whole number",
        "page \"third\", question \"tiers\": \"fewest\" must not be above \"most\"",
    ];
    let expected: Vec<String> = expected.iter().map(|mistake| format!("guides/2018/questionnaire.toml: {mistake}")).collect();
    assert_eq!(error, expected.join("\n"), "what names an unread question is not held against it");
}

#[test]
fn an_empty_questionnaire_misses_everything() {
    assert_eq!(said(""), ["the key \"roles\" is missing", "there must be at least one [[page]]"]);
    assert_eq!(said("roles = 3\npage = 3"), ["\"roles\" must be a table", "there must be at least one [[page]]"]);
    assert_eq!(
        said(&broken(&[(
            "[[page]]\nkey = \"second\"",
            "[[page]]\nkey = \"empty\"\ntitle = \"Empty\"\n\n[[page]]\nkey = \"second\""
        )])),
        ["page \"empty\": there must be at least one [[page.question]]"]
    );
    let (sound, _) = SOUND.split_once("[[page.question.field]]").expect("fields");
    assert_eq!(said(sound)[0], "page \"third\", question \"tiers\": there must be at least one [[page.question.field]]");
    assert_eq!(said("page = [{ key = \"one\" }, 3]"), ["the key \"roles\" is missing", "there must be at least one [[page]]"]);
    let single = broken(&[("[[page]]\nkey = \"third\"", "[page.third]\nkey = \"third\"")]);
    assert!(load::parse("x.toml", &single).is_err(), "[page] for [[page]]");
}

#[test]
fn what_is_no_toml_names_the_line() {
    let error = load::parse("x.toml", &broken(&[("label = \"Founded\"", "label = Founded")])).expect_err("no TOML").to_string();
    assert!(error.starts_with("x.toml is not well-formed TOML: "), "{error}");
    assert!(error.contains("line 31"), "{error}");
    let error = load::load(std::path::Path::new("guides/1999/questionnaire.toml")).expect_err("no file").to_string();
    assert!(error.starts_with("guides/1999/questionnaire.toml cannot be read: "), "{error}");
}

/// The questionnaire of an edition is stored as JSON.
#[test]
fn a_questionnaire_survives_its_json() {
    for questionnaire in [guide(), every_kind()] {
        let json = serde_json::to_string(questionnaire).expect("JSON");
        let read: Questionnaire = serde_json::from_str(&json).expect("a questionnaire");
        assert_eq!(&read, questionnaire);
        assert_eq!(serde_json::to_string(&read).expect("JSON"), json);
        // A database may give it back with its keys in another order.
        let value: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        assert_eq!(&serde_json::from_value::<Questionnaire>(value).expect("a questionnaire"), questionnaire);
    }
}

#[test]
fn what_is_not_written_has_its_default_and_numbers_may_be_whole() {
    use almanac::questionnaire::definition::{LatestMonth, LatestYear, LineContent, OneOrMany, Rule};
    let kind = |key: &str| super::question(every_kind(), key).kind.clone();
    assert_eq!(kind("company"), Kind::Line { longest: 40, content: None });
    assert_eq!(kind("program"), Kind::Line { longest: 120, content: Some(LineContent::Name) });
    assert_eq!(kind("count"), Kind::WholeNumber { least: -5, most: Some(1000) });
    assert_eq!(kind("year"), Kind::Year { earliest: 1900, latest: LatestYear::Year(2010) });
    assert_eq!(kind("since"), Kind::MonthYear { latest: LatestMonth::Any });
    let kind = |key: &str| super::question(guide(), key).kind.clone();
    assert_eq!(kind("year_founded"), Kind::Year { earliest: 1800, latest: LatestYear::Edition });
    assert_eq!(kind("na_partners"), Kind::WholeNumber { least: 0, most: None });
    assert_eq!(kind("na_chief_since"), Kind::MonthYear { latest: LatestMonth::Today });
    let condition = |key: &str| super::question(guide(), key).conditions().next().map(|(condition, _)| condition.is.clone());
    assert_eq!(condition("attach_amount"), Some(OneOrMany::One("yes".into())));
    assert_eq!(condition("demo_charge"), Some(OneOrMany::Many(vec!["no".into()])));
    for percent in ["5", "5.0", "0", "2.5"] {
        let query = format!(
            "[[page.question.query]]\nrule = \"sum_differs\"\nfield = \"number\"\nother = \"count\"\npercent = {percent}\ntext = \"x\""
        );
        let questionnaire = super::parse(&broken(&[("#number", &query)]));
        let rule = &super::question(&questionnaire, "tiers").queries[0].rule;
        assert!(matches!(rule, Rule::SumDiffers { percent: read, .. } if Ok(*read) == percent.parse::<f64>()), "{rule:?}");
        let json = serde_json::to_value(&questionnaire).expect("JSON");
        assert_eq!(serde_json::from_value::<Questionnaire>(json).expect("a questionnaire"), questionnaire);
    }
}

/// The questionnaire holds what its facts say: ten pages, their questions in order.
#[test]
fn the_questionnaire_of_2017_is_complete() {
    let pages: Vec<(&str, usize)> = guide().pages.iter().map(|page| (page.key.as_str(), page.questions.len())).collect();
    let expected = [
        ("company", 14),
        ("products", 1),
        ("program", 6),
        ("cloud", 1),
        ("deals", 5),
        ("services", 9),
        ("training", 3),
        ("joining", 6),
        ("marketing", 6),
        ("leads", 2),
    ];
    assert_eq!(pages, expected);
    let optional: Vec<&str> =
        guide().questions().filter(|question| question.optional).map(|question| question.key.as_str()).collect();
    assert_eq!(optional, Vec::<&str>::new());
}
