//! What an editor sees of an entry that comes again: what went and what came since it was read.

use crate::support::application::{Application, Engine, editions};
use crate::support::client::Page;
use crate::support::submission::{Submission, form};

/// An entry that was submitted, sent back, and submitted again with another CEO and one option less.
async fn with_a_resubmission(engine: Engine) -> Option<Submission> {
    let case = Submission::on(engine).await?;
    let review = case.review("").await;
    assert!(review.all("#against").is_empty() && review.all(".changed").is_empty(), "there was nothing before");
    let note = form(&review, "notes").set("note.ceo", "Is it still she?");
    case.editor.submit(note).await.expect_status(200);
    case.decide("request_changes").await;
    let company = case.page("company").await.set("ceo", "灯野 智恵子 (Chieko Arai)");
    case.vendor.submit(company).await.expect_status(200);
    let deals = case.page("deals").await.without("deal_margin").tick("deal_margin", "all_deals");
    case.vendor.submit(deals).await.expect_status(200);
    case.submit().await;
    Some(case)
}

fn labels(review: &Page) -> Vec<String> {
    review.all("dl.answers > .changed > dt")
}

#[tokio::test]
async fn a_review_marks_what_changed_since_the_submission_before() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(case) = with_a_resubmission(engine).await else { continue };
        let review = case.review("").await;
        assert_eq!(review.all("#against option[selected]"), ["Submission 1, 20 March"]);
        assert_eq!(review.all("#against option"), ["Submission 1, 20 March", "Nothing"]);
        assert_eq!(labels(&review).len(), 2, "{:?}", labels(&review));
        assert_eq!(review.all("#ceo dd:first-of-type"), ["灯野 智恵子 (Chieko Tōno Arai)"]);
        assert_eq!((review.all("#ceo del"), review.all("#ceo ins")), (vec!["Tōno".to_owned()], vec!["Arai".to_owned()]));
        assert_eq!(review.all("#deal_margin li").len(), 2);
        assert_eq!(review.all("#deal_margin del"), ["Yes, depending on the size of the deal"]);
        let counts = review.all(".contents .count");
        assert!(counts.contains(&"1 changed, 1 note".to_owned()) && counts.contains(&"1 changed".to_owned()), "{counts:?}");
        assert!(review.all("#show option").contains(&"Changed answers (2)".to_owned()), "{:?}", review.all("#show option"));

        // Only those, only what something is said about, and all without marks.
        let changed = case.review("?show=changed").await;
        assert_eq!(changed.all("dl.answers > div > dt").len(), 2);
        let noted = case.review("?show=noted&against=nothing").await;
        assert!(noted.all(".changed").is_empty() && noted.all("dl.answers > div > dt").len() < 6);
        assert!(noted.all("#ceo").len() == 1 && noted.all("#url").is_empty());
        let plain = case.review("?against=nothing").await;
        assert!(plain.all(".changed").is_empty() && plain.all("#ceo dd:first-of-type") == ["灯野 智恵子 (Chieko Arai)"]);
        for nothing in ["?against=submission-2", "?against=version-1", "?against=zzz", "?show=zzz"] {
            assert_eq!(case.editor.get(&format!("{}{nothing}", case.desk)).await.status, 404, "{nothing}");
        }
        case.application.stop().await;
    }
}

/// What was taken back before anybody decided about it is not what the editor has read.
#[tokio::test]
async fn a_review_compares_with_what_was_decided_about() {
    let case = with_a_resubmission(Engine::Sqlite).await.unwrap();
    case.press_at_home("recall").await;
    let company = case.page("company").await.set("year_founded", "2005");
    case.vendor.submit(company).await.expect_status(200);
    case.submit().await;
    let review = case.review("").await;
    assert_eq!(review.all("#against option[selected]"), ["Submission 1, 20 March"]);
    assert_eq!(labels(&review).len(), 3, "{:?}", labels(&review));
    assert_eq!(labels(&case.review("?against=submission-2").await).len(), 1);
    case.application.stop().await;
}

/// Taking the profile down does not hide who submitted the revision.
#[tokio::test]
async fn a_review_says_who_brought_the_entry_where_it_is() {
    let case = with_a_resubmission(Engine::Sqlite).await.unwrap();
    case.decide("publish").await;
    case.press_at_home("revise").await;
    case.submit().await;
    let submitted = case.review("").await.all(".title .row").remove(0);
    assert!(submitted.contains("again") && submitted.contains("Élodie Marchand-Sørensen"), "{submitted}");
    let review = case.review("").await;
    case.editor.submit(form(&review, "participation").press("unpublish")).await.expect_status(200);
    let after = case.review("").await.all(".title .row").remove(0);
    assert!(after.contains("again") && after.contains("Élodie Marchand-Sørensen"), "{after}");
    case.application.stop().await;
}

/// What is noted at a question that is asked no more stands once: at its struck-out answer, or with the whole entry.
#[tokio::test]
async fn a_note_stands_once_wherever_its_question_has_gone() {
    let case = with_a_resubmission(Engine::Sqlite).await.unwrap();
    let note = form(&case.review("?against=nothing&show=noted").await, "notes");
    let review = case.editor.submit(note.clone().set("note.attach_amount", "Twice the cost?")).await.expect_status(200);
    assert_eq!(review.all("#show option[selected]").len() + review.all("#against option[selected]").len(), 2);
    assert_eq!(review.all("#against option[selected]"), ["Nothing"], "what was asked for is asked for still");
    case.decide("request_changes").await;
    let services = case.page("services").await.set("attach_possible", "no");
    case.vendor.submit(services).await.expect_status(200);
    for asked in ["?against=submission-2", "?against=nothing"] {
        let review = case.review(asked).await;
        let threads = review.attributes("[id^=thread-]", "id");
        let once: std::collections::HashSet<&String> = threads.iter().collect();
        assert_eq!((threads.len(), once.len()), (2, 2), "{asked}: {threads:?}");
    }
    // A note that is too long stays on the page, even where its question has no line.
    let long = case.editor.submit(note.set("note.attach_amount", &"x".repeat(4001))).await.expect_status(422);
    assert_eq!(long.all("#note-on-attach_amount"), ["x".repeat(4001)]);
    case.application.stop().await;
}

#[tokio::test]
async fn a_revision_is_compared_with_what_readers_see() {
    let case = with_a_resubmission(Engine::Sqlite).await.unwrap();
    case.decide("publish").await;
    case.press_at_home("revise").await;
    let company = case.page("company").await.set("url", "https://kirito.example/");
    case.vendor.submit(company).await.expect_status(200);
    // A draft: both submissions lie before it.
    let against = case.review("").await.all("#against option");
    assert_eq!(against.len(), 4, "{against:?}");
    assert!(against[0].starts_with("Submission 2") && against[2].starts_with("What readers see: version 1"), "{against:?}");
    case.submit().await;
    for asked in ["", "?against=version-1"] {
        let review = case.review(asked).await;
        assert_eq!(labels(&review).len(), 1, "{:?}", labels(&review));
        assert_eq!(review.all("#url ins"), ["https://kirito.example/"]);
    }
    assert_eq!(labels(&case.review("?against=submission-1").await).len(), 3);
    case.application.stop().await;
}

#[tokio::test]
async fn an_answer_that_is_asked_no_more_is_shown_as_taken_out() {
    let case = with_a_resubmission(Engine::Sqlite).await.unwrap();
    case.press_at_home("recall").await;
    let services = case.page("services").await.set("attach_possible", "no");
    case.vendor.submit(services).await.expect_status(200);
    let review = case.review("?against=submission-2").await;
    let gone = review.all(".changed del");
    assert!(gone.iter().any(|text| text.contains("more than twice the cost")), "{gone:?}");
    case.application.stop().await;
}

#[tokio::test]
async fn an_entry_is_compared_with_last_years_profile() {
    let mut definitions = editions();
    let mut before = definitions[0].clone();
    before.edition.year = 2016;
    definitions.insert(0, before);
    let application = Application::with(Engine::Sqlite, definitions).await.unwrap();
    let now = std::fs::read_to_string("guides/2017/entries/kirito-networks.toml").unwrap();
    let before = now.replace("edition = 2017", "edition = 2016").replace("status = \"submitted\"", "status = \"published\"");
    let before = before.replace("Chieko Tōno", "Chieko Abe");
    application.house.import(&[("2016.toml".to_owned(), before), ("2017.toml".to_owned(), now)]).await.unwrap();
    let editor = application.editor().await;
    let desk = editor.get("/desk").await.expect_status(200).attributes(".queue a.name", "href").remove(0);
    let review = editor.get(&desk).await.expect_status(200);
    assert_eq!(review.all("#against option[selected]"), ["Nothing"], "a first submission is read as it is");
    assert!(review.all(".changed").is_empty());
    let review = editor.get(&format!("{desk}?against=year-2016")).await.expect_status(200);
    assert_eq!((review.all(".changed del"), review.all(".changed ins")), (vec!["Abe".to_owned()], vec!["Tōno".to_owned()]));
    application.stop().await;
}

/// As the review has them: the two are one click apart.
#[tokio::test]
async fn the_queue_counts_the_queries_of_an_entry_from_a_file() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(case) = Submission::on(engine).await else { continue };
        assert!(case.review("").await.all(".bar").concat().contains("2 confirmed queries"));
        let queue = case.editor.get("/desk").await.expect_status(200);
        assert_eq!(queue.all("tbody td[data-label='Queries']"), ["2"]);
        case.application.stop().await;
    }
}
