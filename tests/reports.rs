//! A reader reports something outdated, over HTTP and without an account.

use jiff::SignedDuration;
use reqwest::Method;

use crate::support::application::{Application, EDITOR, Engine};
use crate::support::client::{Client, Page};

const REPORT: &str = "/2017/programs/digium/report";
const VENDOR: &str = "wlandt@digium.com";
const SUBJECT: &str = "A reader reports something outdated: Digium Partner Program";

/// The guide with Digium's profile, an editor, and a reader.
async fn published(engine: Engine) -> Option<(Application, Client)> {
    let application = Application::start(engine).await?;
    let text = std::fs::read_to_string("guides/2017/entries/digium.toml").unwrap();
    application.house.import(&[("digium.toml".to_owned(), text)]).await.unwrap();
    let reader = application.client();
    Some((application, reader))
}

async fn report(reader: &Client, question: &str, wrong: &str, from: &str) -> Page {
    let page = reader.get(REPORT).await.expect_status(200);
    let form = page.form(REPORT).set("question", question).set("wrong", wrong).set("from", from);
    reader.submit(form).await
}

#[tokio::test]
async fn vendor_and_editors_are_told_and_the_history_keeps_it() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some((application, reader)) = published(engine).await else { continue };
        let editor = application.editor().await;

        // The form knows which answer is meant, and knows no answer that is not there.
        let page = reader.get(&format!("{REPORT}?question=ceo")).await.expect_status(200);
        assert_eq!(page.form(REPORT).value("question"), Some("ceo"));
        assert_eq!(page.attributes("meta[name=robots]", "content"), ["noindex"]);
        let unknown = reader.get(&format!("{REPORT}?question=nothing")).await.expect_status(200);
        assert_eq!(unknown.form(REPORT).value("question"), Some(""));

        let form = page.form(REPORT).set("wrong", "It is <b>Jane Doe</b> now.").set("from", "reader@example.org");
        let sent = reader.submit(form.clone()).await.expect_status(200);
        assert_eq!((sent.heading().as_str(), sent.path.as_str()), ("Your report is on its way", &*format!("{REPORT}?sent=yes")));
        // A button pressed twice reports once.
        reader.submit(form).await.expect_status(200);

        let (to_vendor, to_editor) = (application.mail_to(VENDOR, SUBJECT).await, application.mail_to(EDITOR, SUBJECT).await);
        for mail in [&to_vendor, &to_editor] {
            let text = mail.text();
            for words in ["Question: CEO", "Danny Windham", "It is <b>Jane Doe</b> now.", "reader@example.org", "digium#ceo"] {
                assert!(text.contains(words), "{words} in {text}");
            }
            assert_eq!(mail.header("Reply-To").as_deref(), Some("reader@example.org"));
        }
        application.sent_everything().await;
        let reports = application.mail.received().iter().filter(|mail| mail.subject() == SUBJECT).count();
        assert_eq!(reports, 2);

        let desk = crate::support::application::link_in(&to_editor, "/desk/entries/");
        let history = editor.get(&desk).await.expect_status(200);
        let told = "A reader reported “CEO” as outdated: “It is <b>Jane Doe</b> now.”";
        assert_eq!(history.all(".history tbody tr").iter().filter(|line| line.contains(told)).count(), 1, "{}", history.text());
        let vendor = application.signed_in(VENDOR).await;
        let entry = crate::support::application::link_in(&to_vendor, "/entries/");
        assert!(vendor.get(&format!("{entry}/history")).await.expect_status(200).text().contains(told));
        application.stop().await;
    }
}

/// Two questions with the same words are told apart: in the form, and in what is told of it.
#[tokio::test]
async fn questions_that_are_called_alike_are_told_apart() {
    let (application, reader) = published(Engine::Sqlite).await.unwrap();
    application.editor().await;
    let options = reader.get(REPORT).await.all("#question option");
    let since = ["Worldwide Channel Chief Since", "North American Channel Chief Since"];
    assert!(since.iter().all(|label| options.contains(&(*label).to_owned())), "{options:?}");
    assert!(!options.contains(&"Began Serving In This Role".to_owned()), "{options:?}");
    report(&reader, "na_chief_since", "Since May.", "").await.expect_status(200);
    for address in [VENDOR, EDITOR] {
        let mail = application.mail_to(address, SUBJECT).await;
        assert!(mail.text().contains("Question: North American Channel Chief Since"), "{}", mail.text());
    }
    application.stop().await;
}

/// Who gives no address is answered by the editors, and a report may be about the whole profile.
#[tokio::test]
async fn nobody_has_to_say_who_they_are() {
    let (application, reader) = published(Engine::Sqlite).await.unwrap();
    report(&reader, "", "The company was sold.", "").await.expect_status(200);
    let mail = application.mail_to(VENDOR, SUBJECT).await;
    assert!(mail.text().contains("left no address") && !mail.text().contains("Question:"));
    assert_eq!(mail.header("Reply-To").as_deref(), Some("guide@example.com"));
    application.stop().await;
}

#[tokio::test]
async fn what_cannot_be_taken_is_said_and_shown_again() {
    let (application, reader) = published(Engine::Sqlite).await.unwrap();
    let long = "x".repeat(2003);
    for (question, wrong, from, refusals) in [
        ("ceo", " \u{200b} ", "", vec!["Enter what is outdated"]),
        ("ceo", long.as_str(), "", vec!["What is outdated must be 2,000 characters or fewer; it is 3 too long"]),
        (
            "nothing",
            "Wrong.",
            "not an address",
            vec![
                "Select one of the answers in the profile, or the profile as a whole",
                "Enter your e-mail address in full, like name@example.com, or leave it empty",
            ],
        ),
    ] {
        let page = reader.get(REPORT).await;
        let form = page.form(REPORT).set("question", question).set("wrong", wrong).set("from", from);
        let refused = reader.submit(form).await.expect_status(422);
        assert_eq!(refused.all(".errors li"), refusals);
        assert!(refused.title().starts_with("Error: Report something outdated"), "{}", refused.title());
        let again = refused.form(REPORT);
        assert_eq!((again.value("wrong"), again.value("from")), (Some(wrong), Some(from)));
        for place in refused.attributes(".errors a", "href") {
            assert_eq!(refused.all(&place).len(), 1, "{place}");
        }
    }
    // From another site, or about what is not published, nothing is taken.
    let elsewhere = reader.raw().post(reader.address(REPORT)).header("sec-fetch-site", "cross-site").form(&[("wrong", "x")]);
    assert_eq!(elsewhere.send().await.unwrap().status(), 403);
    assert_eq!(reader.answer(Method::POST, "/2017/programs/nobody/report", &[("wrong", "x")]).await.0, 404);
    assert_eq!(reader.get("/2017/programs/nobody/report").await.status, 404);
    application.sent_everything().await;
    assert!(application.mail.received().iter().all(|mail| mail.subject() != SUBJECT));
    application.stop().await;
}

#[tokio::test]
async fn reports_are_limited_and_what_was_typed_is_kept() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some((application, reader)) = published(engine).await else { continue };
        for number in 0..5 {
            report(&reader, "ceo", &format!("Report {number}"), "").await.expect_status(200);
        }
        let refused = report(&reader, "ceo", "One more", "reader@example.org").await;
        assert_eq!(refused.status, 429);
        assert!(refused.text().contains("Too many reports") && refused.text().contains("guide@example.com"));
        let kept = refused.form(REPORT);
        let fields = ["question", "wrong", "from"].map(|name| kept.value(name));
        assert_eq!(fields, [Some("ceo"), Some("One more"), Some("reader@example.org")]);

        application.clock.advance(SignedDuration::from_mins(61));
        reader.submit(kept).await.expect_status(200);
        application.sent_everything().await;
        let reports = application.mail.received().iter().filter(|mail| mail.subject() == SUBJECT).count();
        assert_eq!(reports, 6);
        application.stop().await;
    }
}

/// One program gets no more reports than it can read, however many send them.
#[tokio::test]
async fn reports_about_one_program_are_limited_whoever_sends_them() {
    let (application, reader) = published(Engine::Sqlite).await.unwrap();
    let listed = application.house.guide.catalogue();
    let edition = application.house.editions.newest().unwrap();
    let listed = listed.shelf(edition.id).unwrap().find("digium").unwrap().clone();
    let published = listed.published().unwrap();
    for number in 0..10 {
        let report = almanac::workflow::report_fact::Report::read(&published, "ceo", &format!("Report {number}"), "").unwrap();
        application.house.report_fact(listed.entry, report, &format!("192.0.2.{number}")).await.unwrap();
    }
    assert_eq!(report(&reader, "ceo", "One more", "").await.status, 429);
    application.stop().await;
}

/// Of who reported nothing is stored but what they typed: their address stands in the mails alone.
#[tokio::test]
async fn a_report_keeps_no_more_than_was_typed() {
    let (application, reader) = published(Engine::Sqlite).await.unwrap();
    report(&reader, "ceo", "It is Jane Doe now.", "reader@example.org").await.expect_status(200);
    let edition = application.house.editions.newest().unwrap().id;
    let act = almanac::workflow::report_fact::ACT;
    let events =
        application.house.db.read(move |connection| almanac::db::events::of_act(connection, edition, act)).await.unwrap();
    assert_eq!(events[0].details.0, serde_json::json!({ "question": "ceo", "wrong": "It is Jane Doe now." }));
    assert_eq!(events[0].account_id, None);
    application.stop().await;
}
