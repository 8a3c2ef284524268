//! Making somebody an editor. The first one is made on the command line.

use super::{House, post, sign_in};
use crate::db::accounts;
use crate::error::AppError;
use crate::mail::Mailbox;
use crate::mail::message::EditorInvited;
use crate::questionnaire::sentence::{no_email, too_long};
use crate::questionnaire::tidy::tidy_line;
use crate::questionnaire::value;

/// The most characters of a name.
const LONGEST_NAME: usize = 120;

impl House {
    /// Makes the account of an address an editor's and tells the person. Inviting somebody twice is harmless.
    ///
    /// # Errors
    /// [`AppError::Unusable`] for what is no address, and for a name that is too long.
    pub async fn invite_editor(&self, email: &str, name: &str) -> Result<(), AppError> {
        value::email(email).map_err(|error| AppError::Unusable(no_email("the e-mail address", &error).into()))?;
        let name = tidy_line(name);
        let length = name.chars().count();
        if length > LONGEST_NAME {
            return Err(AppError::Unusable(too_long("The name", LONGEST_NAME, length).into()));
        }
        let edition = self.editions.newest().ok_or_else(|| AppError::broken("there is no edition"))?;
        let (house, email) = (self.clone(), email.to_owned());
        self.db
            .write(move |connection| {
                let account = sign_in::account_of(connection, &house, &email)?;
                if !name.is_empty() {
                    accounts::rename(connection, account.id, &name)?;
                }
                if !account.editor {
                    accounts::set_editor(connection, account.id, true)?;
                }
                let mail = EditorInvited {
                    frame: post::frame(&house, &edition),
                    email: email.clone(),
                    link: house.address("/sign-in?next=/desk"),
                };
                let key = format!("editor_invited:{}", account.id);
                post::send(connection, &house, key, Mailbox::new(&name, &email), Some(edition.contact_email.clone()), &mail)
            })
            .await
    }

    /// Whether there is an editor yet.
    ///
    /// # Errors
    /// What the database says.
    pub async fn has_editor(&self) -> Result<bool, AppError> {
        self.db.read(|connection| Ok(!accounts::editors(connection)?.is_empty())).await
    }
}
