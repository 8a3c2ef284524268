//! The API does what its document says.

use almanac::workflow::House;
use serde_json::{Value, json};

use super::{answer, header, json as get, with_digium};
use crate::support::application::Application;
use crate::support::client::Client;

/// The document, with objects that take nothing but what is described.
async fn document(client: &Client) -> Value {
    let mut document = get(client, "/api/openapi.json").await;
    for schema in document["components"]["schemas"].as_object_mut().unwrap().values_mut() {
        if schema.get("properties").is_some() {
            schema["additionalProperties"] = json!(false);
        }
    }
    document
}

/// What is wrong with a JSON value by the schema of a response.
fn wrong(document: &Value, response: &Value, media: &str, value: &Value) -> Vec<String> {
    let mut schema = response["content"][media]["schema"].clone();
    assert!(schema.is_object(), "{response} has no {media}");
    schema["components"] = document["components"].clone();
    let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
    validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

/// The path with its parameters' examples.
fn example(path: &str, operation: &Value) -> String {
    let parameters = operation["parameters"].as_array().into_iter().flatten().filter(|parameter| parameter["in"] == "path");
    parameters.fold(path.to_owned(), |path, parameter| {
        let example = &parameter["example"];
        let text = example.as_str().map_or_else(|| example.to_string(), str::to_owned);
        path.replace(&format!("{{{}}}", parameter["name"].as_str().unwrap()), &text)
    })
}

#[tokio::test]
async fn every_documented_request_is_answered_as_documented() {
    let application = with_digium().await;
    let client = application.client();
    let document = document(&client).await;
    assert_eq!(document["openapi"], "3.1.0");
    assert_eq!(document["servers"][0]["url"], application.url);
    let paths = document["paths"].as_object().unwrap();
    for (path, item) in paths {
        let operation = &item["get"];
        assert!(operation["summary"].is_string() && item.as_object().unwrap().len() == 1, "{path}");
        let good = &operation["responses"]["200"];
        let came = answer(&client, &example(path, operation)).await;
        assert_eq!(came.status(), 200, "{path}");
        let media = header(&came, "content-type").split(';').next().unwrap().to_owned();
        assert!(good["content"][&media].is_object(), "{path} answers {media}");
        for name in good["headers"].as_object().into_iter().flat_map(|headers| headers.keys()) {
            assert!(came.headers().contains_key(name), "{path} has no {name}");
        }
        if media == "application/json" {
            let value = serde_json::from_str(&came.text().await.unwrap()).unwrap();
            assert_eq!(wrong(&document, good, &media, &value), [] as [&str; 0], "{path}");
        }
        let missing = path.replace("{year}", "1999").replace("{slug}", "nobody").replace("{key}", "nothing");
        if missing != *path {
            problem(&client, &document, &operation["responses"], &missing, 404).await;
        }
    }
    assert_eq!(paths.len(), 13);
    let responses = &paths["/api/v1/editions/{year}/programs"]["get"]["responses"];
    for query in ["page=0", "per_page=101", "page=x", "q=", "colour=blue"] {
        problem(&client, &document, responses, &format!("/api/v1/editions/2017/programs?{query}"), 400).await;
    }
    problem(&client, &document, responses, "/api/v1/editions/2017/programs?page=2", 404).await;
    let responses = &paths["/api/v1/editions/{year}/filters"]["get"]["responses"];
    for query in ["page=1", "sort=company_name", "q=", "colour=blue", "company_size=huge"] {
        problem(&client, &document, responses, &format!("/api/v1/editions/2017/filters?{query}"), 400).await;
    }
    application.stop().await;
}

async fn problem(client: &Client, document: &Value, responses: &Value, path: &str, status: u16) {
    let came = answer(client, path).await;
    assert_eq!(came.status(), status, "{path}");
    assert_eq!(header(&came, "content-type"), "application/problem+json", "{path}");
    assert_eq!(header(&came, "access-control-allow-origin"), "*", "{path}");
    let value: Value = serde_json::from_str(&came.text().await.unwrap()).unwrap();
    let response = &responses[status.to_string()];
    assert_eq!(wrong(document, response, "application/problem+json", &value), [] as [&str; 0], "{path}");
    assert_eq!(value["status"], status);
}

/// Every address of open data is documented, and nothing else is; and so is everything that looks like data.
#[tokio::test]
async fn the_document_has_every_route() {
    let application = with_digium().await;
    let document = document(&application.client()).await;
    let routes = std::fs::read_to_string("src/routes.rs").unwrap();
    let at = |begin| routes.split(begin).skip(1).map(|path| path.split('"').nth(1).unwrap().replace(r"{year:\d{4}}", "{year}"));
    let data = |path: &String| {
        let file = [".json", ".csv", ".xlsx", ".atom"].iter().any(|ending| path.ends_with(ending));
        file || path.starts_with("/api/v1") || path.starts_with("/questions/")
    };
    assert_eq!(at(".service(at(").find(data), None);
    let mut written: Vec<String> = at(".service(open_at(").collect();
    let mut documented: Vec<String> = document["paths"].as_object().unwrap().keys().cloned().collect();
    written.sort();
    documented.sort();
    assert_eq!(documented, written);
    application.stop().await;
}

#[tokio::test]
async fn following_next_visits_every_program_once() {
    let application = with_digium().await;
    application.house.make_up(7).await.unwrap();
    let client = application.client();
    let mut slugs = Vec::new();
    let mut next = Some("/api/v1/editions/2017/programs?per_page=3".to_owned());
    while let Some(path) = next {
        let came = answer(&client, &path).await;
        let links = header(&came, "link").to_owned();
        let page: Value = serde_json::from_str(&came.text().await.unwrap()).unwrap();
        assert_eq!((&page["total"], &page["pages"]), (&json!(8), &json!(3)));
        slugs.extend(page["programs"].as_array().unwrap().iter().map(|program| program["slug"].as_str().unwrap().to_owned()));
        next = page["links"]["next"].as_str().map(|next| next.strip_prefix(&application.url).unwrap().to_owned());
        assert_eq!(links.contains("rel=\"next\""), next.is_some());
        assert!(links.contains("rel=\"first\"") && links.contains("rel=\"last\""));
    }
    assert_eq!(slugs, all_slugs(&application.house));
    application.stop().await;
}

fn all_slugs(house: &House) -> Vec<String> {
    let reading = almanac::web::reader::Reading::of_year(house, 2017).unwrap();
    reading.shelf().unwrap().listed().iter().map(|listed| listed.slug.clone()).collect()
}

#[tokio::test]
async fn what_a_machine_does_wrong_it_is_told_as_a_machine() {
    let application = Application::on_sqlite().await;
    let client = application.client();
    for path in ["/api/v1/nothing", "/api/v2/editions", "/2017/programs/nobody.json", "/1999/programs.csv", "/questions/nothing"]
    {
        let came = answer(&client, path).await;
        assert_eq!((came.status().as_u16(), header(&came, "content-type")), (404, "application/problem+json"), "{path}");
    }
    let posted = client.raw().post(client.address("/api/v1/editions")).send().await.unwrap();
    assert_eq!((posted.status().as_u16(), header(&posted, "allow")), (405, "GET, HEAD, OPTIONS"));
    // A person still gets a page.
    let page = client.get("/2017/programs/nobody").await.expect_status(404);
    assert_eq!(page.heading(), "There is nothing here");
    application.stop().await;
}

#[tokio::test]
async fn the_page_about_the_data_leads_to_all_of_it() {
    let application = with_digium().await;
    let client = application.client();
    let page = client.get("/api").await.expect_status(200);
    assert_eq!(page.path, "/api/");
    let links = page.attributes(".requests a", "href");
    assert_eq!(links.len(), 13);
    for link in links {
        assert_eq!(answer(&client, &link).await.status(), 200, "{link}");
    }
    for words in ["Whose words these are", "Columns in CSV", "begins with an apostrophe"] {
        assert!(page.text().contains(words), "{words}");
    }
    assert!(client.get("/2017/").await.attributes(".colophon a", "href").contains(&"/api/".to_owned()));
    application.stop().await;
}
