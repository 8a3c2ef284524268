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

/// Method, path as `routes.rs` has it, and what nobody, this vendor, another vendor and an editor get.
const TABLE: &[(&str, &str, [Gets; 4])] = &[
    ("GET", "/sign-in", [In, In, In, In]),
    ("POST", "/sign-in", [In, In, In, In]),
    ("GET", "/sign-in/code", [In, In, In, In]),
    ("POST", "/sign-in/code", [In, In, In, In]),
    ("GET", "/sign-in/{token}", [In, In, In, In]),
    ("POST", "/sign-in/{token}", [In, In, In, In]),
    ("GET", "/kept", [SignIn, In, In, In]),
    ("POST", "/kept", [SignIn, In, In, In]),
    ("GET", "/health/live", [In, In, In, In]),
    ("GET", "/health/ready", [In, In, In, In]),
    ("GET", "/favicon.ico", [In, In, In, In]),
    ("GET", "/static/{name}", [In, In, In, In]),
    ("GET", "/demo/mail", [Nothing, Nothing, Nothing, Nothing]),
    ("GET", "/demo/mail/{name}", [Nothing, Nothing, Nothing, Nothing]),
    ("GET", "/demo/mail/{name}/html", [Nothing, Nothing, Nothing, Nothing]),
    ("GET", "/demo/mail/{name}/raw", [Nothing, Nothing, Nothing, Nothing]),
    ("GET", "/entries", [SignIn, In, In, In]),
    ("GET", "/entries/new", [SignIn, In, In, In]),
    ("POST", "/entries/new", [SignIn, In, In, In]),
    ("GET", "/entries/{id}", [SignIn, In, Nothing, Nothing]),
    ("GET", "/entries/{id}/check", [SignIn, In, Nothing, Nothing]),
    ("POST", "/entries/{id}/submit", [SignIn, In, Nothing, Nothing]),
    ("GET", "/entries/{id}/receipt", [SignIn, In, Nothing, Nothing]),
    ("POST", "/entries/{id}/recall", [SignIn, In, Nothing, Nothing]),
    ("POST", "/entries/{id}/revise", [SignIn, In, Nothing, Nothing]),
    ("GET", "/entries/{id}/withdraw", [SignIn, In, Nothing, Nothing]),
    ("POST", "/entries/{id}/withdraw", [SignIn, In, Nothing, Nothing]),
    ("POST", "/entries/{id}/reinstate", [SignIn, In, Nothing, Nothing]),
    ("GET", "/entries/{id}/preview", [SignIn, In, Nothing, Nothing]),
    ("GET", "/entries/{id}/history", [SignIn, In, Nothing, Nothing]),
    ("GET", "/entries/{id}/notes/{note}", [SignIn, In, Nothing, Nothing]),
    ("POST", "/entries/{id}/notes/{note}", [SignIn, In, Nothing, Nothing]),
    ("GET", "/entries/{id}/{page}", [SignIn, In, Nothing, Nothing]),
    ("POST", "/entries/{id}/{page}", [SignIn, In, Nothing, Nothing]),
    // Whoever reads an address that only takes posts is led to the page of its form, by what the address says alone.
    ("GET", "/entries/{id}/submit", [In, In, In, In]),
    ("GET", "/entries/{id}/recall", [In, In, In, In]),
    ("GET", "/entries/{id}/revise", [In, In, In, In]),
    ("GET", "/entries/{id}/reinstate", [In, In, In, In]),
    ("GET", "/desk/messages/{id}/resend", [In, In, In, In]),
    ("GET", "/desk/entries/{id}/notes", [In, In, In, In]),
    ("GET", "/desk/entries/{id}/notes/{note}", [In, In, In, In]),
    ("GET", "/desk/entries/{id}/decision", [In, In, In, In]),
    ("GET", "/desk/entries/{id}/participation", [In, In, In, In]),
    ("GET", "/desk", [SignIn, Nothing, Nothing, In]),
    ("GET", "/desk/history", [SignIn, Nothing, Nothing, In]),
    ("GET", "/desk/messages", [SignIn, Nothing, Nothing, In]),
    ("POST", "/desk/messages/{id}/resend", [SignIn, Nothing, Nothing, In]),
    ("GET", "/desk/entries/{id}", [SignIn, Nothing, Nothing, In]),
    ("POST", "/desk/entries/{id}/notes", [SignIn, Nothing, Nothing, In]),
    ("POST", "/desk/entries/{id}/notes/{note}", [SignIn, Nothing, Nothing, In]),
    ("POST", "/desk/entries/{id}/decision", [SignIn, Nothing, Nothing, In]),
    ("POST", "/desk/entries/{id}/participation", [SignIn, Nothing, Nothing, In]),
    ("GET", "/desk/entries/{id}/history", [SignIn, Nothing, Nothing, In]),
    ("GET", "/desk/entries/{id}/preview", [SignIn, Nothing, Nothing, In]),
    ("GET", "/", [In, In, In, In]),
    ("GET", r"/{year:\d{4}}", [In, In, In, In]),
    ("GET", r"/{year:\d{4}}/", [In, In, In, In]),
    ("GET", r"/{year:\d{4}}/compare", [In, In, In, In]),
    ("GET", r"/{year:\d{4}}/find", [In, In, In, In]),
    ("GET", r"/{year:\d{4}}/figures", [In, In, In, In]),
    ("GET", r"/{year:\d{4}}/programs/{slug}", [In, In, In, In]),
    ("GET", r"/{year:\d{4}}/programs/{slug}/print", [In, In, In, In]),
    ("GET", r"/{year:\d{4}}/programs.json", [In, In, In, In]),
    ("GET", r"/{year:\d{4}}/programs.csv", [In, In, In, In]),
    ("GET", r"/{year:\d{4}}/programs.xlsx", [In, In, In, In]),
    ("GET", r"/{year:\d{4}}/questions.json", [In, In, In, In]),
    ("GET", r"/{year:\d{4}}/feed.atom", [In, In, In, In]),
    ("GET", r"/{year:\d{4}}/programs/{slug}.json", [In, In, In, In]),
    ("GET", r"/{year:\d{4}}/programs/{slug}/card", [In, In, In, In]),
    ("GET", "/robots.txt", [In, In, In, In]),
    ("GET", "/sitemap.xml", [In, In, In, In]),
    // There is no part of a sitemap that has room in one file.
    ("GET", "/sitemap/{number}.xml", [Nothing, Nothing, Nothing, Nothing]),
    ("GET", "/questions/{key}", [In, In, In, In]),
    ("GET", "/api", [In, In, In, In]),
    ("GET", "/api/", [In, In, In, In]),
    ("GET", "/api/openapi.json", [In, In, In, In]),
    ("GET", "/api/v1/editions", [In, In, In, In]),
    ("GET", r"/api/v1/editions/{year:\d{4}}/filters", [In, In, In, In]),
    ("GET", r"/api/v1/editions/{year:\d{4}}/programs", [In, In, In, In]),
    ("GET", r"/api/v1/editions/{year:\d{4}}/programs/{slug}", [In, In, In, In]),
    ("GET", r"/api/v1/editions/{year:\d{4}}/questions", [In, In, In, In]),
    ("GET", r"/{year:\d{4}}/programs/{slug}/report", [In, In, In, In]),
    ("POST", r"/{year:\d{4}}/programs/{slug}/report", [In, In, In, In]),
    // Last: who signs out is nobody afterwards.
    ("POST", "/sign-out", [In, In, In, In]),
];

/// Every route of `routes.rs` stands in the table, and no other.
#[test]
fn the_table_has_every_route() {
    // Without white space, so that it does not matter where a line was broken.
    let routes: String = std::fs::read_to_string("src/routes.rs").unwrap().split_whitespace().collect();
    let routes = routes.replace("open_at(", "at(");
    let mut written = Vec::new();
    for service in routes.split(".service(at(").skip(1) {
        let path = service.split('"').nth(1).unwrap().to_owned();
        for (method, route) in [("GET", "read()"), ("POST", "post()")] {
            if service.contains(route) {
                written.push((method, path.clone()));
            }
        }
    }
    let mut tabled: Vec<_> = TABLE.iter().map(|(method, path, _)| (*method, (*path).to_owned())).collect();
    written.sort();
    tabled.sort();
    assert_eq!(written, tabled);
}

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
    submit(&application, &vendor, &path).await;
    let message = application.house.db.read(|connection| almanac::db::messages::newest(connection, 1, 0)).await.unwrap()[0].id;
    let people = [("nobody", application.client()), ("this vendor", vendor), ("another vendor", another), ("an editor", editor)];

    for (method, path, expected) in TABLE {
        let id = if path.contains("messages") { message.to_string() } else { entry.clone() };
        let path = path.replace("{id}", &id).replace("{note}", &note).replace("{page}", "company");
        let path = path
            .replace(r"{year:\d{4}}", "2017")
            .replace("{slug}", "digium")
            .replace("{key}", "join_fee")
            .replace("{number}", "1")
            .replace("{token}", "unknown");
        let path = path.replace("/static/{name}", almanac::web::assets::address("almanac.css")).replace("{name}", "mail.eml");
        for ((who, client), expected) in people.iter().zip(expected) {
            assert_eq!(gets(client, method, &path).await, *expected, "{method} {path} by {who}");
        }
    }
    application.stop().await;
}

/// Submits an entry that is complete, so that it has a receipt, and brings in another that is published.
async fn submit(application: &Application, vendor: &Client, path: &str) {
    crate::support::filling::fill(vendor, path, &crate::support::filling::sample("digium").answers).await;
    let check = vendor.get(&format!("{path}/check")).await;
    vendor.submit(check.form(&format!("{path}/submit"))).await.expect_status(200);
    let file = "guides/2017/entries/digium.toml";
    application.house.import(&[(file.to_owned(), std::fs::read_to_string(file).unwrap())]).await.unwrap();
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
    let act = match path.rsplit('/').next() {
        Some("decision") => "approve",
        Some("participation") => "reinstate",
        _ => "resolve",
    };
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
    let form = review.form(&format!("/desk/entries/{entry}/notes")).set("note", "Is it so?");
    editor.submit(form).await.expect_status(200);
    let id = entry.parse().unwrap();
    let notes = application.house.db.read(move |connection| almanac::db::notes::of_entry(connection, id)).await.unwrap();
    notes[0].0.id.to_string()
}
