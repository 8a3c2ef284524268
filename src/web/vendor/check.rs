//! `/entries/{id}/check`: every answer, what is missing, and the button that submits.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::db::ids::EntryId;
use crate::domain::Status;
use crate::error::AppError;
use crate::questionnaire::{Line, PageCheck, Query, Section, Value};
use crate::web::identity::SignedIn;
use crate::web::layout::Layout;
use crate::web::page;
use crate::web::vendor::Progress;
use crate::workflow::submit::may_submit;
use crate::workflow::{EntryInHand, House};

#[derive(Template)]
#[template(path = "vendor/check.html")]
struct CheckPage {
    layout: Layout,
    path: String,
    submitted: bool,
    editable: bool,
    in_time: bool,
    deadline: String,
    parts: Vec<Part>,
}

/// One page of the questionnaire, checked.
struct Part {
    section: Section,
    check: PageCheck,
    status: Progress,
    kept: Vec<String>,
}

impl CheckPage {
    fn complete(&self) -> bool {
        self.parts.iter().all(|part| part.check.refusals.is_empty())
    }

    fn open_queries(&self) -> usize {
        self.parts.iter().flat_map(|part| &part.check.queries).filter(|query| !query.confirmed).count()
    }

    fn refused(&self) -> usize {
        self.parts.iter().filter(|part| !part.check.refusals.is_empty()).count()
    }
}

impl Part {
    /// What is wrong with the answer of a line, at the last line of its question.
    fn wrong(&self, index: &usize) -> Vec<&str> {
        let index = *index;
        let line = &self.section.lines[index];
        let last = self.section.lines.get(index + 1).is_none_or(|next| next.question != line.question);
        let of_question = self.check.refusals.iter().filter(|refusal| refusal.question == line.question && !refusal.missing);
        if last { of_question.map(|refusal| refusal.sentence.as_str()).collect() } else { Vec::new() }
    }

    fn query(&self, line: &Line) -> Option<&Query> {
        self.check.queries.iter().find(|query| query.question == line.question)
    }

    fn incomplete(&self, line: &Line) -> bool {
        self.check.refusals.iter().any(|refusal| refusal.question == line.question && refusal.missing)
    }
}

/// GET `/entries/{id}/check`
///
/// # Errors
/// [`AppError::NotThere`] for an entry of another company.
pub async fn show(house: web::Data<House>, actor: SignedIn, id: web::Path<EntryId>) -> Result<HttpResponse, AppError> {
    let entry = house.entry_of_vendor(&actor, *id).await?;
    page(&CheckPage {
        layout: Layout::entry(&house, &actor, &entry, "Your entry"),
        path: entry.path(),
        submitted: !matches!(entry.entry.status, Status::Draft | Status::ChangesRequested),
        editable: entry.entry.status.is_open_to_the_vendor(),
        in_time: may_submit(&entry, &house),
        deadline: entry.edition.schedule.deadline_words(),
        parts: parts(&house, &entry),
    })
}

fn parts(house: &House, entry: &EntryInHand) -> Vec<Part> {
    let questionnaire = &entry.edition.questionnaire;
    let sections = questionnaire.sections(&entry.answers).into_iter();
    let parts = sections.zip(entry.check(house.now())).zip(&questionnaire.pages);
    parts
        .map(|((section, check), page)| Part {
            status: Progress(check.status),
            kept: questionnaire.kept_unasked(page, &entry.answers).into_iter().map(|question| question.label.clone()).collect(),
            section,
            check,
        })
        .collect()
}
