//! A button that changes an answer makes another of it than its form says, and the form may be sent again: before the button's
//! answer has come, or when somebody has gone back to it. What a form says last stands, and nobody is a rival of their own.

use crate::kept::sign_in;
use crate::support::application::{Application, Engine};
use crate::support::client::{Client, Form, Page};
use crate::support::filling::{colleague, vendor_with_entry};
use crate::turns::{at, other_answers, saves_itself};

/// The names of the tiers, in their order.
fn tiers(page: &Page) -> Vec<String> {
    let form = page.form("/entries/");
    (1..).map_while(|row| form.value(&format!("tiers.{row}.name")).map(str::to_owned)).collect()
}

/// A form of three tiers that are saved.
async fn with_three_tiers(maya: &Client, address: &str) -> Form {
    for (row, name) in ["Gold", "Silver", "Bronze"].into_iter().enumerate() {
        let form = maya.get(address).await.form("/entries/").set(&format!("tiers.{}.name", row + 1), name);
        maya.submit(form.press(if row < 2 { "add.tiers" } else { "later" })).await.expect_status(200);
    }
    let page = maya.get(address).await;
    assert_eq!(tiers(&page), ["Gold", "Silver", "Bronze"]);
    page.form("/entries/")
}

/// What a press made of an answer is not undone by what the form says that was pressed, before or after.
#[tokio::test]
async fn a_press_stays_whatever_the_form_sends_on() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(application) = Application::start(engine).await else { continue };
        let (maya, entry) = vendor_with_entry(&application).await;
        let address = format!("{entry}/program");
        let form = maya.get(&address).await.form("/entries/").set("tiers.1.name", "Gold");
        maya.submit(at(&form, 1).press("add.tiers")).await.expect_status(200);
        // The window still has the form without the new row.
        saves_itself(&maya, at(&form, 2).set("na_partners", "12")).await;
        let page = maya.get(&address).await;
        let found = page.form("/entries/");
        assert_eq!((found.value("tiers.2.name"), found.value("na_partners")), (Some(""), Some("12")));
        assert_eq!(other_answers(&page), [] as [&str; 0]);

        let peter = colleague(&application, &entry, "peter@fenwhistle.example").await;
        let address = format!("{entry}/company");
        let (by_maya, by_peter) = (maya.get(&address).await.form("/entries/"), peter.get(&address).await.form("/entries/"));
        maya.submit(by_maya.set("ceo", "Maya's").press("later")).await.expect_status(200);
        saves_itself(&peter, at(&by_peter, 1).set("ceo", "Peter's")).await;
        let form = maya.get(&address).await.form("/entries/").tick("ceo.rival", "rival");
        maya.submit(at(&form, 2).press("later")).await.expect_status(200);
        saves_itself(&maya, at(&form, 3)).await;
        saves_itself(&maya, at(&form, 1)).await;
        let page = maya.get(&address).await;
        assert_eq!((page.form("/entries/").value("ceo"), other_answers(&page)), (Some("Peter's"), vec![]));
        application.stop().await;
    }
}

/// Whoever goes back to a form and presses another of its buttons has no rival in themselves.
#[tokio::test]
async fn a_second_press_of_the_same_form_takes_the_place_of_the_first() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(application) = Application::start(engine).await else { continue };
        let (maya, entry) = vendor_with_entry(&application).await;
        let peter = colleague(&application, &entry, "peter@fenwhistle.example").await;
        let address = format!("{entry}/program");
        let form = with_three_tiers(&maya, &address).await;
        maya.submit(form.clone().press("remove.tiers.1")).await.expect_status(200);
        let page = maya.submit(form.clone().press("remove.tiers.2")).await.expect_status(200);
        assert_eq!((tiers(&page), other_answers(&page)), (vec!["Gold".to_owned(), "Bronze".to_owned()], vec![]));
        // Nor has who types on in it.
        let page = maya.submit(form.clone().set("tiers.1.name", "Platinum").press("later")).await.expect_status(200);
        assert!(page.path.contains("saved=yes"));
        let page = maya.get(&address).await;
        assert_eq!(
            (tiers(&page), other_answers(&page)),
            (vec!["Platinum".to_owned(), "Silver".to_owned(), "Bronze".to_owned()], vec![])
        );

        // Where nothing is typed or pressed in it any more, what was made of it before stays.
        let form = page.form("/entries/");
        maya.submit(form.clone().set("tiers.1.name", "Gold").press("remove.tiers.2")).await.expect_status(200);
        maya.submit(form.press("later")).await.expect_status(200);
        let page = maya.get(&address).await;
        assert_eq!((tiers(&page), other_answers(&page)), (vec!["Gold".to_owned(), "Bronze".to_owned()], vec![]));

        // What somebody else has typed since stays.
        let form = page.form("/entries/");
        maya.submit(form.clone().press("remove.tiers.1")).await.expect_status(200);
        let by_peter = peter.get(&address).await.form("/entries/").set("tiers.1.name", "Argent");
        peter.submit(by_peter.press("later")).await.expect_status(200);
        let page = maya.submit(form.press("remove.tiers.2")).await.expect_status(200);
        assert_eq!(tiers(&page), ["Argent"]);
        assert_eq!(other_answers(&page).len(), 1, "{:?}", other_answers(&page));
        application.stop().await;
    }
}

/// One thing that a form sends: at which turn, what is pressed, and the name of the first tier.
type Sent = (u32, &'static str, &'static str);

/// What one form sends in this order, the last to come last, and what the tiers are then.
const ORDERS: [(&[Sent], &[&str]); 7] = [
    (&[(1, "autosave", "A"), (2, "add.tiers", "B"), (3, "later", "C")], &["C", "Silver", "Bronze"]),
    (&[(1, "autosave", "A"), (2, "add.tiers", "B"), (3, "later", "B")], &["B", "Silver", "Bronze", ""]),
    (&[(1, "remove.tiers.2", "A"), (2, "autosave", "B"), (3, "later", "B")], &["B", "Silver", "Bronze"]),
    (&[(1, "remove.tiers.2", "A"), (2, "down.tiers.1", "A"), (3, "autosave", "A")], &["Silver", "A", "Bronze"]),
    (&[(1, "remove.tiers.2", "A"), (2, "autosave", "A"), (3, "remove.tiers.3", "B")], &["B", "Silver"]),
    (&[(1, "remove.tiers.2", "A"), (2, "add.tiers", "B"), (3, "later", "Gold")], &["Gold", "Silver", "Bronze"]),
    (&[(1, "autosave", "A"), (2, "later", "B"), (3, "remove.tiers.1", "C")], &["Silver", "Bronze"]),
];

/// All orders of three.
const WAYS: [[usize; 3]; 6] = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];

#[tokio::test]
async fn what_a_form_says_last_stands_in_whatever_order_it_comes() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(application) = Application::start(engine).await else { continue };
        let (maya, entry) = vendor_with_entry(&application).await;
        let address = format!("{entry}/program");
        for (sent, stands) in ORDERS {
            for way in WAYS {
                let form = with_three_tiers(&maya, &address).await;
                for (turn, act, name) in way.map(|place| sent[place]) {
                    let form = at(&form, turn).set("tiers.1.name", name).press(act);
                    maya.submit(form).await.expect_status(200);
                }
                let page = maya.get(&address).await;
                assert_eq!((tiers(&page), other_answers(&page)), (names(stands), vec![]), "{sent:?} as {way:?}");
                without_tiers(&maya, page).await;
            }
        }
        application.stop().await;
    }
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// Takes all but one out.
async fn without_tiers(maya: &Client, mut page: Page) {
    while tiers(&page).len() > 1 {
        page = maya.submit(page.form("/entries/").press("remove.tiers.1")).await.expect_status(200);
    }
}

/// What the page says of a button that nothing came of.
fn not_done(page: &Page) -> Vec<String> {
    for place in page.attributes(".not-done a", "href") {
        assert_eq!(page.attributes(&format!("[id='{}']", place.trim_start_matches('#')), "id").len(), 1, "{place}");
    }
    page.all(".not-done")
}

#[tokio::test]
async fn whoever_pressed_in_vain_is_told() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(application) = Application::start(engine).await else { continue };
        let (maya, entry) = vendor_with_entry(&application).await;
        let peter = colleague(&application, &entry, "peter@fenwhistle.example").await;
        let address = format!("{entry}/program");
        let form = with_three_tiers(&maya, &address).await;
        let newer = form.clone().set("tiers.1.name", "Platinum");
        maya.submit(at(&newer, 4).press("later")).await.expect_status(200);
        for (turn, act) in [(2, "remove.tiers.2"), (3, "add.tiers")] {
            let page = maya.submit(at(&form, turn).press(act)).await.expect_status(200);
            assert_eq!(tiers(&page), ["Platinum", "Silver", "Bronze"]);
            let told = not_done(&page).concat();
            assert!(told.contains("came after a later change") && told.contains("press again"), "{told}");
        }
        // Nor does a colleague's answer, which came after that, hear of it.
        let by_peter = peter.get(&address).await.form("/entries/").set("tiers.1.name", "Argent");
        peter.submit(by_peter.press("later")).await.expect_status(200);
        let page = maya.submit(at(&form, 1).press("remove.tiers.1")).await.expect_status(200);
        assert_eq!((tiers(&page), not_done(&page).len()), (names(&["Argent", "Silver", "Bronze"]), 1));
        // What is done, and what stands beside another answer, is not told so.
        let page = maya.submit(page.form("/entries/").press("remove.tiers.1")).await.expect_status(200);
        assert_eq!((tiers(&page), not_done(&page).len()), (names(&["Silver", "Bronze"]), 0));
        let page = maya.submit(at(&newer, 5).press("add.tiers")).await.expect_status(200);
        assert_eq!((other_answers(&page).len(), not_done(&page).len()), (1, 0));
        // Nor is it kept from whoever had to sign in first.
        application.sessions_run_out("maya@fenwhistle.example").await;
        let asked = maya.submit(at(&newer, 2).press("remove.tiers.2")).await.expect_status(200);
        let page = sign_in(&application, &maya, &asked, "maya@fenwhistle.example").await;
        assert_eq!((page.heading().as_str(), not_done(&page).len()), ("Program and Tier Information", 1));
        assert!(page.title().starts_with("Not done: "), "{}", page.title());
        // The address tells of no question that the page has not.
        assert!(not_done(&maya.get(&format!("{address}?not_done=ceo")).await).is_empty());
        application.stop().await;
    }
}

/// Whoever goes back and chooses otherwise has chosen otherwise.
#[tokio::test]
async fn a_choice_can_be_made_again() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(application) = Application::start(engine).await else { continue };
        let (maya, entry) = vendor_with_entry(&application).await;
        let peter = colleague(&application, &entry, "peter@fenwhistle.example").await;
        let address = format!("{entry}/company");
        for turns in [[0, 0, 0, 0], [1, 2, 3, 4]] {
            let (by_maya, by_peter) = (maya.get(&address).await.form("/entries/"), peter.get(&address).await.form("/entries/"));
            maya.submit(by_maya.set("ceo", "Maya's").press("later")).await.expect_status(200);
            peter.submit(by_peter.set("ceo", "Peter's").press("later")).await.expect_status(200);
            let form = maya.get(&address).await.form("/entries/");
            for (turn, (chosen, stands)) in
                turns.into_iter().zip([("rival", "Peter's"), ("field", "Maya's"), ("rival", "Peter's"), ("rival", "Peter's")])
            {
                maya.submit(at(&form, turn).tick("ceo.rival", chosen).press("later")).await.expect_status(200);
                let page = maya.get(&address).await;
                assert_eq!((page.form("/entries/").value("ceo"), other_answers(&page)), (Some(stands), vec![]));
            }
            // What was typed in the field meanwhile is what is chosen with it.
            let typed = at(&form, turns[3] + 1).set("ceo", "Ours").tick("ceo.rival", "field");
            maya.submit(typed.press("later")).await.expect_status(200);
            let page = maya.get(&address).await;
            assert_eq!((page.form("/entries/").value("ceo"), other_answers(&page)), (Some("Ours"), vec![]));
            // What a colleague has made of it since is theirs; and whoever chose learns it.
            let by_peter = peter.get(&address).await.form("/entries/").set("ceo", "Theirs");
            peter.submit(by_peter.press("later")).await.expect_status(200);
            let page = maya.submit(at(&form, turns[3] + 2).tick("ceo.rival", "rival").press("later")).await;
            assert_eq!((page.form("/entries/").value("ceo"), not_done(&page).len()), (Some("Theirs"), 1));
        }
        application.stop().await;
    }
}

/// Whoever makes room for all of their tiers before they name one.
#[tokio::test]
async fn rows_are_added_before_anything_is_typed() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(application) = Application::start(engine).await else { continue };
        let (maya, entry) = vendor_with_entry(&application).await;
        let mut page = maya.get(&format!("{entry}/program")).await;
        for rows in 2..5 {
            page = maya.submit(page.form("/entries/").press("add.tiers")).await.expect_status(200);
            assert_eq!(tiers(&page), vec![""; rows]);
        }
        page = maya.submit(page.form("/entries/").press("remove.tiers.1")).await.expect_status(200);
        assert_eq!(tiers(&page), vec![""; 3]);
        // They are still no answer.
        let check = maya.get(&format!("{entry}/check")).await;
        assert!(check.text().contains("Tiers Not answered"), "{}", check.text());
        application.stop().await;
    }
}
