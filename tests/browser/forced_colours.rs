//! Somebody whose system puts a few colours of their own in place of all of ours: what ours tell is still to be told.

use serde_json::json;

use crate::support::application::Application;
use crate::support::browser::Browser;

/// The computed style of the first element that this selects.
async fn style(browser: &Browser, css: &str, property: &str) -> String {
    let script = "return getComputedStyle(document.querySelector(arguments[0]))[arguments[1]]";
    let value = browser.session().execute(script, vec![json!(css), json!(property)]).await;
    value.and_then(|value| value.convert()).unwrap_or_else(|error| panic!("{property} of {css}: {error}"))
}

#[tokio::test]
async fn what_colours_tell_is_told_without_them() {
    let Some(browser) = Browser::with_javascript().await else { return };
    let application = Application::on_sqlite().await;
    application.house.make_up(20).await.unwrap();
    let colours = json!({ "features": [{ "name": "forced-colors", "value": "active" }] });
    browser.session().cdp().send_raw("Emulation.setEmulatedMedia", colours).await.unwrap();

    browser.open(&format!("{}/2017/?company_size=small", application.url)).await;
    let [paper, ink] = [style(&browser, "body", "backgroundColor").await, style(&browser, "body", "color").await];
    assert_ne!(paper, ink);
    let main = style(&browser, ".search .button", "backgroundColor").await;
    assert_ne!(main, paper, "the one button of the form stands out among the others");
    assert_ne!(main, style(&browser, ".search .button", "color").await);
    assert_eq!(style(&browser, ".masthead nav [aria-current]", "borderBottomStyle").await, "solid");

    browser.open(&format!("{}/2017/figures", application.url)).await;
    for (drawn, with) in [(".bars .now", "fill"), (".histogram text", "fill"), (".histogram line", "stroke")] {
        assert_eq!(style(&browser, drawn, with).await, ink, "{drawn}");
    }
    assert_eq!(browser.complaints().await, [] as [&str; 0]);
    application.stop().await;
}
