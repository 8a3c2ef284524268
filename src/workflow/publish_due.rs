//! On an edition's publication day what is approved appears by itself.

use serde_json::json;

use super::{House, chronicle, entry_in_hand, publish};
use crate::db::{entries, profiles};
use crate::domain::{Act, Status};
use crate::error::AppError;

impl House {
    /// Publishes what is approved in editions whose day has come. A profile that was taken down after that stays down.
    ///
    /// # Errors
    /// What the database says; the next look tries again.
    pub async fn publish_due(&self) -> Result<usize, AppError> {
        let (now, read_at) = (self.now(), self.guide.catalogue().read_at());
        let due: Vec<_> = self.editions.all().iter().filter(|edition| edition.schedule.publishes_at <= now).cloned().collect();
        // Readers' pages that were made before the day say that it is to come.
        let has_come = due.iter().any(|edition| read_at < edition.schedule.publishes_at);
        let house = self.clone();
        let published = self
            .db
            .write(move |connection| {
                let mut published = 0;
                for edition in &due {
                    for entry in entries::at_status(connection, edition.id, Status::Approved)? {
                        let mut entry = entry_in_hand::take(connection, &house.editions, entry)?;
                        if entry.was_taken_down() {
                            continue;
                        }
                        let version = profiles::next_version(connection, entry.entry.id)?;
                        let details = json!({ "version": version, "on_the_day": true });
                        chronicle::move_on_by(connection, &house, None, &mut entry.entry, Act::Publish, details)?;
                        let appearance = publish::appearance(&entry);
                        publish::put_up(connection, &house, None, &mut entry, version)?;
                        publish::tell_members(connection, &house, &entry, version, appearance)?;
                        published += 1;
                    }
                }
                Ok::<_, AppError>(published)
            })
            .await?;
        if published > 0 || has_come {
            self.refresh_guide().await?;
        }
        Ok(published)
    }
}
