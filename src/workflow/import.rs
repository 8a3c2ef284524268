//! Entries from files: checked as a form would, and brought in all or none.

mod checked;

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use serde_json::json;

use self::checked::{Checked, Named};
use super::{House, chronicle, entry_in_hand, publish, sign_in, start_entry, submit};
use crate::db::{Connection, DbError, Document, accounts, answers, companies, entries};
use crate::domain::{Act, Actor, Edition, Status};
use crate::error::AppError;
use crate::guide::folded;
use crate::questionnaire::Answered;
use crate::questionnaire::entry_file::{EntryFile, FileStatus};

/// Why nothing was brought in.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The files are not right: a sentence each, naming file and question.
    #[error("{}", .0.join("\n"))]
    Refused(Vec<String>),
    /// The files are right; something else was not.
    #[error(transparent)]
    App(#[from] AppError),
}

impl From<DbError> for ImportError {
    fn from(error: DbError) -> Self {
        Self::App(error.into())
    }
}

impl House {
    /// Brings in entries from files, given as name and text. What is submitted or published there is so here, without
    /// a mail: its people know.
    ///
    /// # Errors
    /// [`ImportError::Refused`] with every refusal in every file; nothing is brought in then.
    pub async fn import(&self, files: &[(String, String)]) -> Result<usize, ImportError> {
        self.bring_in_checked(files.iter().map(|(name, text)| Checked::text(self, name, text)).collect()).await
    }

    /// Brings in entries from files, given by their paths.
    ///
    /// # Errors
    /// As [`House::import`]; a file that cannot be read is one more refusal.
    pub async fn import_files(&self, paths: &[PathBuf]) -> Result<usize, ImportError> {
        self.bring_in_checked(paths.iter().map(|path| Checked::file(self, path)).collect()).await
    }

    async fn bring_in_checked(&self, entries: Vec<Checked>) -> Result<usize, ImportError> {
        let (count, house) = (entries.len(), self.clone());
        self.db.write(move |connection| bring_in_all(connection, &house, &entries)).await?;
        self.refresh_guide().await?;
        Ok(count)
    }
}

/// Brings in all entries or none. It goes on after a refusal, so that all of them are told, in the order of the files.
fn bring_in_all(connection: &mut Connection, house: &House, files: &[Checked]) -> Result<(), ImportError> {
    let mut refusals = Vec::new();
    let mut before: HashMap<_, &str> = HashMap::new();
    let mut given = HashSet::new();
    for Checked { file, itself, entry, named } in files {
        let repeated = match named {
            _ if !given.insert(itself) => Some(format!("{file}: the file was given twice")),
            Some(named) => match before.entry(named.key()) {
                Entry::Occupied(earlier) => Some(named.stands_in(earlier.get())),
                Entry::Vacant(first) => {
                    first.insert(&named.file);
                    repetition(connection, named)?
                }
            },
            None => None,
        };
        match entry {
            Ok((edition, file)) if repeated.is_none() => bring_in(connection, house, edition, file)?,
            Ok(_) => refusals.extend(repeated),
            Err(sentences) => refusals.extend(repeated.into_iter().chain(sentences.iter().cloned())),
        }
    }
    match refusals.is_empty() {
        true => Ok(()),
        false => Err(ImportError::Refused(refusals)),
    }
}

/// Why an entry is refused that its company has already, whoever its people are.
fn repetition(connection: &mut Connection, named: &Named) -> Result<Option<String>, AppError> {
    let Named { file, edition, company, program } = named;
    let mut known = false;
    for namesake in companies::of_folded_name(connection, &folded(company))? {
        known = known || start_entry::begun(connection, edition, namesake.id, program)?.is_some();
    }
    let year = edition.year;
    Ok(known.then(|| format!("{file}: \"{company}\" already has an entry for \"{program}\" in the edition of {year}")))
}

/// Brings in one entry, with its company and its people. A company that its owner has under this name is the same one.
pub(super) fn bring_in(connection: &mut Connection, house: &House, edition: &Edition, file: &EntryFile) -> Result<(), AppError> {
    let roles = &edition.questionnaire.roles;
    let (company, program) = (file.answers.text(&roles.company), file.answers.text(&roles.program));
    let members = members(connection, house, file)?;
    let people: Vec<_> = members.iter().enumerate().map(|(index, actor)| (actor.account, index == 0)).collect();
    let known = match members.first() {
        Some(owner) => start_entry::known_company(connection, owner.account, company)?,
        None => None,
    };
    let company_id = match known {
        Some(known) => start_entry::join(connection, house, known, &people).map(|()| known)?,
        None => start_entry::found_company(connection, house, company, &people)?,
    };
    let entry = start_entry::begin(connection, house, edition, company_id, company, program)?;
    let row = |(question, answered): (&str, &Answered)| answers::Answer {
        entry_id: entry.id,
        question: question.to_owned(),
        value: Document(answered.answer.to_json()),
        confirmed: answered.confirmed.clone(),
        reason: Some(answered.reason.clone()).filter(|reason| !reason.is_empty()),
        rival: None,
        account_id: None,
        saved_at: house.now().into(),
        turns: None,
    };
    answers::insert_all(connection, &file.answers.iter().map(row).collect::<Vec<_>>())?;
    chronicle::record(connection, house, None, entry.id, "import", json!({ "file": file.file }))?;
    advance(connection, house, entry, file.status)
}

fn members(connection: &mut Connection, house: &House, file: &EntryFile) -> Result<Vec<Actor>, AppError> {
    let mut members = Vec::new();
    for member in &file.members {
        let account = sign_in::account_of(connection, house, &member.email)?;
        if account.name.is_empty() {
            accounts::rename(connection, account.id, &member.name)?;
        }
        members.push(Actor { account: account.id, name: member.name.clone(), email: account.email, editor: account.editor });
    }
    Ok(members)
}

/// Moves an imported entry as far as its file says it has come. Nobody does that here: neither its people nor an editor have
/// decided anything.
fn advance(connection: &mut Connection, house: &House, entry: entries::Entry, status: FileStatus) -> Result<(), AppError> {
    let acts: &[Act] = match status {
        FileStatus::Draft => &[],
        FileStatus::Submitted => &[Act::Submit],
        FileStatus::Published => &[Act::Submit, Act::Approve, Act::Publish],
    };
    if acts.is_empty() {
        return Ok(());
    }
    let mut in_hand = entry_in_hand::take(connection, &house.editions, entry)?;
    let queries = submit::query_count(&in_hand.check(house.now()));
    for act in acts {
        let details = match act {
            Act::Submit => json!({ "import": true, "queries": queries }),
            _ => json!({ "import": true }),
        };
        chronicle::move_on_by(connection, house, None, &mut in_hand.entry, *act, details)?;
    }
    submit::remember(connection, house, None, &mut in_hand.sheet)?;
    if status == FileStatus::Published {
        publish::put_up(connection, house, None, &mut in_hand, 1)?;
    }
    Ok(())
}

impl House {
    /// The address of somebody whose entry is a draft: the vendor that the demo signs in as.
    ///
    /// # Errors
    /// What the database says.
    pub async fn vendor_of_draft(&self) -> Result<Option<String>, AppError> {
        let editions = self.editions.all();
        self.db
            .read(move |connection| {
                for edition in editions.iter().rev() {
                    for entry in entries::at_status(connection, edition.id, Status::Draft)? {
                        if let Some((account, _)) = accounts::members_of(connection, entry.company_id)?.into_iter().next() {
                            return Ok(Some(account.email));
                        }
                    }
                }
                Ok(None)
            })
            .await
    }
}
