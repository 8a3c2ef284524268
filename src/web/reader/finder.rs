//! `/{year}/find`: a few questions of the editors' choosing lead a reader to the programs that fit. The answers stand in
//! the address and nowhere else.

mod asking;
mod given;
mod short_list;
mod wanted;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::head::Head;
use super::years::{self, OtherYear};
use super::{Reading, made};
use crate::error::AppError;
use crate::guide::Page;
use crate::questionnaire::Questionnaire;
use crate::web::count::{capital, counted};
use crate::web::layout::Layout;
use crate::workflow::House;
use asking::Asking;
pub use given::Given;
use short_list::ShortList;

/// The finder: its questions, and the short list once they are answered.
#[derive(Template)]
#[template(path = "reader/finder.html")]
struct FinderPage<'a> {
    layout: Layout,
    head: Head,
    questions: Vec<Asking<'a>>,
    given: &'a Given,
    /// None before anything is answered.
    short_list: Option<ShortList<'a>>,
    /// Whether any profile is published.
    is_begun: bool,
    /// When the first profiles appear; none once the day is there.
    publishes: Option<String>,
    years: Vec<OtherYear>,
}

impl FinderPage<'_> {
    /// The address of a page of the short list, counted from 1.
    fn on_page(&self, page: &usize) -> String {
        self.given.on_page(page.saturating_sub(1)).address(self.layout.year)
    }
}

/// `/{year}/find`
///
/// # Errors
/// [`AppError::NotThere`] for a year without an edition, and for an edition without questions to readers.
pub async fn show(request: HttpRequest, house: web::Data<House>, year: web::Path<i32>) -> Result<HttpResponse, AppError> {
    let reading = Reading::of_year(&house, *year)?;
    let given = Given::read(&reading.edition.questionnaire, request.query_string());
    reading.answer(&given.kept_under(*year), move |reading| make(reading, &given)).await
}

fn head(reading: &Reading, questions: usize, path: &str) -> Head {
    let (questions, title) = (capital(&counted(questions, "question leads", "questions lead")), reading.edition.title());
    let description = format!(
        "{questions} to the programs of the {title} that come close, each with the answers that match and those that don’t."
    );
    Head::of_page(reading, "Find a program", description, path)
}

/// The finder with these answers in it, and what came of them.
///
/// # Errors
/// [`AppError::NotThere`] for an edition that is not in the catalogue or has no questions to readers.
pub fn make(reading: &Reading, given: &Given) -> Result<Page, AppError> {
    let (edition, shelf) = (&*reading.edition, reading.shelf()?);
    let Questionnaire { roles, .. } = &edition.questionnaire;
    if roles.finder.is_empty() {
        return Err(AppError::NotThere);
    }
    let short_list = given.is_something().then(|| ShortList::new(reading, given)).transpose()?;
    // Beyond the last page the last is shown.
    let page = short_list.as_ref().and_then(|short_list| short_list.pager.as_ref()).map_or(0, |pager| pager.current - 1);
    let page = FinderPage {
        layout: Layout::public(&reading.house, Some(edition), "Find a program"),
        head: head(reading, roles.finder.len(), &given.on_page(page).address(edition.year)),
        questions: asking::questions(&edition.questionnaire),
        given,
        short_list,
        years: years::others(reading, |other| {
            other.house.has_finder(&other.edition).then(|| ("Find a program of", given.on_page(0).address(other.edition.year)))
        }),
        is_begun: !shelf.listed().is_empty(),
        publishes: reading.publishes(),
    };
    made(&page, None)
}
