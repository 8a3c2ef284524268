//! Single values: what a typed text means, and whether it can be what it is said to be.

use validator::ValidateEmail;

/// The English names of the months, January first.
pub const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// A typed text as it is stored and counted: trimmed, one character a line break, without control characters,
/// which no keyboard types and no database of ours stores.
pub fn tidy(typed: &str) -> String {
    let breaks = typed.replace("\r\n", "\n").replace('\r', "\n");
    let clean: String = breaks.chars().filter(|character| !character.is_control() || matches!(character, '\n' | '\t')).collect();
    clean.trim().to_owned()
}

/// A typed text for a field of one line.
pub fn tidy_line(typed: &str) -> String {
    tidy(typed).replace('\n', " ")
}

/// A whole number, typed with or without commas and spaces between its digits.
pub fn whole_number(typed: &str) -> Option<i64> {
    let digits: String =
        typed.chars().filter(|character| !matches!(character, ',' | ' ' | '\u{a0}' | '\u{202f}' | '\'')).collect();
    let unsigned = digits.strip_prefix('-').unwrap_or(&digits);
    let plain = !unsigned.is_empty() && unsigned.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| digits.parse().ok()).flatten()
}

/// The number of a month, 1 to 12, typed as a number or as an English name of at least three letters.
pub fn month_number(typed: &str) -> Option<i8> {
    let typed = typed.trim().trim_end_matches('.').to_ascii_lowercase();
    if let Ok(number) = typed.parse::<i8>() {
        return (1..=12).contains(&number).then_some(number);
    }
    let named = MONTHS.iter().position(|name| typed.len() >= 3 && name.to_ascii_lowercase().starts_with(&typed))?;
    i8::try_from(named + 1).ok()
}

/// Whether a mail could be sent to it.
pub fn is_email(typed: &str) -> bool {
    typed.validate_email() && typed.rsplit_once('@').is_some_and(|(_, host)| host.contains('.'))
}

/// Why a text is no web address that can be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WebAddressError {
    /// It does not parse, is not http or https, or its host has no dot.
    NotOne,
    /// It carries a user name or a password.
    Credentials,
}

/// Checks a web address: http or https, a host with a dot, no user name or password inside.
///
/// # Errors
/// [`WebAddressError`] says which rule it breaks.
pub fn web_address(typed: &str) -> Result<url::Url, WebAddressError> {
    let address = url::Url::parse(typed).map_err(|_| WebAddressError::NotOne)?;
    let host = address.host_str().unwrap_or_default().trim_end_matches('.');
    if !matches!(address.scheme(), "http" | "https") || !host.contains('.') || typed.contains(char::is_whitespace) {
        return Err(WebAddressError::NotOne);
    }
    match address.username().is_empty() && address.password().is_none() {
        true => Ok(address),
        false => Err(WebAddressError::Credentials),
    }
}

/// Whether it is a possible phone number, as typed: a national one of the United States, or one with its country's code.
pub fn is_phone(typed: &str) -> bool {
    let digits = typed.chars().filter(char::is_ascii_digit).count();
    let plausible = typed.chars().all(|character| !character.is_control()) && (7..=20).contains(&digits);
    plausible && phonenumber::parse(Some(phonenumber::country::Id::US), typed).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_take_commas_and_spaces() {
        assert_eq!(whole_number("4055"), Some(4055));
        assert_eq!(whole_number("1,180"), Some(1180));
        assert_eq!(whole_number("1 180"), Some(1180));
        assert_eq!(whole_number("-3"), Some(-3));
        for typed in ["about 120", "", "-", "1.5", "٣", "99999999999999999999"] {
            assert_eq!(whole_number(typed), None, "{typed}");
        }
    }

    #[test]
    fn months_are_numbers_or_names() {
        assert_eq!(month_number("02"), Some(2));
        assert_eq!(month_number("Sept."), Some(9));
        assert_eq!(month_number("december"), Some(12));
        for typed in ["0", "13", "Ju", "", "Brumaire"] {
            assert_eq!(month_number(typed), None, "{typed}");
        }
    }

    #[test]
    fn web_addresses_need_a_dotted_host_and_no_password() {
        assert!(web_address("http://www.digium.com").is_ok());
        assert!(web_address("https://例え.jp/partner?x=1").is_ok());
        assert_eq!(web_address("http://user:secret@example.com"), Err(WebAddressError::Credentials));
        for typed in ["www.digium.com", "ftp://example.com", "http://localhost", "javascript:alert(1)", "", "http://a b.com"] {
            assert_eq!(web_address(typed), Err(WebAddressError::NotOne), "{typed}");
        }
    }

    #[test]
    fn phone_numbers_are_possible_ones() {
        for typed in ["256-428-6000", "(256) 428 6000 ext. 12", "+44 20 7946 0000", "+81 3-1234-5678"] {
            assert!(is_phone(typed), "{typed}");
        }
        for typed in ["call us", "12", "", "+999999999999999999999999"] {
            assert!(!is_phone(typed), "{typed}");
        }
    }

    #[test]
    fn texts_are_tidied_by_one_rule() {
        assert_eq!(tidy("  a\r\nb\u{0} "), "a\nb");
        assert_eq!(tidy_line("a\nb"), "a b");
    }
}
