use super::*;
use crate::guide::search::Sieve;
use crate::guide::search::samples::{made_up, questionnaire, shelf};
use crate::questionnaire::{Answer, Answers};

/// All pages of a list, one after the other, by company and the value of a column.
fn listed(query: &str, column: usize) -> (Vec<String>, Vec<String>) {
    let questionnaire = questionnaire();
    let offer = Offer::of(questionnaire);
    let mut entries = made_up(questionnaire, 120);
    // One that answered nothing but its name.
    let mut unanswered = Answers::default();
    unanswered.set("company_name", Answer::Text("Zzyzx".to_owned()));
    entries.push(unanswered);
    let shelf = shelf(questionnaire, &entries);
    let (query, _) = Query::read(query, &offer);
    let found = Sieve::new(&shelf, &offer, &query, None).found();
    let places = (0..pages(found.len())).flat_map(|number| page(&shelf, &offer, &found, None, &query.on_page(number)));
    let listed = places.map(|place| shelf.at(place).unwrap());
    listed.map(|listed| (listed.company.clone(), listed.columns[column].clone())).unzip()
}

#[test]
fn numbers_are_sorted_as_numbers_with_the_unanswered_last() {
    for (query, reversed) in [("sort=na_partners", false), ("sort=-na_partners", true)] {
        let (companies, values) = listed(query, 1);
        assert_eq!((values.len(), companies.last().unwrap().as_str()), (121, "Zzyzx"));
        let numbers: Vec<i64> = values[..120].iter().map(|value| value.parse().unwrap()).collect();
        assert!(if reversed { numbers.is_sorted_by(|one, next| one >= next) } else { numbers.is_sorted() }, "{numbers:?}");
    }
}

#[test]
fn options_are_sorted_as_they_are_offered() {
    for (query, sizes) in [
        ("sort=company_size", ["Small", "Medium", "Large", "Enterprise", ""]),
        ("sort=-company_size", ["Enterprise", "Large", "Medium", "Small", ""]),
    ] {
        let (companies, mut values) = listed(query, 2);
        let large = companies.iter().zip(&values).filter(|(_, value)| *value == "Large");
        assert!(large.is_sorted_by_key(|(company, _)| folded(company)), "alike, they stand A to Z");
        values.dedup();
        assert_eq!(values, sizes);
    }
}

#[test]
fn companies_stand_a_to_z_or_the_other_way_round() {
    let (companies, _) = listed("", 0);
    assert!(companies.is_sorted_by_key(|company| folded(company)));
    let (mut reversed, _) = listed("sort=-company_name", 0);
    reversed.reverse();
    assert_eq!(companies, reversed);
}

#[test]
fn a_page_after_the_last_is_the_last() {
    let questionnaire = questionnaire();
    let offer = Offer::of(questionnaire);
    let shelf = shelf(questionnaire, &made_up(questionnaire, 60));
    let found = (0..60).collect();
    let on = |number| page(&shelf, &offer, &found, None, &Query::default().on_page(number));
    assert_eq!(on(0), (0..50).collect::<Vec<_>>());
    assert_eq!(on(1), (50..60).collect::<Vec<_>>());
    assert_eq!(on(usize::MAX), on(1));
    assert!(page(&shelf, &offer, &RoaringBitmap::new(), None, &Query::default()).is_empty());
}
