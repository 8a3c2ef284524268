//! What an editor decides is about what stood on the page, and happens once.

use crate::support::application::{Application, Engine};
use crate::support::client::{Client, Form, Page};

const VENDOR: &str = "elodie@kirito-networks.example";

/// With a submitted entry; the editor, and the path of its review.
async fn with_a_submission(engine: Engine) -> Option<(Application, Client, String)> {
    let application = Application::start(engine).await?;
    let text = std::fs::read_to_string("guides/2017/entries/kirito-networks.toml").unwrap();
    application.house.import(&[("kirito-networks.toml".to_owned(), text)]).await.unwrap();
    let editor = application.editor().await;
    let queue = editor.get("/desk").await.expect_status(200);
    let desk = queue.attributes(".queue a.name", "href").remove(0);
    Some((application, editor, desk))
}

fn decision(review: &Page) -> Form {
    review.form(&format!("{}/decision", review.path))
}

fn participation(review: &Page) -> Form {
    review.form(&format!("{}/participation", review.path))
}

#[tokio::test]
async fn answers_that_were_changed_since_are_not_decided_about_unread() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some((application, editor, desk)) = with_a_submission(engine).await else { continue };
        let seen = editor.get(&desk).await.expect_status(200);

        let vendor = application.signed_in(VENDOR).await;
        let entries = vendor.get("/entries").await.expect_status(200);
        let home = vendor.get(&entries.attributes("td a, th a", "href").remove(0)).await.expect_status(200);
        let entry = home.path.clone();
        vendor.submit(home.form(&format!("{entry}/recall"))).await.expect_status(200);
        let page = vendor.get(&format!("{entry}/company")).await.form("/entries/").set("ceo", "Ada Unseen");
        vendor.submit(page).await.expect_status(200);
        let check = vendor.get(&format!("{entry}/check")).await;
        vendor.submit(check.form(&format!("{entry}/submit"))).await.expect_status(200);

        for act in ["approve", "publish"] {
            let refused = editor.submit(decision(&seen).press(act)).await.expect_status(409);
            assert_eq!(refused.heading(), "The entry has been changed since");
        }
        assert!(application.client().get("/2017/").await.all(".programs .name").is_empty());
        let anew = editor.get(&desk).await;
        assert!(anew.text().contains("Ada Unseen"));
        editor.submit(decision(&anew).press("publish")).await.expect_status(200);
        editor.submit(decision(&anew).press("publish")).await.expect_status(200);
        assert_eq!(application.client().get("/2017/").await.all(".programs .name").len(), 1);

        // Taken down, its vendor is told so, and not that it will appear.
        let published = editor.get(&desk).await;
        editor.submit(participation(&published).press("unpublish")).await.expect_status(200);
        let home = vendor.get(&entry).await.expect_status(200);
        assert!(home.all("h2").contains(&"Taken down".to_owned()), "{:?}", home.all("h2"));
        let page = vendor.get(&format!("{entry}/company")).await.expect_status(200);
        assert!(page.text().contains("The editors have taken the profile down"));
        assert!(!home.text().contains("will be published") && !page.text().contains("before it is published"));
        application.stop().await;
    }
}

#[tokio::test]
async fn a_colleagues_change_is_not_submitted_unread() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some((application, editor, desk)) = with_a_submission(engine).await else { continue };
        let vendor = application.signed_in(VENDOR).await;
        let entries = vendor.get("/entries").await.expect_status(200);
        let home = vendor.get(&entries.attributes("td a, th a", "href").remove(0)).await.expect_status(200);
        let entry = home.path.clone();
        vendor.submit(home.form(&format!("{entry}/recall"))).await.expect_status(200);
        let check = vendor.get(&format!("{entry}/check")).await.expect_status(200);
        let page = vendor.get(&format!("{entry}/company")).await.form("/entries/").set("ceo", "Ada Unseen");
        vendor.submit(page).await.expect_status(200);

        let refused = vendor.submit(check.form(&format!("{entry}/submit"))).await.expect_status(409);
        assert!(refused.title().starts_with("Error: Check your answers"), "{}", refused.title());
        assert!(refused.text().contains("nothing was sent") && refused.text().contains("Ada Unseen"));
        assert_eq!(editor.get(&desk).await.all(".title .status"), ["Draft"]);
        let receipt = vendor.submit(refused.form(&format!("{entry}/submit"))).await.expect_status(200);
        // The outdated page leads to the receipt now: what was to be done is done.
        assert_eq!(vendor.submit(check.form(&format!("{entry}/submit"))).await.path, receipt.path);
        vendor.submit(check.form(&format!("{entry}/submit")).without("revision")).await.expect_status(400);
        application.stop().await;
    }
}

#[tokio::test]
async fn approving_settles_the_notes_that_the_vendor_sees() {
    for (engine, act) in [(Engine::Sqlite, "approve"), (Engine::Sqlite, "publish"), (Engine::Postgres, "approve")] {
        let Some((application, editor, desk)) = with_a_submission(engine).await else { continue };
        let review = editor.get(&desk).await;
        for (body, internal) in [("Is it so?", false), ("Ask them by telephone.", true)] {
            let form = review.form(&format!("{desk}/notes")).set("body", body);
            editor.submit(if internal { form.tick("internal", "yes") } else { form }).await.expect_status(200);
        }
        let review = editor.get(&desk).await;
        assert!(review.all(".bar").concat().contains("1 open note to send"), "{:?}", review.all(".bar"));
        let after = editor.submit(decision(&review).press(act)).await.expect_status(200);
        let headings = after.all("[id^=thread-] h3");
        assert_eq!(headings, ["Note 1, resolved", "Note 2, open, internal"]);
        let history = editor.get(&format!("{desk}/history")).await.text();
        assert!(history.contains("approved the entry, which settled one note"), "{history}");
        application.stop().await;
    }
}

#[tokio::test]
async fn a_form_with_a_field_twice_or_a_strange_one_does_nothing() {
    let (application, editor, desk) = with_a_submission(Engine::Sqlite).await.unwrap();
    let review = editor.get(&desk).await;
    for form in [
        decision(&review).press("approve").press("publish"),
        decision(&review).press("approve").tick("zzz", "1"),
        decision(&review).press("approve").without("revision"),
        review.form(&format!("{desk}/notes")).set("body", "One").tick("body", "Two"),
        review.form(&format!("{desk}/notes")).set("body", "One").tick("zz", "1"),
    ] {
        let refused = editor.submit(form).await.expect_status(400);
        assert_eq!(refused.heading(), "The form did not arrive whole");
    }
    let after = editor.get(&desk).await;
    assert!(after.text().contains("Submitted") && after.all(".note").len() == review.all(".note").len());

    let newcomer = application.signed_in("maya@fenwhistle.example").await;
    let form =
        newcomer.get("/entries/new").await.form("/entries/new").set("name", "Maya").set("company", "One").set("program", "P");
    newcomer.submit(form.tick("company", "Two")).await.expect_status(400);
    let sign_in = application.client();
    let form = sign_in.get("/sign-in").await.form("/sign-in").set("email", "one@example.com").tick("email", "two@example.com");
    sign_in.submit(form).await.expect_status(400);
    application.stop().await;
}

#[tokio::test]
async fn a_note_whose_button_is_pressed_twice_stands_once() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some((application, editor, desk)) = with_a_submission(engine).await else { continue };
        let review = editor.get(&desk).await;
        let before = review.all("[id^=thread-]").len();
        let note = || review.form(&format!("{desk}/notes")).set("question", "ceo").set("body", "Is it still he?");
        editor.submit(note()).await.expect_status(200);
        let after = editor.submit(note()).await.expect_status(200);
        assert_eq!(after.all("[id^=thread-]").len(), before + 1);
        let thread = after.attributes("[id^=thread-]", "id").into_iter().find(|id| !review.html.contains(id.as_str())).unwrap();
        let path = format!("{desk}/notes/{}", thread.trim_start_matches("thread-"));
        for body in ["I asked.", "I asked.", "No answer yet."] {
            editor.submit(after.form(&path).set("body", body).press("reply")).await.expect_status(200);
        }
        // The same words to another question are another note.
        let again = editor.submit(note().set("question", "url")).await.expect_status(200);
        assert_eq!(again.all(&format!("#{thread} li")).len(), 3);
        assert_eq!(again.all("[id^=thread-]").len(), before + 2);
        application.stop().await;
    }
}
