//! A reader looks for programs, without a script and with one.

use super::person::Person;
use crate::support::application::Application;
use crate::support::browser::Browser;
use crate::support::client::folded;

/// A guide of two pages.
async fn guide() -> Application {
    let application = Application::on_sqlite().await;
    let file = "guides/2017/entries/digium.toml".to_owned();
    let text = std::fs::read_to_string(&file).unwrap();
    application.house.import(&[(file, text)]).await.unwrap();
    application.house.make_up(70).await.unwrap();
    application
}

/// The heading above the list, and the address's query.
async fn state(reader: &Person<'_>) -> (String, String) {
    reader.ask("return [document.querySelector('main h2').innerText, location.search]").await
}

/// What the box for comparison at a program is called.
async fn box_at(reader: &Person<'_>, index: usize) -> String {
    let label: String = reader.ask(&format!("return document.querySelectorAll('.pick label')[{index}].innerText")).await;
    folded(&label)
}

/// The words of a filter's choice, with the count beside them.
async fn choice(reader: &Person<'_>, id: &str) -> String {
    reader.ask(&format!("return document.querySelector('label[for=\"{id}\"]').innerText")).await
}

#[tokio::test]
async fn a_program_is_found_and_two_are_chosen_on_two_pages_without_a_script() {
    let Some(browser) = Browser::without_javascript().await else { return };
    let application = guide().await;
    let reader = Person::at(browser, &application).await;
    reader.open("/2017/").await;
    reader.browser.fill("Search companies, programs, people and answers", "digum").await;
    reader.press("Search").await;
    assert_eq!(state(&reader).await, ("1 of 71 programs".to_owned(), "?q=digum".to_owned()));

    // The filters are folded on a phone.
    reader.press("Filter these programs").await;
    let small = choice(&reader, "company_size-small").await;
    reader.browser.tick(&format!("Size › {small}")).await;
    reader.press("Show programs").await;
    assert_eq!(state(&reader).await, ("1 of 71 programs".to_owned(), "?q=digum&company_size=small".to_owned()));
    let label = box_at(&reader, 0).await;
    assert_eq!(label, "Compare Digium, Inc.");
    reader.browser.tick(&label).await;

    // A tick that nobody sent goes along with whatever is pressed.
    reader.browser.fill("Search companies, programs, people and answers", "").await;
    reader.press("Search").await;
    assert_eq!(state(&reader).await.1, "?company_size=small&program=digium");
    reader.press("Size: Small , remove this filter").await;
    let label = box_at(&reader, 0).await;
    reader.browser.tick(&label).await;
    reader.press("Next page").await;
    let (_, query) = state(&reader).await;
    assert!(query.starts_with("?page=2&program=") && query.matches("program=").count() == 2, "{query}");
    assert!(reader.browser.text().await.contains("2 chosen"));
    reader.press("Established").await;
    let (_, query) = state(&reader).await;
    assert!(query.starts_with("?sort=program_year&program=") && query.matches("program=").count() == 2, "{query}");
    reader.browser.press("Compare ticked").await;
    let place: String = reader.ask("return location.pathname + location.search").await;
    assert!(place.starts_with("/2017/compare?program=") && place.matches("program=").count() == 2, "{place}");
    application.stop().await;
}

/// Waits until the list has this heading. The browser waits for what a promise comes to.
async fn until_found(reader: &Person<'_>, wanted: &str) {
    let script = format!(
        "return new Promise((done) => {{
           const look = () => {{ if (document.querySelector('main h2').innerText === {wanted:?}) done(true); }};
           new MutationObserver(look).observe(document.body, {{ childList: true, subtree: true }});
           look();
         }});"
    );
    assert!(reader.ask::<bool>(&script).await);
}

#[tokio::test]
async fn a_script_looks_at_once_and_keeps_the_place() {
    let Some(browser) = Browser::with_javascript().await else { return };
    let application = guide().await;
    let reader = Person::at(browser, &application).await;
    reader.open("/2017/").await;
    reader.ask::<()>("window.stays = true").await;
    reader.press("Filter these programs").await;
    let yes: String = reader.ask("return document.querySelector('label[for=\"residual_revenue-yes\"] .count').innerText").await;
    let label = choice(&reader, "residual_revenue-yes").await;
    reader.browser.tick(&format!("Residual revenue program › {label}")).await;
    until_found(&reader, &format!("{yes} of 71 programs")).await;
    assert_eq!(state(&reader).await.1, "?residual_revenue=yes");
    // Nothing was loaded anew, the box that was pressed has the focus, and the count is said.
    let (focused, said): (String, String) =
        reader.ask("return [document.activeElement.id, document.querySelector('[role=status]').textContent]").await;
    assert_eq!(focused, "residual_revenue-yes");
    assert_eq!(said, format!("{yes} of 71 programs"));

    reader.browser.fill("Search companies, programs, people and answers", "digiu").await;
    until_found(&reader, "1 of 71 programs").await;
    assert_eq!(reader.browser.value("Search companies, programs, people and answers").await, "digiu");
    let label = box_at(&reader, 0).await;
    reader.browser.tick(&label).await;
    let chosen = "return new Promise((done) => {
        const look = () => { if (document.querySelector('.bar').innerText.includes('1 chosen')) done(location.search); };
        new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
        look();
    });";
    assert_eq!(reader.ask::<String>(chosen).await, "?q=digiu&residual_revenue=yes&program=digium");
    assert!(reader.ask::<bool>("return window.stays").await);
    assert_eq!(reader.browser.complaints().await, [] as [&str; 0]);
    application.stop().await;
}
