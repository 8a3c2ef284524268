//! The kept forms that somebody may send, each with where it goes.

use std::sync::Arc;

use jiff::Timestamp;

use crate::domain::{Access, Actor, Edition, decide, permission, token};
use crate::error::AppError;
use crate::web::failure::Place;
use crate::web::form::Form;
use crate::web::layout::Layout;
use crate::web::sent::{Again, Purpose};
use crate::workflow::House;
use crate::workflow::keep_form::KeptForm;

/// A kept form that somebody may send.
pub(super) struct Waiting {
    /// The token that brings it back.
    pub key: String,
    /// The form.
    pub form: KeptForm,
    /// Where it goes.
    pub room: Room,
    /// The form as it is shown.
    pub again: Again,
    /// When it was sent.
    pub sent: Sent,
}

/// When something was sent, for a program and for a person.
pub(super) struct Sent {
    pub machine: String,
    pub words: String,
}

impl Waiting {
    /// By which it is known on the page where it waits.
    pub fn mark(&self) -> String {
        token::mark(&self.key)
    }

    /// The page on which the form stands, where it can be filled in anew.
    pub fn page(&self) -> Option<String> {
        Purpose::page_of(&self.form.address)
    }
}

impl Sent {
    /// A moment by an edition's clock.
    fn at(edition: &Edition, moment: Timestamp) -> Self {
        Self { machine: edition.schedule.machine(moment), words: edition.schedule.moment_words(moment) }
    }
}

/// The forms of these that this person may send, in their order.
pub(super) async fn waiting(house: &House, actor: &Actor, kept: Vec<(String, KeptForm)>) -> Result<Vec<Waiting>, AppError> {
    let newest = house.editions.newest().ok_or_else(|| AppError::broken("there is no edition"))?;
    let mut waiting = Vec::new();
    for (key, form) in kept {
        let room = match Room::of(house, actor, form.path()).await {
            Ok(room) => room,
            Err(AppError::NotThere) => continue,
            Err(error) => return Err(error),
        };
        if let Some(mut again) =
            Again::of(house, room.edition.as_deref(), &form.address, Some(actor.account), &Form(form.fields.clone()))
        {
            again.press = again.press.filter(|_| may_be_taken(&form));
            let sent = Sent::at(room.edition.as_deref().unwrap_or(&newest), form.at);
            waiting.push(Waiting { key, form, room, again, sent });
        }
    }
    Ok(waiting)
}

/// Whether the form may be taken when it is sent now. What says which state of the entry it is about, and was refused, never
/// is: that state has passed. A note is about none, though the form that it came with says one.
fn may_be_taken(form: &KeptForm) -> bool {
    let says_a_state = || form.fields.iter().any(|(name, _)| name == "revision");
    form.refused.is_none() || form.path().contains("/notes") || !says_a_state()
}

/// Where a form is posted to, as somebody knows it who may be there.
pub(super) struct Room {
    /// The frame of the page on which it is shown.
    pub layout: Layout,
    /// The edition of its entry.
    pub edition: Option<Arc<Edition>>,
    /// The entry that it is about, where the frame does not say so.
    pub about: Option<String>,
}

impl Room {
    pub(super) async fn of(house: &House, actor: &Actor, path: &str) -> Result<Self, AppError> {
        let apart = |layout| Self { layout, edition: None, about: None };
        match Place::of(path) {
            Place::Entry { id, .. } => {
                let entry = house.entry_of_vendor(actor, id).await?;
                let layout = Layout::entry(house, actor, &entry, "");
                Ok(Self { layout, edition: Some(Arc::clone(&entry.edition)), about: None })
            }
            Place::Review(id) => {
                let entry = house.entry_at_desk(actor, id).await?;
                let layout = Layout::desk(house, actor, Some(&entry.edition), "");
                let about = Some(entry.entry.company_name.clone()).filter(|name| !name.is_empty());
                Ok(Self { layout, edition: Some(Arc::clone(&entry.edition)), about })
            }
            Place::Desk => match decide(Some(actor), permission::Place::Desk) {
                Access::Granted => Ok(apart(Layout::desk(house, actor, None, ""))),
                Access::SignIn | Access::NotThere => Err(AppError::NotThere),
            },
            Place::Own | Place::Edition(_) | Place::Elsewhere => Ok(apart(Layout::own(house, actor, ""))),
        }
    }
}
