//! The card: small, by itself, in anybody's frame.

use base64::Engine;
use scraper::{Html, Selector};
use sha2::{Digest, Sha256};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::{answer, header, with_digium};
use crate::support::browser::Browser;

const CARD: &str = "/2017/programs/digium/card";

#[tokio::test]
async fn a_card_says_who_it_is_and_asks_for_nothing() {
    let application = with_digium().await;
    let client = application.client();
    let page = client.get(CARD).await.expect_status(200);
    assert_eq!((page.heading().as_str(), page.all("dl > div").len()), ("Digium, Inc.", 3));
    assert_eq!(page.attributes("a", "href"), [format!("{}/2017/programs/digium", application.url)]);
    assert_eq!(page.attributes("a", "target"), ["_top"]);
    let asking = "script, img, iframe, form, object, embed, audio, video, source, link, [style], [src]";
    assert!(page.all(asking).is_empty());
    let style = page.all("style").concat();
    assert!(!style.contains("url(") && !style.contains("@import"));
    application.stop().await;
}

#[tokio::test]
async fn only_a_card_may_stand_in_a_frame() {
    let application = with_digium().await;
    let client = application.client();
    let came = answer(&client, CARD).await;
    let policy = header(&came, "content-security-policy").to_owned();
    assert_eq!(came.headers().get_all("content-security-policy").iter().count(), 1);
    let html = Html::parse_document(&came.text().await.unwrap());
    let style: String = html.select(&Selector::parse("style").unwrap()).next().unwrap().text().collect();
    let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(&style));
    assert_eq!(
        policy,
        format!("default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'; frame-ancestors *")
    );
    for path in [
        "/",
        "/2017/",
        "/2017/programs/digium",
        "/2017/programs/digium/print",
        "/api/",
        "/sign-in",
        "/nothing",
        "/2017/programs/nobody/card",
    ] {
        let policy = header(&answer(&client, path).await, "content-security-policy").to_owned();
        assert!(policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
    }
    application.stop().await;
}

/// The code that a profile hands out, on a page of another site, in a real browser: the card is there in its style, and
/// nothing was asked for but the card.
#[tokio::test]
async fn the_code_of_a_profile_shows_the_card() {
    let application = with_digium().await;
    let profile = application.client().get("/2017/programs/digium").await;
    let code = profile.all(".embed textarea").concat();
    assert_eq!(code.matches(CARD).count(), 1, "{code}");
    let Some(browser) = Browser::with_javascript().await else { return };
    let elsewhere = site(format!("<!doctype html><title>Elsewhere</title><link rel=icon href=data:,>{code}")).await;
    browser.open(&elsewhere).await;
    browser.session().enter_frame(0).await.unwrap();
    let seen = browser.session().execute(
        "return [document.querySelector('h1').textContent, getComputedStyle(document.querySelector('main')).borderTopWidth, \
         performance.getEntriesByType('resource').length, document.documentElement.scrollHeight - innerHeight]",
        vec![],
    );
    let seen: (String, String, u32, i32) = seen.await.unwrap().convert().unwrap();
    assert_eq!(seen, ("Digium, Inc.".to_owned(), "5px".to_owned(), 0, 0));
    assert_eq!(browser.complaints().await, [] as [&str; 0]);
    application.stop().await;
}

/// The size that is suggested has room for every card: for three lines of a long name, and for names in other scripts.
#[tokio::test]
async fn the_suggested_size_has_room_for_every_card() {
    let Some(browser) = Browser::with_javascript().await else { return };
    let application = with_digium().await;
    super::import(&application, "kirito-networks", |text| text.to_owned()).await;
    let editor = application.editor().await;
    let desk = editor.get("/desk").await.attributes(".queue a.name", "href").remove(0);
    for act in ["approve", "publish"] {
        let review = editor.get(&desk).await;
        editor.submit(review.form(&format!("{desk}/decision")).press(act)).await.expect_status(200);
    }
    application.house.make_up(40).await.unwrap();
    let programs = application.client().get("/2017/").await.attributes(".programs a.name", "href");
    assert!(programs.len() == 42 && programs.iter().any(|href| href.contains("kirit")), "{programs:?}");
    let code = application.client().get(&programs[0]).await.all(".embed textarea").concat();
    let said = |name: &str| code.split(&format!("{name}=\"")).nth(1).unwrap().split('"').next().unwrap().parse().unwrap();
    browser.resize(said("width"), said("height")).await;
    for program in programs {
        browser.open(&format!("{}{program}/card", application.url)).await;
        let over = browser.session().execute("return document.documentElement.scrollHeight - innerHeight", vec![]).await;
        assert_eq!(over.unwrap().convert::<i32>().unwrap(), 0, "{program}");
    }
    application.stop().await;
}

/// What has no place to name an icon, opened by itself: the browser looks for one at the usual place, and finds it.
#[tokio::test]
async fn what_names_no_icon_has_one_all_the_same() {
    let application = with_digium().await;
    let client = application.client();
    let came = answer(&client, "/favicon.ico").await;
    assert_eq!((came.status().as_u16(), header(&came, "content-type")), (200, "image/x-icon"));
    assert_eq!(header(&came, "cache-control"), "public, max-age=604800");
    let icon = came.bytes().await.unwrap();
    assert_eq!(icon[..6], [0, 0, 1, 0, 2, 0], "an icon in two sizes");
    assert_eq!([icon[6], icon[22]], [16, 32]);
    if let Some(browser) = Browser::with_javascript().await {
        for path in [CARD, "/2017/programs/digium.json", "/2017/feed.atom", "/2017/"] {
            browser.open(&format!("{}{path}", application.url)).await;
            assert_eq!(browser.complaints().await, [] as [&str; 0], "{path}");
        }
    }
    application.stop().await;
}

/// Somebody else's site: it answers everything with this page.
async fn site(page: String) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/", listener.local_addr().unwrap());
    let answer = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{page}",
        page.len()
    );
    tokio::spawn(async move {
        while let Ok((mut visitor, _)) = listener.accept().await {
            let mut request = [0; 8192];
            if visitor.read(&mut request).await.is_ok_and(|read| read > 0) {
                visitor.write_all(answer.as_bytes()).await.unwrap();
            }
        }
    });
    address
}
