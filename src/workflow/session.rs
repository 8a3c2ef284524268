//! Sessions: who is signed in, for how long, and signing out.

use jiff::{SignedDuration, Timestamp};

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
        let found = {
            let hash = hash.clone();
            self.db.read(move |connection| lasting(connection, &hash, now)).await?
        };
        match found {
            Some((session, _)) if is_to_be_noted(&session, now) => {
                self.db.write(move |connection| seen(connection, &hash, now)).await
            }
            found => Ok(found.map(|(_, actor)| actor)),
        }
    }

    /// Whose session this was, if it ran out: nobody ended it.
    ///
    /// # Errors
    /// What the database says.
    pub async fn ran_out(&self, session: &str) -> Result<Option<AccountId>, AppError> {
        let (hash, now) = (token::hash(session), self.now());
        let found =
            self.db.read(move |connection| Ok::<_, AppError>(signing_in::session_by_token_hash(connection, &hash)?)).await?;
        let ran_out = found.filter(|(session, _)| session.revoked_at.is_none() && session.expires_at.timestamp() < now);
        Ok(ran_out.map(|(session, _)| session.account_id))
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

/// Who is signed in with the session of this hash, inside a transaction that writes: its use is written down there.
pub(super) fn seen(connection: &mut Connection, hash: &str, now: Timestamp) -> Result<Option<Actor>, AppError> {
    let Some((session, actor)) = lasting(connection, hash, now)? else { return Ok(None) };
    if is_to_be_noted(&session, now) {
        signing_in::touch_session(connection, session.id, now.into(), (now + LIFETIME).into())?;
    }
    Ok(Some(actor))
}

/// Whose session this is or was.
pub(super) fn whose(connection: &mut Connection, hash: &str) -> Result<Option<AccountId>, AppError> {
    Ok(signing_in::session_by_token_hash(connection, hash)?.map(|(session, _)| session.account_id))
}

/// The session of this hash, unless it has ended, and whose it is.
fn lasting(connection: &mut Connection, hash: &str, now: Timestamp) -> Result<Option<(signing_in::Session, Actor)>, AppError> {
    let found = signing_in::session_by_token_hash(connection, hash)?;
    let lasting = found.filter(|(session, _)| session.revoked_at.is_none() && now <= session.expires_at.timestamp());
    Ok(lasting.map(|(session, account)| {
        (session, Actor { account: account.id, name: account.name, email: account.email, editor: account.editor })
    }))
}

fn is_to_be_noted(session: &signing_in::Session, now: Timestamp) -> bool {
    now.duration_since(session.last_seen_at.timestamp()) > NOTED_EVERY
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
