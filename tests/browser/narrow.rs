//! The desk with names as long as a form takes them and nowhere to break, on a small phone and on wider screens.

use super::person::Person;
use crate::support::application::{EDITOR, Engine};
use crate::support::browser::Browser;
use crate::support::submission::Submission;

/// As long as a name may be, in one word.
fn long(word: &str) -> String {
    word.chars().cycle().take(120).collect()
}

#[tokio::test]
async fn the_desk_is_no_wider_than_its_window() {
    let Some(browser) = Browser::with_javascript().await else { return };
    let case = Submission::on(Engine::Sqlite).await.unwrap();
    let text = std::fs::read_to_string("guides/2017/entries/kirito-networks.toml").unwrap();
    let text = text.replace("Kiritō Networks K.K. (株式会社霧灯ネットワークス)", &long("Windkraftanlagen"));
    case.application.house.import(&[("another.toml".to_owned(), text)]).await.unwrap();
    // Only what was published and is submitted again can be compared with what readers see.
    case.decide("approve").await;
    case.decide("publish").await;
    case.press_at_home("revise").await;
    let names = case.page("company").await;
    let names = names.set("company_name", &long("Donaudampfschifffahrt")).set("program_name", &long("Partnerprogramm"));
    case.vendor.submit(names).await.expect_status(200);
    case.submit().await;
    case.note(&long("Warum")).await;

    let editor = Person::at(browser, &case.application).await;
    editor.open("/desk").await;
    editor.sign_in(EDITOR).await;
    assert!(editor.browser.text().await.contains(&long("Donaudampfschifffahrt")));
    editor.open(&case.desk).await;
    let against: Vec<String> =
        editor.ask("return [...document.querySelectorAll('#against option')].map((o) => o.innerText)").await;
    assert!(against.iter().any(|words| words.starts_with("What readers see: version 1")), "{against:?}");
    let below = |rest: &str| format!("{}{rest}", case.desk);
    let of_the_entry = [below(""), below("?show=changed"), below("/history"), below("/preview")];
    let of_all = ["/desk", "/desk?q=nobody", "/desk/history", "/desk/messages"].map(str::to_owned);
    for width in [320, 840, 1280] {
        editor.browser.resize(width, 800).await;
        for place in of_the_entry.iter().chain(&of_all) {
            editor.open(place).await;
        }
    }
    case.application.stop().await;
}
