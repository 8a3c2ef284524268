//! An entry goes all the way: questionnaire, submission, mail, review, published profile. Over HTTP, with a mail
//! server that speaks SMTP, on both databases.

use crate::support::application::{Application, EDITOR, Engine, link_in};
use crate::support::filling::{fill, fill_page, sample, start_entry};

#[tokio::test]
async fn an_entry_goes_all_the_way_on_sqlite() {
    all_the_way(Engine::Sqlite).await;
}

#[tokio::test]
async fn an_entry_goes_all_the_way_on_postgres() {
    all_the_way(Engine::Postgres).await;
}

const VENDOR: &str = "wayne@digium.example";

async fn all_the_way(engine: Engine) {
    let Some(application) = Application::start(engine).await else { return };
    let digium = sample("digium");
    let editor = application.editor().await;
    let vendor = application.signed_in(VENDOR).await;

    // From a blank questionnaire to a submitted entry.
    let entry = start_entry(&vendor, "Digium, Inc.", "Digium Partner Program").await;
    fill(&vendor, &entry, &digium.answers).await;
    let home = vendor.get(&entry).await;
    assert!(home.all(".pagelist .status").iter().all(|status| status == "Completed"), "{:?}", home.all(".pagelist .status"));
    let check = vendor.get(&format!("{entry}/check")).await.expect_status(200);
    let receipt = vendor.submit(check.form(&format!("{entry}/submit"))).await.expect_status(200);
    assert_eq!(receipt.heading(), "Your entry is submitted");
    let reference = receipt.all("h1 + .reading .figure").remove(0);

    // A second click leads to the same receipt, and to no second mail.
    let again = vendor.submit(check.form(&format!("{entry}/submit"))).await;
    assert_eq!(again.path, receipt.path);

    // The editor is told, and the link leads to the review.
    let told = application.mail_to(EDITOR, "An entry was submitted").await;
    let review = editor.get(&link_in(&told, "/desk/entries/")).await.expect_status(200);
    assert!(review.text().contains("Digium, Inc."));
    assert!(told.text().contains(&reference), "{}", told.text());
    let received = application.mail_to(VENDOR, "We have your entry").await;
    assert!(received.text().contains(&reference) && received.text().contains("Huntsville, AL"));

    // The editor asks for a change; without a note there is nothing to ask for.
    let desk = review.path.clone();
    let refused = editor.submit(review.form(&format!("{desk}/decision")).press("request_changes")).await;
    assert_eq!(refused.status, 422);
    let note = review.form(&format!("{desk}/notes")).set("note.na_partners", "Is it 4055 with Canada?");
    let review = editor.submit(note).await.expect_status(200);
    let review = editor.submit(review.form(&format!("{desk}/decision")).press("request_changes")).await.expect_status(200);
    assert!(review.text().contains("Changes requested"));

    // The vendor's mail leads to the question, where the note stands.
    let asked = application.mail_to(VENDOR, "Changes are asked for").await;
    assert!(asked.text().contains("Is it 4055 with Canada?") && asked.text().contains("North American Partners"));
    assert!(asked.text().contains(&format!("{entry}/program#na_partners")));
    let page = vendor.get(&format!("{entry}/program")).await;
    assert!(page.all("#na_partners-note").remove(0).contains("Is it 4055 with Canada?"));
    fill_page(&vendor, &entry, "program", &digium.answers).await;
    let check = vendor.get(&format!("{entry}/check")).await;
    vendor.submit(check.form(&format!("{entry}/submit"))).await.expect_status(200);

    // Approved and published: the vendor gets the address, readers the profile.
    let review = editor.get(&desk).await;
    let review = editor.submit(review.form(&format!("{desk}/decision")).press("publish")).await.expect_status(200);
    assert!(review.text().contains("Published"));
    let published = application.mail_to(VENDOR, "Published").await;
    let profile = link_in(&published, "/2017/programs/");
    assert_eq!(profile, "/2017/programs/digium");
    let reader = application.client();
    let page = reader.get(&profile).await.expect_status(200);
    assert_eq!(page.heading(), "Digium, Inc.");
    assert!(reader.get("/").await.text().contains("Digium Partner Program"));

    // A revision leaves the profile as it is until it is published.
    let home = vendor.get(&entry).await;
    vendor.submit(home.form(&format!("{entry}/revise"))).await.expect_status(200);
    let form = vendor.get(&format!("{entry}/company")).await.form("/entries/").set("ceo", "Ada Example");
    vendor.submit(form).await.expect_status(200);
    let check = vendor.get(&format!("{entry}/check")).await;
    vendor.submit(check.form(&format!("{entry}/submit"))).await.expect_status(200);
    assert!(reader.get(&profile).await.text().contains("Danny Windham"));
    let review = editor.get(&desk).await;
    editor.submit(review.form(&format!("{desk}/decision")).press("publish")).await.expect_status(200);
    assert!(reader.get(&profile).await.text().contains("Ada Example"));

    // Taken down, it is gone at once.
    let review = editor.get(&desk).await;
    editor.submit(review.form(&format!("{desk}/participation")).press("unpublish")).await.expect_status(200);
    assert_eq!(reader.get(&profile).await.status, 404);
    let history = vendor.get(&format!("{entry}/history")).await.expect_status(200).text();
    for act in ["submitted", "published"] {
        assert!(history.to_lowercase().contains(act), "{act}: {history}");
    }
    application.stop().await;
}
