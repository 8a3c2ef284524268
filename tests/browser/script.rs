//! What the script adds for those who have it.

use super::person::Person;
use crate::support::application::{Application, Engine};
use crate::support::browser::Browser;
use crate::support::submission::{Submission, VENDOR};

/// Waits for the words beside the buttons. The browser waits for what a promise comes to.
const SAVED: &str = r#"
return new Promise((done) => {
  const status = document.querySelector("[data-saved]");
  const look = () => { if (status.textContent) done(status.textContent); };
  new MutationObserver(look).observe(status, { childList: true, characterData: true, subtree: true });
  look();
});
"#;

#[tokio::test]
async fn a_page_saves_itself_and_hides_what_is_not_asked() {
    let Some(browser) = Browser::with_javascript().await else { return };
    let application = Application::on_sqlite().await;
    let vendor = Person::at(browser, &application).await;
    vendor.start_entry().await;
    let home = vendor.place().await;

    // Typed and never pressed: it is there when the page is opened again.
    vendor.press("Continue: Company").await;
    let page = vendor.place().await;
    vendor.browser.fill("CEO", "Danny Windham").await;
    assert_eq!(vendor.ask::<String>(SAVED).await, "Saved");
    vendor.open(&page).await;
    assert_eq!(vendor.browser.value("CEO").await, "Danny Windham");

    // Saved twice in a row, the second time from what the first one made of it.
    for year in ["1998", "1999"] {
        vendor.browser.fill("Year Company Founded", year).await;
        assert_eq!(vendor.ask::<String>(SAVED).await, "Saved");
    }
    vendor.open(&page).await;
    assert_eq!(vendor.browser.value("Year Company Founded").await, "1999");
    assert!(!vendor.browser.text().await.contains("Two answers"));

    conditions(&vendor, &home).await;
    assert_eq!(vendor.browser.complaints().await, [] as [&str; 0]);
    application.stop().await;
}

const POSSIBLE: &str = "Is it possible for a Solution Provider to attach services to your product/service beyond typical \
                        maintenance and/or break-fix?";
const PROGRAMS: &str =
    "What specific programs do you have in place to help partners increase their services attach and/or profit?";

/// A question that depends on another goes and comes back, with what was ticked in it.
async fn conditions(vendor: &Person<'_>, home: &str) {
    let questionnaire = crate::support::filling::questionnaire();
    let page = questionnaire.pages.iter().find(|page| page.questions.iter().any(|question| question.label == POSSIBLE)).unwrap();
    vendor.open(&format!("{home}/{}", page.key)).await;
    assert!(!vendor.browser.shows(PROGRAMS).await);
    vendor.browser.choose(POSSIBLE, "Yes").await;
    let option = format!("{PROGRAMS} › Services white-labelling");
    vendor.browser.tick(&option).await;
    vendor.browser.choose(POSSIBLE, "No").await;
    assert!(!vendor.browser.shows(PROGRAMS).await);
    vendor.browser.choose(POSSIBLE, "Yes").await;
    assert!(vendor.browser.is_ticked(&option).await);
}

#[tokio::test]
async fn a_page_that_cannot_save_itself_says_why() {
    let Some(browser) = Browser::with_javascript().await else { return };
    let application = Application::on_sqlite().await;
    let vendor = Person::at(browser, &application).await;
    let page = vendor.start_first_page().await;
    application.sessions_run_out("wayne@digium.example").await;
    vendor.browser.fill("CEO", "Danny Windham").await;
    assert_eq!(vendor.ask::<String>(SAVED).await, "You are not signed in any more: press “Save and continue”, and sign in");
    vendor.press("Save and continue").await;
    assert_eq!(vendor.heading().await, "Sign in");
    vendor.sign_in("wayne@digium.example").await;
    assert!(vendor.place().await.starts_with(&page), "{}", vendor.place().await);
    assert_eq!(vendor.browser.value("CEO").await, "Danny Windham");
    application.stop().await;
}

/// Types on while a button is on its way.
const TYPES_ON: &str = r#"
document.querySelector('[value="add.tiers"]').click();
return new Promise((done) => setTimeout(() => {
  const name = document.querySelector('[name="tiers.1.name"]');
  name.value = "Gold";
  name.dispatchEvent(new Event("input", { bubbles: true }));
  done(null);
}, 100));
"#;

/// The names of the tiers, in their order.
const TIERS: &str = r#"return [...document.querySelectorAll('[name^="tiers."][name$=".name"]')].map((name) => name.value)"#;

/// Whoever types on while a button is on its way finds that on the page it leads to.
#[tokio::test]
async fn a_button_waits_for_what_is_typed_before_its_page_comes() {
    let Some(browser) = Browser::with_javascript().await else { return };
    let application = Application::on_sqlite().await;
    let vendor = Person::at(browser, &application).await;
    let first = vendor.start_first_page().await;
    let page = first.replace("/company", "/program");
    vendor.open(&page).await;
    // Nothing is saved before this is over.
    let holding = application.hold_saving();
    vendor.ask::<()>(TYPES_ON).await;
    holding.await.unwrap();
    vendor.until(TIERS, ["Gold", ""].map(str::to_owned).to_vec()).await;
    vendor.open(&page).await;
    vendor.until(TIERS, ["Gold", ""].map(str::to_owned).to_vec()).await;
    assert!(!vendor.browser.text().await.contains("Two answers"));
    assert_eq!(vendor.browser.complaints().await, [] as [&str; 0]);
    application.stop().await;
}

/// Nor does one that was opened when another person was signed in in this browser.
#[tokio::test]
async fn a_page_of_somebody_else_says_so() {
    let Some(browser) = Browser::with_javascript().await else { return };
    let application = Application::on_sqlite().await;
    let vendor = Person::at(browser, &application).await;
    let page = vendor.start_first_page().await;
    let another = application.signed_in("mallory@elsewhere.example").await.get("/entries/new").await;
    let by = another.form("/entries/new").value("by").unwrap().to_owned();
    vendor.ask::<()>(&format!("document.querySelector('[name=by]').value = '{by}'; return null")).await;
    vendor.browser.fill("CEO", "Danny").await;
    let said: String = vendor.ask(SAVED).await;
    assert!(said.starts_with("Not saved: somebody else is signed in here now. What you typed is kept"), "{said}");
    vendor.press("Save and continue").await;
    assert_eq!(vendor.heading().await, "Somebody else is signed in");
    // It is kept there, and nowhere else.
    vendor.until("return Object.keys(localStorage)", Vec::<String>::new()).await;
    vendor.open(&page).await;
    assert_eq!(vendor.browser.value("CEO").await, "");
    application.stop().await;
}

/// Back restores a page as it was left: not one whose button would be refused again.
#[tokio::test]
async fn back_leads_to_no_old_check_page() {
    let Some(browser) = Browser::with_javascript().await else { return };
    let case = Submission::on(Engine::Sqlite).await.unwrap();
    case.press_at_home("recall").await;
    let person = Person::at(browser, &case.application).await;
    person.open(&format!("{}/check", case.entry)).await;
    person.sign_in(VENDOR).await;
    case.application.clock.advance(jiff::SignedDuration::from_secs(1));
    case.vendor.submit(case.page("company").await.set("ceo", "Ada Unseen")).await.expect_status(200);
    person.press("Submit this entry").await;
    assert_eq!(person.problems().await, ["“CEO” was changed by you"]);
    let revision = "return document.querySelector('[name=revision]')?.value ?? ''";
    let fresh: String = person.ask(revision).await;
    person.browser.session().back().await.unwrap();
    person.until(revision, fresh).await;
    person.press("Submit this entry").await;
    assert_eq!(person.heading().await, "Your entry is submitted");
    case.application.stop().await;
}

/// A note stays where it was written, whatever is chosen above it; what the summary says of a question that is gone, goes.
#[tokio::test]
async fn a_note_outlives_its_question() {
    let Some(browser) = Browser::with_javascript().await else { return };
    let case = Submission::on(Engine::Sqlite).await.unwrap();
    let review = case.review("").await;
    let note = review.form(&format!("{}/notes", case.desk)).set("note.attach_amount", "Twice the cost?");
    case.editor.submit(note).await.expect_status(200);
    case.decide("request_changes").await;
    let vendor = Person::at(browser, &case.application).await;
    vendor.open(&case.entry).await;
    vendor.sign_in(VENDOR).await;
    vendor.open(&format!("{}/services#attach_amount", case.entry)).await;
    assert!(!vendor.browser.text().await.contains("no longer asked"));
    vendor.browser.choose(POSSIBLE, "No").await;
    let text = vendor.browser.text().await;
    assert!(text.contains("Twice the cost?") && text.contains("This question is no longer asked"), "{text}");
    let gone: bool = vendor.ask("return document.getElementById('attach_amount').checkVisibility()").await;
    assert!(!gone, "the question itself is not asked");
    vendor.press("Answer this note 1").await;
    vendor.browser.fill("Your answer", "We attach nothing.").await;
    vendor.press("Send the answer").await;
    let text = vendor.browser.text().await;
    assert!(text.contains("We attach nothing.") && text.contains("Your answer is sent"), "{text}");

    // Refused, then chosen otherwise.
    vendor.browser.choose(POSSIBLE, "Yes").await;
    let clear = "for (const box of document.querySelectorAll('[name=attach_programs]')) box.checked = false; \
                 document.getElementsByName('attach_programs.other')[0].value = ''";
    vendor.ask::<()>(clear).await;
    vendor.press("Save and continue").await;
    let told = vendor.problems().await;
    assert_eq!(told.len(), 1, "{told:?}");
    vendor.browser.choose(POSSIBLE, "No").await;
    let summary: bool = vendor.ask("return document.querySelector('.errors').checkVisibility()").await;
    assert!(!summary, "it would lead nowhere");
    vendor.browser.choose(POSSIBLE, "Yes").await;
    assert_eq!(vendor.problems().await, told);
    case.application.stop().await;
}
