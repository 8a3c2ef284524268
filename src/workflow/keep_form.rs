//! A form that was posted when its session had ended: it is kept until its sender has signed in.

use jiff::SignedDuration;

use super::House;
use super::limit::Limit;
use crate::db::{Connection, signing_in};
use crate::domain::token;
use crate::error::AppError;
use crate::questionnaire::form::Fields;

/// How long a form is kept for somebody who does not come back.
const LIFETIME: SignedDuration = SignedDuration::from_hours(24);

/// How many forms are kept for one sender. A form that its browser sends again, as a page that saves itself does, takes
/// the place of the one before, and is not counted.
const FROM_ONE_SENDER: Limit =
    Limit { kind: "keep_form", window: SignedDuration::from_hours(1), by_subject: None, by_sender: 30 };

/// The most bytes of a form that is kept: more than all texts of any page may have.
const LARGEST: usize = 256 * 1024;

/// A form that was kept.
#[derive(Debug, Clone)]
pub struct KeptForm {
    /// Where it was posted to: path and query.
    pub address: String,
    /// Its fields.
    pub fields: Fields,
}

impl KeptForm {
    /// The path of its address.
    pub fn path(&self) -> &str {
        self.address.split_once('?').map_or(&self.address, |(path, _)| path)
    }
}

impl House {
    /// Keeps a form and returns the token that brings it back. `known`: the tokens of the forms that its browser keeps;
    /// where one of them is for the same address, this one takes its place.
    ///
    /// # Errors
    /// [`AppError::NotKept`] when it is too large, or when too many are kept for its sender.
    pub async fn keep_form(&self, address: &str, fields: &Fields, known: &[String], sender: &str) -> Result<String, AppError> {
        let body = serde_json::to_string(fields).map_err(AppError::broken)?;
        if body.len() > LARGEST {
            return Err(AppError::NotKept);
        }
        let (house, known, sender) = (self.clone(), known.to_vec(), sender.to_owned());
        let (key, path) = (token::token(&self.random), address.to_owned());
        let keep = move |connection: &mut Connection| {
            let now = house.now();
            signing_in::delete_kept_forms_before(connection, (now - LIFETIME).into())?;
            for key in &known {
                let form = signing_in::kept_form_by_token_hash(connection, &token::hash(key))?;
                if let Some(form) = form.filter(|form| form.path == path) {
                    signing_in::replace_kept_form(connection, form.id, &body, now.into())?;
                    return Ok(key.clone());
                }
            }
            FROM_ONE_SENDER.count(connection, &house, &path, &sender)?;
            let (id, token_hash) = (house.id(), token::hash(&key));
            let form = signing_in::KeptForm { id, token_hash, path: path.clone(), body: body.clone(), created_at: now.into() };
            signing_in::insert_kept_form(connection, &form)?;
            Ok(key.clone())
        };
        self.db.write(keep).await.map_err(|error| match error {
            AppError::TooManyTries => AppError::NotKept,
            error => error,
        })
    }

    /// Those of the forms kept under these tokens that are still there, each with its token.
    ///
    /// # Errors
    /// What the database says.
    pub async fn kept_forms(&self, keys: &[String]) -> Result<Vec<(String, KeptForm)>, AppError> {
        let (keys, since) = (keys.to_vec(), self.now() - LIFETIME);
        let look = move |connection: &mut Connection| {
            let mut kept = Vec::new();
            for key in keys {
                let form = signing_in::kept_form_by_token_hash(connection, &token::hash(&key))?;
                if let Some(form) = form.filter(|form| form.created_at.timestamp() > since) {
                    let fields = serde_json::from_str(&form.body).map_err(AppError::broken)?;
                    kept.push((key, KeptForm { address: form.path, fields }));
                }
            }
            Ok(kept)
        };
        self.db.read(look).await
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
