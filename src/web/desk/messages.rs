//! `/desk/messages`: what the post has sent, and what it could not send.

use actix_web::{HttpResponse, web};
use askama::Template;
use jiff::Timestamp;

use super::{AskedPage, Pages};
use crate::db::ids::MessageId;
use crate::db::messages::Message;
use crate::domain::Edition;
use crate::error::AppError;
use crate::web::count::{capital, counted};
use crate::web::identity::Editor;
use crate::web::kept::StillKept;
use crate::web::layout::Layout;
use crate::web::sent::Sent;
use crate::web::{page, see_other};
use crate::workflow::House;
use crate::workflow::resend_message::{ROWS, may_resend};

#[derive(Template)]
#[template(path = "desk/messages.html")]
struct MessagesPage {
    layout: Layout,
    given_up: String,
    place: String,
    rows: Vec<Row>,
    pages: Option<Pages>,
}

struct Row {
    id: MessageId,
    recipient: String,
    subject: String,
    mark: &'static str,
    state: &'static str,
    failed: bool,
    may_resend: bool,
    /// Whether it is due, and waits for a server that let nobody in.
    soon: bool,
    machine: String,
    at: String,
    attempts: i32,
    error: Option<String>,
}

/// GET `/desk/messages`
///
/// # Errors
/// [`AppError::NotThere`] while there is no edition.
pub async fn show(
    house: web::Data<House>,
    editor: Editor,
    asked: web::Query<AskedPage>,
    kept: StillKept,
) -> Result<HttpResponse, AppError> {
    let edition = super::edition(&house, None)?;
    let (number, now) = (asked.page.unwrap_or(1).max(1), house.now());
    let messages = house.messages_at_desk(&editor, number).await?;
    let pages = Pages::of(number, messages.newest.len() > ROWS, |number| format!("/desk/messages?page={number}"));
    let others = messages.newest.iter().take(ROWS).filter(|message| !message.has_failed() && !message.is_held_back());
    // What somebody should look at is missed on no page.
    let troubled = messages.failed.iter().chain(&messages.held_back);
    page(&MessagesPage {
        layout: Layout::desk(&house, &editor, Some(&edition), "Messages").telling(&kept),
        given_up: capital(&counted(messages.failed.len(), "message was given up", "messages were given up")),
        place: edition.schedule.place(),
        pages,
        rows: troubled.chain(others).map(|message| row(&edition, message, now)).collect(),
    })
}

/// POST `/desk/messages/{id}/resend`
///
/// # Errors
/// [`AppError::Unusable`] for a mail whose words are not kept.
pub async fn resend(
    house: web::Data<House>,
    id: web::Path<MessageId>,
    Sent { by: editor, form }: Sent<Editor>,
) -> Result<HttpResponse, AppError> {
    form.has_only(&[])?;
    house.resend(&editor, *id).await?;
    Ok(see_other(&format!("/desk/messages#message-{id}")))
}

fn row(edition: &Edition, message: &Message, now: Timestamp) -> Row {
    let schedule = &edition.schedule;
    let soon = message.is_held_back() && message.next_attempt_at.timestamp() <= now;
    let (mark, state) = match (message.failed_at, message.sent_at, message.last_error.is_some()) {
        _ if message.came_too_late() => ("cross", "Came too late"),
        (Some(_), _, _) => ("problem", "Given up"),
        (_, Some(_), _) => ("check", "Sent"),
        (_, _, true) => ("half", "To be tried again"),
        (_, _, false) => ("empty", "On its way"),
    };
    let next = Some(message.next_attempt_at).filter(|_| message.is_held_back());
    let at = message.failed_at.or(message.sent_at).or(next).unwrap_or(message.created_at).timestamp();
    Row {
        id: message.id,
        recipient: message.recipient.clone(),
        subject: message.subject.clone(),
        mark,
        state,
        failed: message.has_failed(),
        may_resend: may_resend(message) && !soon,
        soon,
        machine: schedule.machine(at),
        at: schedule.time_words(at),
        attempts: message.attempts,
        error: message.last_error.clone(),
    }
}
