//! Lists of the desk that are longer than a page.

use almanac::db::{Moment, messages};
use almanac::error::AppError;

use crate::support::application::Engine;
use crate::support::submission::Submission;

/// More mails than a page has, all sent, and an older one that waits for its next try.
async fn with_many_mails(engine: Engine) -> Option<Submission> {
    let case = Submission::on(engine).await?;
    case.decide("approve").await;
    case.decide("publish").await;
    case.application.sent_everything().await;
    let house = case.application.house.clone();
    let written = move |connection: &mut almanac::db::Connection| {
        let Some(sent) = messages::newest(connection, 1, 0)?.pop() else { return Ok(()) };
        let (now, later) = (house.now(), house.now() + jiff::SignedDuration::from_hours(1));
        for number in 0..120 {
            let held_back = number == 0;
            let copy = messages::Message {
                id: house.id(),
                dedupe_key: format!("copy {number}"),
                created_at: Moment::from(now - jiff::SignedDuration::from_hours(if held_back { 48 } else { 24 })),
                next_attempt_at: Moment::from(later),
                sent_at: if held_back { None } else { sent.sent_at },
                last_error: held_back.then(|| "421 come back later".to_owned()),
                attempts: 3,
                ..sent.clone()
            };
            messages::insert_or_ignore(connection, &copy)?;
        }
        Ok::<_, AppError>(())
    };
    case.application.house.db.write(written).await.unwrap();
    Some(case)
}

#[tokio::test]
async fn a_mail_that_is_held_back_is_on_top_and_all_others_can_be_reached() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(case) = with_many_mails(engine).await else { continue };
        let first = case.editor.get("/desk/messages").await.expect_status(200);
        let top = first.all("tbody tr").remove(0);
        assert!(top.contains("To be tried again") && top.contains("421 come back later"), "{top}");
        let second = case.editor.get(&first.link("Next page")).await.expect_status(200);
        assert_eq!(second.all("tbody tr").remove(0), top, "it is missed on no page");
        assert!(second.all("tbody tr").len() > 20 && second.find_form("/desk/messages/").is_some());
        assert_eq!(second.link("Previous page"), "/desk/messages?page=1");
        assert!(!second.html.contains("Next page"));

        // Sent again at once, and not when its time has come.
        case.editor.submit(first.form("/desk/messages/")).await.expect_status(200);
        case.application.sent_everything().await;
        let after = case.editor.get("/desk/messages").await;
        assert!(!after.text().contains("To be tried again"), "{}", after.text());
        case.application.stop().await;
    }
}

/// An old link may lead beyond the end of a history, which has not begun anew there.
#[tokio::test]
async fn beyond_the_end_of_a_history_is_said_that_nothing_was_before() {
    let Some(case) = Submission::on(Engine::Sqlite).await else { return };
    let beyond = case.editor.get("/desk/history?page=9").await.expect_status(200);
    assert!(beyond.text().contains("Nothing happened before that."), "{}", beyond.text());
    assert_eq!(beyond.link("Previous page"), "/desk/history?edition=2017&page=8");
    case.application.stop().await;
}
