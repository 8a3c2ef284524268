//! An edition's days: what readers and vendors are told before them, and after.

use jiff::SignedDuration;

use crate::support::application::{Application, Engine};
use crate::support::client::Page;

const PAGES: [&str; 4] = ["/", "/2017/", "/2017/find", "/2017/compare"];

fn text(page: &Page) -> String {
    page.all("body").concat().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A day that has passed is not to come, also where the page was made before it.
#[tokio::test]
async fn readers_are_told_of_the_publication_day_until_it_is_there() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(application) = Application::start(engine).await else { continue };
        let client = application.client();
        for path in PAGES {
            let told = text(&client.get(path).await.expect_status(200));
            assert!(told.contains("No profile of 2017 is published yet. The first ones appear on 1 May 2017."), "{path}: {told}");
        }
        assert!(text(&client.get("/").await).contains("Profiles appear from 1 May 2017"));
        application.clock.advance(SignedDuration::from_hours(24 * 60));
        application.house.publish_due().await.unwrap();
        for path in PAGES {
            let told = text(&client.get(path).await.expect_status(200));
            assert!(told.contains("No profile of 2017 is published yet."), "{path}: {told}");
            assert!(!told.contains("1 May") && !told.contains("Until then") && !told.contains("appear"), "{path}: {told}");
        }
        application.stop().await;
    }
}
