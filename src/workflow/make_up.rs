//! Made-up entries for the demo: a guide as long as a real one, the same every time.

use std::sync::Arc;

use super::House;
use super::import::{ImportError, bring_in};
use super::sign_in::folded_email;
use super::start_entry::known_company;
use crate::db::{Connection, accounts, entries};
use crate::domain::{Clock, Edition};
use crate::error::AppError;
use crate::questionnaire::{EntryFile, entry_file, made_up};

/// How many are brought in at a time, so that others' saves come in between.
const AT_A_TIME: usize = 50;

impl House {
    /// Publishes this many made-up entries in the newest edition.
    ///
    /// # Errors
    /// As [`House::make_up_in`].
    pub async fn make_up(&self, count: usize) -> Result<(), ImportError> {
        match self.editions.newest() {
            Some(edition) => self.make_up_in(&edition, count).await,
            None => Ok(()),
        }
    }

    /// Publishes this many made-up entries in an edition, of the same companies in each; on its day, if that is over.
    /// Those that are there already stay as they are.
    ///
    /// # Errors
    /// [`ImportError::Refused`] when the questionnaire asks for what cannot be made up by rule.
    pub async fn make_up_in(&self, edition: &Arc<Edition>, count: usize) -> Result<(), ImportError> {
        let day = self.now().min(edition.schedule.publishes_at);
        let then = Self { clock: Clock::telling(move || day), ..self.clone() };
        for first in (0..count).step_by(AT_A_TIME) {
            let entries = then.made_up(edition, first..count.min(first + AT_A_TIME))?;
            then.bring_in_new(Arc::clone(edition), entries).await?;
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

    /// Brings in those that are not there yet.
    async fn bring_in_new(&self, edition: Arc<Edition>, entries: Vec<EntryFile>) -> Result<(), AppError> {
        let house = self.clone();
        self.db
            .write(move |connection| {
                for entry in &entries {
                    if !is_there(connection, &edition, entry)? {
                        bring_in(connection, &house, &edition, entry)?;
                    }
                }
                Ok(())
            })
            .await
    }
}

/// Whether the company has an entry in the edition.
fn is_there(connection: &mut Connection, edition: &Edition, entry: &EntryFile) -> Result<bool, AppError> {
    let email = entry.members.first().map(|member| folded_email(&member.email)).unwrap_or_default();
    let Some(account) = accounts::by_folded_email(connection, &email)? else { return Ok(false) };
    let company = entry.answers.text(&edition.questionnaire.roles.company);
    let Some(company) = known_company(connection, account.id, company)? else { return Ok(false) };
    Ok(entries::of_company(connection, company)?.iter().any(|entry| entry.edition_id == edition.id))
}
