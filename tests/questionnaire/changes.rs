//! What changed between two editions.

use almanac::questionnaire::{Change, Difference, Questionnaire, Way};
use serde_json::{Value, json};

use super::{answers, every_kind, guide, parse, sample};

/// The changes between two entries to a questionnaire with every kind of question.
fn changes(before: &[(&str, Value)], after: &[(&str, Value)]) -> Vec<Change> {
    let questionnaire = every_kind();
    questionnaire.changes(&answers(questionnaire, after), questionnaire, &answers(questionnaire, before))
}

/// The one change that there is.
fn change(key: &str, before: Value, after: Value) -> Change {
    let mut changes = changes(&[(key, before)], &[(key, after)]);
    assert_eq!(changes.len(), 1, "{changes:?}");
    changes.remove(0)
}

/// Part, what went and what came of every difference.
fn told(change: &Change) -> Vec<[&str; 3]> {
    let told = |difference: &'_ Difference| -> [String; 3] {
        [difference.part.clone(), difference.gone.clone(), difference.came.clone()]
    };
    assert!(change.differences.iter().all(|difference| told(difference)[1..] != ["", ""]));
    change.differences.iter().map(|difference| [&*difference.part, &*difference.gone, &*difference.came]).collect()
}

#[test]
fn nothing_changed_is_no_change() {
    let digium = sample("digium").answers;
    assert_eq!(guide().changes(&digium, guide(), &digium), []);
}

#[test]
fn a_single_value_is_told_as_one_that_became_another() {
    let change = change("count", json!(12), json!(13));
    assert_eq!((change.anchor.as_str(), change.label.as_str(), change.way), ("count", "How many are there?", Way::Changed));
    assert_eq!(told(&change), [["", "12", "13"]]);
}

/// Out of their sections, two questions with one label say the same.
#[test]
fn questions_with_one_label_are_told_apart() {
    let chiefs = |since: [&str; 2]| {
        let [worldwide, north_american] = since.map(Value::from);
        answers(guide(), &[("worldwide_chief_since", worldwide), ("na_chief_since", north_american)])
    };
    let labels = |after| {
        let changes = guide().changes(&chiefs(after), guide(), &chiefs(["2010-02", "2012-05"]));
        changes.into_iter().map(|change| change.label).collect::<Vec<_>>()
    };
    let both = ["Worldwide Channel Chief Since", "North American Channel Chief Since"];
    assert_eq!(labels(["2016-01", "2016-03"]), both);
    assert_eq!(labels(["2010-02", "2016-03"]), both[1..], "one alone does not say whose it is either");
}

#[test]
fn answers_come_and_go() {
    let come = &changes(&[], &[("about", json!("First\nSecond"))])[0];
    assert_eq!((come.way, told(come)), (Way::NewlyAnswered, vec![["", "", "First"], ["", "", "Second"]]));
    let gone = &changes(&[("about", json!("First\nSecond"))], &[])[0];
    assert_eq!((gone.way, told(gone)), (Way::NoLongerAnswered, vec![["", "First", ""], ["", "Second", ""]]));
}

const TWO_EDITIONS: [&str; 2] = [EARLIER, LATER];

const EARLIER: &str = r#"
[roles]
company = "company"
program = "program"
contact = "contact"

[[page]]
key = "all"
title = "All"
question = [
  { key = "company", label = "Company", kind = "line" },
  { key = "program", label = "Program", kind = "line" },
  { key = "contact", label = "Contact", kind = "email" },
  { key = "dropped", label = "Dropped", kind = "line" },
  { key = "sold", label = "What do you sell?", kind = "any_of", other = true, options = [
    { key = "cloud", label = "Hosting" }, { key = "phones", label = "Phones" }, { key = "faxes", label = "Faxes" },
  ] },
  { key = "regions", label = "Regions", kind = "grid_any", rows = [
    { key = "north", label = "North" }, { key = "south", label = "South" },
  ], options = [{ key = "sale", label = "Sale" }, { key = "rent", label = "Rent" }] },
  { key = "cost", label = "Cost", kind = "grid_one", rows = [
    { key = "basic", label = "Basic" }, { key = "high", label = "High" },
  ], options = [{ key = "free", label = "Free" }, { key = "paid", label = "Paid" }] },
  { key = "tiers", label = "Tiers", kind = "groups", fewest = 1, most = 9, item = "tier", first = "Top", next = "Tier {n}",
    headed_by = "kind", field = [
    { key = "kind", label = "Kind", kind = "one_of", options = [{ key = "var", label = "VAR" }, { key = "msp", label = "MSP" }] },
    { key = "count", label = "Partners", kind = "whole_number" },
  ] },
]
"#;

const LATER: &str = r#"
[roles]
company = "company"
program = "program"
contact = "contact"

[[page]]
key = "all"
title = "All"
question = [
  { key = "program", label = "Name of the program", kind = "line" },
  { key = "company", label = "Company", kind = "line" },
  { key = "contact", label = "Contact", kind = "email" },
  { key = "added", label = "Added", kind = "line" },
  { key = "sold", label = "What is sold?", kind = "any_of", other = true, options = [
    { key = "phones", label = "Phones" }, { key = "cloud", label = "Cloud Hosting" }, { key = "screens", label = "Screens" },
  ] },
  { key = "regions", label = "Areas", kind = "grid_any", rows = [
    { key = "south", label = "South" }, { key = "west", label = "West" },
  ], options = [{ key = "sale", label = "Sale" }, { key = "rent", label = "Rent" }] },
  { key = "cost", label = "Cost", kind = "grid_one", rows = [
    { key = "basic", label = "Basic Training" }, { key = "high", label = "High" },
  ], options = [{ key = "free", label = "Free of charge" }, { key = "paid", label = "Paid" }] },
  { key = "tiers", label = "Tiers", kind = "groups", fewest = 1, most = 9, item = "tier", first = "Top Tier", next = "Tier {n}",
    headed_by = "kind", field = [
    { key = "kind", label = "Kind", kind = "one_of", options = [{ key = "var", label = "Reseller" }, { key = "msp", label = "MSP" }] },
    { key = "count", label = "Partners", kind = "whole_number" },
  ] },
]
"#;

/// The changes between an entry to the earlier and one to the later edition.
fn between(before: &[(&str, Value)], after: &[(&str, Value)]) -> Vec<Change> {
    let [earlier, later]: [Questionnaire; 2] = TWO_EDITIONS.map(parse);
    later.changes(&answers(&later, after), &earlier, &answers(&earlier, before))
}

#[test]
fn what_was_only_reworded_or_moved_is_no_change() {
    let before = [
        ("sold", json!(["cloud", "phones"])),
        ("regions", json!({ "south": ["sale"] })),
        ("cost", json!({ "basic": "free", "high": "paid" })),
        ("tiers", json!([{ "kind": "var", "count": 3 }])),
    ];
    assert_eq!(between(&before, &before), []);
}

#[test]
fn of_long_lists_only_what_came_and_went_is_told() {
    let before = [("sold", json!({ "options": ["cloud", "phones", "faxes"], "other": "Boats" }))];
    let after = [("sold", json!({ "options": ["cloud", "phones", "screens"], "other": "Kites" }))];
    let changes = between(&before, &after);
    assert_eq!(changes[0].label, "What is sold?");
    assert_eq!(told(&changes[0]), [["", "Faxes", ""], ["", "Boats", ""], ["", "", "Screens"], ["", "", "Kites"]]);
}

#[test]
fn rows_and_fields_are_told_by_their_names() {
    let before = [("cost", json!({ "basic": "free", "high": "paid" })), ("tiers", json!([{ "kind": "var", "count": 3 }]))];
    let tiers = json!([{ "kind": "var", "count": 4 }, { "kind": "msp", "count": 9 }]);
    let changes = between(&before, &[("cost", json!({ "basic": "paid", "high": "paid" })), ("tiers", tiers)]);
    assert_eq!(told(&changes[0]), [["Basic Training", "Free of charge", "Paid"]]);
    assert_eq!(told(&changes[1]), [["Top Tier, Partners", "3", "4"], ["Tier 2", "", "MSP"], ["Tier 2, Partners", "", "9"]]);
}

#[test]
fn only_what_both_editions_ask_is_compared() {
    let before = [("dropped", json!("a")), ("regions", json!({ "north": ["sale"], "south": ["sale"] }))];
    let after = [("added", json!("b")), ("regions", json!({ "south": ["sale"], "west": ["rent"] }))];
    assert_eq!(between(&before, &after), []);
    let gone = between(&before, &[]);
    let told: Vec<_> = gone.iter().map(|change| (change.anchor.as_str(), change.label.as_str(), change.way)).collect();
    assert_eq!(told, [("regions.south", "Areas South", Way::NoLongerAnswered)]);
}

#[test]
fn a_program_that_is_called_otherwise_has_changed() {
    let changes = between(&[("program", json!("Ridge"))], &[("program", json!("Summit"))]);
    assert_eq!((changes[0].label.as_str(), told(&changes[0])), ("Name of the program", vec![["", "Ridge", "Summit"]]));
}
