//! Accounts, and the companies they are members of.

use diesel::prelude::*;

use super::{
    Connection, DbError, Moment,
    companies::Company,
    dialect::insert_or_ignore,
    ids::{AccountId, CompanyId},
    schema::{accounts, companies, members},
};

/// A person who signs in.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = accounts)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// As the person wrote it.
    pub email: String,
    /// What makes it unique: the same, in lower case.
    pub folded_email: String,
    /// The person's name; may be empty.
    pub name: String,
    /// Whether the person works at the desk.
    pub editor: bool,
    /// When it was made.
    pub created_at: Moment,
}

impl Account {
    /// How the person is called: by name, or by address until there is one.
    pub fn called(&self) -> &str {
        if self.name.is_empty() { &self.email } else { &self.name }
    }
}

/// That an account belongs to a company.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = members)]
pub struct Member {
    /// The company.
    pub company_id: CompanyId,
    /// The account.
    pub account_id: AccountId,
    /// Whether they may invite and remove others.
    pub owner: bool,
    /// Since when.
    pub created_at: Moment,
}

/// Writes a new account.
pub fn insert(connection: &mut Connection, account: &Account) -> Result<(), DbError> {
    diesel::insert_into(accounts::table).values(account).execute(connection)?;
    Ok(())
}

/// The account with this id.
pub fn find(connection: &mut Connection, id: AccountId) -> Result<Option<Account>, DbError> {
    Ok(accounts::table.find(id).select(Account::as_select()).get_result(connection).optional()?)
}

/// The account with this address, given in lower case.
pub fn by_folded_email(connection: &mut Connection, folded: &str) -> Result<Option<Account>, DbError> {
    let of_address = accounts::table.filter(accounts::folded_email.eq(folded));
    Ok(of_address.select(Account::as_select()).get_result(connection).optional()?)
}

/// Everybody who works at the desk.
pub fn editors(connection: &mut Connection) -> Result<Vec<Account>, DbError> {
    let editors = accounts::table.filter(accounts::editor.eq(true)).order(accounts::folded_email);
    Ok(editors.select(Account::as_select()).load(connection)?)
}

/// All accounts.
pub fn all(connection: &mut Connection) -> Result<Vec<Account>, DbError> {
    let by_address = accounts::table.order(accounts::folded_email);
    Ok(by_address.select(Account::as_select()).load(connection)?)
}

/// Makes an account an editor's, or no longer one; `false` if there is no such account.
pub fn set_editor(connection: &mut Connection, id: AccountId, editor: bool) -> Result<bool, DbError> {
    let changed = diesel::update(accounts::table.find(id)).set(accounts::editor.eq(editor)).execute(connection)?;
    Ok(changed == 1)
}

/// Gives an account another name; `false` if there is no such account.
pub fn rename(connection: &mut Connection, id: AccountId, name: &str) -> Result<bool, DbError> {
    let changed = diesel::update(accounts::table.find(id)).set(accounts::name.eq(name)).execute(connection)?;
    Ok(changed == 1)
}

/// Adds a member; who is one already stays as they are. Whether they are new.
pub fn add_member(connection: &mut Connection, member: &Member) -> Result<bool, DbError> {
    let key = (members::company_id, members::account_id);
    let inserted = insert_or_ignore!(connection, members::table, member, key)?;
    Ok(inserted == 1)
}

/// Removes a member; `false` if they were none.
pub fn remove_member(connection: &mut Connection, company: CompanyId, account: AccountId) -> Result<bool, DbError> {
    let removed = diesel::delete(members::table.find((company, account))).execute(connection)?;
    Ok(removed == 1)
}

/// How an account belongs to a company, if it does.
pub fn membership(connection: &mut Connection, company: CompanyId, account: AccountId) -> Result<Option<Member>, DbError> {
    let member = members::table.find((company, account));
    Ok(member.select(Member::as_select()).get_result(connection).optional()?)
}

/// The companies of an account, by name.
pub fn companies_of(connection: &mut Connection, account: AccountId) -> Result<Vec<(Company, Member)>, DbError> {
    Ok(members::table
        .inner_join(companies::table)
        .filter(members::account_id.eq(account))
        .order((companies::folded_name, companies::id))
        .select((Company::as_select(), Member::as_select()))
        .load(connection)?)
}

/// The members of a company, in the order they came.
pub fn members_of(connection: &mut Connection, company: CompanyId) -> Result<Vec<(Account, Member)>, DbError> {
    Ok(members::table
        .inner_join(accounts::table)
        .filter(members::company_id.eq(company))
        .order((members::created_at, members::account_id))
        .select((Account::as_select(), Member::as_select()))
        .load(connection)?)
}
