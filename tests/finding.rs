//! The fit finder, over HTTP.

use almanac::web::count::counted;

use crate::support::application::Application;
use crate::support::client::Page;

/// The application with Digium alone, whose answers are known.
async fn digium() -> Application {
    let application = Application::on_sqlite().await;
    let file = "guides/2017/entries/digium.toml";
    application.house.import(&[(file.to_owned(), std::fs::read_to_string(file).unwrap())]).await.unwrap();
    application
}

/// What stands beside the marks of the first program, with the hidden word that says which they are.
fn said(page: &Page) -> Vec<String> {
    page.all(".fit li")
}

#[tokio::test]
async fn the_questions_are_the_editors_and_in_words_for_readers() {
    let application = digium().await;
    let page = application.client().get("/2017/find").await.expect_status(200);
    let asked = page.all(".asking > fieldset > legend");
    assert_eq!(
        asked,
        [
            "Which technologies do you sell?",
            "How do you sell them?",
            "What kind of partner are you?",
            "Would you pay a fee to join?",
            "What may training and certification cost you?",
            "Must the vendor answer a deal registration within a certain time?",
        ]
    );
    assert_eq!(
        page.all(".asking fieldset fieldset > legend"),
        ["Basic Training", "Advanced Training", "High Level Certification"]
    );
    let open = page.all(".open .choice");
    assert!(open.len() == 8 && open.iter().all(|words| words == "It doesn’t matter"), "{open:?}");
    assert_eq!(page.attributes("form input[checked]", "name"), [] as [&str; 0], "what does not matter is not sent");
    assert_eq!(page.attributes("form input[checked]", "id").len(), 8);
    assert!(page.attributes("meta[name=robots]", "content").is_empty());
    application.stop().await;
}

#[tokio::test]
async fn a_program_shows_what_matches_and_what_does_not() {
    let application = digium().await;
    let client = application.client();
    let page = client
        .get("/2017/find?specialties=storage&specialties=cloud_hosting&tiers.partner_types=distributors&join_fee=under_500&training_cost.basic=free_for_some&training_cost.basic=free_for_all&deal_response=under_24_hours&act=find")
        .await
        .expect_status(200);
    assert!(page.text().contains("No program matches all six of your answers. These come closest."), "{}", page.text());
    assert!(page.text().contains("Four of six answers match"));
    assert_eq!(
        said(&page),
        [
            "Matches: Technology Cloud Hosting",
            "Matches: Partner types Distributors",
            "Matches: Cost of training, Basic Training Free for all partners",
            "Matches: Answer to a registered deal Yes, in less than 24 hours",
            "Does not match: Technology not “Storage”",
            "Does not match: Fee to join No fee",
        ]
    );
    let ticked = page.attributes("form input[checked][name]", "value");
    assert_eq!(
        ticked,
        ["cloud_hosting", "storage", "distributors", "under_500", "free_for_all", "free_for_some", "under_24_hours"],
        "the form has the answers in it"
    );
    assert_eq!(page.attributes("meta[name=robots]", "content"), ["noindex"]);
    application.stop().await;
}

#[tokio::test]
async fn technologies_are_looked_for_in_the_sales_models_chosen() {
    let application = digium().await;
    let client = application.client();
    let sold = async |query: &str| client.get(&format!("/2017/find?{query}")).await;
    let page = sold("specialties=cloud_hosting&specialties.row=as_a_service").await;
    assert_eq!(said(&page), ["Matches: Technology Cloud Hosting, As-A-Service Utility Model"]);
    let page = sold("specialties=cloud_hosting&specialties.row=resell").await;
    assert!(page.text().contains("No program matches any of your answers."), "{}", page.text());
    let page = sold("specialties=cloud_hosting&specialties.row=resell&specialties.row=hybrid").await;
    assert_eq!(
        said(&page),
        ["Matches: Technology Cloud Hosting, One-Time Product Purchase And Resell Model or Combination/Hybrid Model"]
    );
    let page = sold("specialties.row=hybrid").await;
    assert_eq!(said(&page), ["Matches: Technology Combination/Hybrid Model"]);
    application.stop().await;
}

#[tokio::test]
async fn the_best_ten_come_and_lead_on() {
    let application = digium().await;
    application.house.make_up(60).await.unwrap();
    let client = application.client();
    let page = client.get("/2017/find?join_fee=no_fee&join_fee=under_500").await;
    let names = page.all(".fit .name");
    assert_eq!(names.len(), 10);
    assert!(names.is_sorted(), "those that match as much stand A to Z: {names:?}");
    assert!(page.text().contains("programs match your answer. These are the first ten, A to Z."), "{}", page.text());
    let compared = client.get(&page.link("Compare the first four")).await;
    assert_eq!(compared.heading(), "Four programs compared");
    assert_eq!(page.link("The whole list"), "/2017/?join_fee=no_fee&join_fee=under_500");
    assert!(page.all(".remark").is_empty(), "to this question each program gave one answer: the list is exact");

    let scores = |page: &Page| page.all(".fit > .label");
    let page = client.get("/2017/find?join_fee=no_fee&deal_response=no&training_cost.basic=free_for_all").await;
    let rank = |score: &String| {
        ["All three answers match", "Two of three answers match", "One of three answers matches"]
            .iter()
            .position(|known| known == score)
    };
    assert!(scores(&page).is_sorted_by_key(rank), "{:?}", scores(&page));
    assert_eq!(
        page.link("The whole list"),
        "/2017/?deal_response=no&join_fee=no_fee&training_cost=free_for_all&training_cost.row=basic"
    );
    let page = client.get("/2017/find?training_cost.basic=free_for_all&training_cost.advanced=same_fee").await;
    assert!(!page.text().contains("The whole list"), "the list cannot be filtered by two rows apart");
    application.stop().await;
}

/// All that match everything can be seen, ten on a page.
#[tokio::test]
async fn whatever_matches_can_be_leafed_to() {
    let application = digium().await;
    application.house.make_up(60).await.unwrap();
    let client = application.client();
    let asked = "/2017/find?join_fee=no_fee&join_fee=under_500";
    let mut page = client.get(asked).await;
    let all: usize = page.all("header .reading")[0].split(' ').next().unwrap().parse().unwrap();
    assert!(all > 20, "{all}");
    let (mut names, mut seen) = (page.all(".fit .name"), 1);
    assert!(page.attributes("link[rel=canonical]", "href").is_empty());
    while page.all(".pager a").iter().any(|words| words == "Next page") {
        page = client.get(&page.link("Next page")).await.expect_status(200);
        seen += 1;
        assert_eq!(page.path, format!("{asked}&page={seen}"));
        assert_eq!(page.all(".pager [aria-current]"), [seen.to_string()]);
        assert_eq!(page.attributes("meta[name=robots]", "content"), ["noindex"]);
        assert_eq!(page.attributes(".shortlist", "start"), [(names.len() + 1).to_string()]);
        let (first, last) = (names.len() + 1, all.min(seen * 10));
        let these = match first == last {
            true => "This is the last of them".to_owned(),
            false => format!("These are numbers {first} to {last}"),
        };
        let said = format!("{all} programs match your answer. {these}, A to Z.");
        assert!(page.text().contains(&said), "{said}");
        names.extend(page.all(".fit .name"));
    }
    assert_eq!((names.len(), seen), (all, all.div_ceil(10)));
    assert!(names.is_sorted(), "A to Z: {names:?}");
    for (beyond, shown) in [("999", seen), ("18446744073709551615", seen), ("0", 1), ("x", 1), ("-1", 1)] {
        let page = client.get(&format!("{asked}&page={beyond}")).await.expect_status(200);
        assert_eq!(page.all(".pager [aria-current]"), [shown.to_string()], "{beyond}");
        // Whoever shares it shares the page that is shown.
        let own = if shown > 1 { format!("{asked}&page={shown}") } else { asked.to_owned() };
        assert_eq!(page.attributes("meta[property='og:url']", "content"), [client.address(&own)], "{beyond}");
    }
    assert!(client.get("/2017/find?page=2").await.all(".pager").is_empty());
    application.stop().await;
}

/// What it means to tick several is said where they are ticked.
#[tokio::test]
async fn every_question_says_what_several_answers_mean() {
    let application = digium().await;
    let hints = application.client().get("/2017/find").await.all(".asking .hint");
    let (one, each) = ("Of several, one is enough.", "Each is one more thing that a program must have.");
    let expected =
        [each, "one of them is enough; if you selected none there", each, one, "under one heading, one is enough", one];
    assert_eq!(hints.len(), expected.len());
    for (hint, expected) in hints.iter().zip(expected) {
        assert!(hint.contains(expected), "{hint}: {expected}");
    }
    application.stop().await;
}

/// Two technologies are two wishes here, and either of them there.
#[tokio::test]
async fn the_filtered_list_is_told_by_its_length() {
    let application = digium().await;
    application.house.make_up(60).await.unwrap();
    let client = application.client();
    let remark = "The filtered list has more programs than match all of your answers";
    let mut lengths = Vec::new();
    for (answers, broader) in [
        ("specialties=storage", false),
        ("specialties=storage&specialties.row=hybrid", false),
        ("specialties=storage&specialties=cloud_hosting", true),
        ("specialties.row=hybrid&specialties.row=resell", true),
        ("specialties=storage&specialties=cloud_hosting&specialties=servers&join_fee=no_fee", true),
    ] {
        let page = client.get(&format!("/2017/find?{answers}")).await;
        let link = page.all("main a").into_iter().find(|words| words.starts_with("The whole list")).unwrap();
        let list = client.get(&page.link("The whole list")).await;
        assert_eq!(list.path, page.link("The whole list"), "it leads there at once");
        let tally = list.all("h2").into_iter().find(|heading| heading.ends_with("programs")).unwrap();
        let shown: usize = tally.split(' ').next().unwrap().parse().unwrap();
        assert_eq!(
            link,
            format!("The whole list, filtered by these answers: {}", counted(shown, "program", "programs")),
            "{tally}"
        );
        assert_eq!(page.text().contains(remark), broader, "{answers}: {}", page.text());
        lengths.push(shown);
    }
    assert!(lengths[2] > lengths[0], "{lengths:?}");
    application.stop().await;
}

#[tokio::test]
async fn what_is_not_asked_is_passed_over_with_a_word() {
    let application = digium().await;
    let client = application.client();
    let plain = client.get("/2017/find?join_fee=no_fee").await;
    let page = client.get("/2017/find?join_fee=no_fee&join_fee=free").await.expect_status(200);
    assert!(page.text().contains("Something in this address is not asked here, and was passed over."));
    let campaign = client.get("/2017/find?utm_source=mail&join_fee=no_fee").await;
    assert_eq!(campaign.html, plain.html);

    let page = client.get("/2017/find?act=find").await.expect_status(200);
    assert!(page.text().contains("You have answered none of the questions, so every program fits"));
    assert_eq!(client.get("/2013/find").await.status, 404);
    application.stop().await;
}

#[tokio::test]
async fn nothing_is_stored_about_a_reader() {
    let application = digium().await;
    let client = application.client();
    for path in ["/2017/find", "/2017/find?join_fee=no_fee&act=find", "/2017/compare?program=digium"] {
        let answer = client.raw().get(client.address(path)).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        assert!(answer.headers().get("set-cookie").is_none(), "{path}");
    }
    application.stop().await;
}

#[tokio::test]
async fn before_the_first_profile_there_is_nothing_to_find() {
    let application = Application::on_sqlite().await;
    for path in ["/2017/find", "/2017/find?join_fee=no_fee"] {
        let page = application.client().get(path).await.expect_status(200);
        assert!(page.text().contains("No profile of 2017 is published yet."), "{path}");
        assert!(page.all("main form").is_empty(), "{path}");
    }
    application.stop().await;
}
