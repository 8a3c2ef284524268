//! Feeds, read by a feed reader.

use atom_syndication::Feed;

use super::{answer, header, publish_again, with_digium};
use crate::support::application::Application;
use crate::support::client::Client;

async fn feed(client: &Client) -> Feed {
    feed_at(client, "/2017/feed.atom").await
}

async fn feed_at(client: &Client, path: &str) -> Feed {
    let came = answer(client, path).await;
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
    assert!(again.summary().unwrap().as_str().starts_with("Published: version 2."));
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

/// The programs that a page or a feed leads to, whatever their order.
fn programs(mut links: Vec<String>) -> Vec<String> {
    links.iter_mut().for_each(|link| *link = link.rsplit('/').next().unwrap().to_owned());
    links.sort();
    links
}

#[tokio::test]
async fn a_search_can_be_followed() {
    let application = with_digium().await;
    application.house.make_up(40).await.unwrap();
    let client = application.client();
    for (search, title) in [
        ("q=storage", "2017 Partner Program Guide: “storage”"),
        ("company_size=small&company_size=large", "2017 Partner Program Guide: Size: Small or Large"),
        (
            "q=partner&specialties=storage&company_size=small",
            "2017 Partner Program Guide: “partner”; Technology: Storage; Size: Small",
        ),
    ] {
        let page = client.get(&format!("/2017/?{search}&sort=-na_partners&program=digium")).await.expect_status(200);
        let address = format!("/2017/feed.atom?{search}");
        assert_eq!(page.link("Follow this search"), address);
        let feeds = page.attributes("link[rel=alternate][type='application/atom+xml']", "href");
        assert_eq!(feeds, [address.as_str(), "/2017/feed.atom"]);
        assert_eq!(page.attributes("link[rel=alternate]", "title")[0], title);

        let feed = feed_at(&client, &address).await;
        assert_eq!((feed.title().as_str(), feed.id()), (title, format!("tag:127.0.0.1,2017:feed?{search}").as_str()));
        let words = title.split_once(": ").unwrap().1;
        let subtitle = format!("Programs found by {words}. Unedited content provided by vendors.");
        assert_eq!(feed.subtitle().unwrap().as_str(), subtitle);
        let links: Vec<(&str, &str)> = feed.links().iter().map(|link| (link.rel(), link.href())).collect();
        let list = format!("/2017/?{search}");
        assert_eq!(links, [("self", client.address(&address).as_str()), ("alternate", client.address(&list).as_str())]);
        assert!(feed.entries().is_sorted_by(|one, other| one.updated() >= other.updated()));
        let found = programs(feed.entries().iter().map(|entry| entry.links()[0].href().to_owned()).collect());
        assert!(!found.is_empty() && found.len() < 41, "{search}");
        assert_eq!(found, programs(client.get(&list).await.attributes(".programs a.name", "href")), "{search}");
    }
    assert_eq!(client.get("/2017/").await.link("Follow this guide"), "/2017/feed.atom");
    application.stop().await;
}

#[tokio::test]
async fn a_search_has_one_feed() {
    let application = with_digium().await;
    let client = application.client();
    for (asked, leads_to) in [
        ("?colour=blue&company_size=huge", ""),
        ("?sort=foo", ""),
        ("?ceo=Danny&program_year=then&company_size=small", "?company_size=small"),
        ("?specialties.resell=cloud_hosting", "?specialties=cloud_hosting&specialties.row=resell"),
        ("?program_year=2004%E2%80%932000", "?program_year=2000-2004"),
        ("?colour=blue&utm_source=x", ""),
        ("?sort=-na_partners&page=2&program=digium&letter=A&compare=", ""),
        ("?company_size=large&q=+x&company_size=small", "?q=x&company_size=small&company_size=large"),
    ] {
        let came = answer(&client, &format!("/2017/feed.atom{asked}")).await;
        assert_eq!((came.status().as_u16(), header(&came, "access-control-allow-origin")), (302, "*"), "{asked}");
        assert_eq!(header(&came, "location"), format!("/2017/feed.atom{leads_to}"), "{asked}");
    }
    let vain = feed_at(&client, "/2017/feed.atom?q=%25").await;
    let said = vain.subtitle.unwrap().value;
    assert!(said.starts_with("“%” holds no word that can be searched for. All programs are shown. Unedited"), "{said}");
    assert_eq!(answer(&client, "/1999/feed.atom?q=x").await.status(), 404);
    application.stop().await;
}

#[tokio::test]
async fn who_follows_a_search_is_told_of_what_it_finds_later() {
    let application = Application::on_sqlite().await;
    let client = application.client();
    application.house.make_up(5).await.unwrap();
    let empty = feed_at(&client, "/2017/feed.atom?q=digum").await;
    assert_eq!(empty.entries(), []);
    super::import(&application, "digium", |text| text).await;
    let found = feed_at(&client, "/2017/feed.atom?q=digum").await;
    assert_eq!((found.id(), found.entries().len()), (empty.id(), 1));
    assert!(
        found
            .subtitle()
            .unwrap()
            .as_str()
            .contains("No company, program, person or answer has “digum”. These have something like it.")
    );
    application.stop().await;
}
