//! A vendor starts an entry for the open edition.

use serde_json::json;

use super::{House, chronicle};
use crate::db::ids::{AccountId, CompanyId, EditionId, EntryId};
use crate::db::{Connection, Document, accounts, answers, companies, entries};
use crate::domain::{Actor, Edition, Status, reference};
use crate::error::AppError;
use crate::guide::folded;

/// What is asked before an entry is started, tidied and checked.
#[derive(Debug, Clone)]
pub struct NewEntry {
    /// The person's own name, where the account had none.
    pub name: String,
    /// The company's name.
    pub company: String,
    /// The program's name.
    pub program: String,
}

impl House {
    /// Starts an entry, for the company of that name that the person is a member of, or for a new company.
    ///
    /// The same company and program a second time lead to the entry that is there: a second click is harmless.
    ///
    /// # Errors
    /// [`AppError::NotOpen`] while no edition takes entries.
    pub async fn start_entry(&self, actor: &Actor, new: NewEntry) -> Result<EntryId, AppError> {
        let edition = self.editions.open(self.now()).map_err(AppError::NotOpen)?;
        let (house, actor) = (self.clone(), actor.clone());
        self.db.write(move |connection| start(connection, &house, &actor, &edition, &new)).await
    }
}

fn start(
    connection: &mut Connection,
    house: &House,
    actor: &Actor,
    edition: &Edition,
    new: &NewEntry,
) -> Result<EntryId, AppError> {
    if !new.name.is_empty() {
        accounts::rename(connection, actor.account, &new.name)?;
    }
    let known = known_company(connection, actor.account, &new.company)?;
    if let Some(company) = known
        && let Some(entry) = begun(connection, edition, company, &new.program)?
    {
        return Ok(entry.id);
    }
    let company = match known {
        Some(company) => company,
        None => found_company(connection, house, &new.company, &[(actor.account, true)])?,
    };
    let entry = begin(connection, house, edition, company, &new.company, &new.program)?;
    let roles = &edition.questionnaire.roles;
    let first = [(&roles.company, &new.company), (&roles.program, &new.program)];
    answers::upsert_all(connection, &first.map(|(question, text)| first_answer(house, actor, entry.id, question, text)))?;
    chronicle::record(connection, house, Some(actor), entry.id, "start_entry", json!({ "edition": edition.year }))?;
    Ok(entry.id)
}

/// The company of this name that somebody is a member of.
pub(super) fn known_company(connection: &mut Connection, account: AccountId, name: &str) -> Result<Option<CompanyId>, AppError> {
    let companies = accounts::companies_of(connection, account)?;
    let of_name = companies.into_iter().find(|(company, _)| company.folded_name == folded(name));
    Ok(of_name.map(|(company, _)| company.id))
}

/// The entry that a company has for a program in an edition: whoever starts it again means this one.
///
/// Of the program's name only the case does not matter: "Reach" and "Reach+" are two programs.
pub(super) fn begun(
    connection: &mut Connection,
    edition: &Edition,
    company: CompanyId,
    program: &str,
) -> Result<Option<entries::Entry>, AppError> {
    let same =
        |entry: &entries::Entry| entry.edition_id == edition.id && entry.program_name.to_lowercase() == program.to_lowercase();
    Ok(entries::of_company(connection, company)?.into_iter().find(same))
}

/// Makes a company with its people.
pub(super) fn found_company(
    connection: &mut Connection,
    house: &House,
    name: &str,
    members: &[(AccountId, bool)],
) -> Result<CompanyId, AppError> {
    let company =
        companies::Company { id: house.id(), name: name.to_owned(), folded_name: folded(name), created_at: house.now().into() };
    companies::insert(connection, &company)?;
    join(connection, house, company.id, members)?;
    Ok(company.id)
}

/// Makes people members of a company. Who is one already stays as they are.
pub(super) fn join(
    connection: &mut Connection,
    house: &House,
    company_id: CompanyId,
    members: &[(AccountId, bool)],
) -> Result<(), AppError> {
    for (account_id, owner) in members.iter().copied() {
        let member = accounts::Member { company_id, account_id, owner, created_at: house.now().into() };
        accounts::add_member(connection, &member)?;
    }
    Ok(())
}

/// Makes an entry with a reference and an address of its own.
pub(super) fn begin(
    connection: &mut Connection,
    house: &House,
    edition: &Edition,
    company_id: CompanyId,
    company: &str,
    program: &str,
) -> Result<entries::Entry, AppError> {
    let now = house.now().into();
    let mut code = reference::code(&house.random);
    while entries::reference_taken(connection, &code)? {
        code = reference::code(&house.random);
    }
    let entry = entries::Entry {
        id: house.id(),
        edition_id: edition.id,
        company_id,
        reference: code,
        slug: free_slug(connection, edition.id, company, None)?,
        status: Status::Draft,
        revision: 0,
        company_name: company.to_owned(),
        program_name: program.to_owned(),
        created_at: now,
        updated_at: now,
        status_since: now,
        submitted_at: None,
        newest_turns: String::new(),
    };
    entries::insert(connection, &entry)?;
    Ok(entry)
}

fn first_answer(house: &House, actor: &Actor, entry: EntryId, question: &str, text: &str) -> answers::Answer {
    answers::Answer {
        entry_id: entry,
        question: question.to_owned(),
        value: Document(json!(text)),
        confirmed: None,
        reason: None,
        rival: None,
        account_id: Some(actor.account),
        saved_at: house.now().into(),
        turns: None,
    }
}

/// Forms of a company that are no part of its address.
const LEGAL_FORMS: [&str; 16] = [
    "inc",
    "incorporated",
    "corp",
    "corporation",
    "co",
    "company",
    "llc",
    "ltd",
    "limited",
    "plc",
    "gmbh",
    "ag",
    "sa",
    "srl",
    "bv",
    "kk",
];

/// A part of an address that no other entry of the edition has: "digium", or "digium-2".
pub(super) fn free_slug(
    connection: &mut Connection,
    edition: EditionId,
    company: &str,
    own: Option<EntryId>,
) -> Result<String, AppError> {
    let base = slug_of(company);
    let own = own.map(|id| entries::find(connection, id)).transpose()?.flatten().map(|entry| entry.slug);
    let mut slug = base.clone();
    let mut number = 1;
    while own.as_deref() != Some(slug.as_str()) && entries::slug_taken(connection, edition, &slug)? {
        number += 1;
        slug = format!("{base}-{number}");
    }
    Ok(slug)
}

fn slug_of(company: &str) -> String {
    let folded = folded(company);
    let mut words: Vec<&str> = folded.split('-').collect();
    while words.len() > 1 && words.last().is_some_and(|last| LEGAL_FORMS.contains(last)) {
        words.pop();
    }
    let slug: String = words.join("-").chars().take(60).collect();
    let slug = slug.trim_matches('-');
    if slug.is_empty() { "program".to_owned() } else { slug.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_short_names_in_latin_letters() {
        for (company, slug) in [
            ("Digium, Inc.", "digium"),
            ("Fenwhistle Communications Ltd.", "fenwhistle-communications"),
            ("Hollin & Thrale Ltd.", "hollin-thrale"),
            ("Αστρολίθι", "astrolithi"),
            ("Co", "co"),
            ("???", "program"),
        ] {
            assert_eq!(slug_of(company), slug);
        }
    }
}
