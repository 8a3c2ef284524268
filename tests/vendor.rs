//! A vendor's way, over HTTP.

use crate::support::application::{Application, Engine};

#[tokio::test]
async fn a_vendor_signs_in_and_starts_an_entry() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(application) = Application::start(engine).await else { continue };
        let vendor = application.signed_in("maya@fenwhistle.example").await;
        let page = vendor.get("/entries").await.expect_status(200);
        assert_eq!(page.heading(), "Start an entry");
        let form = page.form("/entries/new").set("name", "Maya Okafor").set("company", "Fenwhistle Communications Ltd.");
        let home = vendor.submit(form.set("program", "Fenwhistle Partner Program")).await.expect_status(200);
        assert_eq!(home.heading(), "Fenwhistle Partner Program");
        assert!(home.all(".banner strong").contains(&"Draft – not submitted".to_owned()));
        application.stop().await;
    }
}
