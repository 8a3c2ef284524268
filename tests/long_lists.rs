//! Lists of the desk that are longer than a page.

use almanac::db::{Moment, events, messages};
use almanac::error::AppError;

use crate::support::application::Engine;
use crate::support::submission::{Submission, VENDOR};

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

/// A mail is sent again by an editor, as any other act is done: the history says so, of its entry where it has one.
#[tokio::test]
async fn a_mail_that_is_sent_again_stands_in_the_history() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(case) = Submission::on(engine).await else { continue };
        case.decide("approve").await;
        case.decide("publish").await;
        case.application.sent_everything().await;
        let give_up = |connection: &mut almanac::db::Connection| {
            for sent in messages::newest(connection, 10, 0)? {
                if ["profile_published", "editor_invited"].contains(&sent.kind.as_str()) {
                    let key = format!("{} again", sent.dedupe_key);
                    let id = almanac::db::ids::MessageId::new(uuid::Uuid::now_v7());
                    let copy = messages::Message { id, dedupe_key: key, sent_at: None, failed_at: sent.sent_at, ..sent };
                    messages::insert_or_ignore(connection, &copy)?;
                }
            }
            Ok::<_, AppError>(())
        };
        case.application.house.db.write(give_up).await.unwrap();
        while let Some(form) = case.editor.get("/desk/messages").await.find_form("/desk/messages/") {
            case.editor.submit(form).await.expect_status(200);
        }
        let history = case.editor.get("/desk/history").await.expect_status(200).all("tbody tr");
        let again: Vec<_> = history.iter().filter(|line| line.contains("sent a mail to")).collect();
        assert_eq!(again.len(), 3, "to both of its people and the editor: {history:?}");
        assert!(again.iter().any(|line| line.contains("to ruth@guide.example again") && !line.contains("Kirit")), "{again:?}");
        assert!(again.iter().any(|line| line.contains(&format!("to {VENDOR} again")) && line.contains("Kirit")), "{again:?}");
        let of_entry = case.editor.get(&format!("{}/history", case.desk)).await.expect_status(200).text();
        assert_eq!(of_entry.matches("sent a mail to").count(), 2, "{of_entry}");
        let of_vendor = case.vendor.get(&format!("{}/history", case.entry)).await.expect_status(200).text();
        assert!(!of_vendor.contains("sent a mail to"), "the desk's post is the desk's: {of_vendor}");
        case.application.stop().await;
    }
}

/// None twice and none missing, also where many have the same moment.
#[tokio::test]
async fn a_long_history_goes_on_where_its_page_ended() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(case) = Submission::on(engine).await else { continue };
        let entry = case.entry.trim_start_matches("/entries/").parse().unwrap();
        let house = case.application.house.clone();
        let write = move |connection: &mut almanac::db::Connection| {
            let now = house.now();
            for number in 0..250 {
                let at = Moment::from(now - jiff::SignedDuration::from_mins(number / 10));
                let (act, details) = (format!("act_{number}_done"), almanac::db::Document(serde_json::json!({})));
                let event = events::Event { id: house.id(), entry_id: Some(entry), account_id: None, act, details, at };
                events::insert(connection, &event)?;
            }
            Ok::<_, AppError>(())
        };
        case.application.house.db.write(write).await.unwrap();
        let first = case.editor.get("/desk/history").await.expect_status(200);
        let second = case.editor.get(&first.link("Next page")).await.expect_status(200);
        assert_eq!(first.all("tbody tr").len(), 200);
        assert!(!second.html.contains("Next page"));
        let lines = [first.all("tbody tr td:last-child"), second.all("tbody tr td:last-child")].concat();
        for number in 0..250 {
            let told = format!("act {number} done");
            assert_eq!(lines.iter().filter(|line| **line == told).count(), 1, "{told}");
        }
        let moments = [first.attributes("tbody time", "datetime"), second.attributes("tbody time", "datetime")].concat();
        assert!(moments.is_sorted_by(|newer, older| newer >= older), "{moments:?}");
        assert_eq!(case.editor.get(&second.link("Previous page")).await.all("tbody tr"), first.all("tbody tr"));
        case.application.stop().await;
    }
}

/// It is tried as soon as the server lets somebody in: nobody knows when, and nobody need ask for it.
#[tokio::test]
async fn a_mail_that_is_due_already_is_not_asked_for() {
    let Some(case) = with_many_mails(Engine::Sqlite).await else { return };
    case.application.clock.advance(jiff::SignedDuration::from_hours(1));
    let messages = case.editor.get("/desk/messages").await.expect_status(200);
    let top = messages.all("tbody tr").remove(0);
    assert!(top.contains("To be tried again") && top.contains("Within 15 minutes"), "{top}");
    assert!(messages.find_form("/desk/messages/").is_none());
    case.application.stop().await;
}

/// A form of a browser sends what nobody chose as nothing.
#[tokio::test]
async fn an_edition_that_is_left_open_is_the_newest() {
    let Some(case) = Submission::on(Engine::Sqlite).await else { return };
    for path in ["/desk?edition=", "/desk?edition=&status=&q=&page=", "/desk/history?edition=", "/desk/history?edition=&page="] {
        case.editor.get(path).await.expect_status(200);
    }
    case.editor.get("/desk/messages?page=").await.expect_status(200);
    for path in ["/desk?edition=1900", "/desk?edition=x", "/desk/history?edition=x", "/desk/history?page=x"] {
        case.editor.get(path).await.expect_status(404);
    }
    case.application.stop().await;
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
