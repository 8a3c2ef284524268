//! `/entries`: one's entries, and beginning a new one.

use std::sync::Arc;

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::db::entries;
use crate::domain::{Actor, Edition, Shut, Status, reference};
use crate::error::AppError;
use crate::questionnaire::tidy::tidy_line;
use crate::web::identity::SignedIn;
use crate::web::kept::StillKept;
use crate::web::layout::Layout;
use crate::web::sent::Sent;
use crate::web::{page, see_other, unprocessable};
use crate::workflow::House;
use crate::workflow::start_entry::NewEntry;

#[derive(Template)]
#[template(path = "vendor/entries.html")]
struct EntriesPage {
    layout: Layout,
    entries: Vec<(entries::Entry, i32)>,
    open: Result<Arc<Edition>, Shut>,
}

/// GET `/entries`
///
/// # Errors
/// What the database says.
pub async fn list(house: web::Data<House>, actor: SignedIn, kept: StillKept) -> Result<HttpResponse, AppError> {
    let account = actor.account;
    let entries = house.db.read(move |connection| entries::of_account(connection, account).map_err(AppError::from)).await?;
    let open = house.editions.open(house.now());
    if entries.is_empty() && !actor.editor && open.is_ok() {
        return Ok(see_other("/entries/new"));
    }
    page(&EntriesPage { layout: Layout::own(&house, &actor, "Your entries").telling(&kept), entries, open })
}

/// The form that begins an entry, with what was typed and what is wrong with it.
#[derive(Template)]
#[template(path = "vendor/start.html")]
struct StartPage {
    layout: Layout,
    edition: Arc<Edition>,
    asks_name: bool,
    typed: NewEntry,
    refusals: Vec<(&'static str, String)>,
    left: String,
}

impl StartPage {
    fn new(house: &House, actor: &Actor, typed: NewEntry) -> Result<Self, AppError> {
        let edition = house.editions.open(house.now()).map_err(AppError::NotOpen)?;
        let left = edition.schedule.left_words(house.now());
        let layout = Layout::own(house, actor, "Your entries");
        Ok(Self { layout, asks_name: actor.name.is_empty(), typed, refusals: Vec::new(), left, edition })
    }

    fn refusal(&self, field: &str) -> Option<&str> {
        self.refusals.iter().find(|(known, _)| *known == field).map(|(_, sentence)| sentence.as_str())
    }
}

/// GET `/entries/new`
///
/// # Errors
/// [`AppError::NotOpen`] while no edition takes entries.
pub async fn new(house: web::Data<House>, actor: SignedIn, kept: StillKept) -> Result<HttpResponse, AppError> {
    let account = actor.account;
    let known = house.db.read(move |connection| entries::of_account(connection, account).map_err(AppError::from)).await?;
    // What is known is not asked again; the newest entry comes first.
    let company = known.into_iter().next().map(|(entry, _)| entry.company_name).unwrap_or_default();
    let typed = NewEntry { name: String::new(), company, program: String::new() };
    let view = StartPage::new(&house, &actor, typed)?;
    page(&StartPage { layout: view.layout.clone().telling(&kept), ..view })
}

/// POST `/entries/new`
///
/// # Errors
/// [`AppError::NotOpen`] while no edition takes entries.
pub async fn start(house: web::Data<House>, Sent { by: actor, form }: Sent<SignedIn>) -> Result<HttpResponse, AppError> {
    form.has_only(&["name", "company", "program"])?;
    let typed = NewEntry {
        name: tidy_line(form.text("name")),
        company: tidy_line(form.text("company")),
        program: tidy_line(form.text("program")),
    };
    let mut view = StartPage::new(&house, &actor, typed.clone())?;
    view.refusals = refusals(&typed, view.asks_name);
    if !view.refusals.is_empty() {
        return unprocessable(&view);
    }
    let entry = house.start_entry(&actor, typed).await?;
    Ok(see_other(&format!("/entries/{entry}")))
}

/// The most characters of a name.
const LONGEST: usize = 120;

fn refusals(typed: &NewEntry, asks_name: bool) -> Vec<(&'static str, String)> {
    let fields = [
        ("name", "Enter your name", "Your name", &typed.name),
        ("company", "Enter the company name", "The company name", &typed.company),
        ("program", "Enter the name of the partner program", "The name of the partner program", &typed.program),
    ];
    let asked = fields.into_iter().filter(|(field, ..)| asks_name || *field != "name");
    asked
        .filter_map(|(field, missing, label, text)| match text.chars().count() {
            0 => Some((field, missing.to_owned())),
            length if length > LONGEST => Some((field, crate::questionnaire::sentence::too_long(label, LONGEST, length))),
            _ => None,
        })
        .collect()
}
