//! A form that was posted when its session had ended: it is kept until its sender has signed in.

use jiff::SignedDuration;

use super::House;
use crate::db::signing_in;
use crate::domain::token;
use crate::error::AppError;
use crate::questionnaire::form::Fields;

/// How long a form is kept for somebody who does not come back.
const LIFETIME: SignedDuration = SignedDuration::from_hours(24);

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
    /// Keeps a form and returns the token that brings it back.
    ///
    /// # Errors
    /// What the database says.
    pub async fn keep_form(&self, address: &str, fields: &Fields) -> Result<String, AppError> {
        let now = self.now();
        let key = token::token(&self.random);
        let form = signing_in::KeptForm {
            id: self.id(),
            token_hash: token::hash(&key),
            path: address.to_owned(),
            body: serde_json::to_string(fields).map_err(AppError::broken)?,
            created_at: now.into(),
        };
        self.db
            .write(move |connection| {
                signing_in::delete_kept_forms_before(connection, (now - LIFETIME).into())?;
                signing_in::insert_kept_form(connection, &form).map_err(AppError::from)
            })
            .await?;
        Ok(key)
    }

    /// The form that was kept under this token, if it is still there.
    ///
    /// # Errors
    /// What the database says.
    pub async fn kept_form(&self, key: &str) -> Result<Option<KeptForm>, AppError> {
        let (hash, since) = (token::hash(key), self.now() - LIFETIME);
        self.db
            .read(move |connection| {
                let form = signing_in::kept_form_by_token_hash(connection, &hash)?;
                let form = form.filter(|form| form.created_at.timestamp() > since);
                form.map(|form| {
                    Ok(KeptForm { address: form.path, fields: serde_json::from_str(&form.body).map_err(AppError::broken)? })
                })
                .transpose()
            })
            .await
    }

    /// Forgets a form that was saved or sent, or is not to be.
    ///
    /// # Errors
    /// What the database says.
    pub async fn forget_form(&self, key: &str) -> Result<(), AppError> {
        let hash = token::hash(key);
        self.db
            .write(move |connection| {
                if let Some(form) = signing_in::kept_form_by_token_hash(connection, &hash)? {
                    signing_in::delete_kept_form(connection, form.id)?;
                }
                Ok(())
            })
            .await
    }
}
