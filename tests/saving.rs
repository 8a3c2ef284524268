//! Nothing a vendor types is ever lost: half-typed pages, two people at once, a session that ended, forms that did not
//! arrive whole.

use jiff::SignedDuration;
use reqwest::Method;

use crate::support::application::{Application, Engine};
use crate::support::filling::{colleague, fill_page, filled, sample, vendor_with_entry};

#[tokio::test]
async fn what_is_typed_is_saved_valid_or_not() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(application) = Application::start(engine).await else { continue };
        let (vendor, entry) = vendor_with_entry(&application).await;
        let form = vendor.get(&format!("{entry}/program")).await.form("/entries/");
        let form = form.set("na_partners_new", "about 120").set("program_manager_email", "anneke.vos@fenwhistle");
        let page = vendor.submit(form.set("program_manager.name", "Анна 安娜 \u{202e}x")).await.expect_status(200);
        assert!(page.title().starts_with("Error: "), "{}", page.title());
        let problems = page.all(".errors li");
        assert!(
            problems.contains(&"The number of new North American partners must be a whole number, like 120".to_owned()),
            "{problems:?}"
        );
        for href in page.attributes(".errors a", "href") {
            let id = href.trim_start_matches('#');
            assert_eq!(page.attributes(&format!("[id=\"{id}\"]"), "id").len(), 1, "{id}");
        }
        let again = vendor.get(&format!("{entry}/program")).await.form("/entries/");
        assert_eq!(again.value("na_partners_new"), Some("about 120"));
        assert_eq!(again.value("program_manager_email"), Some("anneke.vos@fenwhistle"));
        // All but what would turn the line that the name stands in.
        assert_eq!(again.value("program_manager.name"), Some("Анна 安娜 x"));
        let home = vendor.get(&entry).await;
        assert!(home.all(".pagelist .problem").contains(&"There is a problem".to_owned()));
        application.stop().await;
    }
}

#[tokio::test]
async fn rows_are_added_moved_and_taken_out() {
    let application = Application::on_sqlite().await;
    let (vendor, entry) = vendor_with_entry(&application).await;
    let address = format!("{entry}/program");
    let form = vendor.get(&address).await.form("/entries/").set("tiers.1.name", "Gold");
    let back = vendor.submit(form.press("add.tiers")).await.expect_status(200);
    let form = back.form("/entries/").set("tiers.2.name", "Silver");
    let back = vendor.submit(form.press("up.tiers.2")).await.expect_status(200);
    let form = back.form("/entries/");
    assert_eq!((form.value("tiers.1.name"), form.value("tiers.2.name")), (Some("Silver"), Some("Gold")));
    let back = vendor.submit(form.clone().press("remove.tiers.1")).await.expect_status(200);
    assert_eq!(back.form("/entries/").value("tiers.1.name"), Some("Gold"));
    assert_eq!(back.form("/entries/").value("tiers.2.name"), None);
    application.stop().await;
}

#[tokio::test]
async fn nobody_overwrites_anybody() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(application) = Application::start(engine).await else { continue };
        let (maya, entry) = vendor_with_entry(&application).await;
        let peter = colleague(&application, &entry, "peter@fenwhistle.example").await;
        let address = format!("{entry}/company");
        let (by_maya, by_peter) = (maya.get(&address).await.form("/entries/"), peter.get(&address).await.form("/entries/"));
        maya.submit(by_maya.set("ceo", "Danny Windham").press("later")).await.expect_status(200);
        let by_peter = by_peter.set("ceo", "Dan Windham").set("year_founded", "1999");
        let page = peter.submit(by_peter).await.expect_status(200);

        // Both texts are there; what only one of them typed is simply saved.
        assert_eq!(page.form("/entries/").value("ceo"), Some("Danny Windham"));
        assert_eq!(page.form("/entries/").value("year_founded"), Some("1999"));
        let question = page.all(".query").remove(0);
        assert!(question.contains("Dan Windham") && question.contains("Peter Hallam"), "{question}");
        assert!(
            page.all(".errors li").iter().any(|problem| problem.contains("two different ones")),
            "{:?}",
            page.all(".errors li")
        );

        // An untouched page saved later changes nothing back.
        let stale = maya.get(&address).await.form("/entries/");
        let chosen = peter.get(&address).await.form("/entries/").tick("ceo.rival", "rival");
        peter.submit(chosen.press("later")).await.expect_status(200);
        maya.submit(stale.press("later")).await.expect_status(200);
        let form = maya.get(&address).await.form("/entries/");
        assert_eq!(form.value("ceo"), Some("Dan Windham"));
        application.stop().await;
    }
}

#[tokio::test]
async fn a_page_that_saves_itself_never_takes_the_mark_of_another_answer() {
    let application = Application::on_sqlite().await;
    let (maya, entry) = vendor_with_entry(&application).await;
    let peter = colleague(&application, &entry, "peter@fenwhistle.example").await;
    let address = format!("{entry}/company");
    let (by_maya, by_peter) = (maya.get(&address).await.form("/entries/"), peter.get(&address).await.form("/entries/"));
    maya.submit(by_maya.set("ceo", "Danny Windham").press("later")).await.expect_status(200);
    let mut by_peter = by_peter.set("year_founded", "1999").press("autosave");
    for _ in 0..3 {
        let saved = peter.submit(by_peter.clone()).await.expect_status(200);
        let marks: serde_json::Value = serde_json::from_str(&saved.html).unwrap();
        for (question, mark) in marks["from"].as_object().unwrap() {
            by_peter = by_peter.set(&format!("{question}.from"), mark.as_str().unwrap());
        }
    }
    let form = maya.get(&address).await.form("/entries/");
    assert_eq!((form.value("ceo"), form.value("year_founded")), (Some("Danny Windham"), Some("1999")));
    application.stop().await;
}

#[tokio::test]
async fn a_session_that_ended_loses_nothing() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(application) = Application::start(engine).await else { continue };
        let (vendor, entry) = vendor_with_entry(&application).await;
        let address = format!("{entry}/company");
        let form = vendor.get(&address).await.form("/entries/").set("ceo", "Danny Windham").set("year_founded", "nineteen");
        application.sessions_run_out("maya@fenwhistle.example").await;
        let page = vendor.submit(form).await.expect_status(200);
        assert_eq!(page.heading(), "Sign in");
        assert!(page.text().contains("What you sent is kept"));

        let page = vendor.submit(page.form("/sign-in").set("email", "maya@fenwhistle.example")).await.expect_status(200);
        assert_eq!(page.heading(), "Check your mail");
        let mail = application.newest_sign_in_mail("maya@fenwhistle.example", 2).await;
        let text = mail.text();
        let code = text.lines().map(str::trim).find(|line| line.len() == 9 && line.as_bytes()[4] == b' ').expect("a code");
        let page = vendor.submit(page.form("/sign-in/code").set("code", code)).await.expect_status(200);
        assert_eq!(page.path.split('?').next(), Some(address.as_str()));
        let form = page.form("/entries/");
        assert_eq!((form.value("ceo"), form.value("year_founded")), (Some("Danny Windham"), Some("nineteen")));
        application.stop().await;
    }
}

/// Whoever came from the check page goes back there, as if no session had ended.
#[tokio::test]
async fn a_kept_page_returns_to_the_check_page() {
    let application = Application::on_sqlite().await;
    let (vendor, entry) = vendor_with_entry(&application).await;
    let form = vendor.get(&format!("{entry}/company?return=check")).await.form("/entries/").set("ceo", "Danny Windham");
    application.sessions_run_out("maya@fenwhistle.example").await;
    let asked = vendor.submit(form).await.expect_status(200);
    let page = crate::kept::sign_in(&application, &vendor, &asked, "maya@fenwhistle.example").await.expect_status(200);
    assert_eq!(page.link("Back to your answers"), format!("{entry}/check"));
    assert_eq!(page.all("main > [role=status] a"), ["Company"], "what was saved unasked is said: {}", page.text());
    application.stop().await;
}

/// A form kept for one person is not saved into an entry of theirs by another.
#[tokio::test]
async fn a_kept_form_is_only_its_vendors() {
    let application = Application::on_sqlite().await;
    let (vendor, entry) = vendor_with_entry(&application).await;
    let form = vendor.get(&format!("{entry}/company")).await.form("/entries/").set("ceo", "Mallory");
    let stranger = application.client();
    stranger.submit(form).await.expect_status(200);
    let page = stranger.get("/sign-in").await;
    stranger.submit(page.form("/sign-in").set("email", "joel@kestermoor.example")).await.expect_status(200);
    let mail = application.newest_sign_in_mail("joel@kestermoor.example", 1).await;
    let link = crate::support::application::link_in(&mail, "/sign-in/");
    let page = stranger.get(&link).await;
    stranger.submit(page.form("/sign-in/")).await.expect_status(200);
    let form = vendor.get(&format!("{entry}/company")).await.form("/entries/");
    assert_eq!(form.value("ceo"), Some(""));
    application.stop().await;
}

#[tokio::test]
async fn a_form_that_did_not_arrive_whole_changes_nothing() {
    let application = Application::on_sqlite().await;
    let (vendor, entry) = vendor_with_entry(&application).await;
    let page = vendor.get(&format!("{entry}/company")).await;
    let form = page.form("/entries/").set("ceo", "Danny Windham");
    let broken = [
        (form.clone().tick("ceo", "Twice"), "the answer to “CEO” (field “ceo”) came twice"),
        (form.clone().without("year_founded"), "the answer to “Year Company Founded” (field “year_founded”) is missing"),
        (form.clone().tick("misspelt", "x"), "the field “misspelt” does not belong to this page"),
        (
            form.clone().tick("company_size", "gigantic"),
            "“gigantic” is not an option of the answer to “Company Size” (field “company_size”)",
        ),
        (form.clone().press("explode"), "the button “explode” does not belong to this page"),
    ];
    for (form, happened) in broken {
        let page = vendor.submit(form).await;
        assert_eq!(page.status, 400, "{happened}");
        for told in [happened, "Nothing was changed", "What you typed stands below", "CEO Danny Windham"] {
            assert!(page.text().contains(told), "{told} in: {}", page.text());
        }
        assert_eq!(page.link("Back to “Company”"), format!("{entry}/company"));
        assert_eq!(page.all("form[action='/sign-out'] span"), ["Maya Okafor, Fenwhistle Communications Ltd."]);
    }
    assert_eq!(vendor.get(&format!("{entry}/company")).await.form("/entries/").value("ceo"), Some(""));
    application.stop().await;
}

#[tokio::test]
async fn too_much_and_from_elsewhere_is_refused_with_a_page() {
    let application = Application::on_sqlite().await;
    let (vendor, entry) = vendor_with_entry(&application).await;
    let address = vendor.address(&format!("{entry}/company"));
    let large =
        vendor.raw().post(&address).body("x".repeat((1 << 20) + 1)).header("content-type", "application/x-www-form-urlencoded");
    let answer = large.send().await.unwrap();
    assert_eq!(answer.status(), 413);
    assert!(answer.text().await.unwrap().contains("The form is too large"));
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://evil.example"),
        ("origin", "null"),
    ] {
        let answer = vendor.raw().post(&address).header(name, value).form(&[("ceo", "Mallory")]).send().await.unwrap();
        assert_eq!(answer.status(), 403, "{name}: {value}");
        assert!(answer.text().await.unwrap().contains("another site"));
    }
    application.stop().await;
}

#[tokio::test]
async fn a_submitted_entry_is_changed_only_after_it_is_taken_back() {
    let application = Application::on_sqlite().await;
    let (vendor, entry) = vendor_with_entry(&application).await;
    let digium = sample("digium");
    crate::support::filling::fill(&vendor, &entry, &digium.answers).await;
    let open = vendor.get(&format!("{entry}/company")).await;
    let check = vendor.get(&format!("{entry}/check")).await;
    let receipt = vendor.submit(check.form(&format!("{entry}/submit"))).await.expect_status(200);
    let late = vendor.submit(filled(&open, "company", &digium.answers).set("ceo", "Too Late")).await;
    assert_eq!(late.status, 409);
    for told in ["its answers cannot be changed at present", "Nothing was changed", "CEO Too Late"] {
        assert!(late.text().contains(told), "{told} in: {}", late.text());
    }
    assert_eq!(late.link("Back to “Company”"), format!("{entry}/company"));
    let home = vendor.submit(receipt.form(&format!("{entry}/recall"))).await.expect_status(200);
    assert!(home.all(".banner strong").contains(&"Draft – not submitted".to_owned()));
    fill_page(&vendor, &entry, "company", &digium.answers).await;
    application.stop().await;
}

/// A page of an entry that cannot be changed at present is printed, under a sentence that says why and how to go on:
/// there is nothing to type into in vain. Notes can still be read.
#[tokio::test]
async fn a_page_that_cannot_be_changed_is_printed() {
    let application = Application::on_sqlite().await;
    let (vendor, entry) = vendor_with_entry(&application).await;
    let editor = application.editor().await;
    crate::support::filling::fill(&vendor, &entry, &sample("digium").answers).await;
    let check = vendor.get(&format!("{entry}/check")).await;
    vendor.submit(check.form(&format!("{entry}/submit"))).await.expect_status(200);
    let desk = format!("/desk{entry}");
    let note = |field| {
        let (editor, desk) = (&editor, &desk);
        async move {
            let form = editor.get(desk).await.form(&format!("{desk}/notes"));
            editor.submit(form.set(field, "Is this still so?")).await.expect_status(200)
        }
    };
    note("note.ceo").await;
    note("note").await;
    for (decision, why) in [
        (None, "take it back at its home"),
        (Some("approve"), "write to the editors"),
        (Some("publish"), "start a revision at its home"),
    ] {
        if let Some(decision) = decision {
            let review = editor.get(&desk).await;
            editor.submit(review.form(&format!("{desk}/decision")).press(decision)).await.expect_status(200);
        }
        let page = vendor.get(&format!("{entry}/company")).await.expect_status(200);
        assert!(page.all(".title .reading").concat().contains(why), "{decision:?}: {}", page.text());
        assert!(page.all("main :is(form, input, select, textarea, button)").is_empty(), "{decision:?}");
        let answers = page.all("main .answers > div");
        assert!(answers.iter().any(|answer| answer.contains("CEO") && answer.contains("Danny Windham")), "{answers:?}");
        assert!(page.all(".change").is_empty() && page.all("#na_partners").is_empty(), "this page's answers, to be read");
        let notes = page.all(".note");
        if decision.is_some() {
            assert_eq!(notes, [] as [&str; 0], "approving has settled them");
            continue;
        }
        assert!(notes.len() == 2 && notes.iter().all(|note| note.contains("Is this still so?")), "{decision:?}: {notes:?}");
        assert!(notes[1].contains("CEO") && page.attributes(".note h2 a", "href") == ["#ceo"], "{notes:?}");
    }
    application.stop().await;
}

/// An incomplete entry, and a first draft after the deadline, are not submitted; everything stays.
#[tokio::test]
async fn only_complete_entries_are_submitted_and_only_in_time() {
    let application = Application::on_sqlite().await;
    let (vendor, entry) = vendor_with_entry(&application).await;
    let (status, place) = vendor.answer(Method::POST, &format!("{entry}/submit"), &[("revision", "0")]).await;
    assert_eq!((status, place), (303, Some(format!("{entry}/check"))));
    let check = vendor.get(&format!("{entry}/check")).await;
    assert!(check.text().contains("Nothing is sent yet") && check.find_form(&format!("{entry}/submit")).is_none());
    crate::support::filling::fill(&vendor, &entry, &sample("digium").answers).await;
    application.clock.advance(SignedDuration::from_hours(24 * 12));
    let check = vendor.get(&format!("{entry}/check")).await;
    assert!(check.text().contains("has passed"), "{}", check.text());
    assert_eq!(vendor.answer(Method::POST, &format!("{entry}/submit"), &[("revision", "0")]).await.0, 403);
    assert_eq!(vendor.get(&format!("{entry}/company")).await.form("/entries/").value("ceo"), Some("Danny Windham"));
    application.stop().await;
}

/// A query is shown, confirmed with a reason, and told anew only when its numbers change.
#[tokio::test]
async fn a_query_is_confirmed_with_a_reason() {
    let application = Application::on_sqlite().await;
    let (vendor, entry) = vendor_with_entry(&application).await;
    let mut answers = sample("digium").answers;
    let json = |number: i64| almanac::questionnaire::Answer::Number(almanac::questionnaire::Typed::Value(number));
    answers.set("na_partners", json(1000));
    answers.set("na_partners_new", json(10));
    let page = fill_page(&vendor, &entry, "program", &answers).await;
    let query = page.all(".query").remove(0);
    assert!(query.contains("4,067") && query.contains("1,000"), "{query}");
    assert!(page.all(".errors:not(.unusual) li").is_empty());

    // Seen once, it keeps nobody from going on.
    let form = page.form("/entries/").tick("tiers.correct", "yes").set("tiers.reason", "Some are counted in both tiers.");
    let next = vendor.submit(form).await.expect_status(200);
    assert!(next.path.ends_with("/cloud"), "{}", next.path);
    let form = vendor.get(&format!("{entry}/program")).await.form("/entries/");
    assert_eq!((form.value("tiers.correct"), form.value("tiers.reason")), (Some("yes"), Some("Some are counted in both tiers.")));
    let back = vendor.submit(form.set("na_partners", "2000")).await.expect_status(200);
    let form = back.form("/entries/");
    assert_eq!((form.value("tiers.correct"), form.value("tiers.reason")), (None, Some("Some are counted in both tiers.")));

    // It need not be given, and says when it is too long to be read at a glance; it is kept all the same.
    assert!(back.all(".query label")[1].ends_with("(optional)"), "{:?}", back.all(".query label"));
    let long = "x".repeat(507);
    let refused = vendor.submit(form.set("tiers.reason", &long)).await.expect_status(200);
    let told = refused.all(".errors:not(.unusual) li");
    assert!(told.len() == 1 && told[0].starts_with("The reason for ") && told[0].ends_with("; it is 7 too long"), "{told:?}");
    assert_eq!(refused.attributes(".errors:not(.unusual) li a", "href"), ["#tiers-reason"]);
    assert!(refused.all("#tiers-reason-error").concat().contains(&told[0]), "the same sentence stands at the field");
    assert_eq!(refused.attributes("#tiers-reason", "aria-describedby"), ["tiers-reason-error"]);
    assert!(refused.all("#tiers-error").is_empty(), "nothing is wrong with the answer itself");
    let form = refused.form("/entries/");
    assert_eq!(form.value("tiers.reason"), Some(long.as_str()));
    let form = form.set("tiers.reason", &"x".repeat(500)).tick("tiers.correct", "yes");
    let next = vendor.submit(form).await.expect_status(200);
    assert!(next.path.ends_with("/cloud"), "{}", next.path);
    application.stop().await;
}
