//! Somebody with a browser as wide as a small phone, where every page must fit without scrolling sideways.

use std::time::Duration;

use crate::support::application::{Application, address_in};
use crate::support::browser::Browser;
use crate::support::smtp::Received;

/// Somebody at a browser.
pub struct Person<'a> {
    pub browser: Browser,
    pub application: &'a Application,
}

/// The narrowest window that is promised to work.
const NARROWEST: u32 = 320;

/// How wide the page is, and its window; nothing while it is still coming, as one that is just loaded anew.
const SIZES: &str = "return document.readyState === 'complete' ? [document.documentElement.scrollWidth, innerWidth] : null";

impl<'a> Person<'a> {
    pub async fn at(browser: Browser, application: &'a Application) -> Self {
        browser.resize(NARROWEST, 800).await;
        Self { browser, application }
    }

    /// Opens a path of ours, or an address from a mail.
    pub async fn open(&self, place: &str) {
        let address = if place.starts_with('/') { format!("{}{place}", self.application.url) } else { place.to_owned() };
        self.browser.open(&address).await;
        self.expect_no_scrolling_sideways().await;
    }

    /// Opens the first link of a mail that leads below this path.
    pub async fn open_from(&self, mail: &Received, below: &str) {
        self.open(address_in(mail, below).as_str()).await;
    }

    /// Presses a button or follows a link.
    pub async fn press(&self, words: &str) {
        self.browser.press(words).await;
        self.expect_no_scrolling_sideways().await;
    }

    /// Presses a key of the page with what the browser wants to be held, and waits for where it leads.
    pub async fn press_key(&self, key: char) {
        self.browser.press_key(key).await;
        self.expect_no_scrolling_sideways().await;
    }

    /// Fills in the sign-in page that is open, waits for the mail, and follows it.
    pub async fn sign_in(&self, email: &str) {
        let before = self.application.sign_in_mails(email).len();
        self.browser.fill("E-mail address", email).await;
        self.press("Send me a link").await;
        let mail = self.application.newest_sign_in_mail(email, before + 1).await;
        self.open_from(&mail, "/sign-in/").await;
        self.press("Sign in").await;
    }

    /// Signs in as Digium's, and starts their entry.
    pub async fn start_entry(&self) {
        self.open("/entries").await;
        self.sign_in("wayne@digium.example").await;
        self.browser.fill("Your name", "Wayne Landt").await;
        self.browser.fill("Company name", "Digium, Inc.").await;
        self.browser.fill("Name of the partner program", "Digium Partner Program").await;
        self.press("Start the entry").await;
    }

    /// The same, on the entry's first page; its address.
    pub async fn start_first_page(&self) -> String {
        self.start_entry().await;
        self.press("Continue: Company").await;
        self.place().await
    }

    /// Waits until a script says this.
    pub async fn until<T: serde::de::DeserializeOwned + PartialEq + std::fmt::Debug>(&self, script: &str, expected: T) {
        let said = self.ask_until(script, |said: &T| *said == expected).await;
        assert_eq!(said, expected, "{script}");
    }

    /// Asks until a script says what is waited for, or for ten seconds; what it said last.
    async fn ask_until<T: serde::de::DeserializeOwned>(&self, script: &str, is_it: impl Fn(&T) -> bool) -> T {
        let mut said: T = self.ask(script).await;
        for _ in 0..200 {
            if is_it(&said) {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
            said = self.ask(script).await;
        }
        said
    }

    /// The page's first heading.
    pub async fn heading(&self) -> String {
        self.ask("return document.querySelector('h1').innerText").await
    }

    /// The path and the fragment of the page.
    pub async fn place(&self) -> String {
        self.ask("return location.pathname + location.hash").await
    }

    /// The text of what describes the field with this label: hints, refusals, notes.
    pub async fn descriptions(&self, label: &str) -> String {
        let field = self.browser.find_by_label(label).await;
        let ids = field.attr("aria-describedby").await.unwrap().unwrap_or_default();
        let script = "return arguments[0].split(' ').map((id) => document.getElementById(id)?.innerText ?? '').join(' ')";
        self.browser.session().execute(script, vec![ids.into()]).await.unwrap().convert().unwrap()
    }

    /// The lines of the summary of problems; none where there is no such summary.
    pub async fn problems(&self) -> Vec<String> {
        self.ask("return [...document.querySelectorAll('.errors li')].map((line) => line.innerText)").await
    }

    /// What a script finds out about the page.
    pub async fn ask<T: serde::de::DeserializeOwned>(&self, script: &str) -> T {
        self.browser.session().execute(script, vec![]).await.unwrap().convert().unwrap()
    }

    async fn expect_no_scrolling_sideways(&self) {
        let sizes = self.ask_until(SIZES, Option::<(u32, u32)>::is_some).await;
        let (page, window) = sizes.expect("the page comes to its end");
        assert!(page <= window, "{} is {page} wide in a window of {window}", self.place().await);
    }
}
