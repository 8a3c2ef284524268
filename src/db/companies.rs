//! Companies: the vendors.

use diesel::prelude::*;

use super::{Connection, DbError, Moment, ids::CompanyId, schema::companies};

/// A vendor.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = companies)]
pub struct Company {
    /// Its id.
    pub id: CompanyId,
    /// As the vendor writes it.
    pub name: String,
    /// For searching and sorting: lower case of any alphabet.
    pub folded_name: String,
    /// When it was made.
    pub created_at: Moment,
}

/// Writes a new company.
pub fn insert(connection: &mut Connection, company: &Company) -> Result<(), DbError> {
    diesel::insert_into(companies::table).values(company).execute(connection)?;
    Ok(())
}

/// The company with this id.
pub fn find(connection: &mut Connection, id: CompanyId) -> Result<Option<Company>, DbError> {
    Ok(companies::table.find(id).select(Company::as_select()).get_result(connection).optional()?)
}

/// The companies of this folded name: several, if people who know nothing of each other began with it.
pub fn of_folded_name(connection: &mut Connection, folded_name: &str) -> Result<Vec<Company>, DbError> {
    let of_name = companies::table.filter(companies::folded_name.eq(folded_name)).order(companies::id);
    Ok(of_name.select(Company::as_select()).load(connection)?)
}

/// All companies by name.
pub fn all(connection: &mut Connection) -> Result<Vec<Company>, DbError> {
    let by_name = companies::table.order((companies::folded_name, companies::id));
    Ok(by_name.select(Company::as_select()).load(connection)?)
}

/// Gives a company another name; `false` if there is no such company.
pub fn rename(connection: &mut Connection, id: CompanyId, name: &str, folded_name: &str) -> Result<bool, DbError> {
    let changed = diesel::update(companies::table.find(id))
        .set((companies::name.eq(name), companies::folded_name.eq(folded_name)))
        .execute(connection)?;
    Ok(changed == 1)
}
