//! What readers see, over HTTP.

use std::sync::Arc;

use almanac::guide::Catalogue;
use scraper::{ElementRef, Html, Node, Selector};

use crate::editions::with_year_before;
use crate::questionnaire::seed::{TITLED, folded, seed_lines};
use crate::support::application::{Application, Engine};
use crate::support::client::{Client, Page};

/// Brings in a sample entry from its file.
async fn import(application: &Application, name: &str) {
    let file = format!("guides/2017/entries/{name}.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    application.house.import(&[(file, text)]).await.unwrap();
}

#[tokio::test]
async fn digiums_page_says_what_the_printed_guide_says() {
    let application = Application::on_sqlite().await;
    import(&application, "digium").await;
    let page = application.client().get("/2017/programs/digium").await.expect_status(200);
    for words in ["2017 Partner Program Guide Details", "Printer-friendly version", "Email this article"] {
        assert!(page.text().contains(words), "{words}");
    }
    assert!(page.text().contains("Unedited content provided by vendors."));
    assert_eq!(printed_text(&page), seed_lines().concat());

    // Every label stands before its value, as a pair that a screen reader hears as one.
    let labels = page.all(".profile dt");
    assert!(labels.len() > 50, "{}", labels.len());
    let print = application.client().get("/2017/programs/digium/print").await.expect_status(200);
    assert_eq!(printed_text(&print), seed_lines().concat());
    assert!(print.all("nav").is_empty(), "a page to print has no navigation");
    application.stop().await;
}

/// Title, subtitle and sections of a profile, without white space and without the headings that the seed has not.
fn printed_text(page: &Page) -> String {
    let document = Html::parse_document(&page.html);
    let select = |css: &str| Selector::parse(css).unwrap();
    let mut text = String::new();
    for css in ["h1", ".subtitle"] {
        text.push_str(&document.select(&select(css)).next().unwrap().text().collect::<String>());
    }
    for section in document.select(&select(".profile section[aria-labelledby]")) {
        let key = section.attr("aria-labelledby").unwrap();
        for child in section.children().filter_map(ElementRef::wrap) {
            if child.value().name() != "h2" || TITLED.contains(&key) {
                text.push_str(&visible(child));
            }
        }
    }
    folded(&text)
}

fn visible(element: ElementRef) -> String {
    element
        .descendants()
        .filter_map(|node| if let Node::Text(text) = node.value() { Some(text.to_string()) } else { None })
        .collect()
}

#[tokio::test]
async fn pages_come_compressed_with_a_mark_and_are_not_sent_twice() {
    let application = Application::on_sqlite().await;
    import(&application, "digium").await;
    let client = application.client();
    for path in ["/", "/2017/", "/2017/programs/digium"] {
        let address = client.address(path);
        let plain = client.raw().get(&address).send().await.unwrap();
        assert_eq!(plain.headers().get("content-encoding"), None, "{path}");
        let html = plain.bytes().await.unwrap();
        for encoding in ["br", "gzip"] {
            let answer = client.raw().get(&address).header("accept-encoding", encoding).send().await.unwrap();
            assert_eq!(answer.headers().get("content-encoding").unwrap(), encoding);
            assert_eq!(answer.headers().get("vary").unwrap(), "Accept-Encoding");
            let mark = answer.headers().get("etag").unwrap().clone();
            assert!(answer.bytes().await.unwrap().len() * 2 < html.len());
            let again = client
                .raw()
                .get(&address)
                .header("accept-encoding", encoding)
                .header("if-none-match", mark)
                .send()
                .await
                .unwrap();
            assert_eq!(again.status(), 304, "{path} {encoding}");
            assert!(again.bytes().await.unwrap().is_empty());
        }
        let head = client.raw().head(&address).send().await.unwrap();
        assert_eq!(head.status(), 200);
        assert!(head.bytes().await.unwrap().is_empty());
    }
    application.stop().await;
}

#[tokio::test]
async fn only_what_is_published_is_seen() {
    let application = Application::on_sqlite().await;
    assert!(application.client().get("/").await.expect_status(200).all(".programs a").is_empty());
    for name in ["digium", "kirito-networks", "astrolithi"] {
        import(&application, name).await;
    }
    let list = application.client().get("/2017/").await.expect_status(200);
    assert_eq!(list.all(".programs .name"), ["Digium, Inc."]);
    assert_eq!(application.client().get("/2017/programs/kirito-networks").await.status, 404);
    application.stop().await;
}

#[tokio::test]
async fn another_instance_shows_a_publication_within_two_seconds() {
    let Some(server) = crate::support::postgres::server() else { return };
    let application = Application::on(Some(server.fresh_database(None))).await;
    let (_, running, url) = application.another().await;
    let elsewhere = crate::support::client::Client::new(&url);
    assert_eq!(elsewhere.get("/2017/programs/digium").await.status, 404);
    import(&application, "digium").await;
    let published = std::time::Instant::now();
    while elsewhere.get("/2017/programs/digium").await.status != 200 {
        assert!(published.elapsed().as_secs() < 10, "the publication never came");
        tokio::task::yield_now().await;
    }
    running.stop().await;
    application.stop().await;
}

/// On the edition's publication day what is approved appears by itself; what was taken down does not.
#[tokio::test]
async fn what_is_approved_appears_on_the_day() {
    let application = Application::on_sqlite().await;
    import(&application, "kirito-networks").await;
    let editor = application.editor().await;
    let queue = editor.get("/desk").await.expect_status(200);
    let review = editor.get(&queue.attributes(".queue a.name", "href").remove(0)).await.expect_status(200);
    let desk = review.path.clone();
    let review = editor.submit(review.form(&format!("{desk}/decision")).press("approve")).await.expect_status(200);
    assert!(review.text().contains("Approved"));
    assert_eq!(application.house.publish_due().await.unwrap(), 0);
    application.clock.advance(jiff::SignedDuration::from_hours(24 * 50));
    application.house.publish_due().await.unwrap();
    let list = application.client().get("/2017/").await;
    assert_eq!(list.all(".programs .name").len(), 1);
    let editor = application.signed_in(crate::support::application::EDITOR).await;
    let review = editor.get(&desk).await;
    editor.submit(review.form(&format!("{desk}/participation")).press("unpublish")).await.expect_status(200);
    assert_eq!(application.house.publish_due().await.unwrap(), 0);
    assert!(application.client().get("/2017/").await.all(".programs .name").is_empty());
    application.stop().await;
}

/// Whoever looks for publications may have begun before one, and end after it.
#[tokio::test]
async fn what_was_read_before_a_publication_does_not_take_its_place() {
    let application = Application::on_sqlite().await;
    let house = &application.house;
    let (editions, before, now) = (house.editions.all(), house.guide.catalogue(), house.now());
    let there = Arc::clone(&before);
    let early = house.db.read(move |connection| Catalogue::load(connection, &editions, &there, now)).await.unwrap();
    import(&application, "digium").await;
    assert!(!house.guide.replace(&before, early));
    assert_eq!(house.guide.catalogue().len(), 1);
    application.client().get("/2017/programs/digium").await.expect_status(200);
    application.stop().await;
}

/// What a page says of other years: the links, and whether one of them is newer.
async fn other_years(client: &Client, path: &str) -> (Vec<String>, bool) {
    let page = client.get(path).await.expect_status(200);
    (page.attributes(".years a", "href"), page.all(".years .newer") == ["There is a newer edition:"])
}

/// Whoever reads one edition finds the same page of the others, and is told of a newer one.
#[tokio::test]
async fn every_page_leads_to_the_same_in_other_years() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(application) = Application::with(engine, with_year_before()).await else { continue };
        let (house, client) = (&application.house, application.client());
        let pages = ["", "figures", "find", "compare"];
        house.make_up_in(&house.editions.by_year(2016).unwrap(), 3).await.unwrap();
        for below in pages {
            // An edition of which nothing is published leads to one that can be read, and is not announced there.
            assert_eq!(other_years(&client, &format!("/2017/{below}")).await, (vec![format!("/2016/{below}")], false));
            assert_eq!(other_years(&client, &format!("/2016/{below}")).await, (Vec::new(), false));
        }
        let before = client.raw().get(client.address("/2016/")).send().await.unwrap();
        application.clock.advance(jiff::SignedDuration::from_hours(1));
        house.make_up_in(&house.editions.by_year(2017).unwrap(), 3).await.unwrap();
        let known = before.headers().get("last-modified").unwrap();
        let again = client.raw().get(client.address("/2016/")).header("if-modified-since", known).send().await.unwrap();
        assert_eq!(again.status(), 200, "the list of 2016 leads to 2017 now");

        let listed = client.get("/2016/").await.attributes(".programs a.name", "href");
        let slugs: Vec<&str> = listed.iter().map(|href| href.rsplit('/').next().unwrap()).collect();
        let (compared, profile) =
            (format!("compare?program={}&program={}", slugs[1], slugs[0]), format!("programs/{}", slugs[0]));
        for below in pages.into_iter().chain([compared.as_str(), profile.as_str()]) {
            let (now, before) = (format!("/2017/{below}"), format!("/2016/{below}"));
            assert_eq!(other_years(&client, &now).await, (vec![before.clone()], false));
            assert_eq!(other_years(&client, &before).await, (vec![now], true));
        }
        assert_eq!(other_years(&client, "/").await, (vec!["/2016/".to_owned()], false));
        // The guide's name with a year leads to that year.
        for (path, leads) in [("/2016/figures", "/2016/"), ("/2017/figures", "/2017/"), ("/api/", "/2017/")] {
            assert_eq!(client.get(path).await.attributes("a.wordmark", "href"), [leads], "{path}");
        }
        application.stop().await;
    }
}

/// What is not in the newer edition leads to its list.
#[tokio::test]
async fn what_is_gone_leads_to_the_newer_list() {
    let application = Application::with(Engine::Sqlite, with_year_before()).await.unwrap();
    let (house, client) = (&application.house, application.client());
    house.make_up_in(&house.editions.by_year(2016).unwrap(), 3).await.unwrap();
    let programs = client.get("/2016/").await.attributes(".programs a.name", "href");
    import(&application, "digium").await;
    for program in programs {
        assert_eq!(other_years(&client, &program).await, (vec!["/2017/".to_owned()], true));
    }
    application.stop().await;
}
