//! Answers: what was answered to one question of an entry.

use diesel::{
    prelude::*,
    query_builder::{AsQuery, Query},
    sql_types::{Nullable, Text},
};
use serde_json::Value;

use super::{
    Connection, DbError, Document, Moment,
    dialect::{insert_all as insert_rows, on_each, written_by_hand},
    ids::{AccountId, EntryId},
    schema::answers,
    types::sql::{self, Guid, Json},
};

/// What was answered to one question.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = answers)]
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
    /// In which turns of which forms.
    pub turns: Option<Document<Value>>,
}

/// Writes answers in the place of those there may be.
pub fn upsert_all(connection: &mut Connection, answers: &[Answer]) -> Result<(), DbError> {
    if !answers.is_empty() {
        on_each!(connection, |inner| Upsert(answers).execute(inner))?;
    }
    Ok(())
}

/// Writes many answers, none of which is there yet.
pub fn insert_all(connection: &mut Connection, answers: &[Answer]) -> Result<usize, DbError> {
    Ok(insert_rows!(connection, answers::table, answers)?)
}

/// The answer to one question.
pub fn find(connection: &mut Connection, entry: EntryId, question: &str) -> Result<Option<Answer>, DbError> {
    let answer = answers::table.find((entry, question));
    Ok(answer.select(Answer::as_select()).get_result(connection).optional()?)
}

/// The answers of an entry to these questions.
pub fn to_questions(connection: &mut Connection, entry: EntryId, questions: &[&str]) -> Result<Vec<Answer>, DbError> {
    if questions.is_empty() {
        return Ok(Vec::new());
    }
    Ok(on_each!(connection, |inner| ToQuestions { entry, questions }.load(inner))?)
}

/// All answers of an entry.
pub fn of_entry(connection: &mut Connection, entry: EntryId) -> Result<Vec<Answer>, DbError> {
    Ok(answers::table
        .filter(answers::entry_id.eq(entry))
        .order(answers::question)
        .select(Answer::as_select())
        .load(connection)?)
}

/// One statement for any number of rows.
struct Upsert<'a>(&'a [Answer]);

written_by_hand!(Upsert<'_>, |self, out| {
    out.push_sql(
        "INSERT INTO answers (entry_id, question, value, confirmed, reason, rival, account_id, saved_at, turns) VALUES ",
    );
    for (number, answer) in self.0.iter().enumerate() {
        out.push_sql(if number == 0 { "(" } else { "), (" });
        out.push_bind_param::<Guid, _>(&answer.entry_id)?;
        out.push_sql(", ");
        out.push_bind_param::<Text, _>(&answer.question)?;
        out.push_sql(", ");
        out.push_bind_param::<Json, _>(&answer.value)?;
        out.push_sql(", ");
        out.push_bind_param::<Nullable<Text>, _>(&answer.confirmed)?;
        out.push_sql(", ");
        out.push_bind_param::<Nullable<Text>, _>(&answer.reason)?;
        out.push_sql(", ");
        out.push_bind_param::<Nullable<Json>, _>(&answer.rival)?;
        out.push_sql(", ");
        out.push_bind_param::<Nullable<Guid>, _>(&answer.account_id)?;
        out.push_sql(", ");
        out.push_bind_param::<sql::Moment, _>(&answer.saved_at)?;
        out.push_sql(", ");
        out.push_bind_param::<Nullable<Json>, _>(&answer.turns)?;
    }
    out.push_sql(
        ") ON CONFLICT (entry_id, question) DO UPDATE SET value = excluded.value, confirmed = excluded.confirmed, \
         reason = excluded.reason, rival = excluded.rival, account_id = excluded.account_id, saved_at = excluded.saved_at, \
         turns = excluded.turns",
    );
});

/// One statement for any number of questions.
struct ToQuestions<'a> {
    entry: EntryId,
    questions: &'a [&'a str],
}

impl Query for ToQuestions<'_> {
    type SqlType = <answers::table as AsQuery>::SqlType;
}

written_by_hand!(ToQuestions<'_>, |self, out| {
    out.push_sql(
        "SELECT entry_id, question, value, confirmed, reason, rival, account_id, saved_at, turns FROM answers \
         WHERE entry_id = ",
    );
    out.push_bind_param::<Guid, _>(&self.entry)?;
    out.push_sql(" AND question IN (");
    for (number, question) in self.questions.iter().enumerate() {
        out.push_sql(if number == 0 { "" } else { ", " });
        out.push_bind_param::<Text, _>(question)?;
    }
    out.push_sql(")");
});
