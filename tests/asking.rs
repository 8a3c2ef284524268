//! What a page of the questionnaire says at its fields: the same as in its summary, and each thing once.

use almanac::questionnaire::{Answer, Typed};

use crate::support::application::{Application, Engine};
use crate::support::client::Page;
use crate::support::filling::{colleague, fill_page, filled, sample, vendor_with_entry};

/// Whether each line of the summary stands at the field that it leads to, or at a group that has it.
fn stands_at_its_field(page: &Page) {
    let lines = page.all(".errors:not(.unusual) li");
    assert!(!lines.is_empty());
    for (line, href) in lines.iter().zip(page.attributes(".errors:not(.unusual) li a", "href")) {
        let id = href.trim_start_matches('#');
        let at_field = format!(":is(.field, .parts > div):has([id='{id}']) .error, .lead-in[id='{id}'] .error");
        assert!(page.all(&at_field).iter().any(|said| said.ends_with(line)), "{line}: {:?}", page.all(&at_field));
    }
}

#[tokio::test]
async fn a_refusal_says_the_same_at_its_field() {
    let application = Application::on_sqlite().await;
    let (vendor, entry) = vendor_with_entry(&application).await;
    let page = vendor.submit(vendor.get(&format!("{entry}/program")).await.form("/entries/")).await.expect_status(200);
    stands_at_its_field(&page);
    let optional = page.all("label[for='tiers.1.name']").concat();
    assert!(optional.ends_with("(optional)"), "{optional}");
    assert!(page.all(".field:has([id='tiers.1.name']) .error").is_empty(), "it may stay empty");
    let page = vendor.submit(page.form("/entries/").set("tiers.1.name", "Gold")).await.expect_status(200);
    stands_at_its_field(&page);
    let lines = page.all(".errors li");
    assert!(lines.contains(&"Top Tier: select at least one partner type".to_owned()), "{lines:?}");
    application.stop().await;
}

#[tokio::test]
async fn what_a_country_does_not_need_is_optional() {
    let application = Application::on_sqlite().await;
    let (vendor, entry) = vendor_with_entry(&application).await;
    let labels = |page: &Page| ["state", "postal_code"].map(|part| page.all(&format!("label[for='address.{part}']")).concat());
    let page = vendor.get(&format!("{entry}/company")).await;
    assert_eq!(labels(&page), ["State or province", "ZIP or postal code"]);
    for (country, optional) in [("US", ""), ("CA", ""), ("HK", " (optional)")] {
        let form = vendor.get(&format!("{entry}/company")).await.form("/entries/").set("address.country", country);
        let form = form.set("address.city", "Victoria");
        let page = vendor.submit(form).await.expect_status(200);
        assert_eq!(labels(&page), [format!("State or province{optional}"), format!("ZIP or postal code{optional}")]);
    }
    application.stop().await;
}

/// Which of two answers is right is asked where it is chosen.
#[tokio::test]
async fn two_answers_are_refused_where_one_is_chosen() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(application) = Application::start(engine).await else { continue };
        let (maya, entry) = vendor_with_entry(&application).await;
        let peter = colleague(&application, &entry, "peter@fenwhistle.example").await;
        let address = format!("{entry}/company");
        let mine = [(); 3].map(|()| maya.get(&address));
        let [first, again, second] = mine;
        let (first, again, second) =
            (first.await.form("/entries/"), again.await.form("/entries/"), second.await.form("/entries/"));
        maya.submit(first.set("ceo", "Danny").press("autosave")).await.expect_status(200);
        // The same, typed twice, is one answer.
        let page = maya.submit(again.set("ceo", "Danny")).await.expect_status(200);
        assert!(page.all(".query").is_empty(), "{}", page.text());
        let page = maya.submit(second.clone().set("ceo", "Daniel")).await.expect_status(200);
        stands_at_its_field(&page);
        assert_eq!(page.attributes("fieldset.query", "aria-describedby"), ["ceo.rival-error"]);
        let asked = page.all(".query").concat();
        assert!(asked.contains("in another window, or here before the page was loaded again"), "{asked}");
        assert!(page.all("[id='ceo-error']").is_empty(), "nothing is wrong with the answer in the field");
        let form = page.form("/entries/").tick("ceo.rival", "field");
        assert!(maya.submit(form).await.expect_status(200).all("fieldset.query").is_empty());
        let page = peter.submit(second.set("ceo", "Dan").without("by")).await.expect_status(200);
        let asked = page.all(".query").concat();
        assert!(asked.contains("Peter Hallam typed another one at the same time"), "{asked}");
        application.stop().await;
    }
}

/// What is unusual is asked about once, also where it became so by a button that does not leave the page.
#[tokio::test]
async fn a_query_is_asked_whichever_button_raised_it() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(application) = Application::start(engine).await else { continue };
        let (vendor, entry) = vendor_with_entry(&application).await;
        for (key, question, act) in [
            ("company", "worldwide_chief_since", "same.na_chief"),
            ("program", "tiers", "up.tiers.2"),
            ("program", "tiers", "autosave"),
        ] {
            let mut answers = sample("digium").answers;
            answers.set("year_founded", Answer::Number(Typed::Value(2016)));
            answers.set("na_partners", Answer::Number(Typed::Value(1000)));
            let address = format!("{entry}/{key}");
            let form = filled(&vendor.get(&address).await, key, &answers);
            vendor.submit(form.press(act)).await.expect_status(200);
            let raised = vendor.get(&address).await;
            assert_eq!(raised.all(&format!("[id='{question}.query']")).len(), 1, "{}", raised.text());
            let asked = vendor.submit(raised.form("/entries/")).await.expect_status(200);
            assert!(asked.path.starts_with(&address) && asked.title().starts_with("Unusual: "), "{act}: {}", asked.path);
            assert!(asked.all(".errors:not(.unusual) li").is_empty(), "{:?}", asked.all(".errors li"));
            // Once it was asked, everybody goes on as they like.
            let next = vendor.submit(asked.form("/entries/")).await.expect_status(200);
            assert!(!next.path.starts_with(&address), "{}", next.path);
            fill_page(&vendor, &entry, key, &sample("digium").answers).await;
        }
        application.stop().await;
    }
}
