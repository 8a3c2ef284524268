//! Signing in: links, sessions, and forms kept while a session had ended. Of every secret
//! only the hash is stored.

use diesel::prelude::*;

use super::{
    Connection, DbError, Moment,
    accounts::Account,
    dialect::on_each,
    ids::{AccountId, KeptFormId, SessionId, SignInLinkId},
    schema::{accounts, kept_forms, sessions, sign_in_links},
};

/// A link and a code that were sent by e-mail.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = sign_in_links)]
pub struct SignInLink {
    /// Its id.
    pub id: SignInLinkId,
    /// To whom it was sent.
    pub email: String,
    /// The hash of the link's token; unique.
    pub token_hash: String,
    /// The hash of the code.
    pub code_hash: String,
    /// Where to go after signing in.
    pub next: String,
    /// When it was asked for.
    pub created_at: Moment,
    /// When it stops working.
    pub expires_at: Moment,
    /// When it was used.
    pub used_at: Option<Moment>,
    /// How often a code was tried.
    pub tries: i32,
}

/// Somebody who is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = sessions)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// Who.
    pub account_id: AccountId,
    /// The hash of the cookie; unique.
    pub token_hash: String,
    /// When they signed in.
    pub created_at: Moment,
    /// When they were seen last.
    pub last_seen_at: Moment,
    /// When it ends.
    pub expires_at: Moment,
    /// When it was ended before that.
    pub revoked_at: Option<Moment>,
}

/// What was posted after a session had ended.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = kept_forms)]
pub struct KeptForm {
    /// Its id.
    pub id: KeptFormId,
    /// The hash of the token by which it is found again; unique.
    pub token_hash: String,
    /// Where it was posted to.
    pub path: String,
    /// What was posted, as it came.
    pub body: String,
    /// When.
    pub created_at: Moment,
    /// Whose it is; none where that is not known.
    pub account_id: Option<AccountId>,
    /// Why it was not taken when it was sent; none where it was not sent yet.
    pub refused: Option<String>,
}

/// Writes a link.
pub fn insert_link(connection: &mut Connection, link: &SignInLink) -> Result<(), DbError> {
    diesel::insert_into(sign_in_links::table).values(link).execute(connection)?;
    Ok(())
}

/// The link with this id.
pub fn find_link(connection: &mut Connection, id: SignInLinkId) -> Result<Option<SignInLink>, DbError> {
    let link = sign_in_links::table.find(id);
    Ok(link.select(SignInLink::as_select()).get_result(connection).optional()?)
}

/// The link with this token.
pub fn link_by_token_hash(connection: &mut Connection, hash: &str) -> Result<Option<SignInLink>, DbError> {
    let link = sign_in_links::table.filter(sign_in_links::token_hash.eq(hash));
    Ok(link.select(SignInLink::as_select()).get_result(connection).optional()?)
}

/// Uses a link up; `false` if it was used already, or is not there.
pub fn mark_link_used(connection: &mut Connection, id: SignInLinkId, now: Moment) -> Result<bool, DbError> {
    let unused = sign_in_links::table.find(id).filter(sign_in_links::used_at.is_null());
    let changed = diesel::update(unused).set(sign_in_links::used_at.eq(now)).execute(connection)?;
    Ok(changed == 1)
}

/// Counts a try of a link's code, and returns how many there were; `None` if there is no such link.
pub fn count_try(connection: &mut Connection, id: SignInLinkId) -> Result<Option<i32>, DbError> {
    Ok(diesel::update(sign_in_links::table.find(id))
        .set(sign_in_links::tries.eq(sign_in_links::tries + 1))
        .returning(sign_in_links::tries)
        .get_result(connection)
        .optional()?)
}

/// Deletes the links that stopped working before `moment`; how many.
pub fn delete_links_expired_before(connection: &mut Connection, moment: Moment) -> Result<usize, DbError> {
    let old = sign_in_links::table.filter(sign_in_links::expires_at.lt(moment));
    Ok(diesel::delete(old).execute(connection)?)
}

/// Writes a session.
pub fn insert_session(connection: &mut Connection, session: &Session) -> Result<(), DbError> {
    diesel::insert_into(sessions::table).values(session).execute(connection)?;
    Ok(())
}

/// The session with this cookie and whose it is, ended or not.
pub fn session_by_token_hash(connection: &mut Connection, hash: &str) -> Result<Option<(Session, Account)>, DbError> {
    let session = sessions::table.inner_join(accounts::table).filter(sessions::token_hash.eq(hash));
    let found = on_each!(connection, |inner| session.select((Session::as_select(), Account::as_select())).get_result(inner));
    Ok(found.optional()?)
}

/// Remembers that somebody was seen, and until when the session lasts now.
pub fn touch_session(connection: &mut Connection, id: SessionId, now: Moment, expires_at: Moment) -> Result<bool, DbError> {
    let lasting = sessions::table.find(id).filter(sessions::revoked_at.is_null());
    let changed =
        diesel::update(lasting).set((sessions::last_seen_at.eq(now), sessions::expires_at.eq(expires_at))).execute(connection)?;
    Ok(changed == 1)
}

/// Ends a session; `false` if it was ended already, or is not there.
pub fn revoke_session(connection: &mut Connection, id: SessionId, now: Moment) -> Result<bool, DbError> {
    let lasting = sessions::table.find(id).filter(sessions::revoked_at.is_null());
    let changed = diesel::update(lasting).set(sessions::revoked_at.eq(now)).execute(connection)?;
    Ok(changed == 1)
}

/// Ends all sessions of an account; how many.
pub fn revoke_sessions_of(connection: &mut Connection, account: AccountId, now: Moment) -> Result<usize, DbError> {
    let lasting = sessions::table.filter(sessions::account_id.eq(account)).filter(sessions::revoked_at.is_null());
    Ok(diesel::update(lasting).set(sessions::revoked_at.eq(now)).execute(connection)?)
}

/// Keeps a form.
pub fn insert_kept_form(connection: &mut Connection, form: &KeptForm) -> Result<(), DbError> {
    diesel::insert_into(kept_forms::table).values(form).execute(connection)?;
    Ok(())
}

/// The form that was kept under this token.
pub fn kept_form_by_token_hash(connection: &mut Connection, hash: &str) -> Result<Option<KeptForm>, DbError> {
    let form = kept_forms::table.filter(kept_forms::token_hash.eq(hash));
    Ok(form.select(KeptForm::as_select()).get_result(connection).optional()?)
}

/// Puts what was posted again in the place of what was posted before.
pub fn replace_kept_form(connection: &mut Connection, hash: &str, body: &str, now: Moment) -> Result<(), DbError> {
    let form = diesel::update(kept_forms::table.filter(kept_forms::token_hash.eq(hash)));
    let not_sent = kept_forms::refused.eq(None::<String>);
    form.set((kept_forms::body.eq(body), kept_forms::created_at.eq(now), not_sent)).execute(connection)?;
    Ok(())
}

/// Remembers why a form was not taken when it was sent.
pub fn refuse_kept_form(connection: &mut Connection, hash: &str, why: &str) -> Result<(), DbError> {
    let form = diesel::update(kept_forms::table.filter(kept_forms::token_hash.eq(hash)));
    form.set(kept_forms::refused.eq(why)).execute(connection)?;
    Ok(())
}

/// Deletes the form that was kept under this token, if there is one.
pub fn delete_kept_form(connection: &mut Connection, hash: &str) -> Result<(), DbError> {
    diesel::delete(kept_forms::table.filter(kept_forms::token_hash.eq(hash))).execute(connection)?;
    Ok(())
}

/// Deletes the forms kept before `moment`; how many.
pub fn delete_kept_forms_before(connection: &mut Connection, moment: Moment) -> Result<usize, DbError> {
    let old = kept_forms::table.filter(kept_forms::created_at.lt(moment));
    Ok(diesel::delete(old).execute(connection)?)
}
