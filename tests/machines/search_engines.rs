//! What search engines find.

use super::{answer, header, with_digium};

#[tokio::test]
async fn the_sitemap_has_every_page_and_each_is_there() {
    let application = with_digium().await;
    application.house.make_up(103).await.unwrap();
    let client = application.client();
    let came = answer(&client, "/sitemap.xml").await;
    assert_eq!(header(&came, "content-type"), "application/xml; charset=utf-8");
    let sitemap = came.text().await.unwrap();
    let addresses: Vec<&str> = sitemap.split("<loc>").skip(1).map(|rest| rest.split('<').next().unwrap()).collect();
    assert_eq!(addresses.len(), 5 + 104 + 1);
    assert!(addresses[2].ends_with("/2017/?page=3"), "every page of the list: {}", addresses[2]);
    for address in addresses {
        let path = address.strip_prefix(&application.url).unwrap();
        let page = client.get(path).await.expect_status(200);
        assert_eq!(page.path, path, "it leads nowhere else");
        assert_eq!(page.attributes("link[rel=canonical]", "href"), [address], "{path}");
        assert!(page.attributes("meta[name=robots]", "content").is_empty(), "{path}");
    }
    assert_eq!(sitemap.matches("<lastmod>2017-03-20T").count(), 109);
    assert_eq!(answer(&client, "/sitemap/1.xml").await.status(), 404);
    application.stop().await;
}

/// Told both, a search engine does as it likes.
#[tokio::test]
async fn a_page_has_an_address_to_be_known_by_or_is_not_to_be_known() {
    let application = with_digium().await;
    application.house.make_up(3).await.unwrap();
    let client = application.client();
    let listed = client.get("/2017/").await;
    let programs = listed.attributes("input[name=program]", "value");
    let two = format!("/2017/compare?program={}&program={}", programs[0], programs[1]);
    let card = format!("/2017/programs/{}/card", programs[0]);
    for (path, known) in [
        (two.as_str(), true),
        ("/2017/compare", false),
        ("/2017/compare?program=digium", false),
        ("/2017/find", true),
        ("/2017/find?join_fee=no_fee", false),
        ("/2017/find?join_fee=free", true),
        (card.as_str(), false),
    ] {
        let page = client.get(path).await.expect_status(200);
        assert_eq!(page.all("link[rel=canonical]").len(), usize::from(known), "{path}");
        assert_eq!(page.all("meta[name=robots][content=noindex]").len(), usize::from(!known), "{path}");
    }
    application.stop().await;
}

#[tokio::test]
async fn robots_are_told_where_it_is_and_what_is_private() {
    let application = with_digium().await;
    let client = application.client();
    let robots = answer(&client, "/robots.txt").await.text().await.unwrap();
    assert!(robots.lines().any(|line| line == format!("Sitemap: {}/sitemap.xml", application.url)));
    for private in ["/entries", "/desk", "/sign-in"] {
        assert!(robots.lines().any(|line| line == format!("Disallow: {private}")), "{private}");
    }
    assert_eq!(robots.matches("Disallow").count(), 4);
    application.stop().await;
}
