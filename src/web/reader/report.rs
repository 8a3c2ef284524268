//! `/{year}/programs/{slug}/report`: whoever finds something outdated tells the vendor and the editors, without an account.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::Reading;
use super::profile::address;
use crate::domain::Edition;
use crate::error::AppError;
use crate::guide::{Listed, Published};
use crate::web::form::Form;
use crate::web::identity::sender;
use crate::web::layout::Layout;
use crate::web::{page, page_with, see_other};
use crate::workflow::House;
use crate::workflow::report_fact::{Refusal, Report};

/// What the address says.
#[derive(Debug, Deserialize)]
pub struct Asked {
    /// The anchor of the answer that is meant; one that the profile has not is passed over.
    #[serde(default)]
    question: String,
    /// Whether the report has just been sent.
    sent: Option<String>,
}

/// What was typed.
#[derive(Debug, Default)]
struct Typed {
    question: String,
    wrong: String,
    from: String,
}

#[derive(Template)]
#[template(path = "reader/report.html")]
struct ReportPage<'a> {
    layout: Layout,
    edition: &'a Edition,
    listed: &'a Listed,
    published: &'a Published,
    profile: String,
    typed: Typed,
    refusals: Vec<Refusal>,
    too_many: bool,
}

impl<'a> ReportPage<'a> {
    fn new(reading: &'a Reading, listed: &'a Listed, published: &'a Published, typed: Typed) -> Self {
        Self {
            layout: Layout::public(&reading.house, Some(&reading.edition), "Programs"),
            edition: &reading.edition,
            listed,
            published,
            profile: address(&reading.edition, &listed.slug),
            typed,
            refusals: Vec::new(),
            too_many: false,
        }
    }

    fn refusal(&self, field: &str) -> Option<&str> {
        self.refusals.iter().find(|refusal| refusal.field == field).map(|refusal| refusal.sentence.as_str())
    }
}

#[derive(Template)]
#[template(path = "reader/reported.html")]
struct ReportedPage<'a> {
    layout: Layout,
    listed: &'a Listed,
    profile: String,
}

/// GET `/{year}/programs/{slug}/report`
///
/// # Errors
/// [`AppError::NotThere`] for what is not published.
pub async fn show(
    house: web::Data<House>,
    path: web::Path<(i32, String)>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, AppError> {
    let reading = Reading::of_year(&house, path.0)?;
    let listed = reading.profile(&path.1)?;
    if asked.sent.is_some() {
        let layout = Layout::public(&house, Some(&reading.edition), "Programs");
        return page(&ReportedPage { layout, listed, profile: address(&reading.edition, &listed.slug) });
    }
    let typed = Typed { question: asked.into_inner().question, ..Typed::default() };
    page(&ReportPage::new(&reading, listed, &listed.published()?, typed))
}

/// POST `/{year}/programs/{slug}/report`
///
/// # Errors
/// [`AppError::NotThere`] for what is not published.
pub async fn send(
    request: HttpRequest,
    house: web::Data<House>,
    path: web::Path<(i32, String)>,
    form: Form,
) -> Result<HttpResponse, AppError> {
    form.has_only(&["question", "wrong", "from"])?;
    let reading = Reading::of_year(&house, path.0)?;
    let listed = reading.profile(&path.1)?;
    let published = listed.published()?;
    let text = |name| form.text(name).to_owned();
    let view = ReportPage::new(
        &reading,
        listed,
        &published,
        Typed { question: text("question"), wrong: text("wrong"), from: text("from") },
    );
    let report = match Report::read(&published, &view.typed.question, &view.typed.wrong, &view.typed.from) {
        Ok(report) => report,
        Err(refusals) => return page_with(StatusCode::UNPROCESSABLE_ENTITY, &ReportPage { refusals, ..view }),
    };
    match house.report_fact(listed.entry, report, &sender(&request)).await {
        Ok(()) => Ok(see_other(&format!("{}/report?sent=yes", view.profile))),
        Err(AppError::TooManyTries) => page_with(StatusCode::TOO_MANY_REQUESTS, &ReportPage { too_many: true, ..view }),
        Err(error) => Err(error),
    }
}
