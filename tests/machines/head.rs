//! What pages say of themselves in their heads.

use serde_json::Value;

use super::{answer, publish_again, with_digium};
use crate::support::application::Application;
use crate::support::browser::Browser;
use crate::support::client::Page;

fn meta(page: &Page, name: &str) -> String {
    page.attributes(&format!("meta[name='{name}'], meta[property='{name}']"), "content").concat()
}

/// The nodes of a page's JSON-LD of this type.
fn node(page: &Page, kind: &str) -> Value {
    let data: Value = serde_json::from_str(&page.all("script[type='application/ld+json']").concat()).unwrap();
    assert_eq!(data["@context"], "https://schema.org");
    data["@graph"].as_array().unwrap().iter().find(|node| node["@type"] == kind).cloned().unwrap()
}

#[tokio::test]
async fn a_profile_says_who_it_is_about_and_nothing_that_nobody_said() {
    let application = with_digium().await;
    let client = application.client();
    let page = client.get("/2017/programs/digium").await;
    let address = format!("{}/2017/programs/digium", application.url);
    let article = node(&page, "Article");
    assert_eq!(
        (&article["url"], &article["headline"]),
        (&Value::from(address.as_str()), &"Digium, Inc.: Digium Partner Program".into())
    );
    assert!(article["datePublished"].is_string());
    let company = node(&page, "Organization");
    assert_eq!((&company["name"], &company["url"]), (&"Digium, Inc.".into(), &"http://www.digium.com/".into()));
    assert_eq!(company["contactPoint"]["email"], "wlandt@digium.com");
    assert_eq!(node(&page, "Service")["provider"]["@id"], company["@id"]);
    let trail = node(&page, "BreadcrumbList");
    let names: Vec<&Value> = trail["itemListElement"].as_array().unwrap().iter().map(|item| &item["name"]).collect();
    assert_eq!(names, page.all(".breadcrumb li").iter().collect::<Vec<_>>());
    assert_eq!(trail["itemListElement"][1]["item"], format!("{}/2017/#D", application.url));

    publish_again(&application.house).await;
    let article = node(&client.get("/2017/programs/digium").await, "Article");
    assert_eq!((&article["version"], article.get("datePublished")), (&2.into(), None));
    application.stop().await;
}

/// Every step of the trail is a page that is there, under the address by which search engines know it.
#[tokio::test]
async fn a_trail_leads_where_it_says_at_once() {
    let application = with_digium().await;
    application.house.make_up(60).await.unwrap();
    let client = application.client();
    let mut pages = std::collections::BTreeSet::new();
    for path in ["/2017/", "/2017/?page=2"] {
        let programs = client.get(path).await.attributes(".programs .name", "href");
        for program in [programs.first(), programs.last()].into_iter().flatten() {
            let page = client.get(program).await;
            let letter = page.attributes(".breadcrumb a", "href").remove(1);
            assert_eq!(node(&page, "BreadcrumbList")["itemListElement"][1]["item"], format!("{}{letter}", application.url));
            let (address, anchor) = letter.split_once('#').unwrap();
            let list = client.get(address).await.expect_status(200);
            assert_eq!(list.path, address);
            assert_eq!(list.attributes("link[rel=canonical]", "href"), [client.address(address)]);
            assert!(list.attributes("th.letter", "id").contains(&anchor.to_owned()), "{program}: {letter}");
            pages.insert(address.to_owned());
        }
    }
    assert_eq!(pages.len(), 2, "{pages:?}");
    application.stop().await;
}

#[tokio::test]
async fn pages_say_what_they_are_to_whoever_shares_them() {
    let application = with_digium().await;
    let client = application.client();
    let profile = client.get("/2017/programs/digium").await;
    assert_eq!(meta(&profile, "og:title"), "Digium, Inc.: Digium Partner Program");
    assert_eq!(meta(&profile, "og:type"), "article");
    assert_eq!(meta(&profile, "og:site_name"), "2017 Partner Program Guide");
    assert!(meta(&profile, "description").contains("Established: 2007 · "), "{}", meta(&profile, "description"));
    let list = client.get("/2017/").await;
    assert_eq!(meta(&list, "og:type"), "website");
    assert!(meta(&list, "description").starts_with("One partner program in the vendors’ own words"));
    let figures = client.get("/2017/figures").await;
    assert!(meta(&figures, "description").starts_with("What one partner program answered for the 2017 Partner Program Guide"));
    for (page, path) in [(&profile, "/2017/programs/digium"), (&list, "/2017/")] {
        assert_eq!(meta(page, "og:url"), format!("{}{path}", application.url));
        assert_eq!(meta(page, "og:description"), meta(page, "description"));
        let alternates = page.attributes("link[rel=alternate]", "href");
        assert_eq!(alternates.len(), 2, "{path}");
        for (alternate, media) in alternates.iter().zip(page.attributes("link[rel=alternate]", "type")) {
            let came = answer(&client, alternate).await;
            assert!(super::header(&came, "content-type").starts_with(&media), "{alternate}");
        }
    }
    application.stop().await;
}

/// Every page that search engines may know says what it is; what it is called there is what its title says.
#[tokio::test]
async fn every_page_can_be_shared() {
    let application = with_digium().await;
    application.house.make_up(1).await.unwrap();
    let client = application.client();
    let programs = client.get("/2017/").await.attributes(".programs .name", "href");
    let slug = programs.iter().filter_map(|href| href.rsplit('/').next()).find(|slug| *slug != "digium").unwrap();
    let (first, last) = if slug < "digium" { (slug, "digium") } else { ("digium", slug) };
    let compared = format!("/2017/compare?program={first}&program={last}");
    for (path, title) in [
        ("/2017/figures", "Figures"),
        ("/2017/find", "Find a program"),
        ("/2017/compare", "Compare programs"),
        (&compared, "Two programs compared: "),
        ("/api/", "The guide as data"),
    ] {
        let page = client.get(path).await.expect_status(200);
        assert!(meta(&page, "og:title").starts_with(title), "{path}: {}", meta(&page, "og:title"));
        assert_eq!(meta(&page, "og:url"), format!("{}{path}", application.url));
        assert_eq!(
            (meta(&page, "og:type"), meta(&page, "og:site_name")),
            ("website".into(), "2017 Partner Program Guide".into())
        );
        assert!(meta(&page, "description").len() > 40, "{path}");
        assert_eq!(page.attributes("meta[name=description]", "content").len(), 1, "{path}");
        assert_eq!(meta(&page, "og:description"), meta(&page, "description"), "{path}");
    }
    application.stop().await;
}

/// A name that tries to end the script, and a browser that runs none of it and has nothing to complain about.
#[tokio::test]
async fn a_name_cannot_leave_the_data_that_it_stands_in() {
    let application = Application::on_sqlite().await;
    let name = "</script><script>document.title='x'</script><!--";
    super::import(&application, "digium", |text| text.replace("\"Digium, Inc.\"", &format!("\"{name}\""))).await;
    let list = application.client().get("/2017/").await;
    let path = list.attributes(".programs .name", "href").remove(0);
    let page = application.client().get(&path).await.expect_status(200);
    assert_eq!(node(&page, "Organization")["name"], name);
    assert_eq!(page.all("script:not([type])").len(), page.attributes("script[src]", "src").len());
    assert_eq!(page.heading(), name);
    if let Some(browser) = Browser::with_javascript().await {
        browser.open(&format!("{}{path}", application.url)).await;
        assert_eq!(browser.complaints().await, [] as [&str; 0]);
        assert_ne!(browser.session().title().await.unwrap(), "x");
    }
    application.stop().await;
}
