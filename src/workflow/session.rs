//! Sessions: who is signed in, for how long, and signing out.

use jiff::SignedDuration;

use super::House;
use crate::db::ids::AccountId;
use crate::db::{Connection, signing_in};
use crate::domain::{Actor, token};
use crate::error::AppError;

/// How long a session lasts after it was last used: a vendor comes back within the weeks of an edition.
pub const LIFETIME: SignedDuration = SignedDuration::from_hours(24 * 30);
/// How often its use is written down.
const NOTED_EVERY: SignedDuration = SignedDuration::from_hours(1);

impl House {
    /// Who is signed in with this session, if anybody.
    ///
    /// # Errors
    /// What the database says.
    pub async fn actor(&self, session: &str) -> Result<Option<Actor>, AppError> {
        let (hash, now) = (token::hash(session), self.now());
        let found =
            self.db.read(move |connection| signing_in::session_by_token_hash(connection, &hash).map_err(AppError::from)).await?;
        let Some((session, account)) =
            found.filter(|(session, _)| session.revoked_at.is_none() && now <= session.expires_at.timestamp())
        else {
            return Ok(None);
        };
        if now.duration_since(session.last_seen_at.timestamp()) > NOTED_EVERY {
            let until = now + LIFETIME;
            self.db
                .write(move |connection| {
                    signing_in::touch_session(connection, session.id, now.into(), until.into()).map_err(AppError::from)
                })
                .await?;
        }
        Ok(Some(Actor { account: account.id, name: account.name, email: account.email, editor: account.editor }))
    }

    /// Ends a session. Ending one twice is harmless.
    ///
    /// # Errors
    /// What the database says.
    pub async fn sign_out(&self, session: &str) -> Result<(), AppError> {
        let (hash, now) = (token::hash(session), self.now());
        self.db
            .write(move |connection| {
                if let Some((session, _)) = signing_in::session_by_token_hash(connection, &hash)? {
                    signing_in::revoke_session(connection, session.id, now.into())?;
                }
                Ok(())
            })
            .await
    }
}

/// Begins a session and returns its token.
pub(super) fn begin(connection: &mut Connection, house: &House, account_id: AccountId) -> Result<String, AppError> {
    let (session, now) = (token::token(&house.random), house.now());
    let row = signing_in::Session {
        id: house.id(),
        account_id,
        token_hash: token::hash(&session),
        created_at: now.into(),
        last_seen_at: now.into(),
        expires_at: (now + LIFETIME).into(),
        revoked_at: None,
    };
    signing_in::insert_session(connection, &row)?;
    Ok(session)
}
