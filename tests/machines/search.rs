//! The list's searches through the API: the same programs in the same order, refused where a person's slip is forgiven.

use scraper::{ElementRef, Html, Selector};
use serde_json::{Value, json};

use super::{answer, header, json as get, with_digium};
use crate::support::client::Client;

const PROGRAMS: &str = "/api/v1/editions/2017/programs";

fn slugs(answer: &Value) -> Vec<String> {
    answer["programs"].as_array().unwrap().iter().map(|program| program["slug"].as_str().unwrap().to_owned()).collect()
}

/// The programs of the list's page, in its order.
async fn listed(client: &Client, query: &str) -> Vec<String> {
    let links = client.get(&format!("/2017/?{query}")).await.expect_status(200).attributes(".programs a.name", "href");
    links.iter().map(|link| link.strip_prefix("/2017/programs/").unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_search_finds_the_same_programs_in_the_same_order_as_the_list() {
    let application = with_digium().await;
    application.house.make_up(60).await.unwrap();
    let client = application.client();
    for query in [
        "q=storage",
        "q=storage&sort=company_name",
        "q=partner&specialties=storage&specialties.row=hybrid",
        "company_size=small&company_size=large",
        "company_size=small&residual_revenue=yes&sort=-na_partners",
        "tiers.partner_types=msps&sort=company_size",
        "sort=-company_name",
        "sort=join_fee",
        "page=2",
        "sort=-program_year&page=2",
    ] {
        let found = get(&client, &format!("{PROGRAMS}?{query}")).await;
        let listed = listed(&client, query).await;
        assert!(!listed.is_empty() && listed.len() < 61, "{query}");
        assert_eq!(slugs(&found), listed, "{query}");
        assert_eq!(found["forgiven"], false, "{query}");
    }
    // A row of a grid asked for by its own name is that option and that row.
    for (own, meant) in [
        ("specialties.resell=storage", "specialties=storage&specialties.row=resell"),
        (
            "specialties.resell=storage&specialties.resell=servers&specialties.hybrid=servers",
            "specialties=storage&specialties=servers&specialties.row=resell&specialties.row=hybrid",
        ),
        ("training_cost.basic=free_for_all", "training_cost=free_for_all&training_cost.row=basic"),
    ] {
        let [own, meant] = [own, meant].map(|query| format!("{PROGRAMS}?{query}&per_page=100"));
        let (own, meant) = (get(&client, &own).await, get(&client, &meant).await);
        assert!(!slugs(&own).is_empty());
        assert_eq!(own, meant);
    }
    let nothing = get(&client, &format!("{PROGRAMS}?q=digium&company_size=large")).await;
    assert_eq!((&nothing["total"], &nothing["pages"], slugs(&nothing).len()), (&json!(0), &json!(1), 0));
    let forgiven = get(&client, &format!("{PROGRAMS}?q=digum")).await;
    assert_eq!((slugs(&forgiven), &forgiven["forgiven"]), (vec!["digium".to_owned()], &json!(true)));
    let hopeless = get(&client, &format!("{PROGRAMS}?q=xyzzyxyzzy")).await;
    assert_eq!((&hopeless["total"], &hopeless["forgiven"]), (&json!(0), &json!(false)));
    application.stop().await;
}

#[tokio::test]
async fn the_pages_of_a_search_are_pages_of_that_search() {
    let application = with_digium().await;
    application.house.make_up(60).await.unwrap();
    let client = application.client();
    let search = "specialties=storage&company_size=small&company_size=large&sort=-na_partners";
    let whole = get(&client, &format!("{PROGRAMS}?{search}&per_page=100")).await;
    let (mut found, mut pages) = (Vec::new(), 0);
    let mut next =
        Some(format!("{PROGRAMS}?sort=-na_partners&per_page=3&company_size=large&company_size=small&specialties=storage"));
    while let Some(path) = next {
        let came = answer(&client, &path).await;
        let links = header(&came, "link").to_owned();
        let page: Value = serde_json::from_str(&came.text().await.unwrap()).unwrap();
        pages += 1;
        let this = format!("{}{PROGRAMS}?{search}&page={pages}&per_page=3", application.url);
        assert_eq!((&page["total"], &page["links"]["self"]), (&whole["total"], &json!(this)));
        for relation in ["prev", "next"] {
            let link = page["links"][relation].as_str().map(|link| format!("<{link}>; rel=\"{relation}\""));
            assert_eq!(links.contains(&format!("rel=\"{relation}\"")), link.is_some());
            assert!(link.is_none_or(|link| link.contains(search) && links.contains(&link)), "{links}");
        }
        found.extend(slugs(&page));
        next = page["links"]["next"].as_str().map(|next| next.strip_prefix(&application.url).unwrap().to_owned());
    }
    assert!(pages > 1);
    assert_eq!(found, slugs(&whole));
    application.stop().await;
}

/// Name, key, number and whether it is ticked, of everything that stands at the list's filters.
async fn at_the_list(client: &Client, query: &str) -> Vec<(String, String, String, bool)> {
    let page = client.get(&format!("/2017/?{query}")).await.expect_status(200);
    let document = Html::parse_document(&page.html);
    let [choices, input, count] = [".facet .choice", "input", ".count"].map(|css| Selector::parse(css).unwrap());
    let choice = |choice: ElementRef| {
        let input = choice.select(&input).next().unwrap();
        let of = |name: &str| input.attr(name).unwrap().to_owned();
        let count: String = choice.select(&count).next().unwrap().text().collect();
        (of("name"), of("value"), count.trim().to_owned(), input.attr("checked").is_some())
    };
    let mut all: Vec<_> = document.select(&choices).map(choice).collect();
    all.sort();
    all
}

#[tokio::test]
async fn the_numbers_at_the_filters_are_those_of_the_list() {
    let application = with_digium().await;
    application.house.make_up(60).await.unwrap();
    let client = application.client();
    for query in [
        "",
        "q=storage",
        "q=digum",
        "company_size=small&company_size=large",
        "q=partner&specialties=storage&specialties.row=hybrid&company_size=medium",
        "tiers.partner_types=msps&residual_revenue=yes",
        "recertification=never&lead_support.row=leads&training_cost=not_offered",
    ] {
        let answer = get(&client, &format!("/api/v1/editions/2017/filters?{query}")).await;
        let mut numbers = Vec::new();
        let all = answer["filters"].as_array().unwrap();
        let is_on = |filter: &&Value| {
            let question = filter["name"].as_str().unwrap().trim_end_matches(".row");
            let of_question = all.iter().filter(|filter| filter["name"].as_str().unwrap().trim_end_matches(".row") == question);
            of_question.flat_map(|filter| filter["choices"].as_array().unwrap()).any(|choice| choice["means"] == "has")
        };
        assert!(all.iter().any(|filter| filter["stays"] == false));
        for filter in all.iter().filter(|filter| filter["stays"] == true || is_on(filter)) {
            for choice in filter["choices"].as_array().unwrap() {
                let words = |value: &Value| value.as_str().unwrap().to_owned();
                let plus = if choice["means"] == "adds" { "+" } else { "" };
                let number = format!("{plus}{}", choice["programs"]);
                numbers.push((words(&filter["name"]), words(&choice["key"]), number, choice["means"] == "has"));
            }
        }
        numbers.sort();
        assert_eq!(numbers, at_the_list(&client, query).await, "{query}");
        let programs = get(&client, &format!("{PROGRAMS}?{query}")).await;
        assert_eq!((&answer["total"], &answer["forgiven"]), (&programs["total"], &programs["forgiven"]), "{query}");
    }
    let all = get(&client, "/api/v1/editions/2017/filters").await;
    let edition = &get(&client, "/api/v1/editions").await["editions"][0];
    assert_eq!(&all["edition"], edition);
    assert_eq!(edition["links"]["filters"], format!("{}/api/v1/editions/2017/filters", application.url));
    let (filter, first) = (&all["filters"][0], &all["filters"][0]["choices"][0]);
    let one = format!("{PROGRAMS}?{}={}", filter["name"].as_str().unwrap(), first["key"].as_str().unwrap());
    assert_eq!((&first["means"], &first["programs"]), (&json!("leaves"), &get(&client, &one).await["total"]));
    application.stop().await;
}

#[tokio::test]
async fn what_the_list_passes_over_the_api_refuses() {
    let application = with_digium().await;
    let client = application.client();
    for (query, says) in [
        ("colour=blue", "There is no parameter “colour”; there are page, per_page, q, sort, specialties,"),
        ("program=digium", "There is no parameter “program”; "),
        ("company_size=huge", "The parameter company_size cannot be “huge”; it can be small, medium, large or enterprise."),
        ("program_year=soon", "The parameter program_year cannot be “soon”; it can be a whole number, or two as in 2000-2004."),
        ("specialties.resell=moonshine", "The parameter specialties cannot be “moonshine”; it can be application_development, "),
        ("specialties.garden=storage", "There is no parameter “specialties.garden”; "),
        ("sort=ceo", "The parameter sort cannot be “ceo”; it can be company_name, -company_name, "),
        ("q=", "The parameter q must have a word in it"),
        ("q=a&q=b", "The parameter q stands twice."),
        (
            &format!("q={}", (11..36).map(|number| number.to_string()).collect::<Vec<_>>().join("+")),
            "The parameter q must have no more than 24 different words.",
        ),
    ] {
        assert_eq!(client.get(&format!("/2017/?{query}")).await.status, 200, "{query}");
        let came = answer(&client, &format!("{PROGRAMS}?{query}")).await;
        assert_eq!((came.status().as_u16(), header(&came, "content-type")), (400, "application/problem+json"), "{query}");
        let problem: Value = serde_json::from_str(&came.text().await.unwrap()).unwrap();
        assert!(problem["detail"].as_str().unwrap().starts_with(says), "{query}: {problem}");
    }
    application.stop().await;
}

/// What the document says of a search's parameters can be asked for, and nothing else.
#[tokio::test]
async fn every_documented_choice_can_be_asked_for() {
    let application = with_digium().await;
    let client = application.client();
    let document = get(&client, "/api/openapi.json").await;
    let parameters = |path: &str| {
        let all = document["paths"][path]["get"]["parameters"].as_array().unwrap().clone();
        all.into_iter().filter(|parameter| parameter["in"] == "query").collect::<Vec<_>>()
    };
    let names = |parameters: &[Value]| -> Vec<String> {
        parameters.iter().map(|parameter| parameter["name"].as_str().unwrap().to_owned()).collect()
    };
    let of_api = parameters("/api/v1/editions/{year}/programs");
    let refused = answer(&client, &format!("{PROGRAMS}?x=")).await.text().await.unwrap();
    let (mut named, mut offered) = (names(&of_api), client.get("/2017/").await.attributes(".facet input", "name"));
    let [of_feed, of_filters] = ["/{year}/feed.atom", "/api/v1/editions/{year}/filters"].map(|path| names(&parameters(path)));
    assert_eq!(of_filters, of_feed);
    for name in &named {
        assert!(refused.contains(name.as_str()), "{name}: {refused}");
        assert_eq!(of_feed.contains(name), !["page", "per_page", "sort"].contains(&name.as_str()), "{name}");
    }
    named.retain(|name| !["page", "per_page", "q", "sort"].contains(&name.as_str()));
    offered.dedup();
    assert_eq!(named[..offered.len()], offered, "those that stand beside the list come first");
    assert!(named[offered.len()..].contains(&"recertification".to_owned()));
    let mut asked = 0;
    for parameter in &of_api {
        assert_eq!(parameter["required"], false);
        let schema = if parameter["schema"]["type"] == "array" { &parameter["schema"]["items"] } else { &parameter["schema"] };
        if let Some(pattern) = schema["pattern"].as_str() {
            assert_eq!(pattern, "^-?[0-9]+(--?[0-9]+)?$");
            for numbers in ["2000-2004", "7", "-2--1"] {
                get(&client, &format!("{PROGRAMS}?{}={numbers}", parameter["name"].as_str().unwrap())).await;
                asked += 1;
            }
        }
        for choice in schema["enum"].as_array().into_iter().flatten() {
            get(&client, &format!("{PROGRAMS}?{}={}", parameter["name"].as_str().unwrap(), choice.as_str().unwrap())).await;
            asked += 1;
        }
    }
    assert!(asked > 50, "{asked}");
    application.stop().await;
}

#[tokio::test]
async fn a_search_is_known_again() {
    let application = with_digium().await;
    let client = application.client();
    for path in [
        format!("{PROGRAMS}?q=digium&company_size=medium"),
        "/2017/feed.atom?q=digium".to_owned(),
        "/api/v1/editions/2017/filters?q=digium".to_owned(),
    ] {
        let first = answer(&client, &path).await;
        let (status, tag) = (first.status(), first.headers()["etag"].clone());
        let head = client.raw().head(client.address(&path)).send().await.unwrap();
        assert_eq!((status.as_u16(), head.status().as_u16(), &head.headers()["etag"]), (200, 200, &tag), "{path}");
        assert_eq!(head.headers()["content-length"], first.bytes().await.unwrap().len().to_string().as_str(), "{path}");
        let again = client.raw().get(client.address(&path)).header("if-none-match", tag).send().await.unwrap();
        assert_eq!(again.status(), 304, "{path}");
    }
    application.stop().await;
}
