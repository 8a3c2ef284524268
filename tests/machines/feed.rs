//! Feeds, read by a feed reader.

use atom_syndication::Feed;

use super::{answer, header, publish_again, with_digium};
use crate::support::application::Application;
use crate::support::client::Client;

async fn feed(client: &Client) -> Feed {
    let came = answer(client, "/2017/feed.atom").await;
    assert_eq!(header(&came, "content-type"), "application/atom+xml; charset=utf-8");
    Feed::read_from(came.bytes().await.unwrap().as_ref()).unwrap()
}

#[tokio::test]
async fn a_program_keeps_its_id_when_it_is_published_again() {
    let application = with_digium().await;
    let client = application.client();
    let first = feed(&client).await;
    assert_eq!((first.title().as_str(), first.entries().len()), ("2017 Partner Program Guide", 1));
    let entry = &first.entries()[0];
    assert_eq!(entry.title().as_str(), "Digium, Inc.: Digium Partner Program");
    assert_eq!(entry.id(), "tag:127.0.0.1,2017:programs/digium");
    assert!(entry.summary().unwrap().as_str().starts_with("Published. Established: 2007 · "), "{:?}", entry.summary());
    assert_eq!(entry.links()[0].href(), format!("{}/2017/programs/digium", application.url));
    for link in entry.links().iter().chain(first.links()) {
        assert_eq!(answer(&client, link.href().strip_prefix(&application.url).unwrap()).await.status(), 200);
    }
    assert_eq!(entry.published(), Some(entry.updated()));

    publish_again(&application.house).await;
    let second = feed(&client).await;
    let again = &second.entries()[0];
    assert_eq!((second.id(), again.id()), (first.id(), entry.id()));
    assert!(again.updated() > entry.updated() && second.updated() == again.updated());
    assert!(again.summary().unwrap().as_str().starts_with("Updated: version 2."));
    application.stop().await;
}

#[tokio::test]
async fn a_feed_has_the_newest_and_can_be_empty() {
    let application = Application::on_sqlite().await;
    let client = application.client();
    assert!(feed(&client).await.entries().is_empty());
    application.house.make_up(60).await.unwrap();
    super::import(&application, "digium", |text| text).await;
    let feed = feed(&client).await;
    assert_eq!((feed.entries().len(), feed.entries()[0].id()), (50, "tag:127.0.0.1,2017:programs/digium"));
    assert!(feed.entries().is_sorted_by(|one, other| one.updated() >= other.updated()));
    application.stop().await;
}

#[tokio::test]
async fn whatever_a_company_is_called_the_feed_stays_well_formed() {
    let application = Application::on_sqlite().await;
    super::import(&application, "digium", |text| text.replace("Digium, Inc.", "]]> <b>R&D</b> \u{fffe}株式会社")).await;
    let feed = feed(&application.client()).await;
    assert_eq!(feed.entries()[0].title().as_str(), "]]> <b>R&D</b> 株式会社: Digium Partner Program");
    application.stop().await;
}
