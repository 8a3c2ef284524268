//! A review in a browser with JavaScript.

use super::person::Person;
use crate::support::application::{EDITOR, Engine};
use crate::support::browser::Browser;
use crate::support::submission::Submission;

/// Whether the browser would ask whoever leaves the page now. It asks nobody whom a test leads away.
const ASKS: &str =
    "const left = new Event('beforeunload', { cancelable: true }); dispatchEvent(left); return left.defaultPrevented";

#[tokio::test]
async fn whoever_leaves_a_note_that_was_not_added_is_asked() {
    let Some(browser) = Browser::with_javascript().await else { return };
    let case = Submission::on(Engine::Sqlite).await.unwrap();
    let editor = Person::at(browser, &case.application).await;
    editor.open(&case.desk).await;
    editor.sign_in(EDITOR).await;
    assert!(!editor.ask::<bool>(ASKS).await);
    editor.ask::<()>("document.querySelector('.whole details.say').open = true").await;
    editor.ask::<()>("document.getElementById('note-on-all').value = 'Which year is meant?'").await;
    assert!(editor.ask::<bool>(ASKS).await);

    // Its button is pressed: nothing is left that would be lost.
    editor.press("Add the note").await;
    assert!(editor.browser.text().await.contains("Which year is meant?"));
    assert!(!editor.ask::<bool>(ASKS).await);
    case.application.stop().await;
}
