//! The guide for machines: files, API, feeds, and what pages say of themselves.

mod api;
mod card;
mod feed;
mod files;
mod head;
mod search;
mod search_engines;
mod workbook;

use almanac::domain::Actor;
use almanac::web::reader::Reading;
use almanac::workflow::House;
use serde_json::Value;

use crate::support::application::{Application, EDITOR};
use crate::support::client::Client;

/// Brings in a sample entry, changed on the way.
async fn import(application: &Application, name: &str, change: impl Fn(String) -> String) {
    let file = format!("guides/2017/entries/{name}.toml");
    let text = change(std::fs::read_to_string(&file).unwrap());
    application.house.import(&[(file, text)]).await.unwrap();
}

/// With Digium's profile published.
async fn with_digium() -> Application {
    let application = Application::on_sqlite().await;
    import(&application, "digium", |text| text).await;
    application
}

/// Takes Digium's profile down and publishes it again.
async fn publish_again(house: &House) {
    house.invite_editor(EDITOR, "Ruth Lindqvist").await.unwrap();
    let account = house.db.read(|connection| almanac::db::accounts::by_folded_email(connection, EDITOR)).await.unwrap().unwrap();
    let editor = Actor { account: account.id, name: String::new(), email: EDITOR.to_owned(), editor: true };
    let entry = Reading::of_year(house, 2017).unwrap().profile("digium").unwrap().entry;
    let seen = house.entry_at_desk(&editor, entry).await.unwrap().seen_by(&editor);
    house.unpublish(&editor, entry).await.unwrap();
    house.publish(&editor, entry, seen).await.unwrap();
}

async fn answer(client: &Client, path: &str) -> reqwest::Response {
    client.raw().get(client.address(path)).send().await.unwrap()
}

async fn json(client: &Client, path: &str) -> Value {
    let answer = answer(client, path).await;
    assert_eq!(answer.status(), 200, "{path}");
    assert_eq!(header(&answer, "content-type"), "application/json", "{path}");
    serde_json::from_str(&answer.text().await.unwrap()).unwrap()
}

fn header<'a>(answer: &'a reqwest::Response, name: &str) -> &'a str {
    answer.headers().get(name).map_or("", |value| value.to_str().unwrap())
}
