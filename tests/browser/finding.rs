//! A reader answers the finder's questions, and compares what comes of it.

use super::person::Person;
use crate::support::application::Application;
use crate::support::browser::Browser;

#[tokio::test]
async fn a_reader_finds_programs_and_compares_them() {
    let Some(browser) = Browser::without_javascript().await else { return };
    let application = Application::on_sqlite().await;
    let file = "guides/2017/entries/digium.toml";
    application.house.import(&[(file.to_owned(), std::fs::read_to_string(file).unwrap())]).await.unwrap();
    application.house.make_up(30).await.unwrap();
    let reader = Person::at(browser, &application).await;
    reader.open("/2017/").await;
    reader.press("Find a program").await;
    assert!(reader.browser.is_ticked("Would you pay a fee to join? › It doesn’t matter").await);

    reader.browser.tick("Which technologies do you sell? › Unified Communications").await;
    reader.browser.tick("What kind of partner are you? › Distributors").await;
    reader.browser.tick("Would you pay a fee to join? › No fee").await;
    let open = "Would you pay a fee to join? › It doesn’t matter";
    assert!(!reader.browser.shows(open).await, "it matters now");
    reader.browser.untick("Would you pay a fee to join? › No fee").await;
    assert!(reader.browser.shows(open).await);
    reader.browser.tick("Would you pay a fee to join? › No fee").await;
    reader.browser.tick("Advanced Training › Free for all partners").await;
    reader.press("Find programs").await;

    let found = reader.browser.text().await;
    assert!(found.contains("Digium, Inc.\nDigium Partner Program"), "{found}");
    assert!(found.contains("of your answers"), "{found}");
    assert!(reader.browser.is_ticked("Would you pay a fee to join? › No fee").await);

    reader.press("Compare the first four").await;
    assert_eq!(reader.heading().await, "Four programs compared");
    assert!(reader.browser.text().await.contains("Where they differ"));
    reader.browser.session().back().await.unwrap();
    assert!(reader.browser.is_ticked("Would you pay a fee to join? › No fee").await, "the browser’s Back has the answers");
    assert_eq!(reader.browser.complaints().await, [] as [&str; 0]);
    application.stop().await;
}
