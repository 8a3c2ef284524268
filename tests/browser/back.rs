//! The browser's Back: it breaks nothing.

use super::person::Person;
use crate::support::application::Application;
use crate::support::browser::Browser;

/// Back leads to a form as it was refused, with what was typed, not to the question whether it is to be sent again.
#[tokio::test]
async fn back_leads_to_a_refused_form() {
    let Some(browser) = Browser::without_javascript().await else { return };
    let application = Application::on_sqlite().await;
    let vendor = Person::at(browser, &application).await;
    vendor.open("/entries/new").await;
    vendor.browser.fill("E-mail address", "wayne").await;
    vendor.press("Send me a link").await;
    assert_eq!(vendor.problems().await.len(), 1);
    vendor.sign_in("wayne@digium.example").await;
    vendor.browser.fill("Company name", "Digium, Inc.").await;
    vendor.press("Start the entry").await;
    let refused = vendor.problems().await;
    assert!(!refused.is_empty());
    vendor.browser.fill("Your name", "Wayne Landt").await;
    vendor.browser.fill("Name of the partner program", "Digium Partner Program").await;
    vendor.press("Start the entry").await;
    assert_eq!(vendor.heading().await, "Digium Partner Program");

    vendor.browser.session().back().await.unwrap();
    assert_eq!(vendor.problems().await, refused);
    assert_eq!(vendor.browser.value("Company name").await, "Digium, Inc.");
    application.stop().await;
}
