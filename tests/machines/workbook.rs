//! An edition as a workbook, opened again.

use std::collections::HashMap;
use std::io::Cursor;

use almanac::questionnaire::flat;
use almanac::web::reader::Reading;
use almanac::web::reader::data::xlsx::make;
use calamine::{Data, DataType, Range, Reader, Xlsx};
use jiff::Timestamp;

use super::files::rows;
use super::{answer, header, with_digium};
use crate::support::application::Application;
use crate::support::client::Client;
use crate::support::filling::questionnaire;

async fn open(client: &Client) -> Xlsx<Cursor<Vec<u8>>> {
    let answer = answer(client, "/2017/programs.xlsx").await;
    assert_eq!(header(&answer, "content-disposition"), "attachment; filename=\"programs-2017.xlsx\"");
    Xlsx::new(Cursor::new(answer.bytes().await.unwrap().to_vec())).unwrap()
}

fn sheet(workbook: &mut Xlsx<Cursor<Vec<u8>>>, name: &str) -> Range<Data> {
    workbook.worksheet_range(name).unwrap()
}

/// The rows below the head, by the names in it.
fn by_column(range: &Range<Data>) -> Vec<HashMap<String, Data>> {
    let mut rows = range.rows();
    let head: Vec<String> = rows.next().unwrap().iter().map(ToString::to_string).collect();
    rows.map(|row| head.iter().cloned().zip(row.iter().cloned()).collect()).collect()
}

/// A moment as the CSV file tells it, in the days by which spreadsheets count.
fn days(moment: &str) -> f64 {
    let moment: jiff::Timestamp = moment.parse().unwrap();
    25_569.0 + moment.as_second() as f64 / 86_400.0
}

#[tokio::test]
async fn the_workbook_says_what_the_table_says() {
    let application = with_digium().await;
    application.house.make_up(30).await.unwrap();
    let client = application.client();
    let mut workbook = open(&client).await;
    assert_eq!(workbook.sheet_names(), ["Programs", "Columns", "Options", "About"]);
    let (programs, table) = (by_column(&sheet(&mut workbook, "Programs")), rows(&client).await);
    assert_eq!(programs.len(), table.len());
    let (mut numbers, mut texts) = (0, 0);
    for (program, row) in programs.iter().zip(&table) {
        assert_eq!(program.len(), row.len());
        for (column, cell) in program {
            let expected = row[column].as_str();
            match cell {
                Data::Empty => assert_eq!(expected, "", "{column}"),
                Data::String(text) => {
                    assert_eq!(text, expected, "{column}");
                    texts += 1;
                }
                Data::Float(number) => {
                    assert_eq!(number.to_string(), expected, "{column}");
                    numbers += 1;
                }
                Data::DateTime(moment) => assert!((moment.as_f64() - days(expected)).abs() < 1e-6, "{column}"),
                other => panic!("{column} is {other:?}"),
            }
        }
        assert!(matches!(program["_published"], Data::DateTime(_)) && matches!(program["na_partners"], Data::Float(_)));
    }
    assert!(numbers > 100 && texts > 1000, "{numbers} {texts}");

    // It was made when the newest profile was published, whenever somebody asks for it.
    let published = table.iter().map(|row| row["_published"].parse::<Timestamp>().unwrap().as_second());
    let created: Timestamp = workbook.workbook_properties().unwrap().created.as_ref().unwrap().parse().unwrap();
    assert_eq!(Some(created.as_second()), published.max());
    application.stop().await;
}

#[tokio::test]
async fn what_columns_and_options_mean_stands_beside_them() {
    let application = with_digium().await;
    let mut workbook = open(&application.client()).await;
    let columns: Vec<String> = by_column(&sheet(&mut workbook, "Columns")).iter().map(|row| row["Column"].to_string()).collect();
    assert_eq!(columns[..7], ["_edition", "_slug", "_url", "_company_id", "_version", "_published", "_confirmed"]);
    assert_eq!(columns[7..], questionnaire().questions().flat_map(flat::columns).collect::<Vec<_>>());
    let kinds: Vec<String> = by_column(&sheet(&mut workbook, "Columns")).iter().map(|row| row["Kind"].to_string()).collect();
    let known = questionnaire();
    let expected = known.questions().flat_map(|question| flat::columns(question).into_iter().map(|_| question.kind.name()));
    assert_eq!(kinds[7..], expected.collect::<Vec<_>>());
    let named = |key: &str, options: &[HashMap<String, Data>]| {
        options.iter().any(|row| row["Question"] == *"company_size" && row["Key"] == *key)
    };
    let options = by_column(&sheet(&mut workbook, "Options"));
    assert!(named("small", &options) && !named("nonsense", &options));
    let about = sheet(&mut workbook, "About");
    let said: Vec<String> = about.rows().map(|row| row[1].to_string()).collect();
    assert_eq!(said[1..4], [format!("{}/2017/", application.url), "Unedited content provided by vendors.".into(), "1".into()]);
    application.stop().await;
}

#[tokio::test]
async fn what_a_vendor_typed_is_a_text_and_no_formula() {
    let application = Application::on_sqlite().await;
    super::import(&application, "digium", |text| {
        text.replace("Danny Windham", "=HYPERLINK(\\\"http://evil.example\\\",\\\"Click\\\")")
            .replace("256-428-6000", "+1 256 428 6000")
    })
    .await;
    let mut workbook = open(&application.client()).await;
    let program = by_column(&sheet(&mut workbook, "Programs")).remove(0);
    let texts: Vec<String> = program.values().filter_map(|cell| cell.as_string()).collect();
    for text in ["=HYPERLINK(\"http://evil.example\",\"Click\")", "+1 256 428 6000"] {
        assert!(texts.iter().any(|known| known == text), "{text}: {texts:?}");
    }
    assert!(workbook.worksheet_formula("Programs").unwrap().cells().all(|(_, _, formula)| formula.is_empty()));
    application.stop().await;
}

/// A workbook is packed already, and the same as long as the same is published.
#[tokio::test]
async fn the_workbook_is_sent_as_it_is_and_not_twice() {
    let application = with_digium().await;
    let client = application.client();
    let ask = || client.raw().get(client.address("/2017/programs.xlsx")).header("accept-encoding", "br, gzip");
    let first = ask().send().await.unwrap();
    assert_eq!((header(&first, "content-encoding"), header(&first, "access-control-allow-origin")), ("", "*"));
    let again = ask().header("if-none-match", header(&first, "etag")).send().await.unwrap();
    assert_eq!(again.status(), 304);
    let reading = Reading::of_year(&application.house, 2017).unwrap();
    assert_eq!(first.bytes().await.unwrap(), make(&reading).unwrap().identity);
    application.stop().await;
}
