//! A reader looks for programs, without a script and with one.

use thirtyfour::prelude::*;

use super::person::Person;
use crate::editions::with_year_before;
use crate::support::application::{Application, EDITOR, Engine};
use crate::support::browser::Browser;
use crate::support::client::folded;

/// The field above the list.
const SEARCH: &str = "Search companies, programs, people and answers";

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
    reader.browser.fill(SEARCH, "digum").await;
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
    reader.browser.fill(SEARCH, "").await;
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

/// However long a word is, the page is no wider than its window: in what is on, in what can be dropped, in what is said.
#[tokio::test]
async fn a_word_without_an_end_makes_no_page_wider() {
    let Some(browser) = Browser::without_javascript().await else { return };
    let application = guide().await;
    application.house.invite_editor(EDITOR, "Ruth Lindqvist").await.unwrap();
    let reader = Person::at(browser, &application).await;
    reader.open("/desk").await;
    reader.sign_in(EDITOR).await;
    for word in ["antidisestablishmentarianism".to_owned(), "w".repeat(100)] {
        for width in [320, 768, 1280] {
            reader.browser.resize(width, 800).await;
            for place in
                ["/2017/?q=", "/2017/?company_size=large&q=digium+", "/2017/?company_size=", "/2017/compare?find=", "/desk?q="]
            {
                reader.open(&format!("{place}{word}")).await;
            }
        }
    }
    application.stop().await;
}

/// The address of the profile of a company.
fn slug_of(application: &Application, company: &str) -> String {
    let catalogue = application.house.guide.catalogue();
    let edition = application.house.editions.by_year(2017).unwrap();
    let listed = catalogue.shelf(edition.id).unwrap().listed();
    listed.iter().find(|listed| listed.company == company).unwrap().slug.clone()
}

/// Windows between those that pages are drawn for, too: a tablet lying down, half a screen, the usual phones.
#[tokio::test]
async fn no_readers_page_is_wider_than_its_window_at_any_width() {
    let Some(browser) = Browser::without_javascript().await else { return };
    let application = guide().await;
    let (company, program) = ("Windkraftanlagen".repeat(7), "Partnerprogramm".repeat(8));
    let text = std::fs::read_to_string("guides/2017/entries/kirito-networks.toml").unwrap();
    let text = text.replace("Kiritō Networks K.K. (株式会社霧灯ネットワークス)", &company);
    let text = text.replace("霧灯パートナープログラム “Lantern & Fog”", &program);
    let text = text.replacen("status = \"submitted\"", "status = \"published\"", 1);
    application.house.import(&[("long.toml".to_owned(), text)]).await.unwrap();
    let reader = Person::at(browser, &application).await;
    let compared = "/2017/compare?program=digium&program=aberbank-networks&program=bramcliffe-data&program=calderfield-telecom";
    let found = "/2017/?q=cloud&join_fee=no_fee";
    let slug = slug_of(&application, &company);
    let chosen = format!("/2017/?program=digium&program={slug}");
    let beside = format!("/2017/compare?program=digium&program={slug}");
    let profile = format!("/2017/programs/{slug}");
    let by_answers = "/2017/find?join_fee=no_fee&company_size=enterprise";
    for place in
        ["/2017/", found, &chosen, "/2017/programs/digium", &profile, compared, &beside, "/2017/figures", by_answers, "/api/"]
    {
        for width in [320, 340, 360, 375, 390, 412, 480, 600, 832, 900, 1023, 1024, 1100, 1215, 1216] {
            reader.browser.resize(width, 800).await;
            reader.open(place).await;
        }
    }
    application.stop().await;
}

/// Waits until the list has this heading.
async fn until_found(reader: &Person<'_>, wanted: &str) {
    until(reader, &format!("document.querySelector('main h2').innerText === {wanted:?}")).await;
}

/// Waits until this holds of the page. The browser waits for what a promise comes to.
async fn until(reader: &Person<'_>, condition: &str) {
    let script = format!(
        "return new Promise((done) => {{
           const look = () => {{ if ({condition}) done(true); }};
           new MutationObserver(look).observe(document.body, {{ childList: true, subtree: true }});
           look();
         }});"
    );
    assert!(reader.ask::<bool>(&script).await);
}

/// Puts the focus on what a page has there, and presses a key.
async fn press_on(reader: &Person<'_>, css: &str, key: Key) {
    reader.ask::<()>(&format!("document.querySelector({css:?}).focus()")).await;
    reader.browser.session().action_chain().send_keys(key).perform().await.unwrap();
}

const FOCUSED: &str = "const { tagName, innerText } = document.activeElement; return [tagName, innerText.trim()]";

#[tokio::test]
async fn a_script_loses_no_focus() {
    let Some(browser) = Browser::with_javascript().await else { return };
    let application = guide().await;
    let reader = Person::at(browser, &application).await;
    reader.browser.resize(1280, 900).await;
    reader.open("/2017/?company_size=small&program_year=1900-2017").await;
    reader.ask::<()>("window.stays = true").await;
    let focused = || async { reader.ask::<(String, String)>(FOCUSED).await };
    // What is pressed stays where it is, though it now asks for something else.
    for sorted in ["ascending", "descending"] {
        press_on(&reader, "th[data-label='Established'] button", Key::Enter).await;
        until(&reader, &format!("document.querySelector(\"th[data-label='Established']\").ariaSort === '{sorted}'")).await;
        assert_eq!(focused().await, ("BUTTON".to_owned(), "Established".to_owned()));
    }
    // Where it went with what was found, what is found now is read on from its beginning.
    press_on(&reader, "input[name=program_year]", Key::Space).await;
    until(&reader, "!document.querySelector('input[name=program_year]')").await;
    let (tag, heading) = focused().await;
    assert!(tag == "H2" && heading.ends_with("of 71 programs"), "{tag} {heading}");
    press_on(&reader, ".active a", Key::Enter).await;
    until_found(&reader, "71 programs").await;
    assert_eq!(focused().await, ("H2".to_owned(), "71 programs".to_owned()));
    assert_eq!(state(&reader).await.1, "?sort=-program_year");
    assert!(reader.ask::<bool>("return window.stays").await, "nothing was loaded anew");
    // A text that is taken off leaves the field above, too.
    reader.browser.fill(SEARCH, "digium").await;
    until_found(&reader, "1 of 71 programs").await;
    press_on(&reader, ".active a", Key::Enter).await;
    until_found(&reader, "71 programs").await;
    assert_eq!(reader.browser.value(SEARCH).await, "");
    assert_eq!(reader.browser.complaints().await, [] as [&str; 0]);
    application.stop().await;
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

    reader.browser.fill(SEARCH, "digiu").await;
    until_found(&reader, "1 of 71 programs").await;
    assert_eq!(reader.browser.value(SEARCH).await, "digiu");
    let feeds = "return [...document.querySelectorAll('link[rel=alternate][type=\"application/atom+xml\"]')].map((link) => link.getAttribute('href'))";
    assert_eq!(reader.ask::<Vec<String>>(feeds).await, ["/2017/feed.atom?q=digiu&residual_revenue=yes", "/2017/feed.atom"]);
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

/// What is folded under a heading counts what is left there: another number on it is no reason to shut it.
/// The link to another edition stands above the list, and asks there what is asked here.
#[tokio::test]
async fn a_script_asks_other_editions_the_same() {
    let Some(browser) = Browser::with_javascript().await else { return };
    let application = Application::with(Engine::Sqlite, with_year_before()).await.unwrap();
    for edition in application.house.editions.all().iter() {
        application.house.make_up_in(edition, 10).await.unwrap();
    }
    let reader = Person::at(browser, &application).await;
    reader.open("/2017/").await;
    let other = "const link = document.querySelector('.years a'); return [link.innerText, link.getAttribute('href')]";
    assert_eq!(reader.ask::<[String; 2]>(other).await, ["The programs of 2016", "/2016/"]);
    reader.browser.fill(SEARCH, "partner").await;
    until(&reader, "location.search === '?q=partner'").await;
    assert_eq!(reader.ask::<[String; 2]>(other).await, ["This search in 2016", "/2016/?q=partner"]);
    application.stop().await;
}

#[tokio::test]
async fn a_fold_that_a_reader_opened_stays_open() {
    let Some(browser) = Browser::with_javascript().await else { return };
    let application = guide().await;
    let reader = Person::at(browser, &application).await;
    reader.open("/2017/").await;
    reader.press("Filter these programs").await;
    press_on(&reader, ".more > summary", Key::Enter).await;
    let (id, words): (String, String) =
        reader.ask("const fold = document.querySelector('.more > summary'); return [fold.id, fold.textContent]").await;
    press_on(&reader, ".more[open] input", Key::Space).await;
    until(&reader, "document.querySelector('.active a')").await;
    let (open, now): (Vec<bool>, String) = reader
        .ask(&format!(
            "const fold = document.getElementById({id:?}); \
             return [[fold.parentElement, fold.closest('.fold')].map((fold) => fold.open), fold.textContent]"
        ))
        .await;
    assert_ne!(now, words);
    assert_eq!(open, [true, true], "{now}");
    application.stop().await;
}

/// On a phone the first screen of what was looked for has some of what was found.
#[tokio::test]
async fn what_was_found_begins_on_the_first_screen() {
    let Some(browser) = Browser::without_javascript().await else { return };
    let application = guide().await;
    let reader = Person::at(browser, &application).await;
    let places = "const at = (css) => document.querySelector(css).getBoundingClientRect(); \
                  const [heading, row] = [at('main h2'), at('.programs tbody tr')]; \
                  return [heading.bottom, row.top, row.bottom].map(Math.round)";
    for query in ["q=cloud", "company_size=small", "q=digium&company_size=small"] {
        for (width, height) in [(320, 700), (390, 844)] {
            reader.browser.resize(width, height).await;
            reader.open(&format!("/2017/?{query}")).await;
            let [heading, top, bottom]: [u32; 3] = reader.ask(places).await;
            // A name has two lines at least.
            let seen = if width == 320 { heading.max(top + 50) } else { bottom };
            assert!(seen <= height, "{query} at {width}: the heading ends at {heading}, a result goes from {top} to {bottom}");
        }
    }
    application.stop().await;
}

/// Nothing is in the way of a list while nothing is chosen, and whoever ticks something sees where it leads.
#[tokio::test]
async fn the_bar_stays_in_sight_as_soon_as_something_is_ticked() {
    let Some(browser) = Browser::without_javascript().await else { return };
    let application = guide().await;
    let reader = Person::at(browser, &application).await;
    reader.open("/2017/").await;
    let sticks = "return getComputedStyle(document.querySelector('.bar')).position === 'sticky'";
    assert!(!reader.ask::<bool>(sticks).await);
    let label = box_at(&reader, 0).await;
    reader.browser.tick(&label).await;
    assert!(reader.ask::<bool>(sticks).await);
    reader.open("/2017/?program=digium").await;
    assert!(reader.ask::<bool>(sticks).await);
    reader.open("/2017/?page=2&program=digium").await;
    assert!(reader.ask::<bool>(sticks).await);
    application.stop().await;
}

/// With a script as without one: what was looked for is given up a step at a time, and the page before is still there.
#[tokio::test]
async fn back_takes_a_search_back_step_by_step() {
    let Some(browser) = Browser::with_javascript().await else { return };
    let application = guide().await;
    let reader = Person::at(browser, &application).await;
    reader.open("/2017/figures").await;
    reader.open("/2017/?sort=-company_name").await;
    reader.ask::<()>("window.stays = true").await;
    for part in ["d", "dig", "digium"] {
        reader.browser.fill(SEARCH, part).await;
        until(&reader, &format!("location.search === '?q={part}&sort=-company_name'")).await;
    }
    until_found(&reader, "1 of 71 programs").await;
    reader.press("Filter these programs").await;
    let label = choice(&reader, "residual_revenue-yes").await;
    reader.browser.tick(&format!("Residual revenue program › {label}")).await;
    until(&reader, "location.search.includes('residual_revenue=yes')").await;

    reader.browser.session().back().await.unwrap();
    until(&reader, "location.search === '?q=digium&sort=-company_name'").await;
    until_found(&reader, "1 of 71 programs").await;
    assert_eq!(reader.browser.value(SEARCH).await, "digium");
    // The letters were one step.
    reader.browser.session().back().await.unwrap();
    until_found(&reader, "71 programs").await;
    assert_eq!(state(&reader).await.1, "?sort=-company_name");
    assert_eq!(reader.browser.value(SEARCH).await, "");
    reader.browser.session().forward().await.unwrap();
    until_found(&reader, "1 of 71 programs").await;
    assert_eq!(reader.browser.value(SEARCH).await, "digium");
    assert!(reader.ask::<bool>("return window.stays").await, "nothing was loaded anew");
    for path in ["/2017/", "/2017/figures"] {
        reader.browser.session().back().await.unwrap();
        assert_eq!(reader.browser.session().current_url().await.unwrap().path(), path);
    }
    assert_eq!(reader.browser.complaints().await, [] as [&str; 0]);
    application.stop().await;
}

/// Back on a page that was left before its search was done, the field says what the list does.
#[tokio::test]
async fn what_was_typed_and_left_is_not_there_beside_another_list() {
    let Some(browser) = Browser::with_javascript().await else { return };
    let application = guide().await;
    let reader = Person::at(browser, &application).await;
    reader.open("/2017/?q=digium").await;
    reader.ask::<()>("document.querySelector('#find input[type=search]').value = 'storage'").await;
    reader.open("/2017/figures").await;
    reader.browser.session().back().await.unwrap();
    until(&reader, "document.readyState === 'complete'").await;
    assert_eq!(reader.browser.value(SEARCH).await, "digium");
    assert_eq!(state(&reader).await, ("1 of 71 programs".to_owned(), "?q=digium".to_owned()));
    application.stop().await;
}
