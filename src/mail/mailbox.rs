//! Who a letter comes from or goes to.

use std::{fmt, str::FromStr};

use lettre::Address;

/// A name, if there is one, and an address.
///
/// Both are kept as they were typed: an account may hold an address that no mail can be sent to,
/// and that shows when a [`Letter`](super::Letter) is sent, as a sentence the desk can read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailbox {
    /// The person or the guide, as it stands before the address.
    pub name: Option<String>,
    /// The address, `editor@guide.example.com`.
    pub address: String,
}

/// A mailbox that can't be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MailboxError {
    /// The address is not one.
    #[error("“{0}” is not an e-mail address that mail can be sent to.")]
    Address(String),
    /// Not in the form `Name <address>` or `address`.
    #[error("“{0}” should be an address, or a name and an address: The Guide <guide@example.com>.")]
    Form(String),
}

impl Mailbox {
    /// A mailbox with a name; a blank name counts as none.
    pub fn new(name: &str, address: &str) -> Self {
        let name = name.trim();
        Self { name: (!name.is_empty()).then(|| name.to_owned()), address: address.trim().to_owned() }
    }

    /// The form the mail library works with. An international domain is put in the form that every
    /// mail server understands.
    pub(super) fn to_lettre(&self) -> Result<lettre::message::Mailbox, MailboxError> {
        let address = address_for_sending(&self.address).ok_or_else(|| MailboxError::Address(self.address.clone()))?;
        let name = self.name.as_deref().map(on_one_line).filter(|name| !name.is_empty());
        Ok(lettre::message::Mailbox::new(name, address))
    }
}

fn address_for_sending(address: &str) -> Option<Address> {
    let (user, domain) = address.rsplit_once('@')?;
    if domain.is_ascii() {
        return Address::new(user, domain).ok();
    }
    let domain = url::Host::parse(domain).ok()?.to_string();
    Address::new(user, domain).ok()
}

/// The library would encode a line break and deliver it; in a name it is never meant.
fn on_one_line(name: &str) -> String {
    let spaced: String = name.chars().map(|character| if character.is_control() { ' ' } else { character }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl FromStr for Mailbox {
    type Err = MailboxError;

    fn from_str(text: &str) -> Result<Self, MailboxError> {
        let mailbox = match text.trim().strip_suffix('>') {
            Some(rest) => {
                let (name, address) = rest.rsplit_once('<').ok_or_else(|| MailboxError::Form(text.to_owned()))?;
                Self::new(name.trim().trim_matches('"'), address)
            }
            None => Self::new("", text),
        };
        mailbox.to_lettre()?;
        Ok(mailbox)
    }
}

impl fmt::Display for Mailbox {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            Some(name) => write!(formatter, "{name} <{}>", self.address),
            None => formatter.write_str(&self.address),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_name_and_an_address() {
        let named: Mailbox = "The “Guide”, 2017 <guide@example.com>".parse().unwrap();
        assert_eq!(named, Mailbox::new("The “Guide”, 2017", "guide@example.com"));
        let quoted: Mailbox = "\"Partner Guide\" <guide@example.com>".parse().unwrap();
        assert_eq!(quoted.name.as_deref(), Some("Partner Guide"));
        let local: Mailbox = "Almanac <almanac@localhost>".parse().unwrap();
        assert_eq!(local.address, "almanac@localhost");
        let bare: Mailbox = " guide@example.com ".parse().unwrap();
        assert_eq!(bare, Mailbox::new("", "guide@example.com"));
        assert_eq!(named.to_string(), "The “Guide”, 2017 <guide@example.com>");
    }

    #[test]
    fn refuses_what_no_mail_can_be_sent_to() {
        for text in ["", "guide", "guide@", "@example.com", "a b@example.com", "Guide guide@example.com>"] {
            assert!(text.parse::<Mailbox>().is_err(), "{text}");
        }
        let broken = Mailbox::new("", "a@example.com\r\nBcc: b@example.com");
        assert!(broken.to_lettre().is_err());
    }

    #[test]
    fn international_domains_become_ascii() {
        let mailbox = Mailbox::new("", "post@bücher.example").to_lettre().unwrap();
        assert_eq!(mailbox.email.to_string(), "post@xn--bcher-kva.example");
    }
}
