//! A form says for whom it was made: it is done for nobody else, and kept for nobody else, whoever used the browser since.

use reqwest::Method;

use crate::kept::sign_in;
use crate::support::application::{EDITOR, Engine, link_in};
use crate::support::client::{Client, Page};
use crate::support::filling::colleague;
use crate::support::submission::{Submission, VENDOR};

const COLLEAGUE: &str = "peter@kirito-networks.example";

/// A draft, and a colleague who may see it.
async fn draft(engine: Engine) -> Option<Submission> {
    let case = Submission::on(engine).await?;
    colleague(&case.application, &case.entry, COLLEAGUE).await;
    case.press_at_home("recall").await;
    Some(case)
}

/// Signs out, and in as this person.
async fn changes_to(case: &Submission, client: &Client, email: &str) -> Page {
    client.answer(Method::POST, "/sign-out", &[]).await;
    sign_in(&case.application, client, &client.get("/sign-in").await, email).await
}

/// Signs in by a link of a mail that another browser has asked for.
async fn sign_in_again(case: &Submission, client: &Client, email: &str) -> Page {
    let before = case.application.sign_in_mails(email).len();
    let elsewhere = case.application.client();
    elsewhere.submit(elsewhere.get("/sign-in").await.form("/sign-in").set("email", email)).await.expect_status(200);
    let mail = case.application.newest_sign_in_mail(email, before + 1).await;
    let page = client.get(&link_in(&mail, "/sign-in/")).await;
    client.submit(page.form("/sign-in/")).await.expect_status(200)
}

#[tokio::test]
async fn a_window_stays_its_authors() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(case) = draft(engine).await else { continue };
        let window = case.page("company").await.set("ceo", "Ada Mine");
        changes_to(&case, &case.vendor, COLLEAGUE).await;
        case.vendor.answer(Method::POST, "/sign-out", &[]).await;
        let asked = case.vendor.submit(window).await.expect_status(200);
        let theirs = sign_in(&case.application, &case.vendor, &asked, COLLEAGUE).await.expect_status(200);
        assert!(!theirs.html.contains("Ada Mine") && theirs.path != "/kept", "{}", theirs.text());
        assert_ne!(case.page("company").await.value("ceo"), Some("Ada Mine"));
        let own = changes_to(&case, &case.vendor, VENDOR).await.expect_status(200);
        assert!(own.html.contains("Ada Mine"), "{}", own.text());
        case.application.stop().await;
    }
}

/// Whoever may change the entry, too, gets nothing done that somebody else has typed.
#[tokio::test]
async fn what_is_sent_while_somebody_else_is_signed_in_is_kept() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(case) = draft(engine).await else { continue };
        let vendor = &case.vendor;
        let window = case.page("company").await.set("ceo", "Ada Elsewhere");
        changes_to(&case, vendor, COLLEAGUE).await;
        let saved = vendor.submit(window.clone().press("autosave")).await.expect_status(409);
        let said: serde_json::Value = serde_json::from_str(&saved.html).unwrap();
        assert!(said["said"].as_str().unwrap().starts_with("Not saved: somebody else is signed in here now"), "{said}");
        // What is too large to be kept stands on the answer alone, which nothing there leads away from.
        let large = vendor.submit(window.clone().set("ceo", &"Ada ".repeat(80_000))).await.expect_status(409);
        assert_eq!(large.attributes("main form", "action"), [format!("{}/company", case.entry)]);
        let told = vendor.submit(window).await.expect_status(409);
        assert_eq!(told.heading(), "Somebody else is signed in");
        for words in ["What was sent is kept for a day", "CEO Ada Elsewhere"] {
            assert!(told.text().contains(words), "{words}: {}", told.text());
        }
        assert_ne!(case.page("company").await.value("ceo"), Some("Ada Elsewhere"));
        assert_eq!(vendor.get("/kept").await.path, "/entries", "it waits for its author");

        let signs_out = told.attributes("main form[action='/sign-out'] input[name=next]", "value");
        let (status, place) = vendor.answer(Method::POST, "/sign-out", &[("next", &signs_out[0])]).await;
        assert_eq!((status, place.as_deref()), (303, Some("/sign-in")));
        let asked = vendor.get("/sign-in").await;
        assert!(asked.text().contains("with the address that you used before"), "{}", asked.text());
        let own = sign_in(&case.application, vendor, &asked, VENDOR).await.expect_status(200);
        assert_eq!((own.path.as_str(), own.all("section h2")), ("/kept", vec!["Company".to_owned()]));
        vendor.submit(own.form(&format!("{}/company", case.entry))).await.expect_status(200);
        assert_eq!(case.page("company").await.value("ceo"), Some("Ada Elsewhere"));
        case.application.stop().await;
    }
}

/// Who signs out means to leave: what comes from a window that was left open is saved only at a press.
#[tokio::test]
async fn whoever_signed_out_is_asked_first() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(case) = draft(engine).await else { continue };
        let window = case.page("company").await.set("ceo", "Ada Left").press("autosave");
        case.vendor.answer(Method::POST, "/sign-out", &[]).await;
        let asked = case.vendor.submit(window).await.expect_status(200);
        let kept = sign_in(&case.application, &case.vendor, &asked, VENDOR).await.expect_status(200);
        assert_eq!((kept.path.as_str(), kept.all("section h2")), ("/kept", vec!["Company".to_owned()]));
        assert_ne!(case.page("company").await.value("ceo"), Some("Ada Left"));
        // Nor does another signing in change that.
        let kept = sign_in_again(&case, &case.vendor, VENDOR).await;
        assert_eq!(kept.path, "/kept");
        // What the page had sent by itself is sent by a press, and answered with a page.
        let saved = case.vendor.submit(kept.form(&format!("{}/company", case.entry))).await.expect_status(200);
        assert!(saved.path.starts_with(&case.entry) && !saved.heading().is_empty(), "{}", saved.html);
        assert_eq!(case.page("company").await.value("ceo"), Some("Ada Left"));
        case.application.stop().await;
    }
}

/// Nor is there nothing: what the author may do there is kept, though whoever is signed in may not even know of it.
#[tokio::test]
async fn an_editors_note_is_not_lost_at_a_vendors() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(case) = Submission::on(engine).await else { continue };
        let notes = format!("{}/notes", case.desk);
        let note = case.review("").await.form(&notes).set("note", "Is it so?");
        changes_to(&case, &case.editor, VENDOR).await;
        let told = case.editor.submit(note).await.expect_status(409);
        assert_eq!(told.heading(), "Somebody else is signed in");
        assert!(told.text().contains("Note Is it so?"), "{}", told.text());
        let own = changes_to(&case, &case.editor, EDITOR).await.expect_status(200);
        let review = case.editor.submit(own.form(&notes)).await.expect_status(200);
        assert!(review.html.contains("Is it so?"));
        case.application.stop().await;
    }
}

/// A form that says of itself what it likes opens nothing, and is kept for nobody else.
#[tokio::test]
async fn what_a_form_says_of_itself_gives_no_right() {
    let case = draft(Engine::Sqlite).await.unwrap();
    let window = case.page("company").await.set("ceo", "Ada Forged");
    let stranger = case.application.signed_in("mallory@elsewhere.example").await;
    assert_eq!(stranger.submit(window.clone()).await.status, 409);
    assert_eq!(stranger.submit(window.clone().without("by")).await.status, 404);
    let signed_out = case.application.client();
    for client in [&stranger, &signed_out] {
        for nobody in ["x", "01890a5d-ac96-774b-bcce-b302099a8057"] {
            let refused = client.submit(window.clone().set("by", nobody)).await.expect_status(400);
            assert!(refused.text().contains("the field “by” is not one"), "{}", refused.text());
            assert!(refused.text().contains("CEO Ada Forged"), "{}", refused.text());
        }
    }
    assert_ne!(case.page("company").await.value("ceo"), Some("Ada Forged"));
    for client in [&case.vendor, &stranger] {
        assert!(client.get("/kept").await.path.starts_with("/entries"), "nothing is kept for them");
    }
    case.application.stop().await;
}

/// Every form that is there for somebody says for whom.
#[tokio::test]
async fn every_form_says_for_whom_it_is() {
    let case = Submission::on(Engine::Sqlite).await.unwrap();
    case.note("Is it so?").await;
    let pages = [
        case.review("").await,
        case.home().await,
        case.vendor.get(&format!("{}/receipt", case.entry)).await,
        case.vendor.get("/entries/new").await,
        case.vendor.get(&format!("{}/withdraw", case.entry)).await,
    ];
    case.decide("request_changes").await;
    let answer = case.home().await.attributes("a[href*='/notes/']", "href").remove(0);
    let more = [
        case.vendor.get(&answer).await,
        case.vendor.get(&format!("{}/check", case.entry)).await,
        case.vendor.get(&format!("{}/company", case.entry)).await,
    ];
    for page in pages.iter().chain(&more) {
        let forms = page.all("main form[method=post], form#decision").len();
        let said = page.attributes("form[method=post] input[name=by]", "value");
        assert!(forms > 0, "{}", page.path);
        assert_eq!(said.len(), forms, "{}", page.path);
        assert!(said.iter().all(|by| *by == said[0] && by.len() == 36), "{said:?}");
    }
    case.application.stop().await;
}
