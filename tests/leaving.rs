//! What leaves the guide, and comes back: profiles that are taken down, entries that are withdrawn and brought back.

use jiff::SignedDuration;

use crate::support::application::{Application, EDITOR, Engine};
use crate::support::filling::start_entry;
use crate::support::submission::{Submission, VENDOR, form};

async fn programs_in_the_guide(case: &Submission) -> usize {
    case.application.client().get("/2017/").await.all(".programs .name").len()
}

/// Brings the published entry to a status of its revision.
async fn revise_up_to(case: &Submission, status: &str) {
    case.decide("publish").await;
    case.press_at_home("revise").await;
    if status == "Draft" {
        return;
    }
    case.submit().await;
    match status {
        "Changes requested" => {
            case.note("What is new?").await;
            case.decide("request_changes").await;
        }
        "Approved" => {
            case.decide("approve").await;
        }
        _ => {}
    }
}

#[tokio::test]
async fn a_profile_is_taken_down_wherever_the_revision_of_its_entry_stands() {
    for (engine, status) in [
        (Engine::Sqlite, "Draft"),
        (Engine::Sqlite, "Submitted"),
        (Engine::Sqlite, "Changes requested"),
        (Engine::Sqlite, "Approved"),
        (Engine::Postgres, "Draft"),
    ] {
        let Some(case) = Submission::on(engine).await else { continue };
        revise_up_to(&case, status).await;
        assert_eq!(programs_in_the_guide(&case).await, 1);
        let home = case.vendor.get(&case.entry).await;
        assert!(home.find_form(&format!("{}/withdraw", case.entry)).is_none());
        assert!(!home.text().contains("Withdraw this entry"), "a profile is up");

        case.note("The company was sold.").await;
        let review = case.review("").await;
        for _ in 0..2 {
            let after = case.editor.submit(form(&review, "participation").press("unpublish")).await.expect_status(200);
            assert_eq!(after.all(".title .status"), [status]);
        }
        assert_eq!(programs_in_the_guide(&case).await, 0);
        let told = case.application.mail_to(VENDOR, "Taken down").await;
        assert!(told.text().contains("Ruth Lindqvist") && told.text().contains("The company was sold."), "{}", told.text());
        let history = case.vendor.get(&format!("{}/history", case.entry)).await.text();
        assert_eq!(history.matches("took the profile down").count(), 1, "{history}");

        let home = case.vendor.get(&case.entry).await;
        let down = if status == "Approved" { "Taken down" } else { "Readers do not see a profile of this program at present" };
        assert!(home.text().contains(down), "{}", home.text());

        // The revision goes on, and its profile appears again.
        match status {
            "Draft" | "Changes requested" => drop(case.submit().await),
            _ => {}
        }
        case.decide("publish").await;
        assert_eq!(programs_in_the_guide(&case).await, 1);
        case.application.stop().await;
    }
}

/// Whoever was told that it was taken down is told that it is back, and not that something was changed.
#[tokio::test]
async fn a_profile_that_comes_back_is_said_to_be_back() {
    let case = Submission::on(Engine::Sqlite).await.unwrap();
    case.decide("publish").await;
    let review = case.review("").await;
    case.editor.submit(form(&review, "participation").press("unpublish")).await.expect_status(200);
    case.application.sent_everything().await;
    case.decide("publish").await;
    case.application.sent_everything().await;
    let last = case.application.mail_to(VENDOR, "Published: ").await.text().to_owned();
    assert!(last.contains("Your profile is back") && !last.contains("up to date"), "{last}");
    case.application.stop().await;
}

#[tokio::test]
async fn what_was_approved_after_it_was_taken_down_is_not_said_to_be_taken_down() {
    let case = Submission::on(Engine::Sqlite).await.unwrap();
    revise_up_to(&case, "Draft").await;
    let review = case.review("").await;
    case.editor.submit(form(&review, "participation").press("unpublish")).await.expect_status(200);
    case.submit().await;
    case.decide("approve").await;
    let home = case.vendor.get(&case.entry).await;
    assert!(home.all("h2").contains(&"Approved".to_owned()), "{:?}", home.all("h2"));
    case.application.stop().await;
}

/// What came in time may come again, whatever happened to it meanwhile.
#[tokio::test]
async fn the_deadline_locks_nobody_out_who_was_in_time() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(case) = Submission::on(engine).await else { continue };
        case.application.clock.advance(SignedDuration::from_hours(24 * 13));
        // Taken back, and withdrawn and brought back.
        case.press_at_home("recall").await;
        case.submit().await;
        let review = case.review("").await;
        case.editor.submit(form(&review, "participation").press("withdraw")).await.expect_status(200);
        assert!(!case.home().await.text().contains("write to the editors if you want to submit it"));
        let review = case.review("").await;
        case.editor.submit(form(&review, "participation").press("reinstate")).await.expect_status(200);
        let told = case.application.mail_to(VENDOR, "Brought back").await;
        assert!(told.text().contains("complete it and submit it") && !told.text().contains("deadline"), "{}", told.text());
        case.submit().await;
        // Taken down while it was being revised.
        revise_up_to(&case, "Draft").await;
        let review = case.review("").await;
        case.editor.submit(form(&review, "participation").press("unpublish")).await.expect_status(200);
        case.submit().await;
        case.application.stop().await;
    }
}

/// The check page and the receipt say how the entry stands.
#[tokio::test]
async fn what_is_not_submitted_any_more_is_not_said_to_be() {
    let case = Submission::on(Engine::Sqlite).await.unwrap();
    let (check, receipt) = (format!("{}/check", case.entry), format!("{}/receipt", case.entry));
    assert!(case.vendor.get(&check).await.text().contains("The entry is submitted; its home says how to go on."));
    assert_eq!(case.vendor.get(&receipt).await.heading(), "Your entry is submitted");
    case.decide("approve").await;
    assert!(case.vendor.get(&check).await.text().contains("The entry is approved; its home says how to go on."));
    let text = case.vendor.get(&receipt).await.text();
    assert!(text.contains("Your entry was submitted") && text.contains("Now it is approved; its home says"), "{text}");
    assert!(!text.contains("The editors read the entry"), "{text}");
    case.application.stop().await;
}

/// On the day what was approved after a profile had been taken down appears again.
#[tokio::test]
async fn what_was_approved_again_appears_on_the_day() {
    let mut case = Submission::on(Engine::Sqlite).await.unwrap();
    revise_up_to(&case, "Approved").await;
    let review = case.review("").await;
    case.editor.submit(form(&review, "participation").press("unpublish")).await.expect_status(200);
    case.application.clock.advance(SignedDuration::from_hours(24 * 365));
    assert_eq!(case.application.house.publish_due().await.unwrap(), 0, "it was taken down, and stays down");
    // Nobody's session lives as long.
    case.editor = case.application.editor().await;
    case.vendor = case.application.signed_in(VENDOR).await;
    case.note("Who runs it now?").await;
    case.decide("request_changes").await;
    case.submit().await;
    case.decide("approve").await;
    assert_eq!(case.application.house.publish_due().await.unwrap(), 1);
    assert_eq!(programs_in_the_guide(&case).await, 1);
    assert_eq!(case.review("").await.all(".title .status"), ["Published"]);
    case.application.stop().await;
}

#[tokio::test]
async fn a_vendor_withdraws_an_entry_and_brings_it_back() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(case) = Submission::on(engine).await else { continue };
        let home = case.vendor.get(&case.entry).await;
        let asked = case.vendor.get(&home.link("Withdraw this entry")).await.expect_status(200);
        assert_eq!(case.review("").await.all(".title .status"), ["Submitted"], "asking changes nothing");
        for _ in 0..2 {
            let home = case.vendor.submit(asked.form(&format!("{}/withdraw", case.entry))).await.expect_status(200);
            assert!(home.all("h2").contains(&"Withdrawn".to_owned()), "{:?}", home.all("h2"));
        }
        let told = case.application.mail_to(EDITOR, "Withdrawn").await;
        assert!(told.text().contains(&case.desk) && told.text().contains("Kiritō Networks"), "{}", told.text());
        case.application.sent_everything().await;
        let review = case.review("").await;
        assert_eq!(review.all(".title .status"), ["Withdrawn"]);
        assert!(review.find_form(&format!("{}/decision", case.desk)).is_none());
        // A withdrawn entry is not asked about withdrawing.
        assert_eq!(case.vendor.get(&format!("{}/withdraw", case.entry)).await.path, case.entry);

        let home = case.press_at_home("reinstate").await;
        assert!(home.text().contains("Check your answers and submit"), "{}", home.text());
        case.submit().await;
        case.decide("publish").await;
        // While readers see its profile, nobody withdraws it.
        assert_eq!(case.vendor.get(&format!("{}/withdraw", case.entry)).await.path, case.entry);
        assert_eq!(case.vendor.submit(asked.form(&format!("{}/withdraw", case.entry))).await.status, 409);
        assert_eq!(programs_in_the_guide(&case).await, 1);
        case.application.stop().await;
    }
}

#[tokio::test]
async fn an_editor_withdraws_an_entry_and_brings_it_back() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(case) = Submission::on(engine).await else { continue };
        case.note("You asked us to leave it out.").await;
        let review = case.review("").await;
        for _ in 0..2 {
            let after = case.editor.submit(form(&review, "participation").press("withdraw")).await.expect_status(200);
            assert_eq!(after.all(".title .status"), ["Withdrawn"]);
        }
        let told = case.application.mail_to(VENDOR, "Withdrawn").await;
        assert!(told.text().contains("You asked us to leave it out.") && told.text().contains(&case.entry), "{}", told.text());
        let review = case.review("").await;
        for _ in 0..2 {
            let after = case.editor.submit(form(&review, "participation").press("reinstate")).await.expect_status(200);
            assert_eq!(after.all(".title .status"), ["Draft"]);
        }
        let told = case.application.mail_to(VENDOR, "Brought back").await;
        assert!(!told.text().contains("deadline") && told.text().contains(&case.entry), "it came in time: {}", told.text());
        case.submit().await;
        // An act that there is not, and one more field, do nothing.
        let review = case.review("").await;
        assert_eq!(case.editor.submit(form(&review, "participation").press("delete")).await.status, 400);
        assert_eq!(case.editor.submit(form(&review, "participation").press("withdraw").tick("zz", "1")).await.status, 400);
        assert_eq!(case.review("").await.all(".title .status"), ["Submitted"]);
        case.application.stop().await;
    }
}

#[tokio::test]
async fn a_draft_that_nobody_has_seen_is_withdrawn_without_a_mail() {
    let application = Application::on_sqlite().await;
    application.editor().await;
    let vendor = application.signed_in("maya@fenwhistle.example").await;
    let entry = start_entry(&vendor, "Fenwhistle Communications Ltd.", "Fenwhistle Partner Program").await;
    let asked = vendor.get(&format!("{entry}/withdraw")).await.expect_status(200);
    application.sent_everything().await;
    let before = application.mail.received().len();
    vendor.submit(asked.form(&format!("{entry}/withdraw"))).await.expect_status(200);
    application.sent_everything().await;
    assert_eq!(application.mail.received().len(), before);
    application.stop().await;
}
