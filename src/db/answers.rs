//! Answers: what was answered to one question of an entry.

use diesel::prelude::*;
use serde_json::Value;

use super::{
    Connection, DbError, Document, Moment,
    dialect::{insert_all as insert_rows, insert_or_update},
    ids::{AccountId, EntryId},
    schema::answers,
};

/// What was answered to one question.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = answers, primary_key(entry_id, question), treat_none_as_null = true)]
pub struct Answer {
    /// The entry.
    pub entry_id: EntryId,
    /// The question's key.
    pub question: String,
    /// What was answered.
    pub value: Document<Value>,
    /// The sentence of the query that the vendor confirmed.
    pub confirmed: Option<String>,
    /// Why it is right all the same.
    pub reason: Option<String>,
    /// A second answer, typed meanwhile by somebody else.
    pub rival: Option<Document<Value>>,
    /// Who answered.
    pub account_id: Option<AccountId>,
    /// When.
    pub saved_at: Moment,
}

/// Writes an answer in the place of the one there may be.
pub fn upsert(connection: &mut Connection, answer: &Answer) -> Result<(), DbError> {
    let key = (answers::entry_id, answers::question);
    insert_or_update!(connection, answers::table, answer, key, answer)?;
    Ok(())
}

/// Writes many answers, none of which is there yet.
pub fn insert_all(connection: &mut Connection, answers: &[Answer]) -> Result<usize, DbError> {
    Ok(insert_rows!(connection, answers::table, answers)?)
}

/// The answer to one question.
pub fn find(connection: &mut Connection, entry: EntryId, question: &str) -> Result<Option<Answer>, DbError> {
    let answer = answers::table.find((entry, question));
    Ok(answer.select(Answer::as_select()).first(connection).optional()?)
}

/// All answers of an entry.
pub fn of_entry(connection: &mut Connection, entry: EntryId) -> Result<Vec<Answer>, DbError> {
    Ok(answers::table
        .filter(answers::entry_id.eq(entry))
        .order(answers::question)
        .select(Answer::as_select())
        .load(connection)?)
}
