//! A reader reports something outdated.

use super::person::Person;
use crate::support::application::Application;
use crate::support::browser::Browser;

const PROFILE: &str = "/2017/programs/digium";
const ANSWER: &str = "Which answer is outdated?";

async fn published() -> Application {
    let application = Application::on_sqlite().await;
    let text = std::fs::read_to_string("guides/2017/entries/digium.toml").unwrap();
    application.house.import(&[("digium.toml".to_owned(), text)]).await.unwrap();
    application
}

#[tokio::test]
async fn a_reader_reports_without_a_script() {
    let Some(browser) = Browser::without_javascript().await else { return };
    let application = published().await;
    let reader = Person::at(browser, &application).await;
    reader.open(PROFILE).await;
    reader.press("Report it").await;
    reader.browser.choose(ANSWER, "CEO").await;
    reader.press("Send the report").await;
    assert_eq!(reader.problems().await, ["Enter what is outdated"]);
    assert_eq!(reader.browser.value(ANSWER).await, "ceo");
    reader.browser.fill("What is outdated?", "It is Jane Doe now.").await;
    reader.press("Send the report").await;
    assert_eq!(reader.heading().await, "Your report is on its way");
    reader.press("Back to the profile").await;
    assert_eq!(reader.heading().await, "Digium, Inc.");
    let mail = application.mail_to("wlandt@digium.com", "A reader reports something outdated").await;
    assert!(mail.text().contains("It is Jane Doe now."));
    application.stop().await;
}

/// The links to answers are out of the way until one goes to their section.
const REACHED: &str = "return [...document.querySelectorAll('.profile a:empty')].filter((link) => getComputedStyle(link).visibility === 'visible').length";

#[tokio::test]
async fn whoever_followed_a_link_to_an_answer_reports_that_answer() {
    let Some(browser) = Browser::with_javascript().await else { return };
    let application = published().await;
    let reader = Person::at(browser, &application).await;
    reader.open(PROFILE).await;
    assert_eq!(reader.ask::<usize>(REACHED).await, 0);
    reader.open(&format!("{PROFILE}#company")).await;
    assert_eq!(reader.ask::<usize>(REACHED).await, 12);
    reader.press("CEO").await;
    assert_eq!(reader.place().await, format!("{PROFILE}#ceo"));
    reader.press("Report it").await;
    assert_eq!(reader.browser.value(ANSWER).await, "ceo");
    assert_eq!(reader.browser.complaints().await, [] as [&str; 0]);
    application.stop().await;
}
