//! An entry goes all the way, by hand: JavaScript is off, the windows are as narrow as a small phone, and everything is
//! found by its words.

use almanac::questionnaire::Answers;

use super::filling::fill_page;
use super::person::Person;
use crate::support::application::{Application, EDITOR};
use crate::support::browser::Browser;
use crate::support::filling::{questionnaire, sample};

const VENDOR: &str = "wayne@digium.example";

#[tokio::test]
async fn an_entry_goes_all_the_way_by_hand() {
    let Some((vendor, editor)) = Browser::two_without_javascript().await else { return };
    let application = Application::on_sqlite().await;
    application.house.invite_editor(EDITOR, "Ruth Lindqvist").await.unwrap();
    let (vendor, editor) = (Person::at(vendor, &application).await, Person::at(editor, &application).await);

    start(&vendor).await;
    fill_in(&vendor, &sample("digium").answers).await;
    vendor.press("Submit this entry").await;
    assert_eq!(vendor.heading().await, "Your entry is submitted");
    ask_for_a_change(&editor).await;
    answer_the_note(&vendor).await;
    publish(&editor).await;
    read(&vendor).await;
    application.stop().await;
}

/// Signs in and starts the entry: what a vendor does first.
async fn start(vendor: &Person<'_>) {
    vendor.open("/entries").await;
    assert_eq!(vendor.heading().await, "Sign in");
    vendor.sign_in(VENDOR).await;
    assert_eq!(vendor.heading().await, "Start an entry");
    vendor.press("Start the entry").await;
    assert_eq!(vendor.problems().await.len(), 3);
    vendor.browser.fill("Your name", "Wayne Landt").await;
    vendor.browser.fill("Company name", "Digium, Inc.").await;
    vendor.browser.fill("Name of the partner program", "Digium Partner Program").await;
    vendor.press("Start the entry").await;
    assert_eq!(vendor.heading().await, "Digium Partner Program");
    assert!(vendor.browser.text().await.contains("Draft – not submitted"));
    vendor.press("Continue: Company").await;
}

/// Fills in page after page: each leads to the next, and the last one to the check page.
async fn fill_in(vendor: &Person<'_>, answers: &Answers) {
    for page in &questionnaire().pages {
        assert_eq!(vendor.heading().await, page.title);
        fill_page(vendor, page, answers).await;
        vendor.press("Save and continue").await;
        assert_eq!(vendor.problems().await, [] as [&str; 0], "on the page “{}”", page.title);
    }
    assert_eq!(vendor.heading().await, "Check your answers");
}

/// Follows the mail, signs in on the way, reads, writes a note and asks for changes.
async fn ask_for_a_change(editor: &Person<'_>) {
    let told = editor.application.mail_to(EDITOR, "An entry was submitted").await;
    editor.open_from(&told, "/desk/entries/").await;
    editor.sign_in(EDITOR).await;
    assert_eq!(editor.heading().await, "Digium, Inc.");
    assert!(editor.browser.text().await.contains("445 Jan Davis Drive"));
    editor.press("Add a note on North American Partners").await;
    editor.browser.fill("New note", "Is it 4055 with Canada?").await;
    editor.press("Add the note").await;
    editor.press("Request changes").await;
    assert!(editor.browser.text().await.contains("Changes requested"));
}

/// Follows the mail to the question, answers the note there, and submits again.
async fn answer_the_note(vendor: &Person<'_>) {
    let asked = vendor.application.mail_to(VENDOR, "Changes are asked for").await;
    vendor.open_from(&asked, "/program").await;
    assert!(vendor.place().await.ends_with("/program#na_partners"), "{}", vendor.place().await);
    let said = vendor.descriptions("North American Partners").await;
    assert!(said.contains("Is it 4055 with Canada?") && said.contains("Ruth Lindqvist"), "{said}");
    vendor.press("Answer this note 1").await;
    vendor.browser.fill("Your answer", "Yes, with Canada.").await;
    vendor.press("Send the answer").await;
    assert!(vendor.descriptions("North American Partners").await.contains("Yes, with Canada."));
    vendor.press("Check and submit").await;
    vendor.press("Submit this entry").await;
    assert_eq!(vendor.heading().await, "Your entry is submitted");
}

async fn publish(editor: &Person<'_>) {
    editor.open("/desk").await;
    editor.press("Digium, Inc.").await;
    assert!(editor.browser.text().await.contains("Yes, with Canada."));
    let review = editor.place().await;
    editor.press("Approve").await;
    editor.open(&review).await;
    assert!(editor.browser.text().await.contains("Approved"));
    editor.press("Publish").await;
    editor.open(&review).await;
    assert!(editor.browser.text().await.contains("Published"));
}

/// Whoever has signed out is a reader like everybody else.
async fn read(vendor: &Person<'_>) {
    let published = vendor.application.mail_to(VENDOR, "Published").await;
    vendor.press("Sign out").await;
    vendor.open("/").await;
    vendor.press("Digium, Inc.").await;
    assert_eq!(vendor.place().await, crate::support::application::link_in(&published, "/2017/programs/"));
    assert_eq!(vendor.heading().await, "Digium, Inc.");
    assert!(vendor.browser.text().await.contains("445 Jan Davis Drive"));
    vendor.press("Printer-friendly version").await;
    assert_eq!(vendor.heading().await, "Digium, Inc.");
}
