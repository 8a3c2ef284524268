//! What an editor decides is about what stood on the page, and happens once.

use reqwest::Method;

use crate::support::application::Engine;
use crate::support::client::{Form, Page};
use crate::support::filling::colleague;
use crate::support::submission::{Submission, VENDOR, form};

#[tokio::test]
async fn answers_that_were_changed_since_are_not_decided_about_unread() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(case) = Submission::on(engine).await else { continue };
        let seen = case.review("").await;
        case.press_at_home("recall").await;
        let page = case.page("company").await.set("ceo", "Ada Unseen");
        case.vendor.submit(page).await.expect_status(200);
        case.submit().await;

        for act in ["approve", "publish"] {
            let refused = case.editor.submit(form(&seen, "decision").press(act)).await.expect_status(409);
            assert_eq!(refused.heading(), "The entry has been changed since");
        }
        assert!(case.application.client().get("/2017/").await.all(".programs .name").is_empty());
        let anew = case.review("").await;
        assert!(anew.text().contains("Ada Unseen"));
        case.editor.submit(form(&anew, "decision").press("publish")).await.expect_status(200);
        case.editor.submit(form(&anew, "decision").press("publish")).await.expect_status(200);
        assert_eq!(case.application.client().get("/2017/").await.all(".programs .name").len(), 1);

        // Taken down, its vendor is told so, and not that it will appear.
        let published = case.review("").await;
        case.editor.submit(form(&published, "participation").press("unpublish")).await.expect_status(200);
        let home = case.home().await;
        assert!(home.all("h2").contains(&"Taken down".to_owned()), "{:?}", home.all("h2"));
        let page = case.vendor.get(&format!("{}/company", case.entry)).await.expect_status(200);
        assert!(page.text().contains("The editors have taken the profile down"));
        assert!(!home.text().contains("will be published") && !page.text().contains("before it is published"));
        case.application.stop().await;
    }
}

/// What the field is called in which a reply is typed to the only thread.
fn reply_field(review: &Page) -> String {
    review.attributes("textarea[name^='reply.']", "name").remove(0)
}

/// The fields of a form, to be posted without going on.
fn sent(form: &Form) -> Vec<(&str, &str)> {
    form.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

#[tokio::test]
async fn a_colleagues_change_is_not_submitted_unread() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(case) = Submission::on(engine).await else { continue };
        let submit = format!("{}/submit", case.entry);
        case.press_at_home("recall").await;
        let check = case.vendor.get(&format!("{}/check", case.entry)).await.expect_status(200);
        case.application.clock.advance(jiff::SignedDuration::from_secs(1));
        let peter = colleague(&case.application, &case.entry, "peter@kirito-networks.example").await;
        let page = peter.get(&format!("{}/company", case.entry)).await.form("/entries/").set("ceo", "Ada Unseen");
        peter.submit(page).await.expect_status(200);

        // Back or load anew: the page that says so is one that can be read.
        let (status, place) = case.vendor.answer(Method::POST, &submit, &sent(&check.form(&submit))).await;
        let place = place.unwrap();
        assert!(status == 303 && place.starts_with(&format!("{}/check?since=", case.entry)), "{status} {place}");
        let refused = case.vendor.get(&place).await.expect_status(200);
        assert!(refused.title().starts_with("Error: Check your answers"), "{}", refused.title());
        assert!(refused.text().contains("nothing was sent") && refused.text().contains("Ada Unseen"));
        assert_eq!(refused.all(".errors li"), ["“CEO” was changed by Peter Hallam"]);
        let anchor = refused.attributes(".errors li a", "href").remove(0);
        assert!(refused.all(&format!("[id='{}']", anchor.trim_start_matches('#'))).concat().contains("Ada Unseen"));
        assert_eq!(case.review("").await.all(".title .status"), ["Draft"]);
        let receipt = case.vendor.submit(refused.form(&submit)).await.expect_status(200);
        // The outdated page leads to the receipt now: what was to be done is done.
        assert_eq!(case.vendor.submit(check.form(&submit)).await.path, receipt.path);
        case.vendor.submit(check.form(&submit).without("revision")).await.expect_status(400);
        case.application.stop().await;
    }
}

/// Neither an editor's note nor a vendor's answer is settled by somebody who has not read it.
#[tokio::test]
async fn a_note_that_was_written_since_is_not_settled_unread() {
    for (engine, act) in [(Engine::Sqlite, "approve"), (Engine::Sqlite, "publish"), (Engine::Postgres, "request_changes")] {
        let Some(case) = Submission::on(engine).await else { continue };
        case.note("Is it so?").await;
        let seen = case.review("").await;
        let answer = case.vendor.get(&case.home().await.link("Answer the note on The whole entry")).await;
        let answer = answer.form(&format!("{}/notes/", case.entry)).set("body", "Wait, I will correct it tomorrow.");
        case.vendor.submit(answer).await.expect_status(200);
        let refused = case.editor.submit(form(&seen, "decision").press(act)).await.expect_status(409);
        assert_eq!(refused.heading(), "The entry has been changed since");
        assert_eq!(case.review("").await.all(".title .status"), ["Submitted"]);
        case.decide(act).await;
        case.application.stop().await;
    }
}

#[tokio::test]
async fn publishing_settles_what_was_noted_after_approving() {
    let case = Submission::on(Engine::Sqlite).await.unwrap();
    case.decide("approve").await;
    case.note("One more thing.").await;
    let review = case.decide("publish").await;
    assert_eq!(review.all("[id^=thread-] h3"), ["Note 1, resolved"]);
    assert!(!case.home().await.text().contains("Answer the note"));
    case.application.stop().await;
}

/// The mail says what was said last, and by whom.
#[tokio::test]
async fn a_request_for_changes_tells_the_whole_thread() {
    let case = Submission::on(Engine::Sqlite).await.unwrap();
    case.note("Is it so?").await;
    case.decide("request_changes").await;
    let answer = case.vendor.get(&case.home().await.link("Answer the note on The whole entry")).await;
    let answer = answer.form(&format!("{}/notes/", case.entry)).set("body", "Yes, since May.");
    case.vendor.submit(answer).await.expect_status(200);
    assert!(case.home().await.all(".note").concat().contains("Yes, since May. Élodie Marchand-Sørensen"));
    case.submit().await;
    let review = case.review("").await;
    let reply = review.form(&format!("{}/notes/", case.desk)).set(&reply_field(&review), "Then spell it out.").press("reply");
    case.editor.submit(reply).await.expect_status(200);
    case.decide("request_changes").await;
    case.application.sent_everything().await;
    let mail = case.application.mail_to(VENDOR, "Changes are asked for").await;
    let said = ["Ruth Lindqvist: Is it so?", "Élodie Marchand-Sørensen: Yes, since May.", "Ruth Lindqvist: Then spell it out."];
    assert!(said.iter().all(|said| mail.text().contains(said)), "{}", mail.text());
    case.application.stop().await;
}

#[tokio::test]
async fn approving_settles_the_notes_that_the_vendor_sees() {
    for (engine, act) in [(Engine::Sqlite, "approve"), (Engine::Sqlite, "publish"), (Engine::Postgres, "approve")] {
        let Some(case) = Submission::on(engine).await else { continue };
        let internal = form(&case.review("").await, "notes").set("note", "Ask them by telephone.").tick("internal", "yes");
        case.note("Is it so?").await;
        case.editor.submit(internal).await.expect_status(200);
        let review = case.review("").await;
        assert!(review.all(".bar").concat().contains("1 open note to send"), "{:?}", review.all(".bar"));
        let after = case.decide(act).await;
        assert_eq!(after.all("[id^=thread-] h3"), ["Note 1, resolved", "Note 2, open, internal"]);
        let history = case.editor.get(&format!("{}/history", case.desk)).await.text();
        assert!(history.contains("approved the entry, which settled one note"), "{history}");
        case.application.stop().await;
    }
}

#[tokio::test]
async fn a_form_with_a_field_twice_or_a_strange_one_does_nothing() {
    let Submission { application, editor, desk, .. } = Submission::on(Engine::Sqlite).await.unwrap();
    let review = editor.get(&desk).await;
    for posted in [
        form(&review, "decision").press("approve").press("publish"),
        form(&review, "decision").press("approve").tick("zzz", "1"),
        form(&review, "decision").press("approve").without("revision"),
        review.form(&format!("{desk}/notes")).set("note", "One").tick("note", "Two"),
        review.form(&format!("{desk}/notes")).set("note", "One").tick("zz", "1"),
    ] {
        let refused = editor.submit(posted).await.expect_status(400);
        assert_eq!(refused.heading(), "The form did not arrive whole");
    }
    let after = editor.get(&desk).await;
    assert!(after.text().contains("Submitted") && after.all(".note").len() == review.all(".note").len());

    let newcomer = application.signed_in("maya@fenwhistle.example").await;
    let start =
        newcomer.get("/entries/new").await.form("/entries/new").set("name", "Maya").set("company", "One").set("program", "P");
    newcomer.submit(start.tick("company", "Two")).await.expect_status(400);
    let sign_in = application.client();
    let twice = sign_in.get("/sign-in").await.form("/sign-in").set("email", "one@example.com").tick("email", "two@example.com");
    sign_in.submit(twice).await.expect_status(400);
    application.stop().await;
}

#[tokio::test]
async fn a_note_whose_button_is_pressed_twice_stands_once() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(Submission { application, editor, desk, .. }) = Submission::on(engine).await else { continue };
        let review = editor.get(&desk).await;
        let before = review.all("[id^=thread-]").len();
        let note = || review.form(&format!("{desk}/notes")).set("note.ceo", "Is it still he?");
        editor.submit(note()).await.expect_status(200);
        let after = editor.submit(note()).await.expect_status(200);
        assert_eq!(after.all("[id^=thread-]").len(), before + 1);
        let thread = after.attributes("[id^=thread-]", "id").into_iter().find(|id| !review.html.contains(id.as_str())).unwrap();
        let reply = thread.replace("thread-", "reply.");
        let path = format!("{desk}/notes/{}", thread.trim_start_matches("thread-"));
        for body in ["I asked.", "I asked.", "No answer yet."] {
            editor.submit(after.form(&path).set(&reply, body).press("reply")).await.expect_status(200);
        }
        // The same words to another question are another note.
        let again = editor.submit(note().without("note.ceo").set("note.url", "Is it still he?")).await.expect_status(200);
        assert_eq!(again.all(&format!("#{thread} li")).len(), 3);
        assert_eq!(again.all("[id^=thread-]").len(), before + 2);
        application.stop().await;
    }
}
