//! What a browser posts, what is stored and what is shown again are the same answer, for every kind of question.

use almanac::questionnaire::definition::{Choice, Kind, Page};
use almanac::questionnaire::form::{self, Fields};
use almanac::questionnaire::{Answer, Answers, Question, Questionnaire, check};
use proptest::prelude::*;
use serde_json::Value;

use super::{calendar, every_kind, guide};

/// Whatever somebody types or pastes.
fn typed() -> BoxedStrategy<String> {
    prop_oneof![
        4 => any::<String>(),
        2 => "[ a-zA-Z0-9.,+'@/:-]{0,20}",
        1 => "[\u{0}\r\n\t \u{200b}\u{202e}\u{feff}a]{0,8}",
        2 => Just(String::new()),
    ]
    .boxed()
}

/// What somebody types where a number is asked for.
fn number() -> BoxedStrategy<String> {
    prop_oneof![
        any::<i64>().prop_map(|number| number.to_string()),
        "[0-9]{1,3}([, '\u{a0}]?[0-9]{3}){0,6}",
        "0[0-9]{1,3}",
        typed()
    ]
    .boxed()
}

fn keys(choices: &[Choice]) -> Vec<String> {
    choices.iter().map(|choice| choice.key.clone()).collect()
}

fn put(name: String, value: impl Strategy<Value = String> + 'static) -> BoxedStrategy<Fields> {
    value.prop_map(move |value| vec![(name.clone(), value)]).boxed()
}

fn all(parts: Vec<BoxedStrategy<Fields>>) -> BoxedStrategy<Fields> {
    parts.prop_map(|parts| parts.concat()).boxed()
}

fn radio(name: String, mut options: Vec<String>, other: bool) -> BoxedStrategy<Fields> {
    options.extend(other.then(|| "other".to_owned()));
    let field = name.clone();
    let chosen = proptest::option::of(proptest::sample::select(options))
        .prop_map(move |chosen| chosen.map(|chosen| (field.clone(), chosen)).into_iter().collect::<Fields>());
    let other = if other { put(format!("{name}.other"), typed()) } else { Just(vec![]).boxed() };
    all(vec![chosen.boxed(), other])
}

fn ticks(name: String, options: Vec<String>, other: bool) -> BoxedStrategy<Fields> {
    let (field, count) = (name.clone(), options.len());
    let ticked = proptest::sample::subsequence(options, 0..=count)
        .prop_shuffle()
        .prop_map(move |ticked| ticked.into_iter().map(|option| (field.clone(), option)).collect::<Fields>());
    let other = if other { put(format!("{name}.other"), typed()) } else { Just(vec![]).boxed() };
    all(vec![ticked.boxed(), other])
}

/// The fields that a browser can post for this question.
fn posted(question: &Question, name: &str) -> BoxedStrategy<Fields> {
    let part = |part: &str| put(format!("{name}.{part}"), typed());
    match &question.kind {
        Kind::Line { .. } | Kind::Paragraph { .. } | Kind::Email | Kind::WebAddress | Kind::Phone => {
            put(name.to_owned(), typed())
        }
        Kind::WholeNumber { .. } | Kind::Year { .. } => put(name.to_owned(), number()),
        Kind::Month => put(name.to_owned(), prop_oneof![Just(String::new()), (1..=12).prop_map(|month: i32| month.to_string())]),
        Kind::MonthYear { .. } => {
            let month = prop_oneof![(0..=13).prop_map(|month: i32| month.to_string()), Just("Sept.".to_owned()), typed()];
            let year = prop_oneof![(1890..=2020).prop_map(|year: i32| year.to_string()), typed()];
            all(vec![put(format!("{name}.month"), month), put(format!("{name}.year"), year)])
        }
        Kind::Address => {
            let country = prop_oneof![Just("US"), Just("CA"), Just("GR"), Just("")].prop_map(str::to_owned);
            let parts = ["street.1", "street.2", "street.3", "city", "state", "postal_code"].map(part);
            all(parts.into_iter().chain([put(format!("{name}.country"), country)]).collect())
        }
        Kind::Person => all(vec![part("name"), part("title")]),
        Kind::OneOf { options, other } => radio(name.to_owned(), keys(options), *other),
        Kind::AnyOf { options, other } => ticks(name.to_owned(), keys(options), *other),
        Kind::GridOne { rows, options } => {
            all(rows.iter().map(|row| radio(format!("{name}.{}", row.key), keys(options), false)).collect())
        }
        Kind::GridAny { rows, options, other } => {
            all(rows.iter().map(|row| ticks(format!("{name}.{}", row.key), keys(options), *other)).collect())
        }
        Kind::Groups(groups) => {
            let row = |number: usize| {
                let field = |field: &Question| posted(field, &format!("{name}.{number}.{}", field.key));
                all(groups.fields.iter().map(field).collect())
            };
            let rows: Vec<BoxedStrategy<Fields>> = (1..=4).map(row).collect();
            (0..=4_usize, rows).prop_map(|(count, rows)| rows[..count].concat()).boxed()
        }
    }
}

/// Reads what was posted for one question on a page of its own.
fn read(question: &Question, fields: &Fields) -> Answer {
    let mut alone = question.clone();
    (alone.only_if, alone.unless) = (None, None);
    let page = Page { key: "page".into(), title: "Page".into(), facts: false, questions: vec![alone] };
    let mut fields = fields.clone();
    fields.push((format!("{}.from", question.key), String::new()));
    let read = form::read(&page, &fields).unwrap_or_else(|error| panic!("{error}: {fields:?}"));
    read.answers[0].answer.clone()
}

fn stored(kind: &Kind, answer: &Answer) -> Answer {
    let text = answer.to_json().to_string();
    let json: Value = serde_json::from_str(&text).expect("JSON");
    Answer::from_json(kind, &json).unwrap_or_else(|wrong| panic!("{wrong}: {text}"))
}

/// Every question of both questionnaires, and every field of their groups as a question.
fn questions() -> Vec<(&'static Questionnaire, Question)> {
    let mut found = Vec::new();
    for questionnaire in [guide(), every_kind()] {
        for question in questionnaire.questions() {
            found.push((questionnaire, question.clone()));
        }
    }
    found
}

/// Runs a property for every question in turn, so that none is missed by chance.
fn for_every_question(cases: u32, property: impl Fn(&Questionnaire, &Question, Fields) -> Result<(), TestCaseError>) {
    for (questionnaire, question) in questions() {
        let config = ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() };
        let mut runner = proptest::test_runner::TestRunner::new(config);
        let run = runner.run(&posted(&question, &question.key), |fields| property(questionnaire, &question, fields));
        run.unwrap_or_else(|error| panic!("{}: {error}", question.key));
    }
}

#[test]
fn what_a_browser_posts_it_posts_again() {
    for_every_question(48, |_, question, fields| {
        let answer = read(question, &fields);
        let again = form::write(question, &answer);
        prop_assert_eq!(&read(question, &again), &answer);
        prop_assert_eq!(form::write(question, &read(question, &again)), again);
        Ok(())
    });
}

#[test]
fn what_is_stored_is_what_was_posted_even_half_typed() {
    for_every_question(48, |_, question, fields| {
        let answer = read(question, &fields);
        prop_assert_eq!(&stored(&question.kind, &answer), &answer);
        prop_assert_eq!(stored(&question.kind, &answer).is_blank(), answer.is_blank());
        Ok(())
    });
}

#[test]
fn whatever_is_posted_is_checked_and_printed() {
    for_every_question(24, |questionnaire, question, fields| {
        let answer = read(question, &fields);
        let refused = check::refusals(question, Some(&answer), calendar());
        let mut answers = Answers::default();
        answers.set(question.key.clone(), answer.clone());
        for refusal in &refused {
            prop_assert!(refusal.field.starts_with(&question.key) && !refusal.sentence.is_empty(), "{refusal:?}");
        }
        if answer.is_blank() && !question.optional {
            prop_assert!(refused.iter().all(|refusal| refusal.missing) && refused.len() == 1);
        }
        questionnaire.check(&answers, calendar());
        for section in questionnaire.sections(&answers).iter().chain(&questionnaire.print(&answers).sections) {
            for line in section.lines.iter().filter(|line| line.question == question.key) {
                let lines = line.value.as_ref().map(almanac::questionnaire::Value::lines);
                prop_assert!(lines.as_ref().is_none_or(|lines| !lines.is_empty()), "{line:?}");
                prop_assert!(line.value.is_none() || !answer.is_blank(), "nothing is printed of nothing");
            }
        }
        Ok(())
    });
}

/// JSON of roughly the shape of answers to these questions: what an import or an interface may hand in.
fn json() -> BoxedStrategy<Value> {
    let words =
        ["small", "red", "other", "a", "c", "none", "x", "z", "sweet", "2007-02", "February", "12", "US", "1,200", " x ", ""];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (0..20_i64).prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        proptest::sample::select(words.to_vec()).prop_map(Value::from),
        typed().prop_map(Value::from),
    ];
    let names = [
        "name",
        "title",
        "month",
        "year",
        "street",
        "city",
        "state",
        "postal_code",
        "country",
        "options",
        "other",
        "chosen",
        "first",
        "second",
        "third",
        "about",
        "count",
        "since",
        "kinds",
        "grid",
        "address",
        "colour",
    ];
    leaf.prop_recursive(4, 24, 5, move |inner| {
        let object = proptest::collection::vec((proptest::sample::select(names.to_vec()), inner.clone()), 0..5);
        prop_oneof![
            proptest::collection::vec(inner, 0..5).prop_map(Value::from),
            object.prop_map(|entries| entries.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()),
        ]
    })
    .boxed()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_json_is_an_answer_stays_that_answer(json in json()) {
        for question in every_kind().questions() {
            let Ok(answer) = Answer::from_json(&question.kind, &json) else { continue };
            prop_assert!(answer.fits(&question.kind));
            prop_assert_eq!(&stored(&question.kind, &answer), &answer, "{}", question.key);
            // The form of any answer can be posted, and is the same form again.
            let fields = form::write(question, &answer);
            let read = read(question, &fields);
            prop_assert_eq!(form::write(question, &read), fields, "{}", question.key);
            check::refusals(question, Some(&answer), calendar());
            let mut answers = Answers::default();
            answers.set(question.key.clone(), answer);
            every_kind().print(&answers);
        }
    }

    #[test]
    fn whatever_looks_like_a_single_value_is_one_or_none(
        phone in "(tel:)?\\+{0,2}[0-9a-zA-Z().;=,# /~*\u{ff10}-\u{ff19}-]{0,60}(;ext=|;phone-context=|x)?[+0-9a-z.]{0,8}",
        address in "(https?|HTTP|ftp)?:?/{0,3}[a-z0-9.@:%\\[\\]\u{200b}-]{0,30}[/?#]?[ -~]{0,20}",
        email in "[!-~]{0,20}@[a-z0-9.\\[\\]-]{0,20}",
    ) {
        use almanac::questionnaire::value;
        value::is_phone(&phone);
        if let Ok(address) = value::web_address(&address) {
            prop_assert!(address.username().is_empty() && address.password().is_none());
            prop_assert!(matches!(address.scheme(), "http" | "https"));
        }
        if value::is_email(&email) {
            let link = value::mail_link(&email);
            prop_assert!(!link.contains(['?', '&', '"', '<', '>', ' ']), "{}", link);
        }
    }

    #[test]
    fn whatever_is_posted_is_read_or_malformed(fields in proptest::collection::vec((name(), typed()), 0..12)) {
        for page in &every_kind().pages {
            if let Err(malformed) = form::read(page, &fields) {
                prop_assert!(!malformed.to_string().is_empty());
            }
        }
    }
}

fn name() -> BoxedStrategy<String> {
    let questions: Vec<String> = every_kind().questions().map(|question| question.key.clone()).collect();
    let parts = ["", ".from", ".other", ".query", ".reason", ".month", ".first", ".1.name", ".2.kinds", "."];
    let known = (proptest::sample::select(questions), proptest::sample::select(parts.to_vec()));
    prop_oneof![known.prop_map(|(question, part)| format!("{question}{part}")), Just("act".to_owned()), typed()].boxed()
}

#[test]
fn what_says_the_same_is_the_same_answer() {
    use serde_json::json;
    let same = [
        ("kinds", json!(["b", "a"]), json!(["a", "b"])),
        ("kinds", json!({ "options": ["b", "a"], "other": " " }), json!(["a", "b"])),
        ("kinds", json!(null), json!([])),
        ("tastes", json!({ "other": "salt" }), json!({ "options": [], "other": " salt\r\n" })),
        ("size", json!({ "options": ["small"], "other": "" }), json!("small")),
        ("size", json!(""), json!(null)),
        ("size", json!({ "options": [""] }), json!(null)),
        ("kinds", json!(["", "a"]), json!(["a"])),
        ("colour", json!("other"), json!({ "options": [], "other": "", "chosen": true })),
        ("colour", json!({ "options": [], "other": "blue" }), json!({ "options": [], "other": "blue", "chosen": true })),
        ("grid", json!({ "second": "x", "first": "" }), json!({ "first": null, "second": "x" })),
        ("ticks", json!({ "second": ["y", "x"], "first": [] }), json!({ "second": ["x", "y"] })),
        ("since", json!("2007-2"), json!({ "month": "February", "year": "2007" })),
        ("since", json!("2007-02"), json!({ "month": "02", "year": " 2007 " })),
        ("month", json!("December"), json!(12)),
        ("month", json!("12"), json!(12)),
        ("count", json!("1,200"), json!(1200)),
        ("company", json!("A\r\nB\u{0}"), json!("A B")),
        ("about", json!("A\r\nB\u{0}"), json!("A\nB")),
        ("address", json!({ "street": "A" }), json!({ "street": ["", "A", ""], "state": null })),
        ("groups", json!([{ "count": "3" }]), json!([{ "name": "", "count": 3, "kinds": null }])),
    ];
    for (key, one, another) in same {
        let read = |json: &Value| super::answer(every_kind(), key, json);
        assert_eq!(read(&one), read(&another), "{key} {one} {another}");
    }
}

#[test]
fn the_json_of_an_answer_is_the_one_agreed_on() {
    use serde_json::json;
    let agreed = [
        ("company", json!("Digium, Inc.")),
        ("count", json!(4055)),
        ("count", json!("about 120")),
        ("month", json!(12)),
        ("since", json!("2007-02")),
        ("since", json!({ "month": "", "year": "2007" })),
        ("address", json!({ "street": ["A"], "city": "B", "state": "AL", "postal_code": "35806", "country": "US" })),
        ("person", json!({ "name": "A", "title": "B" })),
        ("size", json!("small")),
        ("colour", json!({ "options": [], "other": "blue" })),
        ("colour", json!({ "options": ["red"], "other": "blue" })),
        ("colour", json!({ "options": [], "other": "blue", "chosen": false })),
        ("kinds", json!(["a", "b"])),
        ("tastes", json!({ "options": ["sour"], "other": "salt" })),
        ("grid", json!({ "first": "x", "second": "y" })),
        ("ticks", json!({ "first": ["x", "y"] })),
        ("ticks_other", json!({ "first": { "options": [], "other": "w" }, "second": ["x"] })),
    ];
    for (key, json) in agreed {
        assert_eq!(super::answer(every_kind(), key, &json).to_json(), json, "{key}");
    }
}
