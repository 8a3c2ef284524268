//! Entries from files: checked as a form would, and brought in all or none.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::json;

use super::{House, chronicle, entry_in_hand, publish, sign_in, start_entry, submit};
use crate::db::{Connection, DbError, Document, accounts, answers, companies, entries};
use crate::domain::{Act, Actor, Edition, Status};
use crate::error::AppError;
use crate::guide::folded;
use crate::questionnaire::Answered;
use crate::questionnaire::entry_file::{self, EntryFile, FileStatus};

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

/// The entry in a file with the edition it is for, or what is refused in it.
type Checked = Result<(Arc<Edition>, EntryFile), Vec<String>>;

impl House {
    /// Brings in entries from files, given as name and text. What is submitted or published there is so here, without
    /// a mail: its people know.
    ///
    /// # Errors
    /// [`ImportError::Refused`] with every refusal in every file; nothing is brought in then.
    pub async fn import(&self, files: &[(String, String)]) -> Result<usize, ImportError> {
        self.bring_in_checked(files.iter().map(|(name, text)| self.read_entry(name, text)).collect()).await
    }

    /// Brings in entries from files, given by their paths.
    ///
    /// # Errors
    /// As [`House::import`]; a file that cannot be read is one more refusal.
    pub async fn import_files(&self, paths: &[PathBuf]) -> Result<usize, ImportError> {
        self.bring_in_checked(paths.iter().map(|path| self.read_file(path)).collect()).await
    }

    async fn bring_in_checked(&self, entries: Vec<Checked>) -> Result<usize, ImportError> {
        let (count, house) = (entries.len(), self.clone());
        self.db.write(move |connection| bring_in_all(connection, &house, &entries)).await?;
        self.refresh_guide().await?;
        Ok(count)
    }

    fn read_file(&self, path: &Path) -> Checked {
        let name = path.display().to_string();
        let text = std::fs::read_to_string(path).map_err(|error| vec![format!("{name}: cannot be read: {error}")])?;
        self.read_entry(&name, &text)
    }

    /// Reads one file and checks it as the form would.
    fn read_entry(&self, name: &str, text: &str) -> Checked {
        let year = entry_file::edition(name, text).and_then(|year| i32::try_from(year).ok());
        let edition = year.map_or_else(|| self.editions.newest(), |year| self.editions.by_year(year));
        let edition = edition.ok_or_else(|| vec![format!("{name}: there is no edition of {}", year.unwrap_or_default())])?;
        let file = entry_file::parse_and_check(name, text, &edition.questionnaire, edition.calendar(self.now()))?;
        Ok((edition, file))
    }
}

/// Brings in all entries or none. It goes on after a refusal, so that all of them are told, in the order of the files.
fn bring_in_all(connection: &mut Connection, house: &House, entries: &[Checked]) -> Result<(), ImportError> {
    let mut refusals = Vec::new();
    for entry in entries {
        match entry {
            Ok((edition, file)) => match repetition(connection, edition, file)? {
                Some(refusal) => refusals.push(refusal),
                None => bring_in(connection, house, edition, file)?,
            },
            Err(sentences) => refusals.extend_from_slice(sentences),
        }
    }
    match refusals.is_empty() {
        true => Ok(()),
        false => Err(ImportError::Refused(refusals)),
    }
}

/// Why an entry is refused that its company has already, whoever its people are.
fn repetition(connection: &mut Connection, edition: &Edition, file: &EntryFile) -> Result<Option<String>, AppError> {
    let roles = &edition.questionnaire.roles;
    let (company, program) = (file.answers.text(&roles.company), file.answers.text(&roles.program));
    // Two drafts that do not name their company yet are not of the same one.
    let name = Some(folded(company)).filter(|name| !name.is_empty());
    for known in name.map_or_else(|| Ok(Vec::new()), |name| companies::of_folded_name(connection, &name))? {
        if start_entry::begun(connection, edition, known.id, program)?.is_some() {
            let (name, year) = (&file.file, edition.year);
            return Ok(Some(format!("{name}: \"{company}\" already has an entry for \"{program}\" in the edition of {year}")));
        }
    }
    Ok(None)
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
    let owner = members.first();
    let row = |(question, answered): (&str, &Answered)| answers::Answer {
        entry_id: entry.id,
        question: question.to_owned(),
        value: Document(answered.answer.to_json()),
        confirmed: answered.confirmed.clone(),
        reason: Some(answered.reason.clone()).filter(|reason| !reason.is_empty()),
        rival: None,
        account_id: owner.map(|actor| actor.account),
        saved_at: house.now().into(),
    };
    answers::insert_all(connection, &file.answers.iter().map(row).collect::<Vec<_>>())?;
    chronicle::record(connection, house, owner, entry.id, "import", json!({ "file": file.file }))?;
    advance(connection, house, owner, entry, file.status)
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

/// Moves an imported entry as far as its file says it has come.
fn advance(
    connection: &mut Connection,
    house: &House,
    owner: Option<&Actor>,
    entry: entries::Entry,
    status: FileStatus,
) -> Result<(), AppError> {
    let acts: &[Act] = match status {
        FileStatus::Draft => &[],
        FileStatus::Submitted => &[Act::Submit],
        FileStatus::Published => &[Act::Submit, Act::Approve, Act::Publish],
    };
    let mut entry = entry;
    for act in acts {
        chronicle::move_on_by(connection, house, owner, &mut entry, *act, json!({ "import": true }))?;
    }
    if acts.is_empty() {
        return Ok(());
    }
    let mut in_hand = entry_in_hand::take(connection, &house.editions, entry)?;
    submit::remember(connection, house, owner, &mut in_hand.sheet)?;
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
