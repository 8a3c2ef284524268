//! A form that stands open is sent again and again: by its buttons, and while one types. None of that stands in the way of
//! the rest, whichever arrives first; only what somebody else typed does.

use serde_json::Value;

use crate::support::application::{Application, Engine};
use crate::support::client::{Client, Form, Page};
use crate::support::filling::{colleague, vendor_with_entry};

/// The form as it is sent at this turn.
pub fn at(form: &Form, turn: u32) -> Form {
    let name = form.value("form").unwrap().split('.').next().unwrap().to_owned();
    form.clone().set("form", &format!("{name}.{turn}"))
}

/// What the page says that has saved itself.
pub async fn saves_itself(client: &Client, form: Form) -> String {
    let saved = client.submit(form.press("autosave")).await.expect_status(200);
    let saved: Value = serde_json::from_str(&saved.html).unwrap();
    saved["said"].as_str().unwrap().to_owned()
}

/// What stands beside the answers in the fields.
pub fn other_answers(page: &Page) -> Vec<String> {
    page.all(".query .reading")
}

#[tokio::test]
async fn a_form_is_no_rival_of_its_own() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(application) = Application::start(engine).await else { continue };
        let (maya, entry) = vendor_with_entry(&application).await;
        let address = format!("{entry}/company");
        let form = maya.get(&address).await.form("/entries/");
        assert_eq!(saves_itself(&maya, at(&form, 1).set("ceo", "Danny")).await, "Saved");
        // The button is pressed before the answer to that is there.
        let page = maya.submit(at(&form, 2).set("ceo", "Danny Windham")).await.expect_status(200);
        assert_eq!((page.form("/entries/").value("ceo"), other_answers(&page)), (Some("Danny Windham"), vec![]));
        // What was sent before and comes after it is late.
        saves_itself(&maya, at(&form, 1).set("ceo", "Dan")).await;
        let page = maya.get(&address).await;
        assert_eq!((page.form("/entries/").value("ceo"), other_answers(&page)), (Some("Danny Windham"), vec![]));
        // Without a script it counts nothing: a browser that goes back sends what it has now.
        maya.submit(at(&form, 2).set("ceo", "D. Windham").press("later")).await.expect_status(200);
        maya.submit(at(&form, 2).set("ceo", "").press("later")).await.expect_status(200);
        let page = maya.get(&address).await;
        assert_eq!((page.form("/entries/").value("ceo"), other_answers(&page)), (Some(""), vec![]));
        application.stop().await;
    }
}

#[tokio::test]
async fn who_types_beside_somebody_else_is_told_and_is_one() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(application) = Application::start(engine).await else { continue };
        let (maya, entry) = vendor_with_entry(&application).await;
        let peter = colleague(&application, &entry, "peter@fenwhistle.example").await;
        let address = format!("{entry}/company");
        let (by_maya, by_peter) = (maya.get(&address).await.form("/entries/"), peter.get(&address).await.form("/entries/"));
        maya.submit(by_maya.clone().set("ceo", "Danny Windham").press("later")).await.expect_status(200);
        let said = saves_itself(&peter, at(&by_peter, 1).set("ceo", "Dan")).await;
        assert_eq!(said, "Saved beside another answer to “CEO”: press “Save and continue” to see both");
        saves_itself(&peter, at(&by_peter, 2).set("ceo", "Dan W.")).await;
        saves_itself(&peter, at(&by_peter, 1).set("ceo", "Da")).await;
        let page = peter.get(&address).await;
        assert_eq!(
            (page.form("/entries/").value("ceo"), other_answers(&page)),
            (Some("Danny Windham"), vec!["Dan W.".to_owned()])
        );
        let question = page.all(".query").remove(0);
        assert!(question.contains("Maya Okafor saved the answer in the field. Peter Hallam typed another one"), "{question}");

        // Nothing is chosen while one types; and what was typed beside a choice is not lost either.
        let choosing = maya.get(&address).await.form("/entries/").tick("ceo.rival", "rival").set("ceo", "Daniel Windham");
        saves_itself(&maya, at(&choosing, 1)).await;
        assert_eq!(other_answers(&maya.get(&address).await), ["Dan W."]);
        let page = maya.submit(at(&choosing, 2)).await.expect_status(200);
        let found = (page.form("/entries/").value("ceo").map(str::to_owned), other_answers(&page));
        assert_eq!(found, (Some("Dan W.".to_owned()), vec!["Daniel Windham".to_owned()]));
        let chosen = page.form("/entries/").tick("ceo.rival", "field");
        maya.submit(chosen.clone().press("later")).await.expect_status(200);
        maya.submit(chosen.press("later")).await.expect_status(200);
        let page = maya.get(&address).await;
        assert_eq!((page.form("/entries/").value("ceo"), other_answers(&page)), (Some("Dan W."), vec![]));

        // Who comes to think the same has no other answer any more.
        let (by_maya, by_peter) = (maya.get(&address).await.form("/entries/"), peter.get(&address).await.form("/entries/"));
        maya.submit(by_maya.set("ceo", "Danny Windham").press("later")).await.expect_status(200);
        saves_itself(&peter, at(&by_peter, 1).set("ceo", "Danny")).await;
        assert_eq!(saves_itself(&peter, at(&by_peter, 2).set("ceo", "Danny Windham")).await, "Saved");
        assert_eq!(other_answers(&peter.get(&address).await), [] as [&str; 0]);
        application.stop().await;
    }
}

#[tokio::test]
async fn a_form_that_says_no_turn_is_taken_and_one_that_says_nonsense_is_not() {
    let application = Application::on_sqlite().await;
    let (maya, entry) = vendor_with_entry(&application).await;
    let address = format!("{entry}/company");
    let form = maya.get(&address).await.form("/entries/").set("ceo", "Danny Windham");
    let refused = maya.submit(form.clone().set("form", "1")).await.expect_status(400);
    assert!(refused.text().contains("the field “form” is not one that this page sends"), "{}", refused.text());
    maya.submit(form.without("form").press("later")).await.expect_status(200);
    assert_eq!(maya.get(&address).await.form("/entries/").value("ceo"), Some("Danny Windham"));
    application.stop().await;
}

/// What is unusual is said where whoever has pressed the button begins to read.
#[tokio::test]
async fn a_query_is_told_above_the_page() {
    let application = Application::on_sqlite().await;
    let (maya, entry) = vendor_with_entry(&application).await;
    let address = format!("{entry}/company");
    let form = maya.get(&address).await.form("/entries/").set("year_founded", "1999");
    let form = form.set("worldwide_chief_since.month", "3").set("worldwide_chief_since.year", "1990");
    let page = maya.submit(form).await.expect_status(200);
    let told = page.all(".unusual li");
    assert_eq!((told.len(), page.all(".unusual h2")), (1, vec!["Unusual: is it right?".to_owned()]));
    let anchor = page.attributes(".unusual a", "href").remove(0);
    assert_eq!(page.attributes(&format!("[id='{}']", anchor.trim_start_matches('#')), "tabindex"), ["-1"]);
    assert_eq!(page.attributes(".errors:not(.unusual)", "autofocus").len() + page.attributes(".unusual", "autofocus").len(), 1);
    // Opened in passing, or confirmed, there is nothing to tell.
    assert!(maya.get(&address).await.all(".unusual").is_empty());
    let confirmed = page.form("/entries/").tick("worldwide_chief_since.correct", "yes");
    assert!(maya.submit(confirmed).await.expect_status(200).all(".unusual").is_empty());
    application.stop().await;
}

/// Whoever chooses between two answers has seen both.
#[tokio::test]
async fn no_answer_is_chosen_away_unseen() {
    let application = Application::on_sqlite().await;
    let (maya, entry) = vendor_with_entry(&application).await;
    let peter = colleague(&application, &entry, "peter@fenwhistle.example").await;
    let address = format!("{entry}/company");
    let (by_maya, by_peter) = (maya.get(&address).await.form("/entries/"), peter.get(&address).await.form("/entries/"));
    maya.submit(by_maya.set("ceo", "Maya's").press("later")).await.expect_status(200);
    saves_itself(&peter, at(&by_peter, 1).set("ceo", "Peter's")).await;
    for chosen in ["field", "rival"] {
        let choosing = maya.get(&address).await.form("/entries/").tick("ceo.rival", chosen);
        let newer = format!("Peter's, newer than {chosen}");
        saves_itself(&peter, at(&by_peter, if chosen == "field" { 2 } else { 3 }).set("ceo", &newer)).await;
        let page = maya.submit(choosing).await.expect_status(200);
        assert_eq!((page.form("/entries/").value("ceo"), other_answers(&page)), (Some("Maya's"), vec![newer]));
    }
    application.stop().await;
}

/// What was said to a query is nobody else's to take back, nor an earlier turn's.
#[tokio::test]
async fn what_is_said_to_a_query_stays() {
    let application = Application::on_sqlite().await;
    let (maya, entry) = vendor_with_entry(&application).await;
    let peter = colleague(&application, &entry, "peter@fenwhistle.example").await;
    let address = format!("{entry}/company");
    let form = maya.get(&address).await.form("/entries/").set("year_founded", "1999");
    let form = form.set("worldwide_chief_since.month", "3").set("worldwide_chief_since.year", "1990");
    let page = maya.submit(form).await.expect_status(200);
    let (correct, reason) = ("worldwide_chief_since.correct", "worldwide_chief_since.reason");
    let said = |page: Page| {
        let form = page.form("/entries/");
        (form.value(correct).is_some(), form.value(reason).unwrap().replace("\r\n", "\n"))
    };
    let (by_maya, by_peter) = (page.form("/entries/"), peter.get(&address).await.form("/entries/"));
    saves_itself(&maya, at(&by_maya, 2).tick(correct, "yes").set(reason, "Founded twice")).await;
    saves_itself(&maya, at(&by_maya, 1).set(reason, "Found")).await;
    assert_eq!(said(maya.get(&address).await), (true, "Founded twice".to_owned()));
    // Who has not touched it takes nothing back.
    saves_itself(&peter, at(&by_peter, 1).set("ceo", "Danny Windham")).await;
    assert_eq!(said(maya.get(&address).await), (true, "Founded twice".to_owned()));
    saves_itself(&maya, at(&by_maya, 3).tick(correct, "yes").set(reason, "Founded three times")).await;
    assert_eq!(said(maya.get(&address).await), (true, "Founded three times".to_owned()));
    // Who has is heard beside the other.
    saves_itself(&peter, at(&by_peter, 2).set(reason, "A merger")).await;
    assert_eq!(said(maya.get(&address).await), (true, "Founded three times\nA merger".to_owned()));
    application.stop().await;
}

/// What was typed back, or emptied again, stays so: the turn before it comes too late.
#[tokio::test]
async fn a_late_turn_undoes_nothing_that_was_typed_back() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(application) = Application::start(engine).await else { continue };
        let (maya, entry) = vendor_with_entry(&application).await;
        let peter = colleague(&application, &entry, "peter@fenwhistle.example").await;
        let address = format!("{entry}/company");
        let stands = async || {
            let page = maya.get(&address).await;
            let form = page.form("/entries/");
            let value = |name: &str| form.value(name).unwrap().to_owned();
            (value("ceo"), value("year_founded"), other_answers(&page))
        };
        maya.submit(maya.get(&address).await.form("/entries/").set("ceo", "Ada").press("later")).await.expect_status(200);
        let (form, by_peter) = (maya.get(&address).await.form("/entries/"), peter.get(&address).await.form("/entries/"));
        saves_itself(&maya, at(&form, 2)).await;
        let late = form.clone().set("ceo", "Adam").set("year_founded", "1999").set("company_name", "Fen");
        saves_itself(&maya, at(&late, 1)).await;
        assert_eq!(stands().await, ("Ada".to_owned(), String::new(), vec![]));
        // Nor does it where the later turn changed something else, which somebody has changed again since.
        saves_itself(&maya, at(&form, 5).set("year_founded", "2001")).await;
        let now = maya.get(&address).await.form("/entries/");
        maya.submit(now.set("year_founded", "2002").press("later")).await.expect_status(200);
        saves_itself(&maya, at(&late, 4)).await;
        assert_eq!(stands().await, ("Ada".to_owned(), "2002".to_owned(), vec![]));
        assert!(maya.get("/entries").await.text().contains("Fenwhistle Communications Ltd."));
        // The form goes on.
        saves_itself(&maya, at(&form, 6).set("year_founded", "2002").set("ceo", "Ada L.")).await;
        assert_eq!(stands().await, ("Ada L.".to_owned(), "2002".to_owned(), vec![]));

        // What was typed beside somebody else's answer, and taken back, is beside it no more.
        saves_itself(&peter, at(&by_peter, 1).set("ceo", "Dan")).await;
        assert_eq!(stands().await.2, ["Dan"]);
        saves_itself(&peter, at(&by_peter, 3)).await;
        saves_itself(&peter, at(&by_peter, 2).set("ceo", "Danny")).await;
        assert_eq!(stands().await, ("Ada L.".to_owned(), "2002".to_owned(), vec![]));
        application.stop().await;
    }
}

/// A browser that does not know whether a turn has arrived sends it once more, however long after: what came since stands.
#[tokio::test]
async fn a_turn_that_comes_once_more_changes_nothing() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(application) = Application::start(engine).await else { continue };
        let (maya, entry) = vendor_with_entry(&application).await;
        let peter = colleague(&application, &entry, "peter@fenwhistle.example").await;
        let address = format!("{entry}/company");
        let first = maya.get(&address).await.form("/entries/").set("year_founded", "1999").set("hq_phone", "256-428-6000");
        let first = first.set("worldwide_chief_since.month", "3").set("worldwide_chief_since.year", "1990");
        let page = maya.submit(first).await.expect_status(200);
        let reason = "worldwide_chief_since.reason";
        let mine = page.form("/entries/").set("ceo", "Ada").set("hq_phone", "256-428-6001").set(reason, "Founded twice");
        saves_itself(&maya, at(&mine, 1)).await;
        // Another answer, one as it had been, and another reason.
        let since = peter.get(&address).await.form("/entries/").set("ceo", "Dan").set("hq_phone", "256-428-6000");
        peter.submit(since.set(reason, "A merger").press("later")).await.expect_status(200);
        assert_eq!(saves_itself(&maya, at(&mine, 1)).await, "Saved");
        let page = maya.get(&address).await;
        let form = page.form("/entries/");
        let stands = ["ceo", "hq_phone", reason].map(|name| form.value(name).unwrap());
        assert_eq!((stands, other_answers(&page)), (["Dan", "256-428-6000", "A merger"], vec![]));
        application.stop().await;
    }
}

/// The names that lists know an entry by are those that stand, whatever else is typed beside them.
#[tokio::test]
async fn an_entry_has_the_name_that_stands() {
    let application = Application::on_sqlite().await;
    let (maya, entry) = vendor_with_entry(&application).await;
    let peter = colleague(&application, &entry, "peter@fenwhistle.example").await;
    let address = format!("{entry}/company");
    let (by_maya, by_peter) = (maya.get(&address).await.form("/entries/"), peter.get(&address).await.form("/entries/"));
    maya.submit(by_maya.set("company_name", "Fenwhistle plc").press("later")).await.expect_status(200);
    peter.submit(by_peter.set("company_name", "Fen & Co.").press("later")).await.expect_status(200);
    let entries = maya.get("/entries").await.text();
    assert!(entries.contains("Fenwhistle plc") && !entries.contains("Fen & Co."), "{entries}");
    application.stop().await;
}
