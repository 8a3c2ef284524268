//! What an editor has typed into a review is said, or shown again, whatever else is pressed.

use crate::support::application::Engine;
use crate::support::client::{Form, Page};
use crate::support::submission::{Submission, VENDOR, form};

const ON_CEO: &str = "Is it still she?";
const ON_FEE: &str = "Is it lower by half?";

/// The form with notes at two questions that nobody has added, one of them for editors only.
fn with_two_notes(form: Form) -> Form {
    form.set("note.ceo", ON_CEO).set("note.join_fee", ON_FEE).tick("internal.join_fee", "yes")
}

fn threads(review: &Page) -> (Vec<String>, Vec<String>) {
    (review.all("[id^=thread-] h3"), review.all("[id^=thread-] li p:first-child"))
}

#[tokio::test]
async fn a_decision_says_first_what_was_typed() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        for (act, state) in [("request_changes", "open"), ("approve", "resolved"), ("publish", "resolved")] {
            let Some(case) = Submission::on(engine).await else { continue };
            let decision = with_two_notes(form(&case.review("").await, "decision")).press(act);
            // Twice, as a double click does.
            case.editor.submit(decision.clone()).await.expect_status(200);
            let review = case.editor.submit(decision).await;
            assert!(matches!(review.status, 200 | 409), "{}", review.text());
            let (headings, said) = threads(&case.review("").await);
            assert_eq!(said, [ON_CEO, ON_FEE], "{act}");
            assert_eq!(headings, [format!("Note 1, {state}"), "Note 2, open, internal".to_owned()], "{act}");
            if act == "request_changes" {
                case.application.sent_everything().await;
                let mail = case.application.mail_to(VENDOR, "Changes are asked for").await;
                assert!(mail.text().contains(ON_CEO) && !mail.text().contains(ON_FEE), "{}", mail.text());
            }
            case.application.stop().await;
        }
    }
}

#[tokio::test]
async fn any_button_of_the_review_says_what_was_typed() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(case) = Submission::on(engine).await else { continue };
        // Another note's button, which leads to that note.
        let review = case.editor.submit(with_two_notes(form(&case.review("").await, "notes")).set("question", "ceo")).await;
        assert_eq!(threads(&review.expect_status(200)).1, [ON_CEO, ON_FEE]);

        // One that settles a thread in which a reply was typed.
        let review = case.review("").await;
        let reply = review.attributes("textarea[name^='reply.']", "name").remove(0);
        let settle = form(&review, &reply.replace("reply.", "notes/"));
        let settle = settle.set(&reply, "By telephone: it is.").set("note", "A last thing.").press("resolve");
        case.editor.submit(settle.clone()).await.expect_status(200);
        let review = case.editor.submit(settle).await.expect_status(200);
        let (headings, said) = threads(&review);
        assert_eq!(headings, ["Note 3, open", "Note 1, resolved", "Note 2, open, internal"]);
        assert_eq!(said, ["A last thing.", ON_CEO, "By telephone: it is.", ON_FEE]);

        // And one that takes the entry out.
        let leave = form(&case.review("").await, "participation").set("note.url", "You wished it.").press("withdraw");
        let review = case.editor.submit(leave).await.expect_status(200);
        assert!(threads(&review).1.contains(&"You wished it.".to_owned()));
        case.application.sent_everything().await;
        case.application.stop().await;
    }
}

#[tokio::test]
async fn what_cannot_be_said_is_shown_again_and_nothing_is_decided() {
    let case = Submission::on(Engine::Sqlite).await.unwrap();
    let long = "x".repeat(4001);
    let decision = form(&case.review("").await, "decision").set("note.ceo", ON_CEO);
    let decision = decision.set("note.join_fee", &long).tick("internal.join_fee", "yes").set("note.url", &long);
    let review = case.editor.submit(decision.press("approve")).await.expect_status(422);
    assert_eq!(review.all(".errors li").len(), 2);
    assert_eq!((review.all("#note-on-join_fee"), review.all("#note-on-url")), (vec![long.clone()], vec![long]));
    assert_eq!(review.form(&format!("{}/notes", case.desk)).value("internal.join_fee"), Some("yes"));
    assert_eq!((threads(&review).1, review.all(".title .status")), (vec![ON_CEO.to_owned()], vec!["Submitted".to_owned()]));
    // What was said with it is not said once more by its next post.
    let again = review.form(&format!("{}/decision", case.desk)).set("note.join_fee", ON_FEE).set("note.url", "").press("approve");
    let review = case.editor.submit(again).await.expect_status(200);
    assert_eq!(
        (threads(&review).1, review.all(".title .status")),
        (vec![ON_CEO.to_owned(), ON_FEE.to_owned()], vec!["Approved".to_owned()])
    );
    case.application.stop().await;
}

/// What was typed is not lost with a decision that came too late; and a colleague's note is still not settled unread.
#[tokio::test]
async fn an_outdated_decision_leaves_its_notes() {
    let case = Submission::on(Engine::Sqlite).await.unwrap();
    let seen = case.review("").await;
    case.press_at_home("recall").await;
    case.vendor.submit(case.page("company").await.set("ceo", "Ada Since")).await.expect_status(200);
    case.submit().await;
    let refused = case.editor.submit(with_two_notes(form(&seen, "decision")).press("approve")).await.expect_status(409);
    assert!(refused.text().contains("stands there. Nothing else was changed.") && !refused.text().contains(ON_CEO));
    let review = case.review("").await;
    assert_eq!((threads(&review).1.len(), review.all(".title .status")), (2, vec!["Submitted".to_owned()]));
    case.application.stop().await;
}

/// Whoever copied it would say it twice.
#[tokio::test]
async fn what_was_said_before_a_decision_was_refused_is_not_called_unsaid() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(case) = Submission::on(engine).await else { continue };
        let seen = case.review("").await;
        let withdrawn = form(&seen, "participation").press("withdraw");
        case.editor.submit(withdrawn).await.expect_status(200);
        for (below, act) in [("decision", "approve"), ("participation", "unpublish")] {
            let refused = case.editor.submit(with_two_notes(form(&seen, below)).press(act)).await.expect_status(409);
            assert_eq!(refused.heading(), "The entry has moved on");
            let text = refused.text();
            assert!(text.contains("What you typed was added to the entry’s notes, and stands there. Nothing else was changed."));
            for untrue in ["Nothing was changed just now", "to be copied", ON_CEO] {
                assert!(!text.contains(untrue), "{untrue} in: {text}");
            }
            assert_eq!(threads(&case.review("").await).1, [ON_CEO, ON_FEE]);
        }
        // Where nothing was typed, nothing was added.
        let refused = case.editor.submit(form(&seen, "decision").press("approve")).await.expect_status(409);
        assert!(refused.text().contains("Nothing was changed just now: all answers and notes are kept."));
        case.application.stop().await;
    }
}

/// The same words may be said again at the same question, once the page shows what they were said for before.
#[tokio::test]
async fn the_same_may_be_said_again() {
    let case = Submission::on(Engine::Sqlite).await.unwrap();
    for _ in 0..2 {
        case.note(ON_CEO).await;
        case.application.clock.advance(jiff::SignedDuration::from_secs(1));
    }
    assert_eq!(threads(&case.review("").await).1, [ON_CEO, ON_CEO]);
    case.application.stop().await;
}
