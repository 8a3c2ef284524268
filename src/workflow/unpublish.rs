//! An editor takes a profile down.

use serde_json::json;

use super::{EntryInHand, House, chronicle, entry_in_hand, post};
use crate::db::ids::EntryId;
use crate::db::{Connection, profiles};
use crate::domain::{Act, Actor, NotNow, Status};
use crate::error::AppError;
use crate::mail::message::ProfileTakenDown;
use crate::questionnaire::direction::isolated;

impl House {
    /// Takes a profile down, and tells the company's people. A published entry is approved again; one that is being revised
    /// stays where it is. A profile that is down already stays down.
    ///
    /// # Errors
    /// [`AppError::NotNow`] when readers never saw one.
    pub async fn unpublish(&self, actor: &Actor, id: EntryId) -> Result<EntryInHand, AppError> {
        let (house, editor) = (self.clone(), actor.clone());
        let entry = self.db.write(move |connection| unpublish(connection, &house, &editor, id)).await?;
        self.refresh_guide().await?;
        Ok(entry)
    }
}

fn unpublish(connection: &mut Connection, house: &House, editor: &Actor, id: EntryId) -> Result<EntryInHand, AppError> {
    let mut entry = entry_in_hand::at_desk(connection, &house.editions, editor, id)?;
    if entry.had_a_profile() {
        return Ok(entry);
    }
    let Some(profile) = entry.profile.take() else {
        return Err(NotNow { act: Act::Unpublish, status: entry.entry.status }.into());
    };
    let details = json!({ "version": profile.version, "under_revision": entry.entry.status != Status::Published });
    chronicle::move_on(connection, house, editor, &mut entry.entry, Act::Unpublish, details)?;
    profiles::close_current(connection, id, house.now().into())?;
    tell_members(connection, house, editor, &entry, profile.version)?;
    Ok(entry)
}

fn tell_members(
    connection: &mut Connection,
    house: &House,
    editor: &Actor,
    entry: &EntryInHand,
    version: i32,
) -> Result<(), AppError> {
    let mail = ProfileTakenDown {
        frame: post::frame(house, &entry.edition),
        company: entry.company_apart(),
        program: entry.program_apart(),
        editor: isolated(editor.called()).into_owned(),
        notes: post::open_notes(house, entry),
        link: house.address(&entry.path()),
    };
    let key = format!("taken_down:{}:{version}", entry.entry.id);
    post::send_to_members(connection, house, &key, entry.entry.company_id, &entry.edition.contact_email, &mail)
}
