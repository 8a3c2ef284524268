//! Made-up entries for the demo: a guide as long as a real one, the same every time.

use std::sync::Arc;

use super::House;
use super::import::{ImportError, bring_in};
use super::sign_in::folded_email;
use crate::db::accounts;
use crate::domain::Edition;
use crate::error::AppError;
use crate::questionnaire::{EntryFile, entry_file, made_up};

/// How many are brought in at a time, so that others' saves come in between.
const AT_A_TIME: usize = 50;

impl House {
    /// Publishes this many made-up entries in the newest edition. Those that are there already stay as they are.
    ///
    /// # Errors
    /// [`ImportError::Refused`] when the questionnaire asks for what cannot be made up by rule.
    pub async fn make_up(&self, count: usize) -> Result<(), ImportError> {
        let Some(edition) = self.editions.newest() else { return Ok(()) };
        for first in (0..count).step_by(AT_A_TIME) {
            let entries = self.made_up(&edition, first..count.min(first + AT_A_TIME))?;
            self.bring_in_new(Arc::clone(&edition), entries).await?;
        }
        Ok(self.refresh_guide().await?)
    }

    fn made_up(&self, edition: &Edition, numbers: std::ops::Range<usize>) -> Result<Vec<EntryFile>, ImportError> {
        let calendar = edition.calendar(self.now());
        let entries: Vec<EntryFile> = numbers.map(|number| made_up::entry(&edition.questionnaire, calendar, number)).collect();
        let refusals = entries.iter().flat_map(|entry| {
            let refused = entry_file::refusals(&edition.questionnaire, entry, calendar);
            refused.into_iter().map(|(question, sentence)| format!("{}: {question}: {sentence}", entry.file))
        });
        let refusals: Vec<String> = refusals.collect();
        if refusals.is_empty() { Ok(entries) } else { Err(ImportError::Refused(refusals)) }
    }

    /// Brings in those whose people have no account yet: the others were brought in before.
    async fn bring_in_new(&self, edition: Arc<Edition>, entries: Vec<EntryFile>) -> Result<(), AppError> {
        let house = self.clone();
        self.db
            .write(move |connection| {
                for entry in &entries {
                    let email = entry.members.first().map(|member| folded_email(&member.email)).unwrap_or_default();
                    if accounts::by_folded_email(connection, &email)?.is_none() {
                        bring_in(connection, &house, &edition, entry)?;
                    }
                }
                Ok(())
            })
            .await
    }
}
