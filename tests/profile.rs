//! What stands round a profile's answers, over HTTP.

use almanac::questionnaire::Questionnaire;
use almanac::questionnaire::definition::Kind;
use almanac::workflow::prepare_editions::Definition;

use crate::support::application::{Application, Engine, editions};
use crate::support::client::Client;

/// The edition of 2017, and one of a year before it that asked one question less and one option in other words.
fn two_editions() -> Vec<Definition> {
    let mut definitions = editions();
    let mut before = definitions[0].clone();
    before.edition.year = 2016;
    before.schedule.publishes_at -= jiff::SignedDuration::from_hours(24 * 365);
    reword(&mut before.questionnaire);
    definitions.push(before);
    definitions
}

fn reword(questionnaire: &mut Questionnaire) {
    for page in &mut questionnaire.pages {
        page.questions.retain(|question| question.key != "hq_phone");
        for question in &mut page.questions {
            if let Kind::AnyOf { options, .. } = &mut question.kind {
                options
                    .iter_mut()
                    .filter(|option| option.key == "on_demand")
                    .for_each(|option| option.label = "Videos".to_owned());
            }
        }
    }
}

/// Brings in Digium's entry of 2017, and the one of 2016 with other answers.
async fn import_both(application: &Application) {
    let now = std::fs::read_to_string("guides/2017/entries/digium.toml").unwrap();
    let mut before = now.replace("edition = 2017", "edition = 2016");
    for (new, old) in [
        ("hq_phone = \"256-428-6000\"\n", ""),
        ("na_partners_new = 765", "na_partners_new = 700"),
        ("\"Digium Partner Program\"", "\"Digium Reseller Program\""),
        ("\"boot_camp\", \"blogs\"", "\"blogs\""),
        ("training_cost.basic = \"free_for_all\"", "training_cost.basic = \"not_offered\""),
    ] {
        assert!(before.contains(new), "{new}");
        before = before.replace(new, old);
    }
    let files = [("2016.toml".to_owned(), before), ("2017.toml".to_owned(), now)];
    application.house.import(&files).await.unwrap();
}

const NOW: &str = "/2017/programs/digium";
const BEFORE: &str = "/2016/programs/digium";

#[tokio::test]
async fn a_profile_tells_what_changed_since_last_year_and_leads_to_the_other_years() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(application) = Application::with(engine, two_editions()).await else { continue };
        import_both(&application).await;
        let client = application.client();
        let page = client.get(NOW).await.expect_status(200);
        assert!(page.all("h2").contains(&"What changed since 2016".to_owned()));
        let changed = page.all("#what-changed ~ dl > div > dt");
        let wanted = [
            "Name of the partner program",
            "New North American Partners",
            "What types of training",
            "Is there a cost to partners",
        ];
        assert!(changed.len() == 4 && changed.iter().zip(wanted).all(|(label, wanted)| label.starts_with(wanted)), "{changed:?}");
        // Of the list of trainings only what came; of the grid the row; the question that was not asked before, not at all.
        let told = page.all("#what-changed ~ dl li");
        assert_eq!(
            told,
            [
                "Before: Digium Reseller Program Now: Digium Partner Program",
                "Before: 700 Now: 765",
                "Now: Boot camp",
                "Basic Training: Before: Not offered Now: Free for all partners"
            ]
        );
        // The answers themselves are marked; they are led to, and so is the program's name in the title.
        let marked: Vec<_> = page.attributes(".profile .changed > dt", "id");
        assert_eq!(marked, ["na_partners_new", "training_types", "training_cost"]);
        assert_eq!(page.attributes("#what-changed ~ dl a", "href"), links(&[vec!["program_name".to_owned()], marked].concat()));
        assert_eq!(page.all("#program_name"), ["Digium Partner Program"]);

        assert_eq!(page.attributes(".years a", "href"), [BEFORE]);
        let earlier = client.get(BEFORE).await.expect_status(200);
        assert_eq!(earlier.attributes(".years a", "href"), [NOW]);
        assert!(!earlier.html.contains("what-changed"));
        application.stop().await;
    }
}

/// The links to these places of a page.
fn links(ids: &[String]) -> Vec<String> {
    ids.iter().map(|id| format!("#{id}")).collect()
}

/// Whatever changes elsewhere in the guide changes the page, and its date with it.
#[tokio::test]
async fn a_page_is_made_anew_when_another_edition_changes() {
    let application = Application::with(Engine::Sqlite, two_editions()).await.unwrap();
    let text = std::fs::read_to_string("guides/2017/entries/digium.toml").unwrap();
    application.house.import(&[("2017.toml".to_owned(), text.clone())]).await.unwrap();
    let client = application.client();
    let first = headers(&client, NOW).await;
    application.clock.advance(jiff::SignedDuration::from_hours(1));
    let before = text.replace("edition = 2017", "edition = 2016").replace("hq_phone = \"256-428-6000\"\n", "");
    application.house.import(&[("2016.toml".to_owned(), before)]).await.unwrap();
    let second = headers(&client, NOW).await;
    assert_ne!(first.0, second.0, "the same mark for another page");
    // The house was opened in the second before: no two catalogues share one.
    assert_eq!((first.1.as_str(), second.1.as_str()), ("Mon, 20 Mar 2017 12:00:01 GMT", "Mon, 20 Mar 2017 13:00:00 GMT"));
    assert!(client.get(NOW).await.text().contains("Nothing: what was asked in both years"));
    application.stop().await;
}

/// The mark and the date of a page.
async fn headers(client: &Client, path: &str) -> (String, String) {
    let answer = client.raw().get(client.address(path)).send().await.unwrap();
    let text = |name: &str| answer.headers().get(name).unwrap().to_str().unwrap().to_owned();
    (text("etag"), text("last-modified"))
}

#[tokio::test]
async fn similar_programs_stand_with_what_they_answered_alike() {
    let application = Application::on_sqlite().await;
    application.house.make_up(12).await.unwrap();
    let client = application.client();
    let programs = client.get("/2017/").await.attributes(".programs .name", "href");
    let page = client.get(&programs[0]).await.expect_status(200);
    let similar = page.attributes(".similar .name", "href");
    assert_eq!(similar.len(), 5, "{similar:?}");
    assert!(similar.iter().all(|path| programs[1..].contains(path)), "{similar:?}");
    let shared = page.all(".similar .quiet");
    assert!(shared.len() == 5 && shared.iter().all(|words| words.starts_with("Also: ") && words.contains(" – ")), "{shared:?}");
    for path in &similar {
        client.get(path).await.expect_status(200);
    }
    application.stop().await;
}

#[tokio::test]
async fn a_profile_can_be_cited_linked_to_and_written_to() {
    let application = Application::on_sqlite().await;
    let text = std::fs::read_to_string("guides/2017/entries/digium.toml").unwrap();
    application.house.import(&[("2017.toml".to_owned(), text)]).await.unwrap();
    let page = application.client().get(NOW).await.expect_status(200);
    assert_eq!(
        page.all("#citation"),
        [format!(
            "Digium, Inc.: Digium Partner Program. In: 2017 Partner Program Guide. Published 20 March 2017, version 1. {}{NOW}",
            application.url
        )]
    );
    assert_eq!(page.attributes(".context dd > a", "href"), ["mailto:wlandt@digium.com", "/2017/programs/digium/report"]);

    // A link at every answer, named after it; and none in print or in what is not for readers.
    let answers = page.attributes(".profile section dl > div > dt[id], .profile .tiers", "id");
    assert_eq!(page.attributes(".profile a:empty", "href"), links(&answers));
    assert_eq!(links(&page.attributes("dt > a:empty", "aria-labelledby")), page.attributes("dt > a:empty", "href"));
    assert_eq!(page.attributes(".tiers > a:empty", "aria-label"), ["Tiers"]);
    let print = application.client().get("/2017/programs/digium/print").await;
    assert!(!print.html.contains("class=\"anchor\"") && !print.html.contains("class=\"context\""));
    application.stop().await;
}

/// Whoever has an answer from the data can lead to the place where it stands.
#[tokio::test]
async fn every_answer_has_a_place_of_its_own() {
    let application = Application::on_sqlite().await;
    let text = std::fs::read_to_string("guides/2017/entries/digium.toml").unwrap();
    application.house.import(&[("2017.toml".to_owned(), text)]).await.unwrap();
    application.house.make_up(5).await.unwrap();
    let client = application.client();
    for program in client.get("/2017/").await.attributes(".programs .name", "href") {
        let answer = client.raw().get(client.address(&format!("{program}.json"))).send().await.unwrap();
        let data: serde_json::Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
        let answers = data["program"]["answers"].as_object().or(data["answers"].as_object()).unwrap();
        for path in [program.clone(), format!("{program}/print")] {
            let ids = client.get(&path).await.attributes("[id]", "id");
            for key in answers.keys() {
                assert_eq!(ids.iter().filter(|id| *id == key).count(), 1, "{path}#{key}");
            }
            assert_eq!(ids.iter().collect::<std::collections::HashSet<_>>().len(), ids.len(), "{path}: {ids:?}");
        }
    }
    let digium = client.get(NOW).await;
    assert_eq!(digium.attributes("#specialties > dt", "id").len(), 1, "a grid begins where its first row stands");
    application.stop().await;
}
