//! What a form has sent, and nobody knows whether it has arrived.

use super::leaving::CEO;
use super::person::Person;
use crate::support::application::{Application, Engine};
use crate::support::browser::Browser;
use crate::support::submission::{Submission, VENDOR};

/// What the browser knows: that there is a connection.
const UNAWARE: &str = "Object.defineProperty(navigator, 'onLine', { get: () => true }); return null";
const PRESSES: &str = "document.querySelector('[data-saved]').closest('form').requestSubmit(); return null";
const KEPT: &str = "return Object.keys(localStorage)";

/// A connection that fails at a press leads to a page of the browser's own: what was typed is there on whatever way back.
#[tokio::test]
async fn what_was_typed_outlives_a_connection_that_fails_at_a_press() {
    let Some(browser) = Browser::with_javascript().await else { return };
    let application = Application::on_sqlite().await;
    let vendor = Person::at(browser, &application).await;
    let page = vendor.start_first_page().await;
    type_and_press_in_vain(&vendor, "Danny Windham").await;
    vendor.open(&page).await;
    vendor.until(CEO, "Danny Windham".to_owned()).await;

    type_and_press_in_vain(&vendor, "Daniel Windham").await;
    vendor.browser.session().back().await.unwrap();
    vendor.open(&page).await;
    vendor.until(CEO, "Daniel Windham".to_owned()).await;
    assert!(!vendor.browser.text().await.contains("Two answers"));
    vendor.until(KEPT, Vec::<String>::new()).await;
    // Nor is anything left of a press that was answered.
    vendor.browser.fill("CEO", "D. Windham").await;
    vendor.press("Save and continue").await;
    vendor.until(KEPT, Vec::<String>::new()).await;
    application.stop().await;
}

/// Types, presses a button without a connection, waits for what the browser says, and gives the connection back.
async fn type_and_press_in_vain(vendor: &Person<'_>, text: &str) {
    vendor.browser.fill("CEO", text).await;
    vendor.ask::<()>(UNAWARE).await;
    vendor.browser.connect(false).await;
    vendor.ask::<()>(PRESSES).await;
    vendor.until("return location.protocol", "chrome-error:".to_owned()).await;
    vendor.browser.connect(true).await;
}

/// A page that another window's button leads to says nothing of this one's.
#[tokio::test]
async fn a_press_in_another_window_settles_none_that_failed() {
    let Some(browser) = Browser::with_javascript().await else { return };
    let application = Application::on_sqlite().await;
    let vendor = Person::at(browser, &application).await;
    let page = vendor.start_first_page().await;
    let session = vendor.browser.session();
    let first = session.window().await.unwrap();
    let second = session.new_tab().await.unwrap();
    session.switch_to_window(second.clone()).await.unwrap();
    vendor.open(&page).await;
    session.switch_to_window(first).await.unwrap();
    type_and_press_in_vain(&vendor, "Danny Windham").await;
    session.switch_to_window(second).await.unwrap();
    vendor.press("Save and continue").await;
    vendor.until(KEPT, Vec::<String>::new()).await;
    vendor.open(&page).await;
    vendor.until(CEO, "Danny Windham".to_owned()).await;
    assert!(!vendor.browser.text().await.contains("Two answers"));
    application.stop().await;
}

/// What can not be saved any more when there is a connection again is shown, to be copied.
#[tokio::test]
async fn what_is_refused_when_it_is_sent_once_more_is_shown() {
    let Some(browser) = Browser::with_javascript().await else { return };
    let case = Submission::on(Engine::Sqlite).await.unwrap();
    case.press_at_home("recall").await;
    let person = Person::at(browser, &case.application).await;
    let page = format!("{}/company", case.entry);
    person.open(&page).await;
    person.sign_in(VENDOR).await;
    type_and_press_in_vain(&person, "Ada Unseen").await;
    case.submit().await.expect_status(200);
    person.open(&page).await;
    person.until("return document.querySelector('h1')?.innerText", "The entry has moved on".to_owned()).await;
    person.until("return document.body.innerText.includes('Ada Unseen')", true).await;
    person.until(KEPT, Vec::<String>::new()).await;
    case.application.stop().await;
}

/// Nothing is sent while nobody is signed in: what waits does so until its author is.
#[tokio::test]
async fn what_was_typed_waits_until_its_author_signs_in() {
    let Some(browser) = Browser::with_javascript().await else { return };
    let application = Application::on_sqlite().await;
    let vendor = Person::at(browser, &application).await;
    let page = vendor.start_first_page().await;
    type_and_press_in_vain(&vendor, "Danny Windham").await;
    application.sessions_run_out("wayne@digium.example").await;
    vendor.open(&page).await;
    assert_eq!(vendor.heading().await, "Sign in");
    vendor.sign_in("wayne@digium.example").await;
    vendor.until(CEO, "Danny Windham".to_owned()).await;
    let text = vendor.browser.text().await;
    assert!(!text.contains("Two answers") && !text.contains("Saved when you signed in"), "{text}");
    vendor.until(KEPT, Vec::<String>::new()).await;
    application.stop().await;
}
