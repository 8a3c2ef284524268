//! Adding, removing and moving the rows of a group.

use almanac::questionnaire::definition::Groups;
use almanac::questionnaire::form::{RowChange, blank_row, change_rows};
use almanac::questionnaire::{Answer, Kind};
use proptest::prelude::*;

use super::{guide, question};

fn groups() -> &'static Groups {
    match &question(guide(), "tiers").kind {
        Kind::Groups(groups) => groups,
        other => panic!("{other:?}"),
    }
}

/// Rows that are told apart by their names.
fn rows(names: &[String]) -> Answer {
    let row = |name: &String| {
        let mut row = blank_row(groups());
        row.insert("name".into(), Answer::Text(name.clone()));
        row
    };
    Answer::Groups(names.iter().map(row).collect())
}

fn names(answer: &Answer) -> Vec<String> {
    let Answer::Groups(rows) = answer else { panic!("{answer:?}") };
    let name = |answer: Option<&Answer>| match answer {
        Some(Answer::Text(name)) => name.clone(),
        other => panic!("{other:?}"),
    };
    rows.iter().map(|row| name(row.get("name"))).collect()
}

fn change() -> impl Strategy<Value = RowChange> {
    let row = || prop_oneof![0..14_usize, Just(usize::MAX)];
    prop_oneof![
        Just(RowChange::Add),
        row().prop_map(RowChange::Remove),
        row().prop_map(RowChange::Up),
        row().prop_map(RowChange::Down),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_row_is_lost_or_doubled(count in 0..13_usize, changes in proptest::collection::vec(change(), 0..20)) {
        let mut answer = rows(&(1..=count).map(|number| format!("Row {number}")).collect::<Vec<_>>());
        for change in changes {
            let mut expected = names(&answer);
            change_rows(groups(), &mut answer, change);
            match change {
                RowChange::Add if expected.len() < groups().most => expected.push(String::new()),
                RowChange::Remove(row) if row >= 1 && row <= expected.len() => {
                    expected.remove(row - 1);
                }
                RowChange::Up(row) if row >= 2 && row <= expected.len() => expected.swap(row - 1, row - 2),
                RowChange::Down(row) if row >= 1 && row < expected.len() => expected.swap(row - 1, row),
                _ => {}
            }
            prop_assert_eq!(names(&answer), expected);
        }
    }
}

#[test]
fn rows_are_added_up_to_the_most() {
    let mut answer = rows(&[]);
    for _ in 0..12 {
        change_rows(groups(), &mut answer, RowChange::Add);
    }
    assert_eq!(names(&answer).len(), 10);
    assert!(answer.is_blank());
}

#[test]
fn up_and_down_undo_each_other() {
    let all = ["A", "B", "C"].map(str::to_owned);
    let mut answer = rows(&all);
    change_rows(groups(), &mut answer, RowChange::Down(1));
    assert_eq!(names(&answer), ["B", "A", "C"]);
    change_rows(groups(), &mut answer, RowChange::Up(2));
    assert_eq!(names(&answer), all);
}

#[test]
fn what_is_no_list_of_groups_stays_as_it_is() {
    let mut text = Answer::Text("A".into());
    change_rows(groups(), &mut text, RowChange::Add);
    assert_eq!(text, Answer::Text("A".into()));
}

#[test]
fn the_same_as_another_question_copies_what_is_answered() {
    let answers = super::sample("digium").answers;
    assert_eq!(guide().same_answer("na_chief", &answers).as_ref(), answers.get("worldwide_chief"));
    assert_eq!(guide().same_answer("ceo", &answers), None);
    assert_eq!(guide().same_answer("na_chief", &almanac::questionnaire::Answers::default()), None);
}
