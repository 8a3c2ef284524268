//! Who may do what: every route, by nobody, this vendor, another vendor and an editor.

use reqwest::Method;

use crate::support::application::Application;
use crate::support::client::Client;
use crate::support::filling::start_entry;

/// What somebody gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gets {
    /// In: the page, or what the act says.
    In,
    /// Sent to sign in.
    SignIn,
    /// As if it were not there.
    Nothing,
}

use Gets::{In, Nothing, SignIn};

/// Method, path, and what nobody, this vendor, another vendor and an editor get. `{entry}` is this vendor's entry.
const TABLE: &[(&str, &str, [Gets; 4])] = &[
    ("GET", "/", [In, In, In, In]),
    ("GET", "/2017/", [In, In, In, In]),
    ("GET", "/sign-in", [In, In, In, In]),
    ("GET", "/sign-in/code", [In, In, In, In]),
    ("GET", "/health/live", [In, In, In, In]),
    ("GET", "/health/ready", [In, In, In, In]),
    ("GET", "/entries", [SignIn, In, In, In]),
    ("GET", "/entries/new", [SignIn, In, In, In]),
    ("POST", "/entries/new", [SignIn, In, In, In]),
    ("GET", "/entries/{entry}", [SignIn, In, Nothing, Nothing]),
    ("GET", "/entries/{entry}/company", [SignIn, In, Nothing, Nothing]),
    ("POST", "/entries/{entry}/company", [SignIn, In, Nothing, Nothing]),
    ("GET", "/entries/{entry}/check", [SignIn, In, Nothing, Nothing]),
    ("POST", "/entries/{entry}/submit", [SignIn, In, Nothing, Nothing]),
    ("GET", "/entries/{entry}/preview", [SignIn, In, Nothing, Nothing]),
    ("GET", "/entries/{entry}/history", [SignIn, In, Nothing, Nothing]),
    ("GET", "/entries/{entry}/notes/{note}", [SignIn, In, Nothing, Nothing]),
    ("POST", "/entries/{entry}/notes/{note}", [SignIn, In, Nothing, Nothing]),
    ("POST", "/entries/{entry}/recall", [SignIn, In, Nothing, Nothing]),
    ("POST", "/entries/{entry}/revise", [SignIn, In, Nothing, Nothing]),
    ("GET", "/desk", [SignIn, Nothing, Nothing, In]),
    ("GET", "/desk/entries/{entry}", [SignIn, Nothing, Nothing, In]),
    ("GET", "/desk/entries/{entry}/preview", [SignIn, Nothing, Nothing, In]),
    ("GET", "/desk/entries/{entry}/history", [SignIn, Nothing, Nothing, In]),
    ("POST", "/desk/entries/{entry}/notes", [SignIn, Nothing, Nothing, In]),
    ("POST", "/desk/entries/{entry}/notes/{note}", [SignIn, Nothing, Nothing, In]),
    ("POST", "/desk/entries/{entry}/decision", [SignIn, Nothing, Nothing, In]),
    ("GET", "/desk/history", [SignIn, Nothing, Nothing, In]),
    ("GET", "/desk/messages", [SignIn, Nothing, Nothing, In]),
    ("GET", "/demo/mail", [Nothing, Nothing, Nothing, Nothing]),
];

#[tokio::test]
async fn every_route_by_every_role() {
    let application = Application::on_sqlite().await;
    let editor = application.editor().await;
    let vendor = application.signed_in("maya@fenwhistle.example").await;
    let another = application.signed_in("joel@kestermoor.example").await;
    let path = start_entry(&vendor, "Fenwhistle Communications Ltd.", "Fenwhistle Partner Program").await;
    let entry = path.rsplit('/').next().unwrap().to_owned();
    start_entry(&another, "Kestermoor Cloud, Inc.", "Kestermoor Summit").await;
    let note = note(&application, &editor, &entry).await;
    let people = [("nobody", application.client()), ("this vendor", vendor), ("another vendor", another), ("an editor", editor)];

    for (method, path, expected) in TABLE {
        let path = path.replace("{entry}", &entry).replace("{note}", &note);
        for ((who, client), expected) in people.iter().zip(expected) {
            assert_eq!(gets(client, method, &path).await, *expected, "{method} {path} by {who}");
        }
    }
    application.stop().await;
}

/// Ids that are nobody's, and none at all, look the same to everybody.
#[tokio::test]
async fn what_is_not_there_is_not_there() {
    let application = Application::on_sqlite().await;
    let editor = application.editor().await;
    let vendor = application.signed_in("maya@fenwhistle.example").await;
    start_entry(&vendor, "Fenwhistle Communications Ltd.", "Fenwhistle Partner Program").await;
    let nobodys = "01890a5d-ac96-774b-bcce-b302099a8057";
    for path in [
        format!("/entries/{nobodys}"),
        "/entries/1".to_owned(),
        format!("/entries/{nobodys}/company"),
        "/2016/".to_owned(),
        "/2017/programs/nobody".to_owned(),
        "/static/almanac.css".to_owned(),
        "/nothing".to_owned(),
    ] {
        assert_eq!(vendor.get(&path).await.status, 404, "{path}");
    }
    for path in [format!("/desk/entries/{nobodys}"), "/desk/entries/1".to_owned()] {
        assert_eq!(editor.get(&path).await.status, 404, "{path}");
    }
    application.stop().await;
}

async fn gets(client: &Client, method: &str, path: &str) -> Gets {
    let method = if method == "GET" { Method::GET } else { Method::POST };
    let act = if path.ends_with("/decision") { "approve" } else { "resolve" };
    match client.answer(method, path, &[("act", act)]).await {
        (303, Some(place)) if place.starts_with("/sign-in") => SignIn,
        (404, _) => Nothing,
        (status, _) => {
            assert!(status < 500, "{path} failed with {status}");
            In
        }
    }
}

/// A note that the editor wrote; its id.
async fn note(application: &Application, editor: &Client, entry: &str) -> String {
    let review = editor.get(&format!("/desk/entries/{entry}")).await.expect_status(200);
    let form = review.form(&format!("/desk/entries/{entry}/notes")).set("body", "Is it so?");
    editor.submit(form).await.expect_status(200);
    let id = entry.parse().unwrap();
    let notes = application.house.db.read(move |connection| almanac::db::notes::of_entry(connection, id)).await.unwrap();
    notes[0].0.id.to_string()
}
