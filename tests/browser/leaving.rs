//! A page that is left, or loaded anew, while something of it is on its way, or cannot go.

use std::time::Duration;

use almanac::db::{Connection, DbError};

use super::person::Person;
use crate::support::application::Application;
use crate::support::browser::Browser;

/// Whoever has begun an entry, on its first page; its address.
async fn on_the_first_page(vendor: &Person<'_>) -> String {
    vendor.start_entry().await;
    vendor.press("Continue: Company").await;
    vendor.place().await
}

/// Waits until a script says this.
async fn comes_to(vendor: &Person<'_>, script: &str, expected: &str) {
    let mut said = String::new();
    for _ in 0..200 {
        said = vendor.ask(script).await;
        if said == expected {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(said, expected);
}

/// What stands in the field, once one may type.
const CEO: &str = "const ceo = document.getElementById('ceo'); return ceo && !ceo.matches('[inert] *') ? ceo.value : ''";

/// What is said beside the buttons.
const STATUS: &str = "return document.querySelector('[data-saved]').textContent";

#[tokio::test]
async fn what_was_just_typed_outlives_loading_anew() {
    let Some(browser) = Browser::with_javascript().await else { return };
    let application = Application::on_sqlite().await;
    let vendor = Person::at(browser, &application).await;
    let page = on_the_first_page(&vendor).await;
    for text in ["Danny", "Danny Windham"] {
        vendor.browser.fill("CEO", text).await;
        vendor.browser.session().refresh().await.unwrap();
        comes_to(&vendor, CEO, text).await;
    }
    // The page comes before it is saved.
    let db = application.house.db.clone();
    let holding = tokio::spawn(async move {
        db.write(|_: &mut Connection| {
            std::thread::sleep(Duration::from_secs(1));
            Ok::<_, DbError>(())
        })
        .await
    });
    vendor.browser.fill("CEO", "D. Windham").await;
    vendor.open(&page).await;
    comes_to(&vendor, CEO, "D. Windham").await;
    holding.await.unwrap().unwrap();
    // And is loaded no second time.
    let loaded: f64 = vendor.ask("return performance.timeOrigin").await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert!((vendor.ask::<f64>("return performance.timeOrigin").await - loaded).abs() < 1.0);
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
    let page = on_the_first_page(&vendor).await;
    let home = page.strip_suffix("/company").unwrap().to_owned();
    vendor.ask::<()>(AWAY).await;
    vendor.browser.fill("CEO", "Danny Windham").await;
    comes_to(&vendor, STATUS, "Not saved yet: no connection").await;
    vendor.ask::<()>("document.querySelector('[value=later]').click(); return null").await;
    let told = "No connection: leave this page open. What you typed stays here, and “Save and come back later” is done once there is \
                one";
    comes_to(&vendor, STATUS, told).await;
    assert_eq!((vendor.place().await, vendor.browser.value("CEO").await), (page.clone(), "Danny Windham".to_owned()));
    vendor.ask::<()>(BACK).await;
    comes_to(&vendor, "return location.pathname + location.search", &format!("{home}?saved=yes")).await;
    vendor.open(&page).await;
    assert_eq!(vendor.browser.value("CEO").await, "Danny Windham");
    application.stop().await;
}
