//! A form that was posted when its session had ended: it is kept until its sender has signed in.

use jiff::{SignedDuration, Timestamp};

use super::limit::Limit;
use super::{House, session};
use crate::db::ids::AccountId;
use crate::db::{Connection, accounts, signing_in};
use crate::domain::{Actor, token};
use crate::error::AppError;
use crate::questionnaire::form::{AUTHOR, Fields, Malformed, Turn};

/// How long a form is kept for somebody who does not come back.
const LIFETIME: SignedDuration = SignedDuration::from_hours(24);

/// How many forms are kept for one sender. A form that its browser sends again, as a page that saves itself does, takes
/// the place of its earlier turn, and is not counted.
const FROM_ONE_SENDER: Limit =
    Limit { kind: "keep_form", window: SignedDuration::from_hours(1), by_subject: None, by_sender: 30 };

/// How many forms are kept for one browser: more than anybody has windows open to fill in.
pub const OF_ONE_BROWSER: usize = 20;

/// The most bytes of a form that is kept: more than all texts of any page may have.
const LARGEST: usize = 256 * 1024;

/// A form that was kept.
#[derive(Debug, Clone)]
pub struct KeptForm {
    /// Where it was posted to: path and query.
    pub address: String,
    /// Its fields.
    pub fields: Fields,
    /// Whose it is: for whom it was made, or, where it does not say so, whose session had ended when it was sent; none where
    /// that is not known.
    pub by: Option<AccountId>,
    /// When it came.
    pub at: Timestamp,
    /// Why it was not taken when it was sent; none where it was not sent yet.
    pub refused: Option<String>,
}

impl KeptForm {
    /// The path of its address.
    pub fn path(&self) -> &str {
        self.address.split_once('?').map_or(&self.address, |(path, _)| path)
    }

    /// Whether somebody may see it: it is theirs, or nobody knows whose it is.
    pub fn is_offered_to(&self, actor: &Actor) -> bool {
        self.by.is_none() || self.is_by(actor)
    }

    /// Whether it is known to be theirs.
    pub fn is_by(&self, actor: &Actor) -> bool {
        self.by == Some(actor.account)
    }

    /// Whether this is the same form as another, sent to the same address: what it says, or a turn of it.
    pub fn is_of(&self, other: &Self) -> bool {
        let same_turn = || Some(turn(&self.fields)?.form == turn(&other.fields)?.form);
        self.address == other.address && same_turn().unwrap_or_else(|| said(&self.fields).eq(said(&other.fields)))
    }

    /// Whether this came before the other, a turn of the same form.
    fn is_overtaken_by(&self, other: &Self) -> bool {
        turn(&self.fields).zip(turn(&other.fields)).is_some_and(|(turn, other)| !turn.follows(&other))
    }
}

fn turn(fields: &Fields) -> Option<Turn> {
    fields.iter().find(|(name, _)| name == Turn::FIELD).and_then(|(_, turn)| Turn::read(turn))
}

/// A browser that sends a text again may end its lines otherwise.
fn said(fields: &Fields) -> impl Iterator<Item = (&str, String)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.replace("\r\n", "\n")))
}

impl House {
    /// Keeps a form. `session`: the one that has ended, if its browser has one still: it tells whose form it is, where the
    /// form itself does not. `known`: the tokens of the forms that the browser keeps; where one of them is an earlier turn
    /// of this one, this one takes its place. Returns the token that brings it back.
    ///
    /// # Errors
    /// [`AppError::NotKept`] when it is too large, or when too many are kept for its browser or its sender;
    /// [`AppError::Malformed`] when it was made for nobody there is.
    pub async fn keep_form(
        &self,
        form: KeptForm,
        session: Option<&str>,
        known: &[String],
        sender: &str,
    ) -> Result<String, AppError> {
        let body = serde_json::to_string(&form.fields).map_err(AppError::broken)?;
        if body.len() > LARGEST {
            return Err(AppError::NotKept { too_large: true });
        }
        let (house, known, sender, key) = (self.clone(), known.to_vec(), sender.to_owned(), token::token(&self.random));
        let session = session.map(token::hash);
        let keep = move |connection: &mut Connection| {
            let now = house.now();
            let by = author(connection, form.by, session.as_deref())?;
            signing_in::delete_kept_forms_before(connection, (now - LIFETIME).into())?;
            let kept = read(connection, &known, now - LIFETIME)?;
            if let Some((key, earlier)) = kept.iter().find(|(_, kept)| kept.by == by && kept.is_of(&form)) {
                if !form.is_overtaken_by(earlier) {
                    signing_in::replace_kept_form(connection, &token::hash(key), &body, form.at.into())?;
                }
                return Ok(key.clone());
            }
            if kept.len() >= OF_ONE_BROWSER {
                return Err(AppError::TooManyTries);
            }
            FROM_ONE_SENDER.count(connection, &house, &form.address, &sender)?;
            let row = signing_in::KeptForm {
                id: house.id(),
                token_hash: token::hash(&key),
                path: form.address.clone(),
                body: body.clone(),
                created_at: form.at.into(),
                account_id: by,
                refused: None,
            };
            signing_in::insert_kept_form(connection, &row)?;
            Ok(key.clone())
        };
        self.db.write(keep).await.map_err(|error| match error {
            AppError::TooManyTries => AppError::NotKept { too_large: false },
            error => error,
        })
    }

    /// Those of the forms kept under these tokens that are still there and that this person may see, each with its token, the
    /// oldest first: what was sent later may need it.
    ///
    /// # Errors
    /// What the database says.
    pub async fn kept_forms(&self, actor: &Actor, keys: Vec<String>) -> Result<Vec<(String, KeptForm)>, AppError> {
        let mut kept = self.kept_under(keys).await?;
        kept.retain(|(_, form)| form.is_offered_to(actor));
        Ok(kept)
    }

    /// The newest of the forms kept under these tokens that is still there, whoever sent it.
    ///
    /// # Errors
    /// What the database says.
    pub async fn newest_kept_form(&self, keys: Vec<String>) -> Result<Option<KeptForm>, AppError> {
        Ok(self.kept_under(keys).await?.pop().map(|(_, form)| form))
    }

    async fn kept_under(&self, keys: Vec<String>) -> Result<Vec<(String, KeptForm)>, AppError> {
        if keys.is_empty() {
            return Ok(Vec::new());
        }
        let since = self.now() - LIFETIME;
        self.db.read(move |connection| read(connection, &keys, since)).await
    }

    /// Remembers why a form was not taken when it was sent.
    ///
    /// # Errors
    /// What the database says.
    pub async fn refuse_form(&self, key: &str, why: String) -> Result<(), AppError> {
        let hash = token::hash(key);
        self.db.write(move |connection| Ok(signing_in::refuse_kept_form(connection, &hash, &why)?)).await
    }

    /// Forgets a form that was saved or sent, or is not to be.
    ///
    /// # Errors
    /// What the database says.
    pub async fn forget_form(&self, key: &str) -> Result<(), AppError> {
        let hash = token::hash(key);
        self.db.write(move |connection| Ok(signing_in::delete_kept_form(connection, &hash)?)).await
    }
}

/// Whose a form is: for whom it says that it was made; where it does not say so, whose session it was.
fn author(
    connection: &mut Connection,
    made_for: Option<AccountId>,
    session: Option<&str>,
) -> Result<Option<AccountId>, AppError> {
    if let Some(author) = made_for {
        let account = accounts::find(connection, author)?.ok_or_else(|| Malformed::Foreign(AUTHOR.to_owned()))?;
        return Ok(Some(account.id));
    }
    Ok(session.map(|hash| session::whose(connection, hash)).transpose()?.flatten())
}

fn read(connection: &mut Connection, keys: &[String], since: Timestamp) -> Result<Vec<(String, KeptForm)>, AppError> {
    let mut rows = Vec::new();
    for key in keys {
        let row = signing_in::kept_form_by_token_hash(connection, &token::hash(key))?;
        rows.extend(row.filter(|row| row.created_at.timestamp() > since).map(|row| (key, row)));
    }
    rows.sort_by_key(|(_, row)| (row.created_at, row.id));
    let form = |(key, row): (&String, signing_in::KeptForm)| {
        let fields = serde_json::from_str(&row.body).map_err(AppError::broken)?;
        let at = row.created_at.timestamp();
        Ok((key.clone(), KeptForm { address: row.path, fields, by: row.account_id, at, refused: row.refused }))
    };
    rows.into_iter().map(form).collect()
}
