//! Programs side by side, and choosing them, over HTTP.

use crate::support::application::Application;
use crate::support::client::{Client, Page};

/// The application with Digium and five made-up programs, and their addresses A to Z.
async fn six_programs() -> (Application, Client, Vec<String>) {
    let application = Application::on_sqlite().await;
    let file = "guides/2017/entries/digium.toml";
    application.house.import(&[(file.to_owned(), std::fs::read_to_string(file).unwrap())]).await.unwrap();
    application.house.make_up(5).await.unwrap();
    let client = application.client();
    let list = client.get("/2017/").await.expect_status(200);
    let slugs = list.attributes(".programs a.name", "href");
    let slugs = slugs.iter().map(|href| href.rsplit('/').next().unwrap().to_owned()).collect();
    (application, client, slugs)
}

fn address(slugs: &[&str]) -> String {
    let programs: Vec<String> = slugs.iter().map(|slug| format!("program={slug}")).collect();
    format!("/2017/compare?{}", programs.join("&"))
}

async fn compare(client: &Client, slugs: &[&str]) -> Page {
    client.get(&address(slugs)).await.expect_status(200)
}

/// The addresses of the programs that head the columns.
fn columns(page: &Page) -> Vec<String> {
    let links = page.attributes(".compare thead th > a:first-child", "href");
    links.iter().map(|href| href.rsplit('/').next().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn programs_stand_in_the_order_chosen_and_differences_come_first() {
    let (application, client, slugs) = six_programs().await;
    let page = compare(&client, &["digium", &slugs[5], &slugs[0], "digium"]).await;
    assert_eq!(page.heading(), "Three programs compared");
    assert_eq!(columns(&page), ["digium", &slugs[5], &slugs[0]], "each once");
    let parts = page.all(".compare .part");
    assert_eq!(parts, ["Where they differ", "Where they agree"]);
    let rows = page.all(".compare tbody tr:not(.part) > th");
    assert_eq!(rows[0], "Company Size");
    let (differ, agree) = (rows_of(&page, 1), rows_of(&page, 2));
    assert_eq!(differ + agree, rows.len());
    assert!(page.text().contains(&format!("{differ} answers differ")), "{}", page.text());
    assert!(page.text().contains("Is there a cost to partners for training and/or certification? Basic Training"));

    // Every cell says whose answer it is where the table is none, and an empty one says that it is.
    let labels = page.attributes(".compare tbody:nth-of-type(1) td", "data-label");
    assert_eq!(labels.len(), differ * 3);
    assert_eq!(labels[0], "Digium, Inc.");
    let empty = page.all(".compare td > .hide");
    assert!(!empty.is_empty() && empty.iter().all(|words| words == "not answered"), "{empty:?}");
    application.stop().await;
}

/// How many rows of questions a part has.
fn rows_of(page: &Page, part: usize) -> usize {
    page.all(&format!(".compare tbody:nth-of-type({part}) tr:not(.part)")).len()
}

#[tokio::test]
async fn only_the_differences_and_back() {
    let (application, client, slugs) = six_programs().await;
    let all = compare(&client, &["digium", &slugs[0]]).await;
    let only = client.get(&all.link("Only the differences")).await.expect_status(200);
    assert_eq!(only.path, format!("{}&only=differences", address(&["digium", &slugs[0]])));
    assert_eq!(only.all(".compare .part"), ["Where they differ"]);
    assert_eq!(rows_of(&only, 1), rows_of(&all, 1));
    assert!(only.link("Take out").ends_with("only=differences"), "what is left is shown the same way");
    assert_eq!(client.get(&only.link("All answers")).await.path, all.path);
    application.stop().await;
}

/// In whichever order and with whichever answers it is asked for, search engines know a comparison under one address.
#[tokio::test]
async fn search_engines_know_a_comparison_once() {
    let (application, client, slugs) = six_programs().await;
    let mut sorted = ["digium", slugs[0].as_str()];
    sorted.sort_unstable();
    let canonical = application.house.address(&address(&sorted));
    let other_way_round = [sorted[1], sorted[0]];
    for path in [address(&sorted), address(&other_way_round), format!("{}&only=differences", address(&sorted))] {
        let page = client.get(&path).await.expect_status(200);
        assert_eq!(page.attributes("link[rel=canonical]", "href"), [canonical.as_str()], "{path}");
        assert!(page.attributes("meta[name=robots]", "content").is_empty(), "{path}");
        let description = page.attributes("meta[name=description]", "content").concat();
        assert!(description.contains("Digium, Inc.") && description.contains("side by side"), "{description}");
    }
    application.stop().await;
}

#[tokio::test]
async fn the_address_is_the_comparison() {
    let (application, client, slugs) = six_programs().await;
    let page = client
        .get(&format!("/2017/compare?sort=x&program=&program=digium&program=nobody&program={0}&program={0}", slugs[0]))
        .await;
    let shown = application.house.address(&address(&["digium", &slugs[0]]));
    assert_eq!(page.attributes("input[readonly]", "value"), [shown]);
    let mail = page.link("Email this comparison");
    assert!(
        mail.starts_with("mailto:?subject=Two%20programs%20compared") && mail.contains("program%3Ddigium%26program%3D"),
        "{mail}"
    );
    assert!(page.title().starts_with("Two programs compared: Digium, Inc.; "), "{}", page.title());
    application.stop().await;
}

#[tokio::test]
async fn what_cannot_be_compared_is_said() {
    let (application, client, slugs) = six_programs().await;
    let page = compare(&client, &["digium", "no-such", &slugs[0]]).await;
    assert!(page.text().contains("No program is called “no-such”."));
    assert_eq!(columns(&page), ["digium", &slugs[0]]);

    let five: Vec<&str> = slugs.iter().take(5).map(String::as_str).collect();
    let page = compare(&client, &five).await;
    assert_eq!(columns(&page), five[..4]);
    let left_out = client.get(&format!("/2017/programs/{}", five[4])).await.heading();
    assert!(page.text().contains(&format!("Four programs have room side by side. Left out: {left_out}.")), "{}", page.text());
    // A name that ends with a full stop ends the sentence.
    let others = slugs.iter().map(String::as_str).filter(|slug| *slug != "digium").take(4);
    let stopped = compare(&client, &others.chain(["digium"]).collect::<Vec<_>>()).await;
    assert!(stopped.text().contains("Left out: Digium, Inc.") && !stopped.text().contains("Inc.."), "{}", stopped.text());
    assert!(!page.text().contains("Add a program"), "there is no room for one");

    // The list says so as soon as they are ticked.
    let ticked: Vec<String> = five.iter().map(|slug| format!("program={slug}")).collect();
    let list = client.get(&format!("/2017/?{}", ticked.join("&"))).await.expect_status(200);
    assert!(list.all(".bar").concat().contains("5 chosen: four have room side by side"), "{:?}", list.all(".bar"));

    let page = compare(&client, &["<b>", "x"]).await;
    assert_eq!(page.heading(), "Compare programs");
    assert!(page.text().contains("No program is called “<b>”. No program is called “x”."), "{}", page.text());
    assert_eq!(client.get("/2013/compare?program=digium").await.status, 404);
    application.stop().await;
}

#[tokio::test]
async fn programs_are_chosen_by_name_one_after_the_other() {
    let (application, client, _) = six_programs().await;
    let profile = client.get("/2017/programs/digium").await;
    let page = client.get(&profile.link("Compare with other programs")).await.expect_status(200);
    assert_eq!(page.heading(), "Compare Digium, Inc. with another program");
    assert_eq!(page.all(".shortlist li").len(), 5, "so few are all offered, without the one that is chosen");
    assert_eq!(page.attributes("form input[type=hidden]", "value"), ["digium"]);

    let other = page.all(".shortlist .program")[0].clone();
    let word = other.split(' ').next().unwrap().to_uppercase();
    let found = client.get(&format!("/2017/compare?program=digium&find={word}+p")).await;
    assert_eq!(found.all(".shortlist .program"), [other]);
    let compared = client.get(&found.attributes(".shortlist a", "href")[0]).await;
    assert_eq!(compared.heading(), "Two programs compared");

    let adding = client.get(&compared.link("Add a program")).await;
    assert_eq!(adding.heading(), "Add a program to the comparison");
    assert_eq!(client.get(&adding.link("Compare these two")).await.path, compared.path);
    let three = client.get(&adding.attributes(".shortlist a", "href")[0]).await;
    assert_eq!(three.heading(), "Three programs compared");
    let two = client.get(&three.attributes("a.out", "href")[2]).await;
    assert_eq!(two.path, compared.path);
    let one = client.get(&two.attributes("a.out", "href")[1]).await;
    assert_eq!(one.heading(), "Compare Digium, Inc. with another program");
    let none = client.get(&one.attributes(".chosen a", "href")[0]).await;
    assert_eq!(none.path, "/2017/compare");
    for nothing in ["digium", "xyz", "…"] {
        let page = client.get(&format!("/2017/compare?program=digium&find={nothing}")).await;
        assert!(page.text().contains(&format!("No other program has “{nothing}” in its name")), "{}", page.text());
    }
    application.stop().await;
}

#[tokio::test]
async fn before_the_first_profile_there_is_nothing_to_compare() {
    let application = Application::on_sqlite().await;
    let page = application.client().get("/2017/compare").await.expect_status(200);
    assert!(page.text().contains("No profile of 2017 is published yet."), "{}", page.text());
    assert!(page.all("main form").is_empty());
    application.stop().await;
}

/// As in a path, capitals lead to the program.
#[tokio::test]
async fn a_program_in_capitals_leads_to_its_comparison() {
    let (application, client, slugs) = six_programs().await;
    let [first, capital] = [slugs[0].as_str(), &slugs[0].to_uppercase()];
    for (asked, meant) in [
        ("program=Digium".to_owned(), "program=digium".to_owned()),
        (
            format!("program={capital}&program=DIGIUM&only=differences"),
            format!("program={first}&program=digium&only=differences"),
        ),
        (format!("program={first}&program={capital}&find=Acme"), format!("program={first}&find=Acme")),
    ] {
        let (status, place) = client.answer(reqwest::Method::GET, &format!("/2017/compare?{asked}"), &[]).await;
        assert_eq!((status, place), (308, Some(format!("/2017/compare?{meant}"))), "{asked}");
    }
    for there in ["program=digium&program=Nobody", "program=Nobody", ""] {
        client.get(&format!("/2017/compare?{there}")).await.expect_status(200);
        assert_eq!(client.answer(reqwest::Method::GET, &format!("/2017/compare?{there}"), &[]).await.0, 200, "{there}");
    }
    application.stop().await;
}
