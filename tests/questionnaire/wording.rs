//! How refusals read: every one that the guide's questions can raise is a sentence.

use almanac::questionnaire::check;
use almanac::questionnaire::sentence::capitalized;
use almanac::questionnaire::{Answer, Kind, Question};
use serde_json::{Value, json};

use super::{calendar, guide};

/// Answers of which something is wrong, for a question of this kind.
fn wrong(kind: &Kind) -> Vec<Value> {
    let long = "x".repeat(3000);
    let nowhere = json!({ "street": [long, long, long], "city": long, "state": long, "postal_code": long, "country": "DE" });
    match kind {
        Kind::Line { .. } | Kind::Paragraph { .. } | Kind::Email | Kind::Phone => vec![json!(long)],
        Kind::WebAddress => vec![json!("x"), json!("http://a:b@example.com"), json!(format!("http://example.com/{long}"))],
        Kind::WholeNumber { .. } | Kind::Year { .. } => {
            vec![json!("x"), json!(-1), json!(3_000_000_000_000_000_i64), json!(2999)]
        }
        Kind::Month => vec![json!(13)],
        Kind::MonthYear { .. } => {
            vec![json!("2999-01"), json!({ "month": "x", "year": "" }), json!({ "month": "", "year": "x" })]
        }
        Kind::Address => vec![
            json!({ "city": "x" }),
            json!({ "country": "US" }),
            json!({ "country": "CA" }),
            json!({ "state": "x", "postal_code": "x", "country": "US" }),
            json!({ "state": "x", "postal_code": "x", "country": "CA" }),
            json!({ "state": "x", "country": "XX" }),
            nowhere,
        ],
        Kind::Person => vec![json!({ "name": "x" }), json!({ "title": "x" }), json!({ "name": long, "title": long })],
        Kind::OneOf { .. } => vec![json!("x"), json!({ "options": [], "other": long })],
        Kind::AnyOf { options, .. } => {
            let all: Vec<_> = options.iter().map(|option| option.key.clone()).collect();
            vec![json!(["x"]), json!(all), json!({ "options": [], "other": long })]
        }
        Kind::GridOne { rows, options } => vec![json!({ &rows[0].key: &options[0].key }), json!({ &rows[0].key: "x", "x": "x" })],
        Kind::GridAny { rows, .. } => vec![json!({ &rows[0].key: ["x"], "x": ["x"] })],
        Kind::Groups(groups) => {
            let row =
                |field: &Question| wrong(&field.kind).into_iter().map(|value| json!({ &field.key: value })).collect::<Vec<_>>();
            let rows: Vec<_> = groups.fields.iter().flat_map(row).collect();
            let many: Vec<_> = (0..=groups.most).map(|_| json!({})).collect();
            rows.into_iter().map(|row| json!([row])).chain([json!(many)]).collect()
        }
    }
}

/// Every sentence with which an answer of this question is refused.
fn refusals(question: &Question) -> Vec<String> {
    let read = |value| Answer::from_json(&question.kind, &value).expect("the kind's shape");
    let answers = wrong(&question.kind).into_iter().map(read).map(Some).chain([None]);
    let refused = answers.flat_map(|answer| check::refusals(question, answer.as_ref(), calendar()));
    refused.map(|refusal| refusal.sentence).collect()
}

/// They can be read aloud with `cargo test every_refusal -- --nocapture`.
#[test]
fn every_refusal_of_the_guide_is_a_sentence() {
    for question in guide().questions() {
        let sentences = refusals(question);
        assert!(question.optional || !sentences.is_empty(), "{}", question.key);
        for told in sentences {
            println!("{}: {told}", question.key);
            let sentence =
                told.rsplit_once("ier: ").or(told.split_once("ier 2: ")).map_or(told.clone(), |(_, rest)| capitalized(rest));
            let begins = ["Enter ", "Select ", "The ", "There must be ", "Line ", "What is typed ", "“"];
            assert!(begins.iter().any(|begin| sentence.starts_with(begin)), "{told}");
            // What stands in quotes are words of the questionnaire.
            let own: Vec<&str> = sentence.split(['“', '”']).step_by(2).collect();
            let lower = own.join("“”").to_lowercase();
            for never in ["please", "sorry", "invalid", "required", "the the ", "  ", "the answer to the "] {
                assert!(!lower.contains(never), "{told}");
            }
            assert!(!sentence.ends_with('.'), "{told}");
        }
    }
}
