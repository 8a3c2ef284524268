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

/// Who cannot begin an entry is told when that can be done, or until when it could.
#[tokio::test]
async fn vendors_are_told_when_an_edition_opens_and_when_it_closed() {
    let opens = "Thursday 1 December 2016, 9:00 am in New York";
    let closed = "Friday 31 March 2017, 5:00 pm in New York";
    for (days, title, told) in [(-150, "The edition is not open yet", opens), (14, "The edition is closed", closed)] {
        let application = Application::on_sqlite().await;
        application.clock.advance(SignedDuration::from_hours(24 * days));
        let client = application.signed_in("ann@kirito-networks.example").await;
        let page = client.get("/entries/new").await.expect_status(403);
        assert_eq!(page.heading(), title);
        assert!(text(&page).contains(told) && text(&page).contains("2017"), "{}", text(&page));
        let list = text(&client.get("/entries").await.expect_status(200));
        assert!(list.contains(told), "{list}");
        application.stop().await;
    }
}
