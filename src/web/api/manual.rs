//! `/api/`: what people read who let machines read the guide.

use std::sync::LazyLock;

use actix_web::http::header;
use actix_web::{HttpResponse, web};
use askama::Template;
use pulldown_cmark::{Options, Parser, html};

use super::openapi;
use crate::error::AppError;
use crate::guide::search::{Filter, Offer, Part};
use crate::guide::{Page, Reach};
use crate::web::layout::Layout;
use crate::web::reader::head::Head;
use crate::web::reader::{Reading, made};
use crate::workflow::House;

/// What the formats promise, as the project's documents have it. What can be asked for, the page says itself.
static PROMISES: LazyLock<String> = LazyLock::new(|| promises(|_| true));

/// The same where there are files, and nobody answers.
static PROMISES_OF_FILES: LazyLock<String> = LazyLock::new(|| promises(|heading| !OF_THE_SERVER.contains(&heading)));

/// Where they are written down.
const DOCUMENT: &str = include_str!("../../../docs/DATA.md");

/// The first heading under which they stand.
const FIRST: &str = "How to ask";

/// The headings of what needs a server.
const OF_THE_SERVER: [&str; 4] = [FIRST, "Pages of programs", "Searches", "When something is wrong"];

fn promises(is_wanted: impl Fn(&str) -> bool) -> String {
    let sections = DOCUMENT.split("\n## ").skip_while(|section| heading(section) != FIRST);
    let wanted: String =
        sections.filter(|section| is_wanted(heading(section))).map(|section| format!("## {section}\n")).collect();
    let mut page = String::new();
    html::push_html(&mut page, Parser::new_ext(&wanted, Options::ENABLE_TABLES));
    page
}

fn heading(section: &str) -> &str {
    section.lines().next().unwrap_or_default()
}

/// The tag of what can be a file.
const FILES: &str = "Files";

#[derive(Template)]
#[template(path = "reader/api.html")]
struct Manual<'a> {
    layout: Layout,
    head: Head,
    groups: Vec<Group>,
    /// What the newest edition's programs can be filtered by.
    filters: Vec<&'a Part<'a>>,
    /// And by which numbers.
    numbers: Vec<&'a Filter<'a>>,
    promises: &'static str,
}

/// The requests that belong together.
struct Group {
    name: String,
    description: String,
    requests: Vec<Request>,
}

/// What can be asked for.
struct Request {
    path: String,
    summary: String,
    /// A request as an example: an address below the guide's own.
    example: String,
}

/// `/api`: what somebody types; the page stands one stroke further.
pub async fn with_stroke() -> HttpResponse {
    HttpResponse::PermanentRedirect().insert_header((header::LOCATION, "/api/")).finish()
}

/// `/api/`
///
/// # Errors
/// [`AppError::NotThere`] while there is no edition.
pub async fn show(house: web::Data<House>) -> Result<HttpResponse, AppError> {
    let reading = Reading::newest(&house)?;
    reading.answer("/api/", make).await
}

/// The page.
///
/// # Errors
/// What the template says.
pub fn make(reading: &Reading) -> Result<Page, AppError> {
    let offer = Offer::of(&reading.edition.questionnaire);
    let description = format!("Everything that is published in the {}, for programs to read.", reading.edition.name);
    let manual = Manual {
        layout: Layout::public(&reading.house, None, "Data"),
        head: Head::of_page(reading, "The guide as data", description, "/api/"),
        groups: groups(reading)?,
        filters: offer.parts().map(|(_, _, part)| part).collect(),
        numbers: offer.numbers().map(|(_, filter)| filter).collect(),
        promises: match reading.house.reach {
            Reach::Server => &PROMISES,
            Reach::Files => &PROMISES_OF_FILES,
        },
    };
    made(&manual, reading.shelf()?.updated())
}

/// All requests as the OpenAPI document has them, under its tags.
fn groups(reading: &Reading) -> Result<Vec<Group>, AppError> {
    let document = openapi::document(reading);
    let year = reading.edition.year.to_string();
    let slug = reading.shelf()?.at(0).map_or("digium", |listed| listed.slug.as_str());
    let key = reading.edition.questionnaire.roles.company.as_str();
    let example = |path: &str| path.replace("{year}", &year).replace("{slug}", slug).replace("{key}", key);
    let requests = |tag: &str| {
        let paths = document.paths.paths.iter();
        let operations = paths.filter_map(|(path, item)| Some((path, item.get.as_ref()?)));
        let tagged = operations.filter(|(_, operation)| operation.tags.iter().flatten().any(|known| known == tag));
        let request = |(path, operation): (&String, &utoipa::openapi::path::Operation)| Request {
            path: path.clone(),
            summary: operation.summary.clone().unwrap_or_default(),
            example: example(path),
        };
        tagged.map(request).collect()
    };
    let group = |tag: &utoipa::openapi::Tag| Group {
        name: tag.name.clone(),
        description: tag.description.clone().unwrap_or_default(),
        requests: requests(&tag.name),
    };
    // Where there is no server there are files, and nothing else.
    let tags = document.tags.iter().flatten().filter(|tag| reading.house.reach == Reach::Server || tag.name == FILES);
    Ok(tags.map(group).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_needs_a_server_stands_under_headings_that_there_are() {
        let headings: Vec<&str> = DOCUMENT.split("\n## ").map(heading).collect();
        for of_the_server in OF_THE_SERVER {
            assert!(headings.contains(&of_the_server), "{of_the_server}: {headings:?}");
            assert!(!PROMISES_OF_FILES.contains(&format!("<h2>{of_the_server}</h2>")));
            assert!(PROMISES.contains(&format!("<h2>{of_the_server}</h2>")));
        }
        assert!(PROMISES_OF_FILES.contains("<h2>What stays</h2>") && !PROMISES_OF_FILES.contains("/api/v1"));
        assert!(PROMISES_OF_FILES.contains("feed’s entries") && !PROMISES_OF_FILES.contains("302"));
    }
}
