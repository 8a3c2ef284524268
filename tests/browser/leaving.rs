//! A page that is left, or loaded anew, while something of it is on its way, or cannot go.

use super::person::Person;
use crate::support::application::Application;
use crate::support::browser::Browser;

/// What stands in the field, once one may type.
pub const CEO: &str = "const ceo = document.getElementById('ceo'); return ceo && !ceo.matches('[inert] *') ? ceo.value : ''";

/// What is said beside the buttons.
const STATUS: &str = "return document.querySelector('[data-saved]').textContent";

#[tokio::test]
async fn what_was_just_typed_is_there_whatever_is_pressed_next() {
    let Some(browser) = Browser::with_javascript().await else { return };
    let application = Application::on_sqlite().await;
    let vendor = Person::at(browser, &application).await;
    let page = vendor.start_first_page().await;
    // A link, before anything was saved.
    vendor.browser.fill("CEO", "Danny").await;
    vendor.press("Check and submit").await;
    vendor.until("return document.body?.innerText.includes('Danny')", true).await;
    // Another address, which no page hears of before it is left.
    vendor.open(&page).await;
    vendor.browser.fill("CEO", "Danny Windham").await;
    vendor.open("/2017/").await;
    vendor.open(&page).await;
    vendor.until(CEO, "Danny Windham".to_owned()).await;
    // The button, while what was typed before is on its way.
    vendor.browser.fill("CEO", "D. Windham").await;
    vendor.ask::<()>("window.dispatchEvent(new Event('pagehide'))").await;
    vendor.browser.fill("CEO", "Daniel Windham").await;
    vendor.press("Save and come back later").await;
    vendor.open(&page).await;
    vendor.until(CEO, "Daniel Windham".to_owned()).await;
    assert!(!vendor.browser.text().await.contains("Two answers"));
    assert_eq!(vendor.browser.complaints().await, [] as [&str; 0]);
    application.stop().await;
}

#[tokio::test]
async fn what_was_just_typed_outlives_loading_anew() {
    let Some(browser) = Browser::with_javascript().await else { return };
    let application = Application::on_sqlite().await;
    let vendor = Person::at(browser, &application).await;
    let page = vendor.start_first_page().await;
    for text in ["Danny", "Danny Windham"] {
        vendor.browser.fill("CEO", text).await;
        vendor.browser.session().refresh().await.unwrap();
        vendor.until(CEO, text.to_owned()).await;
    }
    // The page comes before it is saved.
    let holding = application.hold_saving();
    vendor.browser.fill("CEO", "D. Windham").await;
    vendor.open(&page).await;
    vendor.until(CEO, "D. Windham".to_owned()).await;
    holding.await.unwrap();
    // Nothing is left for which it would be loaded once more.
    assert_eq!(vendor.ask::<Vec<String>>("return Object.keys(localStorage)").await, [] as [&str; 0]);
    vendor.browser.fill("CEO", "Daniel Windham").await;
    vendor.press("Save and come back later").await;
    vendor.open(&page).await;
    assert_eq!(vendor.browser.value("CEO").await, "Daniel Windham");
    assert!(!vendor.browser.text().await.contains("Two answers"));
    assert_eq!(vendor.browser.complaints().await, [] as [&str; 0]);
    application.stop().await;
}

/// What a page finds where there is no connection, and where there is one again.
const AWAY: &str = "window.there = window.fetch; window.fetch = () => Promise.reject(new TypeError('away')); return null";
const BACK: &str = "window.fetch = window.there; dispatchEvent(new Event('online')); return null";

/// Without a connection no button leads to a page of the browser; it is done once there is one.
#[tokio::test]
async fn a_button_waits_for_a_connection() {
    let Some(browser) = Browser::with_javascript().await else { return };
    let application = Application::on_sqlite().await;
    let vendor = Person::at(browser, &application).await;
    let page = vendor.start_first_page().await;
    let home = page.strip_suffix("/company").unwrap().to_owned();
    vendor.ask::<()>(AWAY).await;
    vendor.browser.fill("CEO", "Danny Windham").await;
    vendor.until(STATUS, "Not saved yet: no connection".to_owned()).await;
    vendor.ask::<()>("document.querySelector('[value=later]').click(); return null").await;
    let told = "No connection: leave this page open. What you typed stays here, and “Save and come back later” is done once there is \
                one";
    vendor.until(STATUS, told.to_owned()).await;
    assert_eq!((vendor.place().await, vendor.browser.value("CEO").await), (page.clone(), "Danny Windham".to_owned()));
    vendor.ask::<()>(BACK).await;
    vendor.until("return location.pathname + location.search", format!("{home}?saved=yes")).await;
    vendor.open(&page).await;
    vendor.until(CEO, "Danny Windham".to_owned()).await;
    application.stop().await;
}
