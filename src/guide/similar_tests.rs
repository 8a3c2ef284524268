use jiff::Timestamp;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::*;
use crate::db::ids::{CompanyId, EditionId, EntryId, ProfileId};
use crate::db::profiles::Heading;
use crate::guide::{Published, Vocabulary};
use crate::questionnaire::{Answers, Questionnaire, load};

const DEFINITION: &str = r#"
[roles]
company = "company"
program = "program"
contact = "contact"

[[page]]
key = "all"
title = "All"

[[page.question]]
key = "company"
label = "Company"
kind = "line"

[[page.question]]
key = "program"
label = "Program"
kind = "line"

[[page.question]]
key = "contact"
label = "Contact"
kind = "email"

[[page.question]]
key = "sold"
label = "Sold"
kind = "any_of"
other = true
options = [
  { key = "cloud", label = "Cloud" },
  { key = "phones", label = "Phones" },
  { key = "cables", label = "Cables" },
  { key = "screens", label = "Screens" },
]

[[page.question]]
key = "cost"
label = "Cost"
kind = "grid_one"
rows = [{ key = "basic", label = "Basic" }, { key = "high", label = "High" }]
options = [{ key = "free", label = "Free" }, { key = "paid", label = "Paid" }]
"#;

fn questionnaire() -> Questionnaire {
    load::parse("test.toml", DEFINITION).unwrap()
}

/// An edition with these programs: name, and what is sold.
fn shelf(programs: &[(&str, Value)]) -> Shelf {
    let questionnaire = questionnaire();
    let vocabulary = Arc::new(Vocabulary::of(&questionnaire));
    let listed = programs.iter().map(|(name, answers)| Arc::new(listed(name, answers, &questionnaire, &vocabulary)));
    Shelf::new(listed.collect(), Arc::clone(&vocabulary))
}

fn listed(name: &str, answers: &Value, questionnaire: &Questionnaire, vocabulary: &Vocabulary) -> Listed {
    let id = Uuid::nil();
    let heading = Heading {
        id: ProfileId::new(id),
        entry_id: EntryId::new(id),
        company_id: CompanyId::new(id),
        edition_id: EditionId::new(id),
        version: 1,
        slug: name.to_lowercase(),
        published_from: Timestamp::UNIX_EPOCH.into(),
    };
    let mut answers: Map<String, Value> = answers.as_object().unwrap().clone();
    answers.insert("company".to_owned(), json!(name));
    let printed = questionnaire.print(&Answers::frozen(questionnaire, &answers));
    let published = Published { printed, listed: Vec::new(), answers, confirmed_at: Timestamp::UNIX_EPOCH };
    let document = serde_json::to_string(&published).unwrap();
    Listed::new(&heading, &document, &Arc::default(), questionnaire, vocabulary).unwrap()
}

fn names<'a>(similar: &'a [Similar]) -> Vec<&'a str> {
    similar.iter().map(|similar| similar.listed.company.as_str()).collect()
}

#[test]
fn a_rare_answer_in_common_says_more_than_a_common_one() {
    let shelf = shelf(&[
        ("Alder", json!({ "sold": ["cloud", "cables"] })),
        ("Birch", json!({ "sold": ["cloud"] })),
        ("Cedar", json!({ "sold": ["cables"] })),
        ("Daphne", json!({ "sold": ["cloud"] })),
        ("Elm", json!({ "sold": ["phones"] })),
    ]);
    let similar = shelf.similar(0, 5);
    // Those equally alike stand A to Z; who has nothing in common is not there.
    assert_eq!(names(&similar), ["Cedar", "Birch", "Daphne"]);
    assert_eq!(similar[0].shared, [("sold", "cables")]);
    assert_eq!(names(&shelf.similar(0, 2)), ["Cedar", "Birch"]);
    assert_eq!(names(&shelf.similar(4, 5)), [""; 0]);
    assert_eq!(names(&shelf.similar(99, 5)), [""; 0]);
}

#[test]
fn who_ticks_everything_is_not_like_everybody() {
    let shelf = shelf(&[
        ("Alder", json!({ "sold": ["phones", "screens"] })),
        ("Birch", json!({ "sold": ["cloud", "phones", "cables", "screens"] })),
        ("Cedar", json!({ "sold": ["phones", "screens"] })),
        ("Daphne", json!({ "sold": ["cloud", "cables"] })),
    ]);
    assert_eq!(names(&shelf.similar(0, 3)), ["Cedar", "Birch"]);
}

#[test]
fn a_grid_counts_once_by_its_rows_and_what_was_typed_not_at_all() {
    let shelf = shelf(&[
        ("Alder", json!({ "cost": { "basic": "free", "high": "paid" }, "sold": { "options": [], "other": "Boats" } })),
        ("Birch", json!({ "cost": { "basic": "paid", "high": "free" } })),
        ("Cedar", json!({ "cost": { "basic": "free", "high": "free" }, "sold": { "options": [], "other": "Kites" } })),
    ]);
    let similar = shelf.similar(0, 5);
    assert_eq!(names(&similar), ["Cedar"]);
    assert_eq!(similar[0].shared, [("cost.basic", "free")]);
}

#[test]
fn the_same_program_is_found_in_another_edition() {
    let renamed = |program: &str| json!({ "program": program });
    let one = shelf(&[("Alder", renamed("Summit"))]);
    let (listed, no_company) = (Arc::clone(one.at(0).unwrap()), shelf(&[]));
    let found = |here: &Shelf, there: &Shelf| here.same_program(&listed, there).map(|listed| listed.program.clone());
    assert_eq!(found(&one, &shelf(&[("Alder", renamed("Ridge"))])).as_deref(), Some("Ridge"));
    assert_eq!(found(&one, &shelf(&[("Alder", renamed("Ridge")), ("Alder", renamed("SUMMIT"))])).as_deref(), Some("SUMMIT"));
    assert_eq!(found(&one, &shelf(&[("Alder", renamed("Ridge")), ("Alder", renamed("Crest"))])), None);
    let two = shelf(&[("Alder", renamed("Summit")), ("Alder", renamed("Crest"))]);
    assert_eq!(found(&two, &shelf(&[("Alder", renamed("Ridge"))])), None);
    assert_eq!(found(&one, &no_company), None);
}
