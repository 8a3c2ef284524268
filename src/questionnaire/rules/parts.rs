//! What has parts: a person, and a postal address, which each country writes in its own way.

use super::Inspection;
use crate::questionnaire::answer::{Address, Person};
use crate::questionnaire::tidy::is_invisible;
use crate::questionnaire::{country, value};

/// The most characters of a name, a title or a line of an address.
const LONGEST_PART: usize = 120;

impl Inspection<'_> {
    pub(super) fn person(&mut self, person: &Person) {
        let whose = self.question.as_object();
        for (part, text) in [("name", &person.name), ("title", &person.title)] {
            match text.is_empty() {
                true => self.miss(&format!(".{part}"), format!("Enter the {part} of {whose}")),
                false => self.length(&format!(".{part}"), Some(&format!("The {part} of {whose}")), text, LONGEST_PART),
            }
        }
    }

    pub(super) fn address(&mut self, address: &Address) {
        if address.street.iter().all(String::is_empty) {
            self.miss(".street.1", "Enter the street");
        }
        for (index, line) in address.street.iter().enumerate() {
            let number = index + 1;
            self.length(&format!(".street.{number}"), Some(&format!("Line {number} of the street")), line, LONGEST_PART);
        }
        match address.city.is_empty() {
            true => self.miss(".city", "Enter the city"),
            false => self.length(".city", Some("The city"), &address.city, LONGEST_PART),
        }
        match country::country(&address.country) {
            None if address.country.is_empty() => self.miss(".country", "Select the country"),
            None => self.refuse(".country", "Select the country"),
            Some(country) => {
                self.region(&address.state, country);
                self.postal_code(&address.postal_code, country);
            }
        }
    }

    fn region(&mut self, state: &str, country: &country::Country) {
        let home = country.code == country::HOME;
        let name = if home { "state" } else { "province" };
        match country.regions.first() {
            None => self.length(".state", Some("The state or province"), state, LONGEST_PART),
            Some(_) if state.is_empty() => self.miss(".state", format!("Enter the {name}")),
            Some(first) if country.region(state).is_none() => {
                let article = if home { "the " } else { "" };
                self.refuse(".state", format!("Enter a {name} of {article}{}, like {}", country.name, first.code));
            }
            Some(_) => {}
        }
    }

    fn postal_code(&mut self, code: &str, country: &country::Country) {
        let name = if country.code == country::HOME { "ZIP code" } else { "postal code" };
        match country.code.as_str() {
            _ if code.is_empty() && country.needs_postal_code() => self.miss(".postal_code", format!("Enter the {name}")),
            "US" if !is_zip(code) => self.refuse(".postal_code", "The ZIP code must have 5 or 9 digits, like 35806"),
            "CA" if !is_canadian_code(code) => {
                self.refuse(".postal_code", "The postal code must be three letters and three digits, like K1A 0B1");
            }
            _ => self.length(".postal_code", Some("The postal code"), code, LONGEST_PART),
        }
    }
}

/// Five digits, or nine with or without a hyphen or a space between the fifth and the sixth.
fn is_zip(code: &str) -> bool {
    let code = plain(code);
    let digits = |text: &str, count: usize| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    match code.split_once(['-', ' ']) {
        Some((five, four)) => digits(five, 5) && digits(four, 4),
        None => digits(&code, 5) || digits(&code, 9),
    }
}

/// Like "K1A 0B1", with or without a space or a hyphen in the middle.
fn is_canadian_code(code: &str) -> bool {
    let mut code: Vec<char> = plain(code).chars().collect();
    if code.len() == 7 && matches!(code[3], '-' | ' ') {
        code.remove(3);
    }
    let right = |index: usize, character: &char| match index % 2 {
        0 => character.is_ascii_alphabetic(),
        _ => character.is_ascii_digit(),
    };
    code.len() == 6 && code.iter().enumerate().all(|(index, character)| right(index, character))
}

/// A code in plain letters and digits, with a hyphen for whatever dash an office program or a keyboard made of it, and no blank
/// beside that.
fn plain(code: &str) -> String {
    let plain = |character| match character {
        '‐'..='―' | '−' | '﹘' | '﹣' | 'ー' => '-',
        _ => character,
    };
    let shown = code.chars().filter(|character| !is_invisible(*character)).map(plain).collect::<String>();
    let parts =
        value::narrowed(&shown).split('-').map(|part| part.split_whitespace().collect::<Vec<_>>().join(" ")).collect::<Vec<_>>();
    parts.join("-")
}
