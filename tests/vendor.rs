//! A vendor's way, over HTTP.

use jiff::SignedDuration;

use crate::support::application::{Application, Engine};
use crate::support::filling::start_entry;
use crate::support::submission::{Submission, VENDOR};

#[tokio::test]
async fn a_vendor_signs_in_and_starts_an_entry() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(application) = Application::start(engine).await else { continue };
        let vendor = application.signed_in("maya@fenwhistle.example").await;
        let page = vendor.get("/entries").await.expect_status(200);
        assert_eq!(page.heading(), "Start an entry");
        let form = page.form("/entries/new").set("name", "Maya Okafor").set("company", "Fenwhistle Communications Ltd.");
        let home = vendor.submit(form.set("program", "Fenwhistle Partner Program")).await.expect_status(200);
        assert_eq!(home.heading(), "Fenwhistle Partner Program");
        assert!(home.all(".banner strong").contains(&"Draft – not submitted".to_owned()));
        assert_eq!(vendor.get(&home.link("Back to your entries")).await.heading(), "Your entries");
        application.stop().await;
    }
}

/// Whoever goes nowhere in particular comes to their entry, or to the list of those they have; the entry's home says which.
#[tokio::test]
async fn signing_in_leads_to_the_only_entry() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(application) = Application::start(engine).await else { continue };
        let address = "maya@fenwhistle.example";
        let vendor = application.signed_in(address).await;
        let entry = start_entry(&vendor, "Fenwhistle Communications Ltd.", "Fenwhistle Partner Program").await;
        let link = application.house.print_sign_in(address, "", SignedDuration::from_mins(5));
        let said = |page: &crate::support::client::Page| page.all("[role=status]").concat();
        let home = vendor.get(&format!("{entry}?saved=yes")).await;
        assert!(said(&home).contains("your address at “Sign in” leads here"), "{}", said(&home));
        assert_eq!(vendor.get("/sign-in").await.path, entry);
        assert_eq!(enter(&application, &link.await.unwrap()).await, entry);
        start_entry(&vendor, "Fenwhistle Communications Ltd.", "Fenwhistle Referral Program").await;
        let link = application.house.print_sign_in(address, "", SignedDuration::from_mins(5));
        let home = vendor.get(&format!("{entry}?saved=yes")).await;
        assert!(said(&home).contains("stands under “Your entries”"), "{}", said(&home));
        assert_eq!(vendor.get("/sign-in").await.path, "/entries");
        assert_eq!(enter(&application, &link.await.unwrap()).await, "/entries");
        application.stop().await;
    }
}

/// Where a link leads whose button is pressed.
async fn enter(application: &Application, link: &str) -> String {
    let client = application.client();
    let path = &link[link.find("/sign-in/").unwrap()..];
    let page = client.get(path).await.expect_status(200);
    client.submit(page.form("/sign-in/")).await.expect_status(200).path
}

/// A submitted entry of a program whose name ends from right to left.
async fn with_an_arabic_name(engine: Engine) -> Option<Submission> {
    Submission::changed_on(engine, |text| {
        text.replacen("program_name = \"", "program_name = \"\u{202e}\u{2067}الشريك \u{2069}", 1)
    })
    .await
}

/// Its words and figures stay where they are, on pages and in mails.
#[tokio::test]
async fn a_name_that_runs_from_right_to_left_turns_nothing_beside_it() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(case) = with_an_arabic_name(engine).await else { continue };
        let name = case.home().await.heading();
        assert!(name.starts_with("الشريك "), "what turns the direction is left out: {name:?}");
        assert_eq!(case.review("").await.all(".bar b bdi"), [name.as_str()]);
        assert!(case.home().await.title().starts_with(&format!("\u{2068}{name}\u{2069}, your entry")));
        case.note("Is it right?").await;
        case.decide("request_changes").await;
        let mail = case.application.mail_to(VENDOR, "Changes are asked for").await;
        let mail = mail.text().split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(mail.contains(&format!("has read your entry for \u{2068}{name}\u{2069} and asks")), "{mail}");
        case.application.stop().await;
    }
}

/// Nobody has decided anything about what was brought in from a file.
#[tokio::test]
async fn what_came_from_a_file_was_not_decided_by_its_vendor() {
    let published = |text: &str| text.replacen("status = \"submitted\"", "status = \"published\"", 1);
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(case) = Submission::changed_on(engine, published).await else { continue };
        for (reader, path) in [(&case.vendor, &case.entry), (&case.editor, &case.desk)] {
            let history = reader.get(&format!("{path}/history")).await.expect_status(200);
            assert_eq!(history.all(".history tbody th"), ["Almanac"; 4]);
            let acts = history.all(".history td:last-child");
            assert!(acts[3] == "brought the entry in from a file" && acts[0].ends_with("from the file as published"), "{acts:?}");
        }
        let review = case.review("").await;
        assert!(review.text().contains("brought in from a file, 20 March"), "nobody submitted or published it");
        case.application.stop().await;
    }
}

/// The window's title names the page and the program; the script that tells the reader's own time is where the deadline is.
#[tokio::test]
async fn every_page_of_an_entry_names_its_program_and_tells_its_deadline() {
    let application = Application::on_sqlite().await;
    let vendor = application.signed_in("maya@fenwhistle.example").await;
    let entry = start_entry(&vendor, "Fenwhistle Communications Ltd.", "Fenwhistle Partner Program").await;
    for (page, title) in [
        ("", "Fenwhistle Partner Program, your entry"),
        ("/company", "Company – Fenwhistle Partner Program"),
        ("/check", "Check your answers – Fenwhistle Partner Program"),
        ("/history", "History – Fenwhistle Partner Program"),
        ("/preview", "Fenwhistle Communications Ltd.: Fenwhistle Partner Program"),
        ("/withdraw", "Withdraw Fenwhistle Partner Program?"),
    ] {
        let page = vendor.get(&format!("{entry}{page}")).await.expect_status(200);
        assert_eq!(page.title(), format!("{title} – 2017 Partner Program Guide"));
        assert!(!page.all(".banner time[data-local]").is_empty(), "{title}");
        let scripts = page.attributes("script[src]", "src");
        let called = |script: &&String| script.starts_with("/static/almanac.");
        assert_eq!(scripts.iter().filter(called).count(), 1, "{title}: {scripts:?}");
    }
    application.stop().await;
}

/// A deadline that an entry has met is told nowhere; one that it has missed is told with what is left to do.
#[tokio::test]
async fn the_deadline_is_told_the_same_way_everywhere() {
    let case = Submission::on(Engine::Sqlite).await.unwrap();
    case.note("Is it right?").await;
    case.decide("request_changes").await;
    let home = case.home().await;
    let in_time = "in time, so you can submit it again after the deadline, too";
    assert!(home.text().contains(in_time) && !home.text().contains("left"), "{}", home.text());
    assert!(home.all(".banner time").is_empty());
    assert_eq!(home.all(".banner a"), ["Check and submit"]);
    let mail = case.application.mail_to(VENDOR, "Changes are asked for").await;
    assert!(mail.text().contains("after the deadline, too") && !mail.text().contains("The deadline is"), "{}", mail.text());

    let vendor = case.application.signed_in("maya@fenwhistle.example").await;
    let entry = start_entry(&vendor, "Fenwhistle Communications Ltd.", "Fenwhistle Partner Program").await;
    assert!(vendor.get(&entry).await.text().contains("11 days left"));
    case.application.clock.advance(SignedDuration::from_hours(24 * 13));
    let home = vendor.get(&entry).await;
    assert!(home.text().contains("has passed, so the entry cannot be submitted. Your answers are kept"), "{}", home.text());
    assert!(!home.text().contains("and submit") && !home.text().contains("Closed"), "{}", home.text());
    assert_eq!(home.all(".banner p")[1..], ["The deadline has passed. Your answers are kept.", "Write to the editors"]);
    assert!(home.attributes(".banner a", "href")[0].starts_with("mailto:"));
    assert!(case.home().await.text().contains(in_time), "whoever was in time still is");
    case.application.stop().await;
}

/// What is known is not asked again, and a refusal uses the field's own words.
#[tokio::test]
async fn small_forms_know_the_company_and_their_fields() {
    let case = Submission::on(Engine::Sqlite).await.unwrap();
    let form = case.vendor.get("/entries/new").await.expect_status(200).form("/entries/new");
    assert!(form.value("company").unwrap().starts_with("Kiritō Networks"), "{form:?}");
    assert_eq!(form.value("program"), Some(""));
    case.note("Is it right?").await;
    let note = case.vendor.get(&case.home().await.link("Answer")).await.expect_status(200);
    let refused = case.vendor.submit(note.form("/entries/").set("body", " ")).await.expect_status(422);
    assert_eq!(refused.all(".errors li"), ["Enter your answer"]);
    let saved = case.vendor.get(&format!("{}/check", case.entry)).await;
    assert!(saved.all(".title .label")[0].contains("reference "), "the copy to print tells which entry it is of");
    case.application.stop().await;
}
