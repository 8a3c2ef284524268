//! What an editor types into a review. All its fields are of one form, and whatever button of it is pressed: what was typed
//! is said first, and then done what the button says. So nothing is lost that nobody has added yet.

use actix_web::{HttpMessage, HttpRequest, HttpResponse, web};
use jiff::Timestamp;
use serde::Deserialize;

use super::notes::Refused;
use super::review::Asked;
use super::{path, review};
use crate::db::ids::{EntryId, NoteId};
use crate::domain::Actor;
use crate::error::AppError;
use crate::questionnaire::form::Malformed;
use crate::web::form::Form;
use crate::web::identity::Editor;
use crate::web::see_other;
use crate::web::sent::Sent;
use crate::workflow::House;
use crate::workflow::add_note::{NotePlace, Said, Typed};

/// The fields that the review's form sends with every button.
const OF_EVERY_BUTTON: [&str; 3] = ["revision", "remarks", "since"];

/// What was typed into a review.
pub struct Texts {
    /// Each text where something was typed, and that whose button was pressed.
    typed: Vec<Typed>,
    /// When the page was made, in microseconds: what was said since may have come from its form already.
    since: Option<i64>,
}

/// Stands with a request whose texts were said, every one of them.
#[derive(Debug, Clone, Copy)]
pub struct TextsSaid;

/// How it went with the texts of a review.
pub enum Outcome {
    /// All were said.
    Said(Said),
    /// The review again, with what could not be said; nothing else is to be done.
    Refused(HttpResponse),
}

impl Texts {
    /// Takes the texts out of a form that has only these other fields, and in which this button was pressed.
    ///
    /// # Errors
    /// [`AppError::Malformed`] for a form that no review sends.
    pub fn of(form: &Form, others: &[&str], pressed: Option<&NotePlace>) -> Result<Self, AppError> {
        let names = form.0.iter().map(|(name, _)| name.as_str()).filter(|name| is_of_a_text(name));
        let names: Vec<&str> = OF_EVERY_BUTTON.iter().chain(others).copied().chain(names).collect();
        form.has_only(&names)?;
        let mut typed = Vec::new();
        for (name, body) in &form.0 {
            let Some(place) = place(name)? else { continue };
            if !body.trim().is_empty() || pressed == Some(&place) {
                typed.push(Typed { internal: is_internal(form, &place), body: body.clone(), place });
            }
        }
        if let Some(pressed) = pressed.filter(|pressed| typed.iter().all(|typed| typed.place != **pressed)) {
            typed.push(Typed { place: pressed.clone(), body: String::new(), internal: is_internal(form, pressed) });
        }
        let since = if typed.is_empty() { None } else { Some(form.number("since")?) };
        Ok(Self { typed, since })
    }

    /// Says all that was typed, and leaves word with the request: whatever becomes of what its button was to do, this is done.
    ///
    /// # Errors
    /// [`AppError::NotThere`] when there is no such entry, question or thread.
    pub async fn say(
        self,
        request: &HttpRequest,
        house: &House,
        editor: &Actor,
        id: EntryId,
        asked: &Asked,
    ) -> Result<Outcome, AppError> {
        let Some(since) = self.since else { return Ok(Outcome::Said(Said::default())) };
        let since = Timestamp::from_microsecond(since).map_err(|_| Malformed::Foreign("since".to_owned()))?;
        let said = house.say(editor, id, self.typed, since).await?;
        if said.refused.is_empty() {
            request.extensions_mut().insert(TextsSaid);
            return Ok(Outcome::Said(said));
        }
        let refused = said.refused.into_iter().map(|(typed, sentence)| Refused { typed, sentence }).collect();
        Ok(Outcome::Refused(review::refused(house, editor, id, asked, refused).await?))
    }
}

fn is_of_a_text(name: &str) -> bool {
    matches!(name, "note" | "internal") || ["note.", "internal.", "reply."].iter().any(|start| name.starts_with(start))
}

/// Where the text stands that a field holds; none for a field that holds no text.
fn place(name: &str) -> Result<Option<NotePlace>, Malformed> {
    Ok(match name.split_once('.') {
        None if name == "note" => Some(NotePlace::New(None)),
        Some(("note", question)) => Some(NotePlace::New(Some(question.to_owned()))),
        Some(("reply", thread)) => Some(NotePlace::Reply(thread.parse().map_err(|_| Malformed::Foreign(name.to_owned()))?)),
        _ => None,
    })
}

fn is_internal(form: &Form, place: &NotePlace) -> bool {
    let ticked = |name: &str| !form.text(name).is_empty();
    match place {
        NotePlace::New(None) => ticked("internal"),
        NotePlace::New(Some(question)) => ticked(&format!("internal.{question}")),
        NotePlace::Reply(_) => false,
    }
}

/// POST `/desk/entries/{id}/notes`: the button says at which question the note is to be added; all others are added with it.
///
/// # Errors
/// [`AppError::NotThere`] when there is no such entry or question.
pub async fn write(
    request: HttpRequest,
    house: web::Data<House>,
    id: web::Path<EntryId>,
    asked: web::Query<Asked>,
    Sent { by: editor, form }: Sent<Editor>,
) -> Result<HttpResponse, AppError> {
    let question = form.0.iter().find(|(name, _)| name == "question").map(|(_, question)| question.clone());
    let mut pressed = question.map(|question| NotePlace::New(Some(question).filter(|question| !question.is_empty())));
    if Texts::of(&form, &["question"], pressed.as_ref())?.typed.is_empty() {
        pressed = Some(NotePlace::New(None));
    }
    match Texts::of(&form, &["question"], pressed.as_ref())?.say(&request, &house, &editor, *id, &asked).await? {
        Outcome::Refused(review) => Ok(review),
        Outcome::Said(Said { threads, .. }) => {
            let thread = threads.iter().find(|(place, _)| pressed.as_ref() == Some(place)).or(threads.last());
            let thread = thread.map(|(_, thread)| format!("#thread-{thread}")).unwrap_or_default();
            Ok(see_other(&format!("{}{}{thread}", path(*id), asked.query())))
        }
    }
}

/// An entry's thread.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct ThreadPath {
    id: EntryId,
    note: NoteId,
}

/// POST `/desk/entries/{id}/notes/{note}`: reply, resolve, or reopen.
///
/// # Errors
/// [`AppError::NotThere`] when the entry has no such thread, [`AppError::Malformed`] for an act that there is not.
pub async fn act(
    request: HttpRequest,
    house: web::Data<House>,
    thread: web::Path<ThreadPath>,
    asked: web::Query<Asked>,
    Sent { by: editor, form }: Sent<Editor>,
) -> Result<HttpResponse, AppError> {
    let ThreadPath { id, note } = *thread;
    let (pressed, settled) = match form.text("act") {
        "reply" => (Some(NotePlace::Reply(note)), None),
        "resolve" => (None, Some(true)),
        "reopen" => (None, Some(false)),
        _ => return Err(form.unknown_act()),
    };
    let texts = Texts::of(&form, &["act"], pressed.as_ref())?;
    if let Outcome::Refused(review) = texts.say(&request, &house, &editor, id, &asked).await? {
        return Ok(review);
    }
    if let Some(settled) = settled {
        house.settle_note(&editor, id, note, settled).await?;
    }
    Ok(see_other(&format!("{}{}#thread-{note}", path(id), asked.query())))
}
