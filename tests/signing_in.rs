//! Signing in: by link and by code, once, in time, and not by guessing.

use jiff::SignedDuration;
use reqwest::Method;

use crate::support::application::{Application, Engine, link_in};
use crate::support::client::Client;
use crate::support::smtp::Received;

const MAYA: &str = "maya@fenwhistle.example";

async fn ask(client: &Client, email: &str) -> crate::support::client::Page {
    let page = client.get("/sign-in").await;
    client.submit(page.form("/sign-in").set("email", email)).await
}

fn code_in(mail: &Received) -> String {
    let text = mail.text();
    text.lines().map(str::trim).find(|line| line.len() == 9 && line.as_bytes()[4] == b' ').expect("a code").to_owned()
}

#[tokio::test]
async fn opening_a_link_changes_nothing_and_it_works_once() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(application) = Application::start(engine).await else { continue };
        let client = application.client();
        ask(&client, MAYA).await.expect_status(200);
        let link = link_in(&application.newest_sign_in_mail(MAYA, 1).await, "/sign-in/");
        for _ in 0..3 {
            assert!(application.client().get(&link).await.expect_status(200).text().contains(MAYA));
        }
        let page = client.get(&link).await;
        assert_eq!(client.submit(page.form("/sign-in/")).await.expect_status(200).path, "/entries/new");
        let again = application.client();
        assert_eq!(again.submit(page.form("/sign-in/")).await.status, 410);
        assert_eq!(again.get(&link).await.status, 410);
        application.stop().await;
    }
}

#[tokio::test]
async fn a_link_lives_twenty_minutes() {
    let application = Application::on_sqlite().await;
    let client = application.client();
    ask(&client, MAYA).await.expect_status(200);
    let link = link_in(&application.newest_sign_in_mail(MAYA, 1).await, "/sign-in/");
    application.clock.advance(SignedDuration::from_mins(19));
    let page = client.get(&link).await.expect_status(200);
    application.clock.advance(SignedDuration::from_mins(2));
    assert_eq!(client.get(&link).await.status, 410);
    assert_eq!(client.submit(page.form("/sign-in/")).await.status, 410);
    application.stop().await;
}

/// A session lasts while it is used, and its cookie says afterwards whose form it is that comes too late.
#[tokio::test]
async fn a_cookie_outlasts_its_session() {
    let application = Application::on_sqlite().await;
    let client = application.client();
    ask(&client, MAYA).await.expect_status(200);
    let link = link_in(&application.newest_sign_in_mail(MAYA, 1).await, "/sign-in/");
    let post = |path: &str| client.raw().post(client.address(path)).header("sec-fetch-site", "same-origin").form(&[("", ""); 0]);
    let cookie = |answer: reqwest::Response, name: &str| {
        let lines = answer.headers().get_all("set-cookie").iter().map(|line| line.to_str().unwrap().to_owned());
        lines.filter(|line| line.starts_with(name)).collect::<Vec<_>>().remove(0)
    };
    let session = cookie(post(&link).send().await.unwrap(), "almanac_session=");
    assert!(session.contains("Max-Age=31536000"), "{session}");
    for _ in 0..3 {
        application.clock.advance(SignedDuration::from_hours(20 * 24));
        assert_eq!(client.answer(Method::GET, "/entries/new", &[]).await.0, 403, "signed in, while the edition is closed");
    }
    let left = cookie(post("/sign-out").send().await.unwrap(), "almanac_signed_out=");
    let token = |cookie: &str| cookie.split(['=', ';']).nth(1).unwrap().to_owned();
    assert_eq!((token(&left), left.contains("Max-Age=86400")), (token(&session), true), "{left}");
    // It opens nothing.
    let opened = client.raw().get(client.address("/entries")).header("cookie", format!("almanac_session={}", token(&left)));
    assert_eq!(opened.send().await.unwrap().status(), 303);
    application.stop().await;
}

#[tokio::test]
async fn the_answer_is_the_same_for_known_and_unknown_addresses() {
    let application = Application::on_sqlite().await;
    application.signed_in(MAYA).await;
    let (known, unknown) = (ask(&application.client(), MAYA).await, ask(&application.client(), "nobody@example.com").await);
    assert_eq!((known.status, known.html), (unknown.status, unknown.html));
    let refused = ask(&application.client(), "not an address").await;
    assert_eq!(refused.status, 422);
    assert!(refused.title().starts_with("Error: ") && refused.html.contains("value=\"not an address\""));
    application.stop().await;
}

#[tokio::test]
async fn a_code_is_tied_to_the_browser_that_asked_and_cannot_be_guessed() {
    let application = Application::on_sqlite().await;
    let client = application.client();
    let page = ask(&client, MAYA).await;
    let mail = application.newest_sign_in_mail(MAYA, 1).await;
    let code = code_in(&mail);
    let elsewhere = application.client();
    assert_eq!(elsewhere.submit(page.form("/sign-in/code").set("code", &code)).await.status, 410);
    for _ in 0..5 {
        let wrong = client.submit(page.form("/sign-in/code").set("code", "AAAA AAAA")).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.title().starts_with("Error: "));
        assert_eq!(wrong.all(".errors li"), ["Enter the code of the newest mail; this is not it"]);
        assert_eq!(wrong.form("/sign-in/code").value("code"), Some("AAAA AAAA"));
    }
    assert_eq!(client.submit(page.form("/sign-in/code").set("code", &code)).await.status, 410);
    application.stop().await;
}

#[tokio::test]
async fn mails_are_limited_by_address_and_by_sender() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(application) = Application::start(engine).await else { continue };
        let client = application.client();
        for _ in 0..5 {
            ask(&client, MAYA).await.expect_status(200);
        }
        let refused = ask(&client, MAYA).await;
        assert_eq!(refused.status, 429);
        assert!(refused.text().contains("Wait fifteen minutes"), "{}", refused.text());
        let code = client.get(&refused.link("Enter the code of your newest mail")).await.expect_status(200);
        assert_eq!(code.heading(), "Check your mail");
        let again = client.raw().post(client.address("/sign-in")).header("sec-fetch-site", "same-origin");
        let again = again.form(&[("email", MAYA), ("next", "")]).send().await.unwrap();
        assert_eq!(again.headers()["retry-after"], "900");
        for number in 0..25 {
            ask(&client, &format!("vendor{number}@example.com")).await.expect_status(200);
        }
        assert_eq!(ask(&client, "one-more@example.com").await.status, 429);
        application.clock.advance(SignedDuration::from_mins(16));
        ask(&client, MAYA).await.expect_status(200);
        application.stop().await;
    }
}

#[tokio::test]
async fn a_session_ends_and_leads_back_to_where_one_was() {
    let application = Application::on_sqlite().await;
    let vendor = application.signed_in(MAYA).await;
    application.clock.advance(SignedDuration::from_hours(24 * 31));
    let (status, place) = vendor.answer(Method::GET, "/entries?x=1", &[]).await;
    assert_eq!((status, place.as_deref()), (303, Some("/sign-in?next=%2Fentries%3Fx%3D1")));
    let vendor = application.signed_in(MAYA).await;
    vendor.answer(Method::POST, "/sign-out", &[]).await;
    assert_eq!(vendor.answer(Method::GET, "/entries", &[]).await.0, 303);
    application.stop().await;
}

/// Of every secret only the hash is stored, and a mail's words go once it is sent.
#[tokio::test]
async fn no_secret_is_stored() {
    let application = Application::on_sqlite().await;
    let vendor = application.client();
    ask(&vendor, MAYA).await.expect_status(200);
    let mail = application.newest_sign_in_mail(MAYA, 1).await;
    let link = link_in(&mail, "/sign-in/");
    let page = vendor.get(&link).await;
    let action = page.form("/sign-in/").action;
    let answer = vendor.raw().post(vendor.address(&action)).send().await.unwrap();
    let cookies: Vec<_> =
        answer.headers().get_all("set-cookie").iter().map(|cookie| cookie.to_str().unwrap().to_owned()).collect();
    let session = cookies.iter().find(|cookie| cookie.starts_with("almanac_session=")).expect("a session");
    for wanted in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(session.contains(wanted), "{session}");
    }
    let session = session.split(['=', ';']).nth(1).unwrap().to_owned();
    let token = link.rsplit('/').next().unwrap().to_owned();
    application.sent_everything().await;
    let mut stored = Vec::new();
    for file in std::fs::read_dir(application.folder()).unwrap() {
        let path = file.unwrap().path();
        if path.is_file() && path.extension().is_some_and(|extension| extension == "sqlite") {
            stored.extend(std::fs::read(path).unwrap());
        }
    }
    let holds = |secret: &str| stored.windows(secret.len()).any(|window| window == secret.as_bytes());
    assert!(!stored.is_empty());
    assert!(!holds(&session), "the session's token is stored");
    let rows = application.house.db.read(|connection| almanac::db::messages::newest(connection, 10, 0)).await.unwrap();
    assert!(rows.iter().all(|row| !row.content.0.to_string().contains(&token)), "the mail's words are kept");
    application.stop().await;
}

/// Behind https cookies are for https alone.
#[tokio::test]
async fn every_answer_says_what_a_page_may_do() {
    let application = Application::on_sqlite().await;
    for path in ["/", "/sign-in", "/nothing", "/health/live"] {
        let answer = application.client().raw().get(application.client().address(path)).send().await.unwrap();
        let policy = answer.headers().get("content-security-policy").unwrap().to_str().unwrap();
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(answer.headers().get("x-content-type-options").unwrap(), "nosniff");
    }
    application.stop().await;
}

/// What is wrong with an address is told, rather than that it is not whole.
#[tokio::test]
async fn an_address_is_refused_with_what_is_wrong_with_it() {
    let application = Application::on_sqlite().await;
    let client = application.client();
    let long = format!("maya@{}.example", "fenwhistle.".repeat(26));
    let longest = format!("Your e-mail address must be 254 characters or fewer; it is {} too long", long.len() - 254);
    for (email, told) in [
        ("ä@b.example", "Your e-mail address must not contain “ä”, which mail addresses do not have before the @"),
        (&long, &longest),
        ("maya", "Enter your e-mail address in full, like name@example.com"),
    ] {
        assert_eq!(ask(&client, email).await.expect_status(422).all(".errors li"), [told]);
    }
    application.stop().await;
}

/// What is no code is told apart from another one, and shown again as it was typed.
#[tokio::test]
async fn what_is_no_code_is_said_to_be_none() {
    let application = Application::on_sqlite().await;
    let client = application.client();
    let page = ask(&client, MAYA).await;
    for typed in ["", "K7QM 4XR", "\"><b>K7QM 4XRTA"] {
        let refused = client.submit(page.form("/sign-in/code").set("code", typed)).await.expect_status(422);
        assert_eq!(refused.all(".errors li"), ["The code must be 8 letters and digits"]);
        assert_eq!(refused.form("/sign-in/code").value("code"), Some(typed));
    }
    application.stop().await;
}

/// Who typed a code is told about codes.
#[tokio::test]
async fn a_code_that_does_not_work_is_no_link() {
    let application = Application::on_sqlite().await;
    let client = application.client();
    let page = ask(&client, MAYA).await;
    let elsewhere = application.client().submit(page.form("/sign-in/code").set("code", "AAAA AAAA")).await.expect_status(410);
    for _ in 0..5 {
        client.submit(page.form("/sign-in/code").set("code", "AAAA AAAA")).await.expect_status(422);
    }
    let spent = client.submit(page.form("/sign-in/code").set("code", "AAAA AAAA")).await.expect_status(410);
    for refused in [elsewhere, spent] {
        assert_eq!(refused.heading(), "This code does not work any more");
        assert!(refused.text().contains("only in the browser that asked for it"), "{}", refused.text());
        assert!(!refused.text().contains("link works"), "{}", refused.text());
        assert_eq!(client.get(&refused.link("Sign in")).await.heading(), "Sign in");
    }
    application.stop().await;
}

/// Whoever asked too often is where they were, with where they were going.
#[tokio::test]
async fn too_many_mails_make_nobody_forget_where_they_were_going() {
    let application = Application::on_sqlite().await;
    let client = application.client();
    for _ in 0..5 {
        ask(&client, MAYA).await.expect_status(200);
    }
    let stranger = application.client();
    let page = stranger.get("/sign-in?next=%2Fentries%2Fnew").await;
    let refused = stranger.submit(page.form("/sign-in").set("email", MAYA)).await.expect_status(429);
    assert!(refused.title().starts_with("Error: Sign in"), "{}", refused.title());
    assert_eq!(refused.all(".errors li").len(), 1);
    assert!(!refused.text().contains("tries") && refused.text().contains("Wait fifteen minutes"), "{}", refused.text());
    let form = refused.form("/sign-in");
    assert_eq!(["email", "next"].map(|name| form.value(name)), [Some(MAYA), Some("/entries/new")]);
    assert!(!refused.html.contains("/sign-in/code"), "this browser has asked for no code");
    let refused = ask(&client, MAYA).await.expect_status(429);
    assert_eq!(client.get(&refused.link("Enter the code of your newest mail")).await.heading(), "Check your mail");
    application.stop().await;
}

/// Whoever comes too late asks for the next link on the way to where the first one led.
#[tokio::test]
async fn a_spent_link_and_its_code_know_where_they_led() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(application) = Application::start(engine).await else { continue };
        let client = application.client();
        let page = client.get("/sign-in?next=%2Fentries%2Fnew").await;
        let code = client.submit(page.form("/sign-in").set("email", MAYA)).await.expect_status(200);
        let link = link_in(&application.newest_sign_in_mail(MAYA, 1).await, "/sign-in/");
        let button = client.get(&link).await.form("/sign-in/");
        application.clock.advance(SignedDuration::from_mins(21));
        let code = code.form("/sign-in/code").set("code", &code_in(&application.newest_sign_in_mail(MAYA, 1).await));
        for spent in [client.get(&link).await, client.submit(button).await, client.submit(code).await] {
            let again = client.get(&spent.expect_status(410).attributes("main a", "href")[0]).await;
            assert_eq!(again.form("/sign-in").value("next"), Some("/entries/new"));
        }
        let unknown = application.client().get("/sign-in/nobodys").await.expect_status(410);
        assert_eq!(unknown.attributes("main a", "href")[0], "/sign-in");
        application.stop().await;
    }
}
