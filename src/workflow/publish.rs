//! An editor publishes an entry.

use serde_json::json;

use super::entry_in_hand::Seen;
use super::{EntryInHand, House, approve, chronicle, entry_in_hand, post};
use crate::db::ids::EntryId;
use crate::db::{Connection, Document, entries, profiles};
use crate::domain::{Act, Actor, Status};
use crate::error::AppError;
use crate::guide::Published;
use crate::mail::message::{Appearance, ProfilePublished};

impl House {
    /// Publishes an approved entry, or approves and publishes a submitted one. Readers see it at once.
    ///
    /// # Errors
    /// [`AppError::NotNow`] unless it is submitted or approved; one that is published is left as it is.
    /// [`AppError::Outdated`] if it is not what was seen.
    pub async fn publish(&self, actor: &Actor, id: EntryId, seen: Seen) -> Result<EntryInHand, AppError> {
        let (house, editor) = (self.clone(), actor.clone());
        let entry = self.db.write(move |connection| publish(connection, &house, &editor, id, seen)).await?;
        self.refresh_guide().await?;
        Ok(entry)
    }
}

fn publish(connection: &mut Connection, house: &House, actor: &Actor, id: EntryId, seen: Seen) -> Result<EntryInHand, AppError> {
    let mut entry = entry_in_hand::as_seen(connection, &house.editions, actor, id, seen)?;
    if entry.entry.status == Status::Published {
        return Ok(entry);
    }
    if entry.entry.status == Status::Submitted {
        approve::approve(connection, house, actor, &mut entry)?;
    }
    let version = profiles::next_version(connection, id)?;
    let details = json!({ "version": version, "settled": entry.open_notes() });
    chronicle::move_on(connection, house, actor, &mut entry.entry, Act::Publish, details)?;
    approve::settle(connection, house, actor, &mut entry)?;
    let appearance = appearance(&entry);
    put_up(connection, house, Some(actor), &mut entry, version)?;
    tell_members(connection, house, &entry, version, appearance)?;
    Ok(entry)
}

/// How a profile that is put up now comes to stand in the guide.
pub(super) fn appearance(entry: &EntryInHand) -> Appearance {
    match (&entry.profile, entry.had_a_profile()) {
        (Some(_), _) => Appearance::Update,
        (None, true) => Appearance::Return,
        (None, false) => Appearance::First,
    }
}

/// Puts up a new version of the profile in place of the one before.
pub(super) fn put_up(
    connection: &mut Connection,
    house: &House,
    actor: Option<&Actor>,
    entry: &mut EntryInHand,
    version: i32,
) -> Result<(), AppError> {
    if version == 1 {
        // The address was made when the entry was begun; until readers know it, it follows the company's name.
        let slug = super::start_entry::free_slug(connection, entry.edition.id, &entry.entry.company_name, Some(entry.entry.id))?;
        entries::set_slug(connection, entry.entry.id, &slug)?;
        entry.entry.slug = slug;
    }
    profiles::close_current(connection, entry.entry.id, house.now().into())?;
    let profile = profiles::Profile {
        id: house.id(),
        entry_id: entry.entry.id,
        edition_id: entry.edition.id,
        version,
        slug: entry.entry.slug.clone(),
        document: Document(serde_json::to_value(frozen(entry, house)).map_err(AppError::broken)?),
        published_by: actor.map(|actor| actor.account),
        published_from: house.now().into(),
        published_until: None,
    };
    profiles::insert(connection, &profile)?;
    entry.profile = Some(profile);
    Ok(())
}

/// What readers would see of the entry as it is now.
pub fn frozen(entry: &EntryInHand, house: &House) -> Published {
    let questionnaire = &entry.edition.questionnaire;
    let sections = questionnaire.sections(&entry.answers);
    let listed = |key: &String| {
        let line = sections.iter().flat_map(|section| &section.lines).find(|line| &line.question == key);
        line.and_then(|line| line.value.as_ref()).map(|value| value.lines().join(", ")).unwrap_or_default()
    };
    Published {
        printed: questionnaire.print(&entry.answers),
        listed: questionnaire.roles.listed.iter().map(listed).collect(),
        answers: entry.answers.freeze(questionnaire),
        confirmed_at: entry.entry.submitted_at.map_or_else(|| house.now(), |at| at.timestamp()),
    }
}

/// Tells the company's people where their profile is.
pub(super) fn tell_members(
    connection: &mut Connection,
    house: &House,
    entry: &EntryInHand,
    version: i32,
    appearance: Appearance,
) -> Result<(), AppError> {
    let mail = ProfilePublished {
        frame: post::frame(house, &entry.edition),
        company: entry.company_apart(),
        program: entry.program_apart(),
        appearance,
        profile: house.address(&entry.profile_path()),
        link: house.address(&entry.path()),
    };
    let key = format!("published:{}:{version}", entry.entry.id);
    post::send_to_members(connection, house, &key, entry.entry.company_id, &entry.edition.contact_email, &mail)
}
