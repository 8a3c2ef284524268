use jiff::civil::date;

use super::*;
use crate::questionnaire::{entry_file, load};

fn questionnaire() -> Questionnaire {
    load::parse("questionnaire.toml", include_str!("../../../guides/2017/questionnaire.toml")).unwrap()
}

const CALENDAR: Calendar = Calendar { edition_year: 2017, today: date(2017, 2, 3) };
const YEAR_BEFORE: Calendar = Calendar { edition_year: 2016, today: date(2016, 2, 3) };

#[test]
fn made_up_entries_are_complete_and_raise_no_query() {
    let questionnaire = questionnaire();
    for (number, calendar) in (0..300).flat_map(|number| [(number, CALENDAR), (number, YEAR_BEFORE)]) {
        let made = entry(&questionnaire, calendar, number);
        assert_eq!(entry_file::refusals(&questionnaire, &made, calendar), [], "{number}");
        let queries = questionnaire.check(&made.answers, calendar).into_iter().flat_map(|page| page.queries);
        assert_eq!(queries.collect::<Vec<_>>(), [], "{number}");
    }
}

#[test]
fn a_number_makes_the_same_entry_on_any_day() {
    let questionnaire = questionnaire();
    let later = Calendar { today: date(2026, 11, 23), ..CALENDAR };
    assert_eq!(entry(&questionnaire, CALENDAR, 17), entry(&questionnaire, later, 17));
    assert_ne!(entry(&questionnaire, CALENDAR, 17).answers, entry(&questionnaire, CALENDAR, 18).answers);
}

#[test]
fn the_same_company_is_in_every_edition_and_a_few_of_its_answers_have_changed() {
    let questionnaire = questionnaire();
    let (mut changed, mut answers) = (0, 0);
    for number in 0..100 {
        let (before, now) = (entry(&questionnaire, YEAR_BEFORE, number), entry(&questionnaire, CALENDAR, number));
        assert_eq!(before.members, now.members);
        for question in questionnaire.questions() {
            let same = before.answers.get(&question.key) == now.answers.get(&question.key);
            assert!(same || !lasts(&question.kind), "{number}: {}", question.key);
            answers += 1;
            changed += usize::from(!same);
        }
    }
    assert!((answers / 20..answers / 5).contains(&changed), "{changed} of {answers}");
}
