//! An edition in files: what was imported comes out again.

use std::collections::HashMap;

use almanac::questionnaire::Answer;
use almanac::web::reader::Reading;
use almanac::web::reader::data::{Notation, make};
use reqwest::Method;
use serde_json::Value;

use super::{answer, header, json, publish_again, with_digium};
use crate::questionnaire::flat::answer_in;
use crate::support::application::{Application, Engine};
use crate::support::client::Client;
use crate::support::filling::{questionnaire, sample};

/// The rows of the CSV file by column, as a program reads it that has read what is promised.
pub async fn rows(client: &Client) -> Vec<HashMap<String, String>> {
    let bytes = answer(client, "/2017/programs.csv").await.bytes().await.unwrap();
    let text = std::str::from_utf8(bytes.strip_prefix(b"\xef\xbb\xbf").expect("a byte order mark")).unwrap();
    let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
    let head = reader.headers().unwrap().clone();
    let plain = |cell: &str| cell.strip_prefix('\'').unwrap_or(cell).to_owned();
    let row = |record: csv::StringRecord| head.iter().map(str::to_owned).zip(record.iter().map(plain)).collect();
    reader.records().map(|record| row(record.unwrap())).collect()
}

#[tokio::test]
async fn digiums_answers_come_out_as_they_went_in() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(application) = Application::start(engine).await else { continue };
        super::import(&application, "digium", |text| text).await;
        let client = application.client();
        let edition = json(&client, "/2017/programs.json").await;
        let program = &edition["programs"][0];
        let rows = rows(&client).await;
        assert_eq!((rows.len(), edition["programs"].as_array().unwrap().len()), (1, 1));
        let answers = sample("digium").answers;
        let mut answered = 0;
        for question in questionnaire().questions() {
            let expected = answers.get(&question.key).filter(|answer| !answer.is_blank()).map(Answer::to_json);
            assert_eq!(program["answers"].get(&question.key), expected.as_ref(), "{}", question.key);
            let in_row = Some(answer_in(question, &rows[0])).filter(|answer| !answer.is_blank()).map(|answer| answer.to_json());
            assert_eq!(in_row, expected, "{}", question.key);
            answered += usize::from(expected.is_some());
        }
        assert_eq!(program["answers"].as_object().unwrap().len(), answered);
        for (name, value) in [("company", "Digium, Inc."), ("program", "Digium Partner Program"), ("slug", "digium")] {
            assert_eq!(program[name], value);
        }
        assert_eq!(rows[0]["_url"], program["url"].as_str().unwrap());
        assert_eq!((rows[0]["_version"].as_str(), &program["version"]), ("1", &Value::from(1)));
        assert_eq!(json(&client, "/2017/programs/digium.json").await["program"], *program);
        application.stop().await;
    }
}

/// The dictionary explains every key and every column, and every id leads to its question.
#[tokio::test]
async fn every_key_and_every_column_stands_in_the_dictionary() {
    let application = with_digium().await;
    let client = application.client();
    let dictionary = json(&client, "/2017/questions.json").await;
    let edition = json(&client, "/2017/programs.json").await;
    assert_eq!(dictionary["questions"], edition["questions"]);
    let questions = dictionary["questions"].as_array().unwrap();
    let keys: Vec<&str> = questions.iter().map(|question| question["key"].as_str().unwrap()).collect();
    assert!(edition["programs"][0]["answers"].as_object().unwrap().keys().all(|key| keys.contains(&key.as_str())));
    let explained = questions.iter().flat_map(|question| question["columns"].as_array().unwrap());
    let explained: Vec<&str> = explained.map(|column| column.as_str().unwrap()).collect();
    let csv = answer(&client, "/2017/programs.csv").await.text().await.unwrap();
    let head: Vec<&str> = csv.trim_start_matches('\u{feff}').lines().next().unwrap().split(',').collect();
    assert_eq!(head[..7], ["_edition", "_slug", "_url", "_company_id", "_version", "_published", "_confirmed"]);
    assert_eq!(head[7..], explained);
    for question in questions.iter().flat_map(|question| question["fields"].as_array().into_iter().flatten().chain([question])) {
        let id = question["id"].as_str().unwrap();
        let path = id.strip_prefix(&application.url).unwrap();
        let one = json(&client, path).await;
        assert_eq!(one["id"], id);
        assert_eq!(one["editions"][0]["question"]["label"], question["label"]);
    }
    application.stop().await;
}

#[tokio::test]
async fn what_a_spreadsheet_would_run_is_harmless_and_can_be_had_back() {
    let application = Application::on_sqlite().await;
    let formula = "=HYPERLINK(\\\"http://evil.example\\\",\\\"Click\\\")";
    super::import(&application, "digium", |text| {
        text.replace("Danny Windham", formula).replace("256-428-6000", "+1 256 428 6000")
    })
    .await;
    let client = application.client();
    let csv = answer(&client, "/2017/programs.csv").await.text().await.unwrap();
    assert!(csv.contains("\"'=HYPERLINK(\"\"http://evil.example\"\",\"\"Click\"\")\""), "{csv}");
    assert!(csv.contains(",'+1 256 428 6000,"), "{csv}");
    assert!(csv.lines().count() > 2 || csv.contains("\r\n"));
    let json = json(&client, "/2017/programs.json").await;
    let row = rows(&client).await.remove(0);
    for question in questionnaire().questions() {
        let in_row = answer_in(question, &row);
        match json["programs"][0]["answers"].get(&question.key) {
            Some(value) => assert_eq!(in_row.to_json(), *value, "{}", question.key),
            None => assert!(in_row.is_blank(), "{}", question.key),
        }
    }
    application.stop().await;
}

#[tokio::test]
async fn a_version_changes_with_what_is_published_and_with_nothing_else() {
    let application = with_digium().await;
    let client = application.client();
    let first = json(&client, "/2017/programs.json").await;
    super::import(&application, "kirito-networks", |text| text).await;
    assert_eq!(json(&client, "/2017/programs.json").await["edition"], first["edition"]);
    publish_again(&application.house).await;
    let second = json(&client, "/2017/programs.json").await;
    assert_ne!(second["edition"]["version"], first["edition"]["version"]);
    assert!(second["edition"]["updated"].as_str() > first["edition"]["updated"].as_str());
    let (before, after) = (&first["programs"][0], &second["programs"][0]);
    assert_eq!((&before["version"], &after["version"]), (&Value::from(1), &Value::from(2)));
    for same in ["slug", "company_id", "url", "answers", "confirmed"] {
        assert_eq!(before[same], after[same], "{same}");
    }
    application.stop().await;
}

/// Every address of data: compressed, marked, open to other sites, not sent twice.
#[tokio::test]
async fn data_is_open_and_is_not_sent_twice() {
    let application = with_digium().await;
    let client = application.client();
    let files =
        ["/2017/programs.json", "/2017/programs.csv", "/2017/questions.json", "/2017/programs/digium.json", "/2017/feed.atom"];
    let api = ["/api/v1/editions", "/api/v1/editions/2017/programs", "/api/v1/editions/2017/questions", "/api/openapi.json"];
    for path in files.into_iter().chain(api).chain(["/questions/join_fee"]) {
        let ask = || client.raw().get(client.address(path)).header("accept-encoding", "br");
        let first = ask().send().await.unwrap();
        assert_eq!(first.status(), 200, "{path}");
        assert_eq!(header(&first, "content-encoding"), "br", "{path}");
        assert_eq!(header(&first, "access-control-allow-origin"), "*", "{path}");
        assert!(header(&first, "access-control-expose-headers").contains("ETag"), "{path}");
        let again = ask().header("if-none-match", header(&first, "etag")).send().await.unwrap();
        assert_eq!((again.status().as_u16(), header(&again, "access-control-allow-origin")), (304, "*"), "{path}");
        let head = client.raw().head(client.address(path)).send().await.unwrap();
        assert_eq!(head.status(), 200, "{path}");
        assert!(head.bytes().await.unwrap().is_empty());
        expect_to_be_allowed(&client, path).await;
    }
    application.stop().await;
}

/// A page of another site that says what it has is asked for by its browser, which asks first whether it may.
async fn expect_to_be_allowed(client: &Client, path: &str) {
    let asked = client.raw().request(Method::OPTIONS, client.address(path)).header("origin", "https://elsewhere.example");
    let asked = asked.header("access-control-request-method", "GET").header("access-control-request-headers", "if-none-match");
    let told = asked.send().await.unwrap();
    assert_eq!((told.status().as_u16(), header(&told, "access-control-allow-origin")), (204, "*"), "{path}");
    assert_eq!(header(&told, "access-control-allow-methods"), "GET, HEAD, OPTIONS", "{path}");
    assert_eq!(header(&told, "access-control-allow-headers"), "If-None-Match, If-Modified-Since", "{path}");
}

/// A large edition is not kept in memory: it is sent while it is made, byte for byte the same.
#[tokio::test]
async fn a_large_edition_is_sent_while_it_is_made() {
    let application = Application::on_sqlite().await;
    application.house.make_up(410).await.unwrap();
    let client = application.client();
    let reading = Reading::of_year(&application.house, 2017).unwrap();
    for (notation, path) in [(Notation::Json, "/2017/programs.json"), (Notation::Csv, "/2017/programs.csv")] {
        let whole = make(&reading, notation).unwrap().identity;
        let sent = answer(&client, path).await;
        assert_eq!((sent.status().as_u16(), header(&sent, "content-length")), (200, ""), "{path}");
        assert_eq!(header(&sent, "access-control-allow-origin"), "*");
        let tag = header(&sent, "etag").to_owned();
        assert!(tag.starts_with("W/"), "{tag}");
        assert!(sent.bytes().await.unwrap() == whole, "{path} differs");
        let again = client.raw().get(client.address(path)).header("if-none-match", &tag).send().await.unwrap();
        assert_eq!(again.status(), 304, "{path}");
        let compressed = client.raw().get(client.address(path)).header("accept-encoding", "gzip").send().await.unwrap();
        assert_eq!(header(&compressed, "content-encoding"), "gzip");
        let compressed = compressed.bytes().await.unwrap().len();
        assert!(compressed * 3 < whole.len(), "{path}: {compressed} of {}", whole.len());
        let head = client.raw().head(client.address(path)).send().await.unwrap();
        assert_eq!((head.status().as_u16(), header(&head, "etag")), (200, tag.as_str()), "{path}");
        assert_eq!((header(&head, "content-length"), header(&head, "content-type")), ("", notation.media()), "{path}");
    }
    assert_eq!(json(&client, "/2017/programs.json").await["programs"].as_array().unwrap().len(), 410);
    let rows = rows(&client).await;
    assert_eq!(rows.len(), 410);
    application.stop().await;
}

#[tokio::test]
async fn an_edition_without_programs_is_empty_and_well_formed() {
    let application = Application::on_sqlite().await;
    let client = application.client();
    let edition = json(&client, "/2017/programs.json").await;
    assert_eq!((edition["programs"].as_array().unwrap().len(), &edition["edition"]["updated"]), (0, &Value::Null));
    assert!(rows(&client).await.is_empty());
    application.stop().await;
}
