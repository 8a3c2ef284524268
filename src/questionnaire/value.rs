//! Single values: what a typed text means, and whether it can be what it is said to be.

mod email;

use std::borrow::Cow;

pub use self::email::{EmailError, LONGEST_EMAIL, LONGEST_EMAIL_NAME, email, is_email, mail_link};
use super::tidy::is_invisible;

/// The English names of the months, January first.
pub const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// The largest whole number that is taken for one: more is a slip of the keyboard, and adds up past every limit.
pub const LARGEST_NUMBER: i64 = 999_999_999_999;

/// The most characters of a web address, as many as browsers agree on.
pub const LONGEST_WEB_ADDRESS: usize = 2000;

/// The most characters of a phone number with all that may stand around it.
const LONGEST_PHONE: usize = 60;

/// A whole number, typed with or without spaces between its digits, and commas between its thousands.
pub fn whole_number(typed: &str) -> Option<i64> {
    whole_digits(typed)?.parse().ok()
}

/// The digits of a whole number, however many, with its sign. A comma elsewhere than between thousands may be a decimal one,
/// so that it is none.
pub(super) fn whole_digits(typed: &str) -> Option<String> {
    let digits: String =
        narrowed(typed).chars().filter(|character| !matches!(character, '\'' | '’') && !is_space(*character)).collect();
    let unsigned = digits.strip_prefix('-').unwrap_or(&digits);
    let mut groups = unsigned.split(',');
    let first = groups.next().unwrap_or_default();
    let grouped = !unsigned.contains(',') || (first.len() <= 3 && groups.all(|group| group.len() == 3));
    let plain = !first.is_empty() && unsigned.bytes().all(|byte| byte.is_ascii_digit() || byte == b',');
    (plain && grouped).then(|| digits.replace(',', ""))
}

fn is_space(character: char) -> bool {
    character.is_whitespace() && !character.is_control()
}

/// The number of a month, 1 to 12, typed as a number or as an English name of at least three letters.
pub fn month_number(typed: &str) -> Option<i8> {
    let typed = narrowed(typed).trim().trim_end_matches('.').to_ascii_lowercase();
    if !typed.is_empty() && typed.bytes().all(|byte| byte.is_ascii_digit()) {
        return typed.parse().ok().filter(|number| (1..=12).contains(number));
    }
    let named = MONTHS.iter().position(|name| typed.len() >= 3 && name.to_ascii_lowercase().starts_with(&typed))?;
    i8::try_from(named + 1).ok()
}

/// A year of four digits.
pub fn four_digit_year(typed: &str) -> Option<i16> {
    let typed = narrowed(typed);
    let typed = typed.trim();
    let four = typed.len() == 4 && typed.bytes().all(|byte| byte.is_ascii_digit());
    four.then(|| typed.parse().ok()).flatten().filter(|year| *year > 0)
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
    let (_, rest) = typed.split_once("://").filter(|(_, rest)| !rest.starts_with(['/', '\\'])).ok_or(WebAddressError::NotOne)?;
    let address = url::Url::parse(typed).map_err(|_| WebAddressError::NotOne)?;
    let host = address.host_str().unwrap_or_default().trim_end_matches('.');
    let dotted = host.contains('.') && host.split('.').all(|label| !label.is_empty());
    if !matches!(address.scheme(), "http" | "https") || !dotted || typed.contains(|c: char| c.is_whitespace() || is_invisible(c))
    {
        return Err(WebAddressError::NotOne);
    }
    let authority = rest.split(['/', '\\', '?', '#']).next().unwrap_or_default();
    let credentials = authority.contains('@') || !address.username().is_empty() || address.password().is_some();
    if credentials { Err(WebAddressError::Credentials) } else { Ok(address) }
}

/// Whether it is a possible phone number, as typed: a national one, or one with its country's code; with letters
/// in place of digits, with brackets, with an extension. Who dials it knows how, so only what can be no number is none.
pub fn is_phone(typed: &str) -> bool {
    let typed = narrowed(&typed.chars().filter(|character| !is_invisible(*character)).collect::<String>()).into_owned();
    let digits = typed.chars().filter(char::is_ascii_digit).count();
    let letters = typed.chars().filter(char::is_ascii_alphabetic).count();
    let spelled = digits >= 3 && (10..=15).contains(&(digits + letters));
    let plausible = typed.chars().count() <= LONGEST_PHONE && (spelled || (7..=25).contains(&digits));
    plausible && phonenumber::parse(Some(phonenumber::country::Id::US), &typed).is_ok()
}

/// The ASCII forms of the characters that East Asian keyboards type in full width.
pub(super) fn narrowed(typed: &str) -> Cow<'_, str> {
    match typed.is_ascii() {
        true => Cow::Borrowed(typed),
        false => Cow::Owned(typed.chars().map(narrow).collect()),
    }
}

fn narrow(character: char) -> char {
    match character {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character),
        '\u{3000}' => ' ',
        _ => character,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_take_commas_and_spaces() {
        assert_eq!(whole_number("4055"), Some(4055));
        assert_eq!(whole_number("1,180"), Some(1180));
        assert_eq!(whole_number("1 180"), Some(1180));
        assert_eq!(whole_number("1\u{2009}180\u{a0}000"), Some(1_180_000));
        assert_eq!(whole_number("1'180"), Some(1180));
        assert_eq!(whole_number("-3"), Some(-3));
        assert_eq!(whole_number("１２３"), Some(123));
        assert_eq!(whole_number("１，１８０"), Some(1180));
        assert_eq!(whole_number("-12,345,678"), Some(-12_345_678));
        for typed in ["12,34", "1,2345", "1234,567", ",123", "1,", "1,,234", ",", "1,23,456", "1,234,5"] {
            assert_eq!(whole_number(typed), None, "{typed}");
        }
        for typed in ["about 120", "", "-", "--3", "3-", "1.5", "٣", "+3", "1e3", "0x10", "99999999999999999999"] {
            assert_eq!(whole_number(typed), None, "{typed}");
        }
    }

    #[test]
    fn months_are_numbers_or_names() {
        assert_eq!(month_number("02"), Some(2));
        assert_eq!(month_number("Sept."), Some(9));
        assert_eq!(month_number("december"), Some(12));
        assert_eq!(month_number("１２"), Some(12));
        for typed in ["0", "13", "-1", "+2", "300", "Ju", "", ".", "Brumaire", "Decembers"] {
            assert_eq!(month_number(typed), None, "{typed}");
        }
    }

    #[test]
    fn years_have_four_digits() {
        assert_eq!(four_digit_year("2007"), Some(2007));
        assert_eq!(four_digit_year("２００７"), Some(2007));
        for typed in ["07", "", "+207", "-207", "0000", "20 7", "20077"] {
            assert_eq!(four_digit_year(typed), None, "{typed}");
        }
    }

    #[test]
    fn web_addresses_need_a_dotted_host_and_no_password() {
        for typed in
            ["http://www.digium.com", "https://例え.jp/partner?x=1", "HTTPS://Example.COM./a@b", "http://example.com:8080/?a=@"]
        {
            assert!(web_address(typed).is_ok(), "{typed}");
        }
        for typed in
            ["http://user:secret@example.com", "http://user@example.com", "http://@example.com", "https://:@example.com/"]
        {
            assert_eq!(web_address(typed), Err(WebAddressError::Credentials), "{typed}");
        }
        for typed in [
            "www.digium.com",
            "ftp://example.com",
            "http://localhost",
            "javascript:alert(1)",
            "javascript://example.com/%0aalert(1)",
            "",
            "http://a b.com",
            "http:example.com",
            "http://example..com",
            "http://.com",
            "http://",
            "http:///me:secret@example.com",
            "http:\\\\example.com",
            "http://[::1]",
            "http://example.com\u{200b}",
            "http://example.com:99999",
        ] {
            assert_eq!(web_address(typed), Err(WebAddressError::NotOne), "{typed}");
        }
    }

    #[test]
    fn phone_numbers_are_possible_ones() {
        for typed in [
            "256-428-6000",
            "2564286000",
            "(256) 428 6000 ext. 12",
            "256.428.6000 x123",
            "+1 256 428 6000,,12#",
            "256-428-6000 (main)",
            "Tel. 256-428-6000",
            "1-800-DIGIUM1",
            "1-888-GO-CISCO",
            "888.NETSUITE",
            "+44 20 7946 0000",
            "+44 (0)20 7946 0958",
            "(0)20 7946 0958",
            "0044 20 7946 0958",
            "011 44 20 7946 0958",
            "+48 22 555 01 00",
            "+49 (0) 89 / 636-48018",
            "+49 89 63648018-0",
            "+81 3-1234-5678",
            "０３－１２３４－５６７８",
            "+86 10 8888 8888",
            "+91 80 4012 3456",
            "+55 (11) 3456-7890",
            "+33 1 70 36 39 50",
            "+358 9 1234",
            "+372 6 123 456",
            "+852 2345 6789",
            "1300 85 90 95",
            "\u{202d}256-428-6000\u{202c}",
            "256\u{2011}428\u{2011}6000",
        ] {
            assert!(is_phone(typed), "{typed}");
        }
        for typed in ["call us", "n/a", "12", "", "256-428", "suite 4000", "+999 123 456 789", "+999999999999999999999999"] {
            assert!(!is_phone(typed), "{typed}");
        }
    }
}
