//! A page as a person uses it: by the words on it.
//!
//! Where the same words stand in several groups, the group's legend goes before them:
//! `"Tier 2 › VARs"`; without a legend they mean what stands in no group. Where they stand twice side by side,
//! a number in brackets says which is meant: `"Began Serving In This Role [2]"`. Nothing found, or more than one
//! thing, fails the test and says what there is.

use std::time::{Duration, Instant};

use serde_json::json;
use thirtyfour::{By, Key, WebElement};

use super::browser::Browser;

/// Whether pressing it leads to another page: a link that leaves the page, a button that sends its form.
const LEADS_AWAY: &str = r"
const [action] = arguments;
const page = (address) => address.split('#')[0];
const link = action.closest('a[href]');
return link ? page(link.href) !== page(location.href) : action.type === 'submit' && action.form !== null;
";

const BETWEEN_GROUP_AND_FIELD: &str = " › ";

impl Browser {
    /// The field with this label, or the group with this legend.
    pub async fn find_by_label(&self, label: &str) -> WebElement {
        self.find_by_words("field", label).await
    }

    /// Replaces what stands in a field by this text.
    pub async fn fill(&self, label: &str, text: &str) {
        let field = self.find_by_label(label).await;
        let filled = async {
            field.clear().await?;
            field.send_keys(text).await
        };
        filled.await.unwrap_or_else(|error| panic!("filling in “{label}”: {error}"));
    }

    /// Ticks a box, or chooses one of several, unless it is already.
    pub async fn tick(&self, label: &str) {
        self.set_ticked(label, true).await;
    }

    pub async fn untick(&self, label: &str) {
        self.set_ticked(label, false).await;
    }

    /// Chooses an option in the group with this legend, or in the list with this label.
    pub async fn choose(&self, legend: &str, option: &str) {
        let field = self.find_by_label(legend).await;
        if field.tag_name().await.expect("a field has a tag") == "select" {
            choose_in_list(&field, legend, option).await;
        } else {
            self.tick(&[legend, option].join(BETWEEN_GROUP_AND_FIELD)).await;
        }
    }

    /// Presses a button or follows a link, and waits for the page it leads to.
    pub async fn press(&self, words: &str) {
        let action = self.find_by_words("action", words).await;
        let old = self.session().find(By::Tag("html")).await.expect("a page has a root");
        let leads_away = self.session().execute(LEADS_AWAY, vec![action.to_json().expect("an element has a name")]).await;
        let leads_away: bool = leads_away.and_then(|answer| answer.convert()).expect("an action can be looked at");
        let pressed = async {
            // Out from under a bar that sticks to the window's edge, as a person would scroll it.
            action.scroll_into_view().await?;
            action.click().await
        };
        pressed.await.unwrap_or_else(|error| panic!("pressing “{words}”: {error}"));
        if leads_away {
            gone(&old, words).await;
        }
    }

    /// Whether somebody can see a field with this label.
    pub async fn shows(&self, label: &str) -> bool {
        let (found, _known) = self.search("field", label).await;
        !found.is_empty()
    }

    /// What stands in a field.
    pub async fn value(&self, label: &str) -> String {
        let field = self.find_by_label(label).await;
        field.value().await.expect("a field can be read").unwrap_or_default()
    }

    pub async fn is_ticked(&self, label: &str) -> bool {
        let field = self.find_by_label(label).await;
        field.is_selected().await.expect("a box can be read")
    }

    /// Presses a key that the page has for something, with Alt held, and waits for where it leads.
    pub async fn press_key(&self, key: char) {
        let old = self.session().find(By::Tag("html")).await.expect("a page has a root");
        let keys = self.session().action_chain().key_down(Key::Alt).send_keys(key.to_string()).key_up(Key::Alt);
        keys.perform().await.expect("keys can be pressed");
        gone(&old, &format!("Alt+{key}")).await;
    }

    /// All text on the page that can be seen.
    pub async fn text(&self) -> String {
        let body = self.session().find(By::Tag("body")).await.expect("a page has a body");
        body.text().await.expect("a page can be read")
    }

    async fn set_ticked(&self, label: &str, wanted: bool) {
        let field = self.find_by_label(label).await;
        if field.is_selected().await.expect("a box can be read") != wanted {
            let ticked = async {
                field.scroll_into_view().await?;
                field.click().await
            };
            ticked.await.unwrap_or_else(|error| panic!("ticking “{label}”: {error}"));
        }
    }

    async fn find_by_words(&self, kind: &str, words: &str) -> WebElement {
        let (found, known) = self.search(kind, words).await;
        match <[serde_json::Value; 1]>::try_from(found) {
            Ok([element]) => WebElement::from_json(element, self.session().handle().clone()).expect("find.js finds elements"),
            Err(found) => panic!("{} times “{words}” as a {kind} on this page, which has: {}", found.len(), known.join(" | ")),
        }
    }

    /// What is found under these words, and the words of all there is.
    async fn search(&self, kind: &str, words: &str) -> (Vec<serde_json::Value>, Vec<String>) {
        let path: Vec<&str> = words.split(BETWEEN_GROUP_AND_FIELD).collect();
        let arguments = vec![json!(kind), json!(path)];
        let answer = self.session().execute(include_str!("page/find.js"), arguments).await.expect("the page can be searched");
        answer.convert().expect("find.js answers with two lists")
    }
}

/// Waits until the page that was pressed on has made way for the next one.
async fn gone(old: &WebElement, words: &str) {
    let deadline = Instant::now() + Duration::from_secs(10);
    while old.tag_name().await.is_ok() {
        assert!(Instant::now() < deadline, "pressing “{words}” leads nowhere");
    }
}

async fn choose_in_list(list: &WebElement, label: &str, option: &str) {
    let mut known = Vec::new();
    for entry in list.find_all(By::Tag("option")).await.expect("a list has options") {
        let text = entry.text().await.expect("an option can be read");
        if text.trim() == option {
            return entry.click().await.expect("an option can be chosen");
        }
        known.push(text);
    }
    panic!("“{label}” has no option “{option}”, only: {}", known.join(" | "));
}

#[cfg(test)]
mod tests;
