//! What a vendor is told: by a button that has nothing to do, of what happens next, and of what was said to a note.

use jiff::SignedDuration;

use crate::support::application::{Application, Engine};
use crate::support::client::{Page, folded};
use crate::support::filling::vendor_with_entry;
use crate::support::submission::{Submission, VENDOR};

/// What stands on the page is copied, not what stood there.
#[tokio::test]
async fn the_same_as_above_is_what_stands_above() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(application) = Application::start(engine).await else { continue };
        let (vendor, entry) = vendor_with_entry(&application).await;
        let address = format!("{entry}/company");
        let form = vendor.get(&address).await.form("/entries/");
        let form = form.set("worldwide_chief.name", "Anna").set("worldwide_chief.title", "VP");
        vendor.submit(form.press("later")).await.expect_status(200);
        let form = vendor.get(&address).await.form("/entries/");
        let form = form.set("worldwide_chief.name", "").set("worldwide_chief.title", "").set("na_chief.name", "Typed NA");
        let page = vendor.submit(form.press("same.na_chief")).await.expect_status(200);
        let form = page.form("/entries/");
        assert_eq!((form.value("na_chief.name"), form.value("worldwide_chief.name")), (Some("Typed NA"), Some("")));
        let told = page.all(".not-done").concat();
        assert!(told.contains("nothing to copy yet"), "{}", page.text());
        assert_eq!(page.attributes(".not-done a", "href"), ["#worldwide_chief", "#na_chief"]);
        assert!(page.title().starts_with("Not done: "), "{}", page.title());
        // Once there is something, it is copied, and nothing is told.
        let form = page.form("/entries/").set("worldwide_chief.name", "Bea").press("same.na_chief");
        let page = vendor.submit(form).await.expect_status(200);
        assert_eq!(page.form("/entries/").value("na_chief.name"), Some("Bea"));
        assert!(page.all(".not-done").is_empty());
        application.stop().await;
    }
}

#[tokio::test]
async fn on_a_blank_page_there_is_nothing_to_copy() {
    let application = Application::on_sqlite().await;
    let (vendor, entry) = vendor_with_entry(&application).await;
    let address = format!("{entry}/company");
    for question in ["na_chief", "na_chief_since"] {
        let form = vendor.get(&address).await.form("/entries/").press(&format!("same.{question}"));
        let page = vendor.submit(form).await.expect_status(200);
        assert!(page.all(".not-done").concat().contains("nothing to copy yet"), "{}", page.text());
    }
    assert!(vendor.get(&format!("{address}?nothing_to_copy=ceo")).await.all(".not-done").is_empty());
    application.stop().await;
}

/// Where the entry's home and receipt say what happens next.
fn happens_next(page: &Page) -> String {
    page.all(".steps li").join("\n")
}

/// What has been published, and a day that has passed, are not still to come.
#[tokio::test]
async fn what_happens_next_is_still_to_come() {
    for (engine, publish) in [(Engine::Sqlite, true), (Engine::Postgres, true), (Engine::Sqlite, false)] {
        let Some(mut case) = Submission::on(engine).await else { continue };
        case.press_at_home("recall").await;
        for told in [happens_next(&case.home().await), happens_next(&case.submit().await)] {
            assert!(told.contains("The profile is published on "), "{told}");
        }
        let first = folded(&case.application.mail_to(VENDOR, "We have your entry").await.text());
        assert!(first.contains("Profiles appear on "), "{first}");
        if publish {
            case.decide("approve").await;
            case.decide("publish").await;
            case.press_at_home("revise").await;
        } else {
            case.application.clock.advance(SignedDuration::from_hours(24 * 60));
            case.vendor = case.application.signed_in(VENDOR).await;
            case.press_at_home("recall").await;
        }
        let home = happens_next(&case.home().await);
        case.application.clock.advance(SignedDuration::from_secs(1));
        let received = case.application.mail.received().len();
        let again = happens_next(&case.submit().await);
        case.application.sent_everything().await;
        let mails = case.application.mail.received().split_off(received);
        let mail = mails.iter().find(|mail| mail.subject().starts_with("We have your entry"));
        let mail = folded(&mail.unwrap().text());
        for told in [&home, &again, &mail] {
            assert!(!told.contains("published on ") && !told.contains("Profiles appear"), "{told}");
            assert_eq!(told.contains("as it is until the editors publish the revision"), publish, "{told}");
        }
        case.application.stop().await;
    }
}

/// The vendor's answer is theirs, not a remark that asks for another one.
#[tokio::test]
async fn an_answered_note_says_that_it_is() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(case) = Submission::on(engine).await else { continue };
        case.note("Is it so?").await;
        case.decide("request_changes").await;
        assert!(!case.home().await.all(".note").concat().contains("answered"));
        let answer = case.home().await.attributes("a[href*='/notes/']", "href").remove(0);
        let form = case.vendor.get(&answer).await.form(&answer).set("body", "It is, in all of Japan.");
        let home = case.vendor.submit(form).await.expect_status(200);
        assert_eq!(home.all(".note [role=status]"), ["Your answer is sent: the editors read it with the note."]);
        assert!(case.home().await.all(".note [role=status]").is_empty(), "it was sent once");
        let note = case.home().await.all(".note").concat();
        assert!(note.contains("Is it so?") && note.contains("Ruth Lindqvist"), "{note}");
        assert!(note.contains("Élodie Marchand-Sørensen answered, 20 March"), "{note}");
        assert!(note.contains("It is, in all of Japan.") && note.contains("Add to the answer"), "{note}");
        case.application.stop().await;
    }
}

/// A note whose question is asked on no page any more is read, and answered, where it was.
#[tokio::test]
async fn a_note_at_a_question_that_is_gone_is_on_its_page() {
    let case = Submission::on(Engine::Sqlite).await.unwrap();
    let note = case.review("").await.form(&format!("{}/notes", case.desk));
    case.editor.submit(note.set("note.attach_amount", "Twice the cost?")).await.expect_status(200);
    case.decide("request_changes").await;
    let services = case.page("services").await.set("attach_possible", "no").press("later");
    case.vendor.submit(services).await.expect_status(200);
    let answer = case.home().await.attributes("a[href*='/notes/']", "href").remove(0);
    let form = case.vendor.get(&answer).await.form(&answer).set("body", "We attach nothing.");
    let page = case.vendor.submit(form).await.expect_status(200);
    assert!(page.path.contains("/services?"), "{}", page.path);
    let note = page.all("#attach_amount-note").concat();
    assert!(note.contains("Twice the cost?") && note.contains("Your answer is sent"), "{note}");
    case.application.stop().await;
}

/// What is missing of a whole grid is not missing of its first row.
#[tokio::test]
async fn a_blank_grid_is_refused_as_a_whole() {
    let application = Application::on_sqlite().await;
    let (vendor, entry) = vendor_with_entry(&application).await;
    let page = vendor.get(&format!("{entry}/leads")).await.form("/entries/");
    let page = vendor.submit(page).await.expect_status(200);
    assert_eq!(page.all("[id='lead_support-error'] .error").len(), 1, "{}", page.text());
    assert!(page.all("[id='lead_support'] fieldset .error").is_empty());
    assert!(page.attributes("[id='lead_support']", "aria-describedby").concat().contains("lead_support-error"));
    let first = page.attributes("[id='lead_support'] input[type=radio]", "value").remove(0);
    let name = page.attributes("[id='lead_support'] input[type=radio]", "name").remove(0);
    let page = vendor.submit(page.form("/entries/").tick(&name, &first)).await.expect_status(200);
    assert!(page.all("[id='lead_support-error']").is_empty());
    assert!(!page.all("[id='lead_support'] fieldset .error").is_empty());
    application.stop().await;
}

/// A comma that stands where no thousands end may be a decimal one.
#[tokio::test]
async fn a_comma_parts_thousands_and_nothing_else() {
    let application = Application::on_sqlite().await;
    let (vendor, entry) = vendor_with_entry(&application).await;
    let address = format!("{entry}/program");
    for (typed, stands, refused) in [("12,34", "12,34", true), ("1,234", "1234", false), ("12,345,678", "12345678", false)] {
        let form = vendor.get(&address).await.form("/entries/").set("na_partners_new", typed);
        let page = vendor.submit(form).await.expect_status(200);
        assert_eq!(page.form("/entries/").value("na_partners_new"), Some(stands));
        let told = page.all("[id='na_partners_new-error']").concat();
        assert_eq!(told.contains("must be a whole number, like 120"), refused, "{typed}: {told}");
    }
    application.stop().await;
}
