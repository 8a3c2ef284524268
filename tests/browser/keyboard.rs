//! A page of the questionnaire without a mouse.

use thirtyfour::prelude::*;

use super::filling::fill_page;
use super::person::Person;
use crate::support::application::{Application, EDITOR};
use crate::support::browser::Browser;
use crate::support::filling::{questionnaire, sample};

/// Every control that is to be reached, by what a page says of it. The radios of a group are one stop, as the arrow
/// keys move among them.
const CONTROLS: &str = r#"
const seen = new Set();
const isStop = (element) => {
  if (!element.checkVisibility() || element.tabIndex < 0 || element.type === "hidden") return false;
  if (element.type !== "radio") return true;
  if (seen.has(element.name)) return false;
  return seen.add(element.name);
};
const name = (element) => element.type === "radio" ? element.name : element.id || element.value || element.innerText;
return [...document.querySelectorAll("main :is(a[href], button, input, select, textarea, summary)")].filter(isStop).map(name);
"#;

const FOCUSED: &str = r#"
const element = document.activeElement;
if (!element.closest("main")) return [null, false];
const name = element.type === "radio" ? element.name : element.id || element.value || element.innerText;
const outlined = getComputedStyle(element).outlineStyle !== "none";
return [name, outlined];
"#;

#[tokio::test]
async fn a_page_is_filled_in_without_a_mouse() {
    let Some(browser) = Browser::without_javascript().await else { return };
    let application = Application::on_sqlite().await;
    let vendor = Person::at(browser, &application).await;
    let page = page_of_tiers(&vendor).await;

    let controls: Vec<String> = vendor.ask(CONTROLS).await;
    assert!(controls.len() > 40, "{controls:?}");
    assert_eq!(tab_through(&vendor).await, controls);

    // Enter in a field saves, and presses no other button on the way: the tiers stay in their order.
    let name = vendor.browser.find_by_label("Top Tier › The tier’s own name").await;
    name.send_keys("Gold" + Key::Enter).await.unwrap();
    assert_eq!(vendor.problems().await, [] as [&str; 0]);
    assert_eq!(vendor.heading().await, "Cloud");
    vendor.open(&page).await;
    assert_eq!(vendor.browser.value("Top Tier › The tier’s own name").await, "Gold");
    assert_eq!(vendor.browser.value("Tier 2 › The tier’s own name").await, "");
    assert_eq!(vendor.browser.value("Tier 2 › Worldwide Partners").await, "5454");
    application.stop().await;
}

/// Starts an entry and fills in the page with the tiers, which has buttons between its fields.
async fn page_of_tiers(vendor: &Person<'_>) -> String {
    vendor.start_entry().await;
    let questionnaire = questionnaire();
    let page = questionnaire.page("program").unwrap();
    let path = format!("{}/{}", vendor.place().await, page.key);
    vendor.open(&path).await;
    fill_page(vendor, page, &sample("digium").answers).await;
    path
}

/// Presses Tab until the page's main part is left, and says what had the focus. What has it must be seen to have it.
async fn tab_through(person: &Person<'_>) -> Vec<String> {
    let tab = || async { person.browser.session().action_chain().send_keys(Key::Tab).perform().await.unwrap() };
    person.ask::<()>("document.querySelector('.skip').focus()").await;
    person.browser.session().action_chain().send_keys(Key::Enter).perform().await.unwrap();
    let mut visited = Vec::new();
    loop {
        tab().await;
        let (focused, outlined): (Option<String>, bool) = person.ask(FOCUSED).await;
        let Some(focused) = focused else { return visited };
        assert!(outlined, "nobody sees that {focused} has the focus");
        visited.push(focused);
    }
}

/// Two entries wait; each is opened, decided about and left with a key.
#[tokio::test]
async fn an_editor_goes_through_the_queue_without_a_mouse() {
    let Some(browser) = Browser::without_javascript().await else { return };
    let application = Application::on_sqlite().await;
    let text = std::fs::read_to_string("guides/2017/entries/kirito-networks.toml").unwrap();
    let another = text.replace("Kiritō Networks K.K.", "Second Networks").replace("elodie@", "second@");
    let files = [("one.toml".to_owned(), text), ("two.toml".to_owned(), another)];
    application.house.import(&files).await.unwrap();
    application.house.invite_editor(EDITOR, "Ruth Lindqvist").await.unwrap();
    let editor = Person::at(browser, &application).await;
    editor.open("/desk").await;
    editor.sign_in(EDITOR).await;
    assert_eq!(editor.heading().await, "Queue of the 2017 edition");

    editor.press_key('n').await;
    let first = editor.heading().await;
    // The decision is two stops away, and not behind the notes of sixty questions.
    editor.ask::<()>("document.querySelector('.skip[href=\"#decision\"]').focus()").await;
    editor.browser.session().action_chain().send_keys(Key::Enter).send_keys(Key::Tab).perform().await.unwrap();
    assert_eq!(editor.ask::<String>("return document.activeElement.value").await, "request_changes");
    editor.press_key('b').await;
    assert!(editor.browser.text().await.contains("Published profile"));
    editor.press_key('n').await;
    let second = editor.heading().await;
    assert_ne!(first, second);
    editor.press_key('r').await;
    assert_eq!(editor.problems().await.len(), 1, "a note is missing");
    editor.press_key('a').await;
    assert!(editor.browser.text().await.contains("Approved"));
    application.stop().await;
}
