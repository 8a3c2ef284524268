//! Editions: what a start takes from their files, and what is frozen; one company in several of them.

use almanac::app::{self, World};
use almanac::domain::Random;
use almanac::error::AppError;
use almanac::workflow::prepare_editions::Definition;

use crate::support::application::editions;
use crate::support::house::TestHouse;

/// Once an entry answers it, a questionnaire asks what it asked; what readers are shown of the answers may change.
#[tokio::test]
async fn roles_change_at_the_next_start_and_questions_do_not() {
    for test in TestHouse::each().await {
        test.house.make_up(1).await.unwrap();
        let before = test.house.editions.newest().unwrap();
        let mut changed = editions();
        changed[0].questionnaire.roles.figures.truncate(2);
        let after = start(&test, changed.clone()).await.editions.newest().unwrap();
        assert_eq!(after.questionnaire.roles.figures, before.questionnaire.roles.figures[..2]);
        assert_eq!(after.questionnaire.pages, before.questionnaire.pages);

        changed[0].questionnaire.pages[0].questions[0].label = "Another label".to_owned();
        let later = start(&test, changed).await.editions.newest().unwrap();
        assert_eq!(later.questionnaire, after.questionnaire);
    }
}

/// Before the first entry the file is followed in everything.
#[tokio::test]
async fn questions_change_while_nobody_answers_them() {
    for test in TestHouse::each().await {
        let mut changed = editions();
        changed[0].questionnaire.pages[0].questions[0].label = "Another label".to_owned();
        let after = start(&test, changed.clone()).await.editions.newest().unwrap();
        assert_eq!(after.questionnaire, changed[0].questionnaire);
    }
}

/// A made-up company is one company, whatever edition it is in, and making it up again makes nothing.
#[tokio::test]
async fn a_company_is_the_same_one_in_every_edition() {
    for test in TestHouse::each().await {
        let house = start(&test, with_year_before()).await;
        for _ in 0..2 {
            for edition in house.editions.all().iter() {
                house.make_up_in(edition, 3).await.unwrap();
            }
        }
        let catalogue = house.guide.catalogue();
        let shelves: Vec<_> =
            house.editions.all().iter().map(|edition| catalogue.shelf(edition.id).unwrap().listed().to_vec()).collect();
        let [before, now] = shelves.as_slice() else { panic!("two editions, not {}", shelves.len()) };
        assert_eq!((before.len(), now.len()), (3, 3));
        for (before, now) in before.iter().zip(now) {
            assert_eq!((before.company_id, &before.slug), (now.company_id, &now.slug));
            assert_ne!(before.entry, now.entry);
            assert!(before.published_from < now.published_from, "what is made up of 2016 was published in its time");
        }
        let companies: Result<_, AppError> = house.db.read(|connection| Ok(almanac::db::companies::all(connection)?)).await;
        assert_eq!(companies.unwrap().len(), 3);
    }
}

/// The house, opened anew with these definitions.
async fn start(test: &TestHouse, definitions: Vec<Definition>) -> almanac::workflow::House {
    let world = World { clock: test.clock.clock(), random: Random::system() };
    app::open(&test.config, world, "http://127.0.0.1:1", Some(definitions)).await.unwrap()
}

/// The edition of 2017, and one of a year before it.
pub fn with_year_before() -> Vec<Definition> {
    let mut definitions = editions();
    let mut before = definitions[0].clone();
    before.edition.year -= 1;
    before.schedule.publishes_at -= jiff::SignedDuration::from_hours(24 * 365);
    definitions.push(before);
    definitions
}
