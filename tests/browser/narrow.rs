//! The desk with names as long as a form takes them and nowhere to break, and an entry's home, on a small phone and on wider
//! screens.

use super::person::Person;
use crate::support::application::{EDITOR, Engine};
use crate::support::browser::Browser;
use crate::support::submission::{Submission, VENDOR};

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

/// The longest status stands beside the longest word of a title.
#[tokio::test]
async fn the_pages_of_an_entry_have_their_statuses_beside_them() {
    let Some(browser) = Browser::with_javascript().await else { return };
    let case = Submission::on(Engine::Sqlite).await.unwrap();
    case.press_at_home("recall").await;
    let wrong = case.page("program").await.set("na_partners", "about ten").press("later");
    case.vendor.submit(wrong).await.expect_status(200);
    let vendor = Person::at(browser, &case.application).await;
    vendor.open(&case.entry).await;
    vendor.sign_in(VENDOR).await;
    for width in [320, 340, 352, 360, 768] {
        vendor.browser.resize(width, 800).await;
        vendor.open(&case.entry).await;
        let outside: Vec<String> = vendor
            .ask(
                "return [...document.querySelectorAll('.pagelist .status')].filter((status) => \
                 status.getBoundingClientRect().right > status.parentElement.getBoundingClientRect().right + 0.5 \
                 ).map((status) => status.innerText)",
            )
            .await;
        assert_eq!(outside, [] as [&str; 0], "{width}");
    }
    case.application.stop().await;
}

/// What a vendor calls a tier may be one long word.
#[tokio::test]
async fn a_long_name_of_a_tier_makes_no_page_wider() {
    let Some(browser) = Browser::with_javascript().await else { return };
    let case = Submission::on(Engine::Sqlite).await.unwrap();
    case.press_at_home("recall").await;
    let named = case.page("program").await.set("tiers.1.name", &long("Goldpartnerschaft")).press("later");
    case.vendor.submit(named).await.expect_status(200);
    let vendor = Person::at(browser, &case.application).await;
    vendor.open(&case.entry).await;
    vendor.sign_in(VENDOR).await;
    for width in [320, 840, 1280] {
        vendor.browser.resize(width, 800).await;
        vendor.open(&format!("{}/preview", case.entry)).await;
        assert!(vendor.browser.text().await.contains(&long("Goldpartnerschaft")));
        vendor.open(&format!("{}/check", case.entry)).await;
    }
    case.application.stop().await;
}
