//! The figures: counted as anybody would count them by hand, and drawn as they were counted.

use std::collections::{BTreeSet, HashMap};

use almanac::domain::Edition;
use almanac::guide::figures::{Counted, Share, Tally, figures};
use almanac::guide::{Listed, Reach};
use almanac::questionnaire::{Kind, Question};
use almanac::web::reader::{Reading, figures as page};
use almanac::workflow::House;
use serde_json::Value;

use crate::editions::with_year_before;
use crate::support::application::Application;
use crate::support::client::Page;
use crate::support::house::TestHouse;

/// The edition of 2017 with 24 programs, and the one before with twelve of the same.
async fn made_up(house: &House) {
    house.prepare_editions(with_year_before()).await.unwrap();
    house.make_up_in(&house.editions.by_year(2016).unwrap(), 12).await.unwrap();
    house.make_up_in(&house.editions.by_year(2017).unwrap(), 24).await.unwrap();
}

/// The answers of every program of an edition, as they stand in its published document.
fn documents(house: &House, edition: &Edition) -> Vec<serde_json::Map<String, Value>> {
    let catalogue = house.guide.catalogue();
    let listed: &[std::sync::Arc<Listed>] = catalogue.shelf(edition.id).unwrap().listed();
    listed.iter().map(|listed| listed.published().unwrap().answers).collect()
}

/// The options that a JSON answer names, whatever its shape: a text, a list, or a list with what was typed beside it.
fn named(answer: &Value) -> Vec<String> {
    match answer {
        Value::String(option) => vec![option.clone()],
        Value::Array(options) => options.iter().flat_map(named).collect(),
        Value::Object(parts) => {
            let other = parts.get("other").is_some_and(|other| other != "");
            let options = parts.get("options").map(named).unwrap_or_default();
            options.into_iter().chain(other.then(|| "other".to_owned())).collect()
        }
        _ => Vec::new(),
    }
}

/// What each program named at a place: of a question, of a row of a grid, of a field of a group.
fn named_at(documents: &[serde_json::Map<String, Value>], place: &str, question: &Question) -> Vec<Vec<String>> {
    let (key, part) = place.split_once('.').map_or((place, None), |(key, part)| (key, Some(part)));
    let of_program = |answers: &serde_json::Map<String, Value>| match (answers.get(key), part) {
        (None, _) => Vec::new(),
        (Some(Value::Array(groups)), Some(field)) => groups.iter().filter_map(|group| group.get(field)).flat_map(named).collect(),
        (Some(grid), Some(row)) => grid.get(row).map(named).unwrap_or_default(),
        (Some(Value::Object(rows)), None) if matches!(question.kind, Kind::GridAny { .. } | Kind::GridOne { .. }) => {
            rows.values().flat_map(named).collect()
        }
        (Some(answer), None) => named(answer),
    };
    documents.iter().map(of_program).collect()
}

/// How many programs named each option, and how many named any.
fn by_hand(documents: &[serde_json::Map<String, Value>], place: &str, question: &Question) -> (HashMap<String, u64>, u64) {
    let (mut counts, mut answered) = (HashMap::new(), 0);
    for mut options in named_at(documents, place, question) {
        answered += u64::from(!options.is_empty());
        options.sort();
        options.dedup();
        options.into_iter().for_each(|option| *counts.entry(option).or_default() += 1);
    }
    (counts, answered)
}

#[tokio::test]
async fn every_figure_is_what_counting_by_hand_gives() {
    let test = TestHouse::on(None).await;
    made_up(&test.house).await;
    let [before, now] = [2016, 2017].map(|year| test.house.editions.by_year(year).unwrap());
    let (documents_before, documents_now) = (documents(&test.house, &before), documents(&test.house, &now));
    let catalogue = test.house.guide.catalogue();
    let answered = |edition: &Edition| catalogue.shelf(edition.id).unwrap().answered();
    let counted = figures(&now.questionnaire, answered(&now), Some(answered(&before)));
    let places: Vec<_> = counted.iter().map(|figure| figure.place.to_owned()).collect();
    assert_eq!(places, now.questionnaire.roles.figures);

    let check = |place: &str, question: &Question, tallies: &[Tally]| {
        let (counts, of) = by_hand(&documents_now, place, question);
        let (counts_before, of_before) = by_hand(&documents_before, place, question);
        for tally in tallies {
            let share = |counts: &HashMap<String, u64>, of| Share { count: counts.get(tally.key).copied().unwrap_or(0), of };
            assert_eq!(tally.now, share(&counts, of), "{place}: {}", tally.key);
            assert_eq!(tally.before, Some(share(&counts_before, of_before)), "{place}: {} before", tally.key);
        }
        let told: u64 = tallies.iter().map(|tally| tally.now.count).sum();
        assert_eq!(told, counts.values().sum::<u64>(), "{place}: nothing is left out");
        of
    };
    for figure in &counted {
        let (place, question) = (figure.place, figure.question);
        match &figure.counted {
            Counted::Options(tallies) => assert_eq!(figure.answered, check(place, question, tallies)),
            Counted::Ticks { rows, options } => {
                let tallies: Vec<_> = options.iter().map(|(tally, _)| tally.clone()).collect();
                assert_eq!(figure.answered, check(place, question, &tallies));
                for (index, row) in rows.iter().enumerate() {
                    let (counts, _) = by_hand(&documents_now, &format!("{place}.{}", row.key), question);
                    for (tally, shares) in options {
                        assert_eq!(shares[index].count, counts.get(tally.key).copied().unwrap_or(0), "{place}: {}", tally.key);
                    }
                }
            }
            Counted::Choices { rows, anywhere } => {
                assert_eq!(figure.answered, check(place, question, anywhere));
                let Kind::GridOne { rows: asked, .. } = &question.kind else { panic!("{place} is no grid of choices") };
                for (row, (counted, tallies)) in asked.iter().zip(rows) {
                    assert_eq!(row.key, counted.key);
                    check(&format!("{place}.{}", row.key), question, tallies);
                }
            }
            Counted::Numbers { classes, spread } => {
                let numbers = |documents: &[serde_json::Map<String, Value>]| -> Vec<i64> {
                    documents.iter().filter_map(|answers| answers.get(place)?.as_i64()).collect()
                };
                let (now, before) = (numbers(&documents_now), numbers(&documents_before));
                for class in classes {
                    let within = |numbers: &[i64]| numbers.iter().filter(|number| class.numbers.contains(number)).count() as u64;
                    assert_eq!(class.now, Share { count: within(&now), of: now.len() as u64 }, "{place}");
                    assert_eq!(class.before, Some(Share { count: within(&before), of: before.len() as u64 }), "{place}");
                }
                assert_eq!(classes.iter().map(|class| class.now.count).sum::<u64>(), figure.answered, "{place}");
                let spread = spread.unwrap();
                assert_eq!((Some(&spread.least), Some(&spread.most)), (now.iter().min(), now.iter().max()));
                let mut sorted = now.clone();
                sorted.sort_unstable();
                let middle_two = (sorted[(sorted.len() - 1) / 2], sorted[sorted.len() / 2]);
                let median = spread.median.whole as f64 + if spread.median.half { 0.5 } else { 0.0 };
                assert_eq!(median, (middle_two.0 + middle_two.1) as f64 / 2.0, "{place}: the median of {sorted:?}");
            }
        }
    }
}

/// The cells of the rows under a question's heading.
fn rows(page: &Page, question: &str) -> Vec<Vec<String>> {
    let labels = page.all(&format!("table[aria-labelledby=\"{question}\"] tbody th"));
    let css = |row: usize| format!("table[aria-labelledby=\"{question}\"] tbody tr:nth-child({}) td", row + 1);
    let cells = labels.into_iter().enumerate().map(|(row, label)| [vec![label], page.all(&css(row))].concat());
    cells.collect()
}

#[tokio::test]
async fn a_question_is_drawn_with_its_numbers_beside_the_year_before() {
    let application = Application::on_sqlite().await;
    made_up(&application.house).await;
    let client = application.client();
    let now = client.get("/2017/figures").await.expect_status(200);
    let edition = application.house.editions.by_year(2017).unwrap();
    let questionnaire = &edition.questionnaire;
    let marked = questionnaire.roles.figures.iter().map(|place| questionnaire.field_or_question(place).unwrap());
    assert_eq!(now.all(".section > h2"), marked.map(|question| question.label.clone()).collect::<Vec<_>>());
    assert_eq!(now.attributes(".contents a", "href").len(), questionnaire.roles.figures.len());

    let fee = questionnaire.question("join_fee").unwrap();
    let (counts, of) = by_hand(&documents(&application.house, &edition), "join_fee", fee);
    let before = application.house.editions.by_year(2016).unwrap();
    let (counts_before, of_before) = by_hand(&documents(&application.house, &before), "join_fee", fee);
    let percent = |counts: &HashMap<String, u64>, of: u64, key: &str| {
        counts.get(key).map_or(0.0, |count| *count as f64 * 100.0) / of as f64
    };
    let drawn = rows(&now, "join_fee");
    assert_eq!(drawn.len(), fee.options().len());
    for (option, row) in fee.options().iter().zip(&drawn) {
        let (share, share_before) = (percent(&counts, of, &option.key), percent(&counts_before, of_before, &option.key));
        let change = share.round() - share_before.round();
        let sign = if change > 0.0 {
            "+"
        } else if change < 0.0 {
            "\u{2212}"
        } else {
            "±"
        };
        let count = counts.get(&option.key).copied().unwrap_or(0);
        let expected = [
            option.label.clone(),
            count.to_string(),
            format!("{}%", share.round()),
            format!("{}%", share_before.round()),
            format!("{sign}{}", change.abs()),
        ];
        let shown: Vec<&str> = row.iter().map(|cell| cell.split(": ").next().unwrap()).collect();
        assert_eq!(shown, expected);
        let list = format!("/2017/?join_fee={}", option.key);
        let linked = now.attributes(&format!("a:not([tabindex])[href=\"{list}\"]"), "href").len();
        assert_eq!(linked, usize::from(count > 0), "{list}");
    }
    for list in ["?recertification=", "?program_year=", "?na_partners=", "?lead_support=", "?training_cost="] {
        let linked = now.attributes(&format!("a[href^=\"/2017/{list}\"]"), "href").len();
        assert!(linked > 2, "{list}: {linked}");
    }
    assert!(now.attributes("a[href^=\"/2017/?tiers.partner_types=\"]", "href").len() > 5);

    let before = client.get("/2016/figures").await.expect_status(200);
    let columns = before.all("table[aria-labelledby=join_fee] thead th");
    assert_eq!(columns, ["Answer", "Programs", "Share"], "there is nothing before the first edition");
    assert!(before.text().contains("What twelve partner programs answered"), "{}", before.text());
    assert!(before.attributes("a[href^=\"/2017/?\"]", "href").is_empty());
    assert_eq!(client.get("/2015/figures").await.status, 404);
    application.stop().await;
}

/// Behind a bar, a column, a part of a bar and a dot are as many programs as stand there: the list that it leads to shows
/// them all, and no others.
#[tokio::test]
async fn whatever_is_drawn_leads_to_as_many_programs_as_it_counts() {
    let application = Application::on_sqlite().await;
    made_up(&application.house).await;
    let client = application.client();
    let page = client.get("/2017/figures").await;
    let named = |css: &str| page.all(css).into_iter().map(|words| words.split(' ').next().unwrap().to_owned());
    // A share of the year before says how many these were.
    let before = |css: &str| page.all(css).into_iter().map(|words| words.split(' ').nth(1).unwrap().to_owned());
    let mut followed = BTreeSet::new();
    for (css, counts, least) in [
        ("tr:has(.drawn > a) .drawn > a", page.all("tr:has(.drawn > a) th + td"), 80),
        (".numbers:not(.rest) th a", page.all(".numbers:not(.rest) tr:has(th a) th + td"), 8),
        (".parted td a[href^='/2017/']", named(".parted td a[href^='/2017/']").collect(), 30),
        ("td:has(.dot) > a", named("td:has(.dot) > a").collect(), 80),
        ("td a[href^='/2016/']", before("td a[href^='/2016/'] > .hide").collect(), 80),
    ] {
        let linked = page.attributes(css, "href");
        assert!(linked.len() > least && linked.len() == counts.len(), "{css}: {} and {}", linked.len(), counts.len());
        for (list, count) in linked.into_iter().zip(counts) {
            let found = client.get(&list).await.expect_status(200);
            assert_eq!(found.path, list, "it leads there at once");
            assert_eq!(found.all(".programs .name").len().to_string(), count, "{list}");
            assert!(!found.all(".active a").is_empty(), "{list}");
            assert!(followed.insert(list.clone()), "{list}: twice");
        }
    }
    let by_keyboard = page.attributes("main .figures a:not([tabindex])", "href");
    assert_eq!(by_keyboard.len(), followed.len(), "every link was followed");
    let by_mouse = page.attributes("main a[tabindex=\"-1\"]", "href");
    assert!(by_mouse.len() > 100 && by_mouse.iter().all(|list| followed.contains(list)));
    // Each bar, part and column is a way of its own, into its own year.
    for (css, year) in
        [("rect.now", 2017), ("rect.then", 2016), ("rect.part[height='18']", 2017), ("rect.part[height='7']", 2016)]
    {
        let (drawn, into) = (page.all(&format!("main a {css}")), page.all(&format!("main a[href^='/{year}/?'] {css}")));
        assert!(into.len() > 8 && into.len() == drawn.len(), "{css}: {} and {}", into.len(), drawn.len());
    }
    application.stop().await;
}

/// A class of numbers is on like any other filter: it is named, it can be taken off, and it goes along.
#[tokio::test]
async fn a_class_of_numbers_is_a_filter_like_others() {
    let application = Application::on_sqlite().await;
    made_up(&application.house).await;
    let client = application.client();
    let list = client.get("/2017/?company_size=large&na_partners=1000-4999&program_year=2000-2009&sort=-na_partners").await;
    assert_eq!(list.path, "/2017/?company_size=large&program_year=2000-2009&na_partners=1000-4999&sort=-na_partners");
    for (words, without) in [
        ("Size: Large", "program_year=2000-2009&na_partners=1000-4999&sort=-na_partners"),
        ("Established: 2000–2009", "company_size=large&na_partners=1000-4999&sort=-na_partners"),
        ("Partners, N. America: 1,000–4,999", "company_size=large&program_year=2000-2009&sort=-na_partners"),
    ] {
        assert_eq!(list.link(words), format!("/2017/?{without}"));
    }
    assert_eq!(list.link("Clear all"), "/2017/?sort=-na_partners");
    let ticked = list.attributes(".facet input[checked]", "value");
    assert_eq!(ticked, ["large", "2000-2009", "1000-4999"], "pressing any button of the form keeps them");

    let plain = client.get("/2017/").await;
    let name = |page: &Page, name: &str| page.attributes(&format!(".facet input[name=\"{name}\"]"), "value").len();
    for only_drawn in ["program_year", "recertification", "lead_support", "lead_support.row"] {
        assert_eq!(name(&plain, only_drawn), 0, "{only_drawn} stands there only while it is on");
    }
    let on = client.get("/2017/?lead_support=no_partners&lead_support.row=leads").await;
    assert_eq!((name(&on, "lead_support"), name(&on, "lead_support.row"), name(&on, "recertification")), (4, 4, 0));
    assert!(on.all(".active a").iter().any(|words| words.starts_with("Support with leads: No partners")));

    let feed = client.get("/2017/feed.atom?program_year=2000-2009").await.expect_status(200);
    assert!(feed.html.contains("Established: 2000–2009"), "{}", feed.html);
    let nothing = client.get("/2017/?q=partner&program_year=1800-1801").await;
    assert_eq!(nothing.link("Without Established: 1800–1801"), "/2017/?q=partner");
    for (asked, leads_to) in [
        ("/2017/?program_year=2009-2000", "/2017/?program_year=2000-2009"),
        ("/2017/?program_year=then", "/2017/?program_year=then"),
        ("/2017/?program_year=1999&program_year=02000-2000", "/2017/?program_year=1999&program_year=2000"),
    ] {
        assert_eq!(client.get(asked).await.path, leads_to, "{asked}");
    }
    application.stop().await;
}

/// What was not asked the year before is not compared with it, and an option that was not offered is new.
#[tokio::test]
async fn what_is_new_is_called_new() {
    let test = TestHouse::on(None).await;
    let mut definitions = with_year_before();
    let before = definitions.iter_mut().find(|definition| definition.edition.year == 2016).unwrap();
    let mut not_offered = String::new();
    for page in &mut before.questionnaire.pages {
        page.questions.retain(|question| question.key != "recertification");
        for question in &mut page.questions {
            if let (Kind::OneOf { options, .. }, "join_fee") = (&mut question.kind, question.key.as_str()) {
                not_offered = options.pop().map(|option| option.key).unwrap_or_default();
            }
        }
    }
    test.house.prepare_editions(definitions).await.unwrap();
    for edition in test.house.editions.all().iter() {
        test.house.make_up_in(edition, 12).await.unwrap();
    }
    let page = made(&test.house);
    assert!(page.text().contains("it was not asked in 2016"), "{}", page.text());
    assert!(rows(&page, "recertification").iter().all(|row| row.len() == 3), "answer, programs, share");
    assert_eq!(rows(&page, "join_fee").last().unwrap()[3..], ["–", "new"]);
    assert!(!page.attributes("a[href^='/2016/?join_fee=']", "href").is_empty());
    for none in ["recertification".to_owned(), format!("join_fee={not_offered}")] {
        assert!(page.attributes(&format!("a[href^='/2016/?{none}']"), "href").is_empty(), "{none}");
    }
}

#[tokio::test]
async fn with_fewer_than_two_programs_it_is_told_what_will_be_there() {
    let test = TestHouse::on(None).await;
    for count in [0, 1] {
        test.house.make_up(count).await.unwrap();
        let page = made(&test.house);
        assert!(page.text().contains("As soon as two profiles of 2017 are published"), "{}", page.text());
        assert!(page.text().contains("Year Channel Program Was Established"));
        assert!(page.all("table, svg").is_empty());
    }
    test.house.make_up(2).await.unwrap();
    assert!(!made(&test.house).all("table").is_empty());
}

#[tokio::test]
async fn in_a_file_no_answer_leads_to_a_list_that_only_a_server_has() {
    let test = TestHouse::on(None).await;
    made_up(&test.house).await;
    assert!(made(&test.house).html.contains("/2017/?"));
    let files = House { reach: Reach::Files, ..test.house.clone() };
    let page = made(&files);
    assert!(!page.html.contains("/2017/?"), "{}", page.html);
    assert!(!page.all("table").is_empty());
}

/// The page as it is made, of 2017.
fn made(house: &House) -> Page {
    let reading = Reading::of_year(house, 2017).unwrap();
    let made = page::make(&reading).unwrap();
    Page { status: 200, path: "/2017/figures".to_owned(), html: String::from_utf8(made.identity.to_vec()).unwrap() }
}

/// With everything that it needs the page is small, and it says when it changed.
#[tokio::test]
async fn the_page_is_light_and_says_when_it_changed() {
    let application = Application::on_sqlite().await;
    made_up(&application.house).await;
    let client = application.client();
    let page = client.get("/2017/figures").await;
    let needed = page.attributes("link[rel=stylesheet], link[rel=icon]", "href");
    let mut weight = 0;
    for path in needed.iter().map(String::as_str).chain(["/2017/figures"]) {
        let answer = client.raw().get(client.address(path)).header("accept-encoding", "br").send().await.unwrap();
        if path == "/2017/figures" {
            let modified = answer.headers().get("last-modified").unwrap().to_str().unwrap();
            assert!(modified.starts_with("Mon, 20 Mar 2017 12:0"), "{modified}");
        }
        weight += answer.bytes().await.unwrap().len();
    }
    assert!(weight < 60 * 1024, "{weight} bytes");
    application.stop().await;
}
