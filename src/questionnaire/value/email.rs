//! E-mail addresses: whether a mail could be sent to what was typed, and why not.

use validator::ValidateEmail;

use crate::questionnaire::tidy::is_invisible;

/// The most characters of an e-mail address, as many as mail servers take.
pub const LONGEST_EMAIL: usize = 254;

/// The most characters before the @ of an e-mail address.
pub const LONGEST_EMAIL_NAME: usize = 64;

/// Why a mail could not be sent to what was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EmailError {
    /// It is no address, or more than one, or something stands around it.
    NotOne,
    /// Before the @ stands a letter that few mail servers know.
    Character(char),
    /// It has so many characters.
    TooLong(usize),
    /// So many characters stand before the @.
    NameTooLong(usize),
}

/// Checks an e-mail address: one address, nothing around it, at a host with a name of several labels. A host may be
/// written in any script; a name before the @ may not, because a letter to it would come back from most servers.
///
/// # Errors
/// [`EmailError`] says why no mail could be sent to it.
pub fn email(typed: &str) -> Result<(), EmailError> {
    let Some((name, host)) = typed.split_once('@').filter(|(_, host)| !host.contains('@')) else {
        return Err(EmailError::NotOne);
    };
    let (length, named) = (typed.chars().count(), host.contains('.') && !host.starts_with('['));
    let stands_alone = !typed.contains(|character: char| character.is_whitespace() || is_invisible(character));
    match name.chars().find(|character| !character.is_ascii()) {
        _ if !named || !stands_alone => Err(EmailError::NotOne),
        Some(character) => Err(EmailError::Character(character)),
        None if length > LONGEST_EMAIL => Err(EmailError::TooLong(length)),
        None if name.len() > LONGEST_EMAIL_NAME => Err(EmailError::NameTooLong(name.len())),
        None if typed.validate_email() => Ok(()),
        None => Err(EmailError::NotOne),
    }
}

/// Whether a mail could be sent to it: see [`email`].
pub fn is_email(typed: &str) -> bool {
    email(typed).is_ok()
}

/// The address that opens a mail to `email`. What stands before the @ may contain characters that mean something
/// else in such an address.
pub fn mail_link(email: &str) -> String {
    let mut link = String::from("mailto:");
    for character in email.chars() {
        match character {
            '%' | '?' | '&' | '#' | '/' | '^' | '`' | '{' | '|' | '}' => link.push_str(&format!("%{:02X}", u32::from(character))),
            _ => link.push(character),
        }
    }
    link
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_email_is_one_address_and_nothing_else() {
        for typed in ["wlandt@digium.com", "partners+na@kirito-networks.example", "o'neill@example.co.uk", "info@例え.jp"] {
            assert!(is_email(typed), "{typed}");
        }
        for typed in [
            "",
            "anneke.vos@fenwhistle",
            "a@b@example.com",
            "a@[127.0.0.1]",
            "Wayne <wlandt@digium.com>",
            "a@example.com, b@example.com",
            "mailto:a@example.com",
            "a@exa\u{200b}mple.com",
            "a@example..com",
            "a@example.com.",
        ] {
            assert!(!is_email(typed), "{typed}");
        }
    }

    #[test]
    fn it_is_told_why_an_email_is_none() {
        assert_eq!(email("ä@b.example"), Err(EmailError::Character('ä')));
        assert_eq!(email(&format!("a@{}.example", "b.".repeat(145))), Err(EmailError::TooLong(300)));
        assert_eq!(email(&format!("{}@b.example", "a".repeat(65))), Err(EmailError::NameTooLong(65)));
        assert_eq!(email("Zoë <zoe@b.example>"), Err(EmailError::NotOne));
    }

    #[test]
    fn a_mail_link_carries_nothing_but_its_address() {
        assert_eq!(mail_link("wlandt@digium.com"), "mailto:wlandt@digium.com");
        assert_eq!(mail_link("a?cc=b%c@example.com"), "mailto:a%3Fcc=b%25c@example.com");
    }
}
