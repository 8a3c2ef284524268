//! A database that is away: readers keep what they have, everybody else is told what was kept, and it all comes back.

use crate::support::application::Application;
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

    server.stop();
    let page = vendor.submit(form).await;
    assert_eq!(page.status, 503);
    assert_eq!(page.heading(), "We cannot reach our records at the moment");
    for told in ["All that was saved before is kept", "save it again", "CEO Danny Windham"] {
        assert!(page.text().contains(told), "{told} in: {}", page.text());
    }
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
    assert_eq!(vendor.get(&format!("{entry}/company")).await.form("/entries/").value("ceo"), Some("Danny Windham"));
    application.stop().await;
}
