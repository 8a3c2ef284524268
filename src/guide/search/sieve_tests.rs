use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::guide::search::samples::{made_up, questionnaire, shelf};
use crate::questionnaire::answer::{AnyOf, OTHER, Typed};
use crate::questionnaire::{Answer, Answers};

/// Whether an entry ticked this option, in this row if one is given: told by its answers alone.
fn ticked(answers: &Answers, place: &str, option: Option<&str>, row: Option<&str>) -> bool {
    let (question, field) = place.split_once('.').map_or((place, None), |(question, field)| (question, Some(field)));
    let any = |any: &AnyOf| match option {
        Some(OTHER) => !any.other.is_empty(),
        Some(option) => any.options.iter().any(|known| known == option),
        None => !any.options.is_empty() || !any.other.is_empty(),
    };
    match (answers.get(question), field) {
        (Some(Answer::OneOf(one)), None) => one.option.as_deref() == option,
        (Some(Answer::AnyOf(options)), None) => any(options),
        (Some(Answer::GridAny(rows)), None) => {
            rows.iter().any(|(known, options)| row.is_none_or(|row| known == row) && any(options))
        }
        (Some(Answer::GridOne(rows)), None) => {
            rows.iter().any(|(known, chosen)| row.is_none_or(|row| known == row) && option.is_none_or(|option| chosen == option))
        }
        (Some(Answer::Groups(groups)), Some(field)) => {
            groups.iter().any(|group| matches!(group.get(field), Some(Answer::AnyOf(options)) if any(options)))
        }
        _ => false,
    }
}

/// Whether an entry fits what is ticked, told filter by filter.
fn fits(answers: &Answers, offer: &Offer, query: &Query) -> bool {
    let number = |place: &str| match answers.get(place) {
        Some(Answer::Number(Typed::Value(number))) => Some(*number),
        _ => None,
    };
    let within = |(filter, between): (&usize, &Between)| {
        number(offer.filters[*filter].place).is_some_and(|number| between.contains(number))
    };
    let ticks = offer.filters.iter().enumerate().filter(|(_, filter)| !filter.takes_numbers());
    query.numbers.iter().all(within)
        && ticks.into_iter().all(|(index, filter)| {
            let keys = |part: usize| {
                let keys: Vec<_> = query.ticked_in(index, part).map(|choice| filter.parts[part].key(choice)).collect();
                if keys.is_empty() { vec![None] } else { keys }
            };
            let (options, rows) = (keys(0), keys(1));
            let nothing = options == [None] && rows == [None];
            nothing || options.iter().any(|option| rows.iter().any(|row| ticked(answers, filter.place, *option, *row)))
        })
}

static ENTRIES: LazyLock<(Vec<Answers>, Shelf)> = LazyLock::new(|| {
    let entries = made_up(questionnaire(), 40);
    let shelf = shelf(questionnaire(), &entries);
    (entries, shelf)
});

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Counts are what a click leaves or adds, found by looking at every entry.
    #[test]
    fn counts_are_what_clicks_leave(ticks in prop::collection::vec((0..14_usize, 0..2_usize, 0..8_usize), 0..5), numbers in prop::option::of((0..2_usize, -1..2000_i64, 0..3000_i64))) {
        let questionnaire = questionnaire();
        let offer = Offer::of(questionnaire);
        let (entries, shelf) = &*ENTRIES;
        let mut query = Query::default();
        for (filter, part, choice) in ticks {
            if offer.part(filter, part).is_some_and(|part| choice < part.choices.len()) {
                query.ticked.insert(Tick { filter, part, choice });
            }
        }
        if let Some((which, least, wide)) = numbers {
            let (filter, _) = offer.numbers().nth(which).unwrap();
            query.numbers.insert(filter, Between { least, most: least + wide });
        }
        let left = |query: &Query| entries.iter().filter(|answers| fits(answers, &offer, query)).count() as u64;
        let now = left(&query);
        let sieve = Sieve::new(shelf, &offer, &query, None);
        prop_assert_eq!(sieve.found().len(), now);
        prop_assert_eq!(sieve.without_text(), now);
        for (filter, _) in offer.numbers() {
            prop_assert_eq!(sieve.without_numbers(filter), left(&query.without_numbers(filter)));
        }
        for (filter, part, offered) in offer.parts() {
            prop_assert_eq!(sieve.without_part(filter, part), left(&query.without_part(filter, part)));
            let counts = sieve.counts(filter, part);
            prop_assert_eq!(counts.len(), offered.choices.len());
            for (choice, count) in counts.into_iter().enumerate() {
                let tick = Tick { filter, part, choice };
                let alone = query.without_part(filter, part).toggled(tick);
                let expected = match (query.ticked.contains(&tick), query.ticked_in(filter, part).next().is_some()) {
                    (true, _) => Count::Has(left(&alone)),
                    (false, false) => Count::Leaves(left(&query.toggled(tick))),
                    (false, true) => Count::Adds(left(&query.toggled(tick)) - now),
                };
                prop_assert_eq!(count, expected, "{} {}", &offered.name, choice);
            }
        }
    }
}

#[test]
fn choices_widen_and_filters_narrow() {
    let questionnaire = questionnaire();
    let offer = Offer::of(questionnaire);
    let shelf = shelf(questionnaire, &made_up(questionnaire, 100));
    let found = |query: &str| {
        let (query, _) = Query::read(query, &offer);
        Sieve::new(&shelf, &offer, &query, None).found()
    };
    let (small, large) = (found("company_size=small"), found("company_size=large"));
    assert!(!small.is_empty() && !large.is_empty());
    assert_eq!(found("company_size=small&company_size=large"), &small | &large);
    assert_eq!(found("company_size=small&residual_revenue=yes"), small & found("residual_revenue=yes"));
    // Offered as hardware by some and as a service by others: both ticks have to meet in one row.
    let both = found("specialties=storage&specialties.row=hybrid");
    assert!(both.is_subset(&(found("specialties=storage") & found("specialties.row=hybrid"))));
    assert!(both.len() < (found("specialties=storage") & found("specialties.row=hybrid")).len());
}

#[test]
fn a_text_counts_as_a_filter() {
    let questionnaire = questionnaire();
    let offer = Offer::of(questionnaire);
    let shelf = shelf(questionnaire, &made_up(questionnaire, 30));
    let (query, _) = Query::read("q=x&company_size=small", &offer);
    let hits: RoaringBitmap = (0..10).collect();
    let sieve = Sieve::new(&shelf, &offer, &query, Some(&hits));
    let (filter, part, _) = offer.parts().find(|(_, _, part)| part.name == "company_size").unwrap();
    assert_eq!(sieve.without_part(filter, part), 10);
    assert!(sieve.found().len() < sieve.without_text());
    assert_eq!(sieve.overall(filter, part).iter().sum::<u64>(), 30);
}
