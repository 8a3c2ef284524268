//! A database that is away: readers keep what they have, everybody else is told what was kept, and it all comes back.

use crate::support::application::Application;
use crate::support::client::{Form, Page};
use crate::support::filling::start_entry;
use crate::support::postgres::Server;

#[tokio::test]
async fn a_database_that_is_away_is_said_so_and_comes_back() {
    let Some(server) = Server::own() else { return };
    let application = Application::on(Some(server.fresh_database(None))).await;
    let file = "guides/2017/entries/digium.toml";
    application.house.import(&[(file.to_owned(), std::fs::read_to_string(file).unwrap())]).await.unwrap();
    let vendor = application.signed_in("maya@fenwhistle.example").await;
    let entry = start_entry(&vendor, "Fenwhistle Communications Ltd.", "Fenwhistle Partner Program").await;
    let form = vendor.get(&format!("{entry}/company")).await.form("/entries/").set("ceo", "Danny Windham");
    let editor = application.editor().await;
    let desk = format!("/desk{entry}");
    let note = editor.get(&desk).await.form(&format!("{desk}/notes")).set("note.join_fee", "Is it so?");

    server.stop();
    let page = vendor.submit(form).await;
    assert_eq!(page.status, 503);
    assert_eq!(page.heading(), "We cannot reach our records at the moment");
    for told in ["All that was saved before is kept", "send it again", "CEO Danny Windham"] {
        assert!(page.text().contains(told), "{told} in: {}", page.text());
    }
    assert_eq!(page.link("Back to “Company”"), format!("{entry}/company"));
    assert_eq!(page.link("Back to your entry"), entry);

    let unsent = editor.submit(note).await.expect_status(503);
    assert!(unsent.text().contains("What you sent just now was not saved"), "{}", unsent.text());
    assert!(unsent.all("dl.answers dd").contains(&"Is it so?".to_owned()));
    assert_eq!(unsent.link("Back to the review"), desk);
    let nobody = application.client();
    let of_nobody = nobody.submit(unsent.form(&desk)).await.expect_status(503);
    assert_eq!(of_nobody.all("dl.answers dd"), unsent.all("dl.answers dd"));

    // Whoever only reads has sent nothing, and may try again.
    for (path, back) in [
        (format!("{entry}/history?x=1"), Some("Back to your entry")),
        ("/entries".to_owned(), None),
        ("/entries/new".to_owned(), Some("Your entries")),
        (format!("{desk}?show=all"), Some("Back to the review")),
        ("/desk/messages".to_owned(), Some("Back to the queue")),
    ] {
        let answer = editor.raw().get(editor.address(&path)).send().await.unwrap();
        assert_eq!((answer.status().as_u16(), answer.headers()["retry-after"].to_str().unwrap()), (503, "60"), "{path}");
        let page = Page { status: 503, path: path.clone(), html: answer.text().await.unwrap() };
        assert!(!page.text().contains("sent") && page.text().contains("cannot be shown now"), "{path}: {}", page.text());
        assert_eq!(page.all("main .tools a").get(1).map(String::as_str), back, "{path}");
        assert_eq!(page.link("Try again"), path);
    }
    let code =
        nobody.submit(Form { action: "/sign-in".into(), fields: vec![("email".into(), "maya@fenwhistle.example".into())] });
    let code = code.await.expect_status(503);
    assert!(!code.html.contains("maya@fenwhistle.example") && code.find_form("/sign-in").is_none(), "{}", code.html);

    // Who is signed in cannot be told now; that there is nothing can.
    for path in ["/nothing", "/entries/nothing"] {
        assert_eq!(vendor.get(path).await.expect_status(404).all("form[action='/sign-out']").len(), 0);
    }
    assert_eq!(vendor.get("/2017/programs/nobody").await.status, 404);
    assert_eq!(vendor.get("/health/ready").await.status, 503);
    assert_eq!(vendor.get("/health/live").await.status, 200);
    let reader = application.client();
    assert_eq!(reader.get("/2017/programs/digium").await.expect_status(200).heading(), "Digium, Inc.");

    server.start();
    vendor.submit(page.form("/entries/")).await.expect_status(200);
    let review = editor.submit(unsent.form(&desk)).await.expect_status(200);
    assert_eq!((review.path.as_str(), review.html.matches("Is it so?").count()), (desk.as_str(), 1));
    assert_eq!(vendor.get(&format!("{entry}/company")).await.form("/entries/").value("ceo"), Some("Danny Windham"));
    application.stop().await;
}
