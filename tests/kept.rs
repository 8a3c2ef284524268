//! What was sent when the session had ended is kept, stands there again after signing in, and is done only when its
//! button is pressed again.

use jiff::SignedDuration;
use reqwest::Method;

use crate::support::application::{Application, EDITOR, Engine, link_in};
use crate::support::client::{Client, Form, Page};
use crate::support::filling::colleague;
use crate::support::submission::{Submission, VENDOR, form};

const NOTE: &str = "Is it so?\nThe figure of last year was lower by half, and the page for the edition says that it counts\n“certified” partners only.";

/// Signs in from the page that asks for it; what comes then.
pub async fn sign_in(application: &Application, client: &Client, page: &Page, email: &str) -> Page {
    assert_eq!(page.heading(), "Sign in");
    let before = application.sign_in_mails(email).len();
    client.submit(page.form("/sign-in").set("email", email)).await.expect_status(200);
    let mail = application.newest_sign_in_mail(email, before + 1).await;
    let page = client.get(&link_in(&mail, "/sign-in/")).await;
    client.submit(page.form("/sign-in/")).await
}

/// Sends a form when the session has ended, and signs in again.
async fn sent_too_late(application: &Application, client: &Client, form: Form, email: &str) -> Page {
    client.answer(Method::POST, "/sign-out", &[]).await;
    let page = client.submit(form).await.expect_status(200);
    assert!(page.text().contains("What you sent is kept"), "{}", page.text());
    sign_in(application, client, &page, email).await
}

#[tokio::test]
async fn a_note_is_shown_again_and_written_once() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(case) = Submission::on(engine).await else { continue };
        let notes = format!("{}/notes", case.desk);
        let note = case.review("?show=noted").await.form(&notes).set("note.join_fee", NOTE);
        let kept = sent_too_late(&case.application, &case.editor, note.clone(), EDITOR).await.expect_status(200);
        assert_eq!((kept.path.as_str(), kept.heading().as_str()), ("/kept", "What you sent is kept"));
        assert_eq!(kept.all("nav[aria-label=Desk] a").len(), 3);
        assert_eq!(kept.all("section h2"), ["A note – Kiritō Networks K.K. (株式会社霧灯ネットワークス)"]);
        assert!(kept.all("dl.answers dd").contains(&NOTE.replace('\n', "")), "{}", kept.text());
        assert!(!kept.text().contains("join_fee"), "a question is called as people know it: {}", kept.text());
        assert!(!case.review("").await.html.contains("lower by half"), "nothing is done by itself");

        // It stays for as long as it was not sent, whoever looks at it how often.
        let kept = case.editor.get("/kept").await.expect_status(200);
        let again = kept.form(&notes);
        assert_eq!(again.value("note.join_fee").map(|text| text.replace("\r\n", "\n")).as_deref(), Some(NOTE));
        let review = case.editor.submit(again).await.expect_status(200);
        assert_eq!(
            (review.path.as_str(), review.html.matches("lower by half").count()),
            (format!("{}?show=noted", case.desk).as_str(), 1)
        );
        assert_eq!(case.editor.get("/kept").await.path, "/desk", "what was sent is kept no longer");
        case.application.stop().await;
    }
}

#[tokio::test]
async fn a_vendors_answer_to_a_note_is_kept() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(case) = Submission::on(engine).await else { continue };
        case.note("Is it so?").await;
        case.decide("request_changes").await;
        let answer = case.home().await.attributes("a[href*='/notes/']", "href").remove(0);
        let form = case.vendor.get(&answer).await.expect_status(200).form(&answer).set("body", NOTE);
        let kept = sent_too_late(&case.application, &case.vendor, form, VENDOR).await.expect_status(200);
        assert_eq!(kept.all("section h2"), ["Your answer to a note"]);
        assert_eq!(kept.all("nav[aria-label='Your entry'] a").len(), 3);
        case.vendor.submit(kept.form(&answer)).await.expect_status(200);
        assert!(case.review("").await.html.contains("lower by half"));
        case.application.stop().await;
    }
}

#[tokio::test]
async fn nothing_is_decided_without_a_press() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(case) = Submission::on(engine).await else { continue };
        let decision = form(&case.review("").await, "decision").press("approve");
        let kept = sent_too_late(&case.application, &case.editor, decision.clone(), EDITOR).await.expect_status(200);
        let decide = format!("{}/decision", case.desk);
        assert_eq!(kept.all(&format!("form[action='{decide}'] button")), ["Approve"]);
        assert!(!kept.text().contains("What you typed"), "{}", kept.text());
        assert_eq!(case.review("").await.all(".title .status"), ["Submitted"]);

        // One may think otherwise.
        let review = case.editor.submit(kept.form("/kept")).await.expect_status(200);
        assert_eq!((review.path.as_str(), review.all(".title .status")), (case.desk.as_str(), vec!["Submitted".to_owned()]));
        assert_eq!(case.editor.get("/kept").await.path, "/desk");

        let kept = sent_too_late(&case.application, &case.editor, decision, EDITOR).await;
        let review = case.editor.submit(kept.form(&decide)).await.expect_status(200);
        assert_eq!(review.all(".title .status"), ["Approved"]);
        case.application.stop().await;
    }
}

/// A decision needs the note that was written before it, and is not outdated by it; only by what others did.
#[tokio::test]
async fn a_note_is_sent_before_the_decision_that_needs_it() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(case) = Submission::on(engine).await else { continue };
        let (notes, decide) = (format!("{}/notes", case.desk), format!("{}/decision", case.desk));
        let review = case.review("").await;
        let decision = form(&review, "decision").press("request_changes");
        case.editor.answer(Method::POST, "/sign-out", &[]).await;
        case.editor.submit(review.form(&notes).set("note", "Is it so?")).await.expect_status(200);
        let asked = case.editor.submit(decision.clone()).await.expect_status(200);
        let kept = sign_in(&case.application, &case.editor, &asked, EDITOR).await.expect_status(200);
        let company = "Kiritō Networks K.K. (株式会社霧灯ネットワークス)";
        assert_eq!(kept.all("section h2"), [format!("A note – {company}"), format!("A decision – {company}")]);
        case.editor.submit(kept.form(&notes)).await.expect_status(200);
        let review = case.editor.submit(case.editor.get("/kept").await.form(&decide)).await.expect_status(200);
        assert_eq!(review.all(".title .status"), ["Changes requested"]);

        case.submit().await;
        let decision = form(&case.review("").await, "decision").press("approve");
        let kept = sent_too_late(&case.application, &case.editor, decision, EDITOR).await;
        case.press_at_home("recall").await;
        case.vendor.submit(case.page("company").await.set("ceo", "Ada Since")).await.expect_status(200);
        case.submit().await;
        case.editor.submit(kept.form(&decide)).await.expect_status(409);
        let kept = case.editor.get("/kept").await.expect_status(200);
        assert!(kept.text().contains("not taken. ") && !kept.text().contains("Send it now"), "{}", kept.text());
        assert!(kept.find_form(&decide).is_none());
        assert_eq!(kept.link("Open the page as it is now"), case.desk);
        case.application.stop().await;
    }
}

/// Whoever else signs in at that browser gets what is at the address for them: nothing. Whose it is finds it still.
#[tokio::test]
async fn a_kept_form_is_shown_to_nobody_else() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(case) = Submission::on(engine).await else { continue };
        let note = case.review("").await.form(&format!("{}/notes", case.desk)).set("note", NOTE);
        let page = sent_too_late(&case.application, &case.editor, note, VENDOR).await;
        assert_eq!(page.status, 404);
        let own = case.editor.get("/kept").await.expect_status(200);
        assert_eq!((own.path.as_str(), own.html.contains("lower by half")), ("/entries", false));
        assert_eq!(case.vendor.get("/kept").await.path, "/entries", "another browser keeps nothing");
        case.editor.answer(Method::POST, "/sign-out", &[]).await;
        let kept = sign_in(&case.application, &case.editor, &case.editor.get("/sign-in").await, EDITOR).await;
        assert!(kept.expect_status(200).html.contains("lower by half"));
        case.application.clock.advance(jiff::SignedDuration::from_hours(25));
        assert_eq!(case.editor.get("/kept").await.path, "/desk", "it is kept for a day");
        case.application.stop().await;
    }
}

/// A colleague may see the entry, but what was typed for it is its author's: theirs to send, or not.
#[tokio::test]
async fn a_kept_form_waits_for_its_author() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(case) = Submission::on(engine).await else { continue };
        const COLLEAGUE: &str = "peter@kirito-networks.example";
        colleague(&case.application, &case.entry, COLLEAGUE).await;
        case.press_at_home("recall").await;
        let page = case.page("company").await.set("ceo", "Ada Unsent");
        let new =
            case.vendor.get("/entries/new").await.form("/entries/new").set("company", "Secret plc").set("program", "Unsaid");
        // The browser goes on sending the cookie of a session that has ended.
        case.application.sessions_run_out(VENDOR).await;
        let sign_in_page = case.vendor.submit(page).await.expect_status(200);
        assert!(sign_in_page.text().contains("with the address that you used before"), "{}", sign_in_page.text());
        case.vendor.submit(new.clone()).await.expect_status(200);

        let theirs = sign_in(&case.application, &case.vendor, &sign_in_page, COLLEAGUE).await.expect_status(200);
        assert!(!theirs.html.contains("Ada Unsent"), "{}", theirs.text());
        let own = case.vendor.get("/kept").await;
        assert_eq!((own.path.as_str(), own.html.contains("Secret plc")), ("/entries", false));
        // Nobody else throws it away, not even by sending the same.
        case.vendor.submit(new.without("by")).await.expect_status(200);
        case.vendor.answer(Method::POST, "/sign-out", &[]).await;

        let kept = sign_in(&case.application, &case.vendor, &case.vendor.get("/sign-in").await, VENDOR).await.expect_status(200);
        assert_eq!((kept.path.as_str(), kept.all("section h2")), ("/kept", vec!["Company".to_owned(), "A new entry".to_owned()]));
        assert!(kept.html.contains("Secret plc"), "{}", kept.text());
        case.application.stop().await;
    }
}

/// Whose form it is cannot be known where nobody had signed in: whoever does is told so, and nothing happens by itself.
#[tokio::test]
async fn a_form_of_nobody_known_is_told_apart() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(case) = Submission::on(engine).await else { continue };
        case.press_at_home("recall").await;
        let page = case.page("company").await.set("ceo", "Ada Unknown");
        let new = case.vendor.get("/entries/new").await.form("/entries/new").set("company", "New plc").set("program", "Newly");
        let browser = case.application.client();
        // As pages that were made before forms said for whom they are.
        let (page, new) = (page.without("by"), new.without("by"));
        browser.submit(page).await.expect_status(200);
        let asked = browser.submit(new).await.expect_status(200);
        assert!(asked.text().contains("What you sent is kept in this browser"), "{}", asked.text());
        let kept = sign_in(&case.application, &browser, &asked, VENDOR).await.expect_status(200);
        assert_eq!((kept.path.as_str(), kept.heading().as_str()), ("/kept", "Forms are kept in this browser"));
        assert_eq!(kept.all("section h2"), ["Company", "A new entry"]);
        assert!(!kept.text().contains("Do not send it") && !kept.text().contains("You were not signed in"), "{}", kept.text());
        assert_eq!(kept.text().matches("Somebody who was not signed in sent it from this browser").count(), 2, "{}", kept.text());
        assert_ne!(case.page("company").await.value("ceo"), Some("Ada Unknown"));
        assert_eq!(kept.all("form[action='/kept'] button"), ["Throw it away: Company", "Throw it away: A new entry"]);
        browser.submit(kept.form(&format!("{}/company", case.entry))).await.expect_status(200);
        assert_eq!(case.page("company").await.value("ceo"), Some("Ada Unknown"));
        let kept = browser.get("/kept").await;
        assert_eq!((kept.heading().as_str(), kept.all("section h2").len()), ("A form is kept in this browser", 1));
        browser.submit(kept.form("/kept")).await.expect_status(200);
        assert_eq!(browser.get("/kept").await.path, "/entries");
        case.application.stop().await;
    }
}

/// A page that the entry's state keeps from being saved by now is not lost either.
#[tokio::test]
async fn a_page_that_cannot_be_saved_any_more_is_shown() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(case) = Submission::on(engine).await else { continue };
        case.press_at_home("recall").await;
        let page = case.page("company").await.set("ceo", "Ada Unseen");
        case.submit().await;
        let kept = sent_too_late(&case.application, &case.vendor, page, VENDOR).await.expect_status(200);
        assert_eq!((kept.path.as_str(), kept.all("section h2")), ("/kept", vec!["Company".to_owned()]));
        assert!(kept.text().contains("CEO Ada Unseen"), "{}", kept.text());
        let refused = case.vendor.submit(kept.form(&format!("{}/company", case.entry))).await.expect_status(409);
        assert!(refused.text().contains("CEO Ada Unseen"), "{}", refused.text());
        case.application.stop().await;
    }
}

/// After signing in through any form of ours, one is on a page.
#[tokio::test]
async fn whoever_must_sign_in_is_led_to_a_page() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(case) = Submission::on(engine).await else { continue };
        let nobody = case.application.client();
        let (entry, desk) = (&case.entry, &case.desk);
        let thread = "01890a5d-ac96-774b-bcce-b302099a8057";
        for (path, page) in [
            ("/entries/new".to_owned(), "/entries/new".to_owned()),
            (format!("{entry}/submit"), format!("{entry}/check")),
            (format!("{entry}/recall"), entry.clone()),
            (format!("{entry}/revise"), entry.clone()),
            (format!("{entry}/reinstate"), entry.clone()),
            (format!("{entry}/withdraw"), format!("{entry}/withdraw")),
            (format!("{entry}/notes/{thread}"), format!("{entry}/notes/{thread}")),
            (format!("{entry}/company"), format!("{entry}/company")),
            (format!("{desk}/notes"), desk.clone()),
            (format!("{desk}/notes/{thread}"), desk.clone()),
            (format!("{desk}/decision"), desk.clone()),
            (format!("{desk}/participation"), desk.clone()),
            (format!("/desk/messages/{thread}/resend"), "/desk/messages".to_owned()),
        ] {
            let (status, place) = nobody.answer(Method::POST, &path, &[("act", "x")]).await;
            let sign_in = format!("/sign-in?{}", serde_urlencoded::to_string([("next", page.as_str())]).unwrap());
            assert_eq!((status, place), (303, Some(sign_in.clone())), "{path}");
            // The same address read, as a browser does that loads an answer anew.
            let (status, place) = nobody.answer(Method::GET, &path, &[]).await;
            let expected = if path == page { sign_in } else { page };
            assert_eq!((status, place), (303, Some(expected)), "{path}");
        }
        case.application.stop().await;
    }
}

/// Each window's form is kept: pages are saved, the others wait together, and one after the other is sent or left.
#[tokio::test]
async fn several_windows_lose_nothing() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(case) = Submission::on(engine).await else { continue };
        case.press_at_home("recall").await;
        let (withdraw, vendor) = (format!("{}/withdraw", case.entry), &case.vendor);
        let (company, program) = (case.page("company").await, case.page("program").await);
        let leave = vendor.get(&withdraw).await.form(&withdraw);
        let new = vendor.get("/entries/new").await.form("/entries/new");
        case.application.sessions_run_out(VENDOR).await;
        for form in [
            turn(&company, 1).set("ceo", "Ada").press("autosave"),
            program.set("na_partners", "1234"),
            leave,
            new.set("company", "Kiritō Networks K.K.").set("program", "Kiri Partners"),
            turn(&company, 3).set("ceo", "Ada Once"),
            // It was sent before, and comes later.
            turn(&company, 2).set("ceo", "Ada Late").press("autosave"),
        ] {
            vendor.submit(form).await.expect_status(200);
            case.application.clock.advance(SignedDuration::from_mins(1));
        }
        let page = vendor.get("/sign-in").await;
        let page = vendor.submit(page.form("/sign-in").set("email", "elodie")).await.expect_status(422);
        assert!(page.text().contains("What you sent is kept"), "{}", page.text());
        let kept = sign_in(&case.application, vendor, &page, VENDOR).await.expect_status(200);
        let pages = ["company", "program"].map(|page| format!("{}/{page}", case.entry));
        assert_eq!(kept.path.split('?').next(), Some("/kept"));
        let mut saved = kept.attributes("[role=status] a", "href");
        saved.sort();
        assert_eq!(saved, pages, "what was saved unasked is said");
        assert_eq!(kept.all("section h2"), ["Withdrawing your entry", "A new entry"]);
        let (sent, now) = (kept.attributes("section time", "datetime"), case.application.clock.clock().now());
        let ago = |at: &String| now.duration_since(at.parse().unwrap()).as_mins();
        assert_eq!(sent.iter().map(ago).collect::<Vec<_>>(), [4, 3], "each says when it was sent: {sent:?}");
        assert_eq!(kept.heading(), "What you sent is kept");
        assert_eq!(case.page("company").await.value("ceo"), Some("Ada Once"));
        assert_eq!(case.page("program").await.value("na_partners"), Some("1234"));

        // One is where sending it leads, as ever, and is told there of what still waits.
        let begun = vendor.submit(kept.form("/entries/new")).await.expect_status(200);
        assert_eq!(begun.all("h1"), ["Kiri Partners"]);
        for path in [&begun.path, "/entries", &case.entry, &format!("{}/check", case.entry), "/entries/new"] {
            assert_eq!(vendor.get(path).await.link("Look at what is kept"), "/kept", "{path}");
        }
        assert_eq!(vendor.get("/sign-in").await.path, "/kept");
        let kept = vendor.get("/kept").await;
        assert_eq!((kept.path.as_str(), kept.all("section h2")), ("/kept", vec!["Withdrawing your entry".to_owned()]));
        assert_eq!(vendor.get("/entries").await.all("th a.name").len(), 2);
        let left = vendor.submit(kept.form("/kept")).await.expect_status(200);
        assert_eq!(left.path, withdraw, "nothing was withdrawn");
        assert_eq!(vendor.get("/kept").await.path, "/entries");
        assert!(!vendor.get("/entries").await.html.contains("href=\"/kept\""));
        case.application.stop().await;
    }
}

/// A form as it is sent at this turn of it.
fn turn(form: &Form, turn: u32) -> Form {
    let name = form.value("form").unwrap().split('.').next().unwrap().to_owned();
    form.clone().set("form", &format!("{name}.{turn}"))
}

/// What is sent to the same address is not the same form: two notes are two, and two windows with one page as well.
#[tokio::test]
async fn forms_to_one_address_are_kept_apart() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(case) = Submission::on(engine).await else { continue };
        let notes = format!("{}/notes", case.desk);
        let note = case.review("").await.form(&notes);
        let sent = |body: &str| note.clone().set("note", body);
        case.editor.answer(Method::POST, "/sign-out", &[]).await;
        for body in ["The first", "The second", "The second"] {
            case.editor.submit(sent(body)).await.expect_status(200);
        }
        let page = case.editor.get("/sign-in").await;
        let kept = sign_in(&case.application, &case.editor, &page, EDITOR).await.expect_status(200);
        assert_eq!(
            (kept.path.as_str(), kept.all("dl.answers dd")),
            ("/kept", vec!["The first".to_owned(), "The second".to_owned()])
        );
        // Another note to the same entry is none of them.
        case.note("The third").await;
        assert_eq!(case.editor.get("/kept").await.all("dl.answers dd").len(), 2);
        let review = case.editor.submit(kept.form(&notes)).await.expect_status(200);
        assert_eq!((review.path.as_str(), review.link("Look at what is kept").as_str()), (case.desk.as_str(), "/kept"));
        assert_eq!(case.editor.get("/desk").await.link("Look at what is kept"), "/kept");
        let kept = case.editor.get("/kept").await;
        assert_eq!(kept.all("dl.answers dd"), ["The second"]);
        let review = case.editor.submit(kept.form("/kept")).await.expect_status(200);
        assert!(review.html.contains("The first") && !review.html.contains("The second"), "{}", review.text());

        case.press_at_home("recall").await;
        let windows = [case.page("company").await.set("ceo", "Ada Once"), case.page("company").await.set("ceo", "Ada Twice")];
        case.application.sessions_run_out(VENDOR).await;
        for window in windows {
            case.vendor.submit(window).await.expect_status(200);
        }
        let page = case.vendor.get("/sign-in").await;
        let page = sign_in(&case.application, &case.vendor, &page, VENDOR).await.expect_status(200);
        assert_eq!(page.form("/entries/").value("ceo"), Some("Ada Once"));
        assert_eq!(page.all(".query .reading"), ["Ada Twice"], "neither is lost");
        case.application.stop().await;
    }
}

/// The address of a page of an entry that there is not.
fn numbered(number: u32) -> String {
    format!("/entries/01890a5d-ac96-774b-bcce-b302099a{number:04}/company")
}

/// Nobody fills the database from outside; and what is not kept is in the answer, to be sent again.
#[tokio::test]
async fn what_cannot_be_kept_is_handed_back() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(case) = Submission::on(engine).await else { continue };
        case.press_at_home("recall").await;
        let (page, program) = (case.page("company").await, case.page("program").await.set("na_partners", "1234"));
        case.application.sessions_run_out(VENDOR).await;
        let long = "Ada ".repeat(70_000);
        let handed_back = case.vendor.submit(page.clone().set("ceo", &long)).await.expect_status(413);
        assert!(handed_back.html.contains(long.trim()));
        let page = page.set("ceo", "Ada Once");
        // A page that saves itself is one form, however often it comes.
        for _ in 0..40 {
            case.vendor.submit(page.clone().press("autosave")).await.expect_status(200);
        }
        // A browser keeps twenty, a sender thirty.
        let browsers = [case.application.client(), case.application.client()];
        for number in 0..30 {
            let (status, _) = browsers[0].answer(Method::POST, &numbered(number), &[("ceo", "x")]).await;
            assert_eq!(status, if number < 20 { 303 } else { 429 }, "{number}");
        }
        for number in 20..29 {
            let (status, _) = browsers[1].answer(Method::POST, &numbered(number), &[("ceo", "x")]).await;
            assert_eq!(status, 303, "{number}");
        }
        let other = case.vendor.submit(program).await;
        assert_eq!((other.status, other.heading().as_str()), (429, "You are not signed in"));
        assert!(other.text().contains("What you typed stands below. Sign in in another window, and send it again."));
        assert_eq!(other.link("Sign in"), "/sign-in");
        // The one that is kept already is still kept as it is now.
        let page = case.vendor.submit(page.set("ceo", "Ada Twice")).await.expect_status(200);
        sign_in(&case.application, &case.vendor, &page, VENDOR).await.expect_status(200);
        assert_eq!(case.page("company").await.value("ceo"), Some("Ada Twice"));
        case.vendor.submit(other.form(&case.entry)).await.expect_status(200);
        assert_eq!(case.page("program").await.value("na_partners"), Some("1234"));
        case.application.clock.advance(jiff::SignedDuration::from_hours(2));
        let (status, _) = browsers[1].answer(Method::POST, &numbered(31), &[("ceo", "x")]).await;
        assert_eq!(status, 303);
        case.application.stop().await;
    }
}
