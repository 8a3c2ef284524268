//! Profiles side by side: which rows there are, in which order, and which of them differ.

use std::collections::BTreeSet;

use almanac::questionnaire::compare::Compared;
use almanac::questionnaire::{Comparison, Printed, Value, made_up};
use proptest::prelude::*;
use serde_json::json;

use super::{answers, calendar, guide, sample};

fn made(number: usize) -> Printed {
    guide().print(&made_up::entry(guide(), calendar(), number).answers)
}

fn compared(profiles: &[&Printed]) -> Comparison {
    guide().compare(profiles)
}

/// A row by its question, and the row of its grid.
fn name(row: &Compared) -> (String, Option<String>) {
    (row.anchor.clone(), row.row.clone())
}

fn row<'a>(rows: &'a [Compared], anchor: &str) -> &'a Compared {
    rows.iter().find(|row| row.anchor == anchor).unwrap_or_else(|| panic!("no row {anchor}"))
}

fn texts(row: &Compared) -> Vec<Option<String>> {
    row.answers.iter().map(|answer| answer.as_ref().map(|answer| answer.lines().join("; "))).collect()
}

fn printed(given: &[(&str, serde_json::Value)]) -> Printed {
    guide().print(&answers(guide(), given))
}

#[test]
fn a_question_and_a_row_of_a_grid_have_a_row_each() {
    let one = printed(&[
        ("company_size", json!("small")),
        ("specialties", json!({ "resell": ["storage", "servers"], "hybrid": ["storage"] })),
        ("training_cost", json!({ "basic": "free_for_all", "advanced": "same_fee" })),
    ]);
    let other = printed(&[
        ("company_size", json!("small")),
        ("specialties", json!({ "resell": ["storage"], "as_a_service": ["storage"] })),
        ("training_cost", json!({ "basic": "free_for_all", "advanced": "not_offered" })),
    ]);
    let comparison = compared(&[&one, &other]);
    let rows = |rows: &[Compared]| rows.iter().map(name).collect::<Vec<_>>();
    let cost = |row: &str| ("training_cost".to_owned(), Some(row.to_owned()));
    let part = |key: &str| (format!("specialties.{key}"), None);
    let differ = [part("resell"), part("as_a_service"), part("hybrid"), cost("Advanced Training")];
    assert_eq!(rows(&comparison.differ), differ, "a grid's rows stand in the definition's order, whoever answered them");
    assert_eq!(rows(&comparison.agree), [("company_size".to_owned(), None), cost("Basic Training")]);
    assert_eq!(texts(row(&comparison.differ, "specialties.as_a_service")), [None, Some("Storage".to_owned())]);
}

#[test]
fn questions_with_one_label_are_told_apart() {
    let chiefs = [("worldwide_chief_since", json!("2010-02")), ("na_chief_since", json!("2012-05"))];
    let comparison = compared(&[&printed(&chiefs), &printed(&chiefs)]);
    let labels = |comparison: &Comparison| comparison.agree.iter().map(|row| row.label.clone()).collect::<Vec<_>>();
    assert_eq!(labels(&comparison), ["Worldwide Channel Chief Since", "North American Channel Chief Since"]);
    let one = printed(&chiefs[..1]);
    assert_eq!(labels(&compared(&[&one, &one])), ["Worldwide Channel Chief Since"], "one alone does not say whose it is either");
}

#[test]
fn what_all_lists_share_is_marked() {
    let lists = [json!(["boot_camp", "virtual_labs"]), json!(["on_demand", "boot_camp"]), json!(["boot_camp", "blogs"])];
    let profiles: Vec<Printed> = lists.iter().map(|list| printed(&[("training_types", list.clone())])).collect();
    let comparison = compared(&profiles.iter().collect::<Vec<_>>());
    let row = row(&comparison.differ, "training_types");
    assert_eq!(row.shared, ["Boot camp"]);
    let marked: Vec<Vec<bool>> = row
        .answers
        .iter()
        .map(|answer| row.items(answer.as_ref().unwrap()).unwrap().iter().map(|item| item.shared).collect())
        .collect();
    assert_eq!(marked, [[true, false], [false, true], [true, false]]);

    // Where somebody did not answer, all share nothing.
    let nothing = printed(&[]);
    let comparison = compared(&[&profiles[0], &nothing]);
    assert_eq!(comparison.differ[0].shared, [] as [&str; 0]);
    assert_eq!(comparison.differ[0].items(&Value::Text("Yes".to_owned())), None, "a text is no list");
}

#[test]
fn what_is_compared_first_stands_first_in_each_part() {
    let (digium, made) = (guide().print(&sample("digium").answers), made(0));
    let comparison = compared(&[&digium, &made]);
    let order = |key: &str| {
        let first = guide().roles.compared_first.iter().position(|first| first == key).unwrap_or(usize::MAX);
        (first, guide().questions().position(|question| question.key == key).unwrap())
    };
    for part in [&comparison.differ, &comparison.agree] {
        assert!(part.is_sorted_by_key(|row| order(&row.question)), "{:?}", part.iter().map(name).collect::<Vec<_>>());
        assert!(!part.is_empty());
    }
    assert_eq!(comparison.differ[0].question, guide().roles.compared_first[0]);
}

#[test]
fn what_nobody_answered_has_no_row() {
    assert_eq!(compared(&[&printed(&[]), &printed(&[])]), Comparison::default());
    assert_eq!(compared(&[]), Comparison::default());
}

fn names(rows: &[Compared]) -> BTreeSet<(String, Option<String>)> {
    rows.iter().map(name).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_program_does_not_differ_from_itself(number in 0..1000_usize, times in 1..5_usize) {
        let profile = made(number);
        let comparison = compared(&vec![&profile; times]);
        prop_assert_eq!(&comparison.differ, &vec![]);
        let lines = profile.sections.iter().flat_map(|section| &section.lines);
        let rows: usize = lines.map(|line| if let Some(Value::Pairs(pairs)) = &line.value { pairs.len() } else { 1 }).sum();
        prop_assert_eq!(comparison.agree.len(), rows);
    }

    #[test]
    fn the_order_of_programs_changes_the_order_of_answers_alone(one in 0..1000_usize, two in 0..1000_usize, three in 0..1000_usize) {
        let (one, two, three) = (made(one), made(two), made(three));
        let (before, after) = (compared(&[&one, &two, &three]), compared(&[&three, &one, &two]));
        prop_assert_eq!(names(&before.agree), names(&after.agree));
        prop_assert_eq!(before.differ.iter().map(name).collect::<Vec<_>>(), after.differ.iter().map(name).collect::<Vec<_>>());
        for (before, after) in before.differ.iter().zip(&after.differ) {
            let mut turned = before.answers.clone();
            turned.rotate_right(1);
            prop_assert_eq!(&turned, &after.answers);
            prop_assert_eq!(before.shared.iter().collect::<BTreeSet<_>>(), after.shared.iter().collect::<BTreeSet<_>>());
        }
    }
}
