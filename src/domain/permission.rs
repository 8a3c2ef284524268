//! Who may do what. This is the only place that decides; the table of every route by every role tests it.

use crate::db::ids::AccountId;

/// Somebody who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The account.
    pub account: AccountId,
    /// The person's name; empty until given.
    pub name: String,
    /// The e-mail address.
    pub email: String,
    /// Whether the person is an editor.
    pub editor: bool,
}

impl Actor {
    /// How the person is called: the name, or the address until there is one.
    pub fn called(&self) -> &str {
        if self.name.is_empty() { &self.email } else { &self.name }
    }
}

/// Where somebody wants to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// What everybody may see.
    Public,
    /// What belongs to the account itself: the list of one's entries, a new entry.
    Own,
    /// An entry, as its vendor; `member` says whether the person is a member of its company.
    Entry {
        /// Whether the person is a member of the entry's company.
        member: bool,
    },
    /// The editors' side.
    Desk,
}

/// The answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Come in.
    Granted,
    /// First say who you are.
    SignIn,
    /// As if it were not there.
    NotThere,
}

/// Decides whether somebody may go somewhere. Editors have no way into an entry as its vendor: they never change a
/// vendor's answers.
pub fn decide(actor: Option<&Actor>, place: Place) -> Access {
    match (place, actor) {
        (Place::Public, _) | (Place::Own, Some(_)) => Access::Granted,
        (_, None) => Access::SignIn,
        (Place::Entry { member }, Some(_)) => if_so(member),
        (Place::Desk, Some(actor)) => if_so(actor.editor),
    }
}

fn if_so(allowed: bool) -> Access {
    if allowed { Access::Granted } else { Access::NotThere }
}
