//! Signing in without a password: a form takes an address, a mail brings a link and a code, and either signs in once.

use jiff::SignedDuration;
use jiff::Timestamp;

use super::limit::Limit;
use super::{House, post};
use crate::db::ids::{AccountId, SignInLinkId};
use crate::db::{Connection, accounts, entries, signing_in};
use crate::domain::{Actor, reference, token};
use crate::error::AppError;
use crate::mail::Mailbox;
use crate::mail::message::SignIn;
use crate::questionnaire::sentence::no_email;
use crate::questionnaire::tidy::tidy_line;
use crate::questionnaire::value;

/// How long a link and its code live.
pub const LIFETIME: SignedDuration = SignedDuration::from_mins(20);
/// The time in which tries are counted.
pub const WINDOW: SignedDuration = SignedDuration::from_mins(15);
/// How many mails one address gets in that time, and one sender may ask for.
const MAILS: Limit = Limit { kind: "mail", window: WINDOW, by_subject: Some(5), by_sender: 30 };
/// How many codes one sender may try in that time.
const CODES: Limit = Limit { kind: "code", window: WINDOW, by_subject: None, by_sender: 30 };
/// How often a code may be typed wrong.
const TRIES_BY_LINK: i32 = 5;

/// Somebody who has signed in.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// The session's token, for the cookie.
    pub session: String,
    /// Where the person wanted to go, or else the home of a vendor's only entry; empty if nowhere in particular.
    pub next: String,
    /// Whether the person is an editor.
    pub editor: bool,
}

/// What came of a code.
#[derive(Debug, Clone)]
pub enum CodeOutcome {
    /// It was right.
    Right(SignedIn),
    /// It was wrong, and may be typed again.
    Wrong,
    /// It was too short or too long to be one, and may be typed again.
    NoCode,
}

impl House {
    /// Sends a mail with a link and a code to an address, whether or not it is known.
    ///
    /// # Errors
    /// [`AppError::Unusable`] for what is no address; [`AppError::TooManyMails`] from this sender or to this address.
    pub async fn request_sign_in(&self, email: &str, next: &str, sender: &str) -> Result<SignInLinkId, AppError> {
        let email = tidy_line(email);
        value::email(&email).map_err(|error| AppError::Unusable(no_email("your e-mail address", &error).into()))?;
        let (house, next, sender) = (self.clone(), next.to_owned(), sender.to_owned());
        self.db
            .write(move |connection| {
                MAILS.count(connection, &house, &folded_email(&email), &sender).map_err(|error| match error {
                    AppError::TooManyTries => AppError::TooManyMails,
                    error => error,
                })?;
                let secrets = Secrets::new(&house);
                let link = lay_out(connection, &house, &email, &next, &secrets, LIFETIME)?;
                send(connection, &house, &link, &secrets)?;
                Ok(link.id)
            })
            .await
    }

    /// Makes a link for somebody who stands beside the machine: the address of its page.
    ///
    /// # Errors
    /// What the database says.
    pub async fn print_sign_in(&self, email: &str, next: &str, lifetime: SignedDuration) -> Result<String, AppError> {
        let (house, email, next) = (self.clone(), email.to_owned(), next.to_owned());
        self.db
            .write(move |connection| {
                let secrets = Secrets::new(&house);
                lay_out(connection, &house, &email, &next, &secrets, lifetime)?;
                Ok(house.address(&format!("/sign-in/{}", secrets.token)))
            })
            .await
    }

    /// Whether a link would sign in now. Looking changes nothing: mail scanners look.
    ///
    /// # Errors
    /// [`AppError::LinkSpent`] when it would not.
    pub async fn look_at_link(&self, link: &str) -> Result<String, AppError> {
        let (hash, now) = (token::hash(link), self.now());
        self.db
            .read(move |connection| {
                let link = signing_in::link_by_token_hash(connection, &hash)?.ok_or_else(unknown_link)?;
                if lives(&link, now) { Ok(link.email) } else { Err(AppError::LinkSpent { next: link.next }) }
            })
            .await
    }

    /// Signs in with a link, once.
    ///
    /// # Errors
    /// [`AppError::LinkSpent`] when it does not work any more.
    pub async fn sign_in_by_link(&self, link: &str) -> Result<SignedIn, AppError> {
        let (house, hash) = (self.clone(), token::hash(link));
        self.db
            .write(move |connection| {
                let link = signing_in::link_by_token_hash(connection, &hash)?.ok_or_else(unknown_link)?;
                enter(connection, &house, &link)?.ok_or(AppError::LinkSpent { next: link.next })
            })
            .await
    }

    /// The home of the entry of a vendor who has no other: where they go who go nowhere in particular.
    ///
    /// # Errors
    /// What the database says.
    pub async fn only_entry(&self, actor: &Actor) -> Result<Option<String>, AppError> {
        let Actor { account, editor, .. } = *actor;
        if editor {
            return Ok(None);
        }
        self.db.read(move |connection| only_entry(connection, account)).await
    }

    /// Signs in with the code of a link that this browser asked for, once.
    ///
    /// # Errors
    /// [`AppError::CodeSpent`] when the code does not work any more, also after too many wrong ones;
    /// [`AppError::TooManyTries`] from this sender.
    pub async fn sign_in_by_code(&self, link: SignInLinkId, code: &str, sender: &str) -> Result<CodeOutcome, AppError> {
        let (house, sender) = (self.clone(), sender.to_owned());
        let typed = reference::typed(code);
        let (hash, is_whole) = (token::hash(&typed), typed.len() == reference::LENGTH);
        self.db
            .write(move |connection| {
                let unknown = || AppError::CodeSpent { next: String::new() };
                let link = signing_in::find_link(connection, link)?.ok_or_else(unknown)?;
                if link.tries >= TRIES_BY_LINK {
                    return Err(AppError::CodeSpent { next: link.next });
                }
                CODES.count(connection, &house, &folded_email(&link.email), &sender)?;
                if token::same(&link.code_hash, &hash) {
                    let entered = enter(connection, &house, &link)?.ok_or(AppError::CodeSpent { next: link.next })?;
                    return Ok(CodeOutcome::Right(entered));
                }
                signing_in::count_try(connection, link.id)?;
                Ok(if is_whole { CodeOutcome::Wrong } else { CodeOutcome::NoCode })
            })
            .await
    }
}

/// An address as accounts are told apart by it.
pub fn folded_email(email: &str) -> String {
    email.trim().to_lowercase()
}

/// What a mail carries and only hashes are stored of.
struct Secrets {
    token: String,
    code: String,
}

impl Secrets {
    fn new(house: &House) -> Self {
        Self { token: token::token(&house.random), code: reference::code(&house.random) }
    }
}

fn lay_out(
    connection: &mut Connection,
    house: &House,
    email: &str,
    next: &str,
    secrets: &Secrets,
    lifetime: SignedDuration,
) -> Result<signing_in::SignInLink, AppError> {
    let now = house.now();
    signing_in::delete_links_expired_before(connection, (now - SignedDuration::from_hours(24)).into())?;
    let link = signing_in::SignInLink {
        id: house.id(),
        email: email.to_owned(),
        token_hash: token::hash(&secrets.token),
        code_hash: token::hash(&secrets.code),
        next: next.to_owned(),
        created_at: now.into(),
        expires_at: (now + lifetime).into(),
        used_at: None,
        tries: 0,
    };
    signing_in::insert_link(connection, &link)?;
    Ok(link)
}

fn send(connection: &mut Connection, house: &House, link: &signing_in::SignInLink, secrets: &Secrets) -> Result<(), AppError> {
    let edition = house.editions.newest().ok_or_else(|| AppError::broken("there is no edition"))?;
    let mail = SignIn {
        frame: post::frame(house, &edition),
        link: house.address(&format!("/sign-in/{}", secrets.token)),
        code: reference::shown(&secrets.code),
        minutes: LIFETIME.as_mins(),
        expires_at: link.expires_at.timestamp(),
    };
    let to = Mailbox::new("", &link.email);
    post::send(connection, house, format!("sign_in:{}", link.id), to, Some(edition.contact_email.clone()), &mail)
}

fn unknown_link() -> AppError {
    AppError::LinkSpent { next: String::new() }
}

fn lives(link: &signing_in::SignInLink, now: Timestamp) -> bool {
    link.used_at.is_none() && now <= link.expires_at.timestamp()
}

/// Spends the link, makes the account where the address is new, and begins a session; none where the link is spent already.
fn enter(connection: &mut Connection, house: &House, link: &signing_in::SignInLink) -> Result<Option<SignedIn>, AppError> {
    let now = house.now();
    if !lives(link, now) || !signing_in::mark_link_used(connection, link.id, now.into())? {
        return Ok(None);
    }
    let account = account_of(connection, house, &link.email)?;
    let session = super::session::begin(connection, house, account.id)?;
    let next = match link.next.is_empty() && !account.editor {
        true => only_entry(connection, account.id)?.unwrap_or_default(),
        false => link.next.clone(),
    };
    Ok(Some(SignedIn { session, next, editor: account.editor }))
}

/// The home of the entry of somebody who has no other.
fn only_entry(connection: &mut Connection, account: AccountId) -> Result<Option<String>, AppError> {
    let entries = entries::of_account(connection, account)?;
    let only = <[_; 1]>::try_from(entries).ok();
    Ok(only.map(|[(entry, _)]| format!("/entries/{}", entry.id)))
}

/// The account of an address, made if it is new.
pub(super) fn account_of(connection: &mut Connection, house: &House, email: &str) -> Result<accounts::Account, AppError> {
    let folded_email = folded_email(email);
    if let Some(account) = accounts::by_folded_email(connection, &folded_email)? {
        return Ok(account);
    }
    let account = accounts::Account {
        id: house.id(),
        email: email.trim().to_owned(),
        folded_email,
        name: String::new(),
        editor: false,
        created_at: house.now().into(),
    };
    accounts::insert(connection, &account)?;
    Ok(account)
}
