//! Submissions: what an entry said each time it was submitted.

use diesel::{dsl::max, prelude::*};
use serde_json::Value;

use super::{
    Connection, DbError, Document, Moment,
    ids::{AccountId, EntryId},
    schema::submissions,
};

/// What an entry said when it was submitted.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = submissions)]
pub struct Submission {
    /// The entry.
    pub entry_id: EntryId,
    /// 1, 2, …
    pub number: i32,
    /// The answers that were asked for and given, by question.
    pub answers: Document<Value>,
    /// Who submitted it, if anybody did.
    pub account_id: Option<AccountId>,
    /// When.
    pub submitted_at: Moment,
}

/// Writes a submission.
pub fn insert(connection: &mut Connection, submission: &Submission) -> Result<(), DbError> {
    diesel::insert_into(submissions::table).values(submission).execute(connection)?;
    Ok(())
}

/// The number that an entry's next submission has.
pub fn next_number(connection: &mut Connection, entry: EntryId) -> Result<i32, DbError> {
    let last: Option<i32> =
        submissions::table.filter(submissions::entry_id.eq(entry)).select(max(submissions::number)).first(connection)?;
    Ok(last.unwrap_or(0) + 1)
}

/// An entry's submissions, the first one first.
pub fn of_entry(connection: &mut Connection, entry: EntryId) -> Result<Vec<Submission>, DbError> {
    Ok(submissions::table
        .filter(submissions::entry_id.eq(entry))
        .order(submissions::number)
        .select(Submission::as_select())
        .load(connection)?)
}
