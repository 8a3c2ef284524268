//! While what is found comes, whatever a reader types into or ticks stays where it is.

use super::person::Person;
use crate::editions::with_year_before;
use crate::support::application::{Application, Engine};
use crate::support::browser::Browser;

/// How far below the window's upper edge an element stands, in whole pixels.
async fn top(reader: &Person<'_>, css: &str) -> i64 {
    reader.ask(&format!("return Math.round(document.querySelector('{css}').getBoundingClientRect().top)")).await
}

#[tokio::test]
async fn what_is_used_stays_where_it_is() {
    let Some(browser) = Browser::with_javascript().await else { return };
    let application = Application::with(Engine::Sqlite, with_year_before()).await.unwrap();
    for edition in application.house.editions.all().iter() {
        application.house.make_up_in(edition, 120).await.unwrap();
    }
    let reader = Person::at(browser, &application).await;
    for width in [320, 768, 1280] {
        reader.browser.resize(width, 800).await;
        reader.open("/2017/").await;
        let field = top(&reader, "#q").await;
        reader.browser.fill("Search companies, programs, people and answers", "storage").await;
        reader.until("return location.search", "?q=storage".to_owned()).await;
        assert_eq!(top(&reader, "#q").await, field, "{width}");

        reader.ask::<bool>("return document.getElementById('filters').parentElement.open = true").await;
        for (key, searched) in [("company_size-small", "company_size=small"), ("join_fee-no_fee", "join_fee=no_fee")] {
            reader.ask::<()>(&format!("document.getElementById('{key}').scrollIntoView({{ block: 'center' }})")).await;
            let ticked = top(&reader, &format!("#{key}")).await;
            reader.ask::<()>(&format!("document.getElementById('{key}').click()")).await;
            reader.until(&format!("return location.search.includes('{searched}')"), true).await;
            assert_eq!(top(&reader, &format!("#{key}")).await, ticked, "{key} at {width}");
        }
    }
    application.stop().await;
}
