//! What the script adds for those who have it.

use super::person::Person;
use crate::support::application::Application;
use crate::support::browser::Browser;

/// Waits for the words beside the buttons. The browser waits for what a promise comes to.
const SAVED: &str = r#"
return new Promise((done) => {
  const status = document.querySelector("[data-saved]");
  const look = () => { if (status.textContent) done(status.textContent); };
  new MutationObserver(look).observe(status, { childList: true, characterData: true, subtree: true });
  look();
});
"#;

#[tokio::test]
async fn a_page_saves_itself_and_hides_what_is_not_asked() {
    let Some(browser) = Browser::with_javascript().await else { return };
    let application = Application::on_sqlite().await;
    let vendor = Person::at(browser, &application).await;
    vendor.open("/entries").await;
    vendor.sign_in("wayne@digium.example").await;
    vendor.browser.fill("Your name", "Wayne Landt").await;
    vendor.browser.fill("Company name", "Digium, Inc.").await;
    vendor.browser.fill("Name of the partner program", "Digium Partner Program").await;
    vendor.press("Start the entry").await;
    let home = vendor.place().await;

    // Typed and never pressed: it is there when the page is opened again.
    vendor.press("Continue: Company").await;
    let page = vendor.place().await;
    vendor.browser.fill("CEO", "Danny Windham").await;
    assert_eq!(vendor.ask::<String>(SAVED).await, "Saved");
    vendor.open(&page).await;
    assert_eq!(vendor.browser.value("CEO").await, "Danny Windham");

    // Saved twice in a row, the second time from what the first one made of it.
    for year in ["1998", "1999"] {
        vendor.browser.fill("Year Company Founded", year).await;
        assert_eq!(vendor.ask::<String>(SAVED).await, "Saved");
    }
    vendor.open(&page).await;
    assert_eq!(vendor.browser.value("Year Company Founded").await, "1999");
    assert!(!vendor.browser.text().await.contains("Two answers"));

    conditions(&vendor, &home).await;
    assert_eq!(vendor.browser.complaints().await, [] as [&str; 0]);
    application.stop().await;
}

const POSSIBLE: &str = "Is it possible for a Solution Provider to attach services to your product/service beyond typical \
                        maintenance and/or break-fix?";
const PROGRAMS: &str =
    "What specific programs do you have in place to help partners increase their services attach and/or profit?";

/// A question that depends on another goes and comes back, with what was ticked in it.
async fn conditions(vendor: &Person<'_>, home: &str) {
    let questionnaire = crate::support::filling::questionnaire();
    let page = questionnaire.pages.iter().find(|page| page.questions.iter().any(|question| question.label == POSSIBLE)).unwrap();
    vendor.open(&format!("{home}/{}", page.key)).await;
    assert!(!vendor.browser.shows(PROGRAMS).await);
    vendor.browser.choose(POSSIBLE, "Yes").await;
    let option = format!("{PROGRAMS} › Services white-labelling");
    vendor.browser.tick(&option).await;
    vendor.browser.choose(POSSIBLE, "No").await;
    assert!(!vendor.browser.shows(PROGRAMS).await);
    vendor.browser.choose(POSSIBLE, "Yes").await;
    assert!(vendor.browser.is_ticked(&option).await);
}
