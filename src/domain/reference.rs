//! Codes that people read out and type: an entry's reference, the code in a sign-in mail.

use super::Random;

/// Letters and digits without look-alikes: no B/8, I/1/L, O/0, S/5, U/V, Z/2 pairs.
const ALPHABET: &[u8; 24] = b"2346789ACDEFGHJKMNPQRTWX";

/// How many characters a code has.
pub const LENGTH: usize = 8;

/// A new code of 8 characters.
pub fn code(random: &Random) -> String {
    let mut code = String::with_capacity(LENGTH);
    while code.len() < LENGTH {
        for byte in random.bytes::<16>() {
            // Bytes above the last whole multiple would make the first letters likelier.
            if usize::from(byte) < 256 / ALPHABET.len() * ALPHABET.len() && code.len() < LENGTH {
                code.push(char::from(ALPHABET[usize::from(byte) % ALPHABET.len()]));
            }
        }
    }
    code
}

/// What a person typed as a code: capitals, without the space in the middle.
pub fn typed(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).map(|character| character.to_ascii_uppercase()).collect()
}

/// A code as it is shown: two groups of four.
pub fn shown(code: &str) -> String {
    match code.split_at_checked(LENGTH / 2) {
        Some((first, second)) if !second.is_empty() => format!("{first} {second}"),
        _ => code.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU8, Ordering};

    use super::*;

    #[test]
    fn a_code_has_eight_characters_without_look_alikes() {
        let next = AtomicU8::new(0);
        let random = Random::filling(move |bytes| bytes.fill_with(|| next.fetch_add(37, Ordering::Relaxed)));
        for _ in 0..100 {
            let code = code(&random);
            assert_eq!(code.len(), LENGTH);
            assert!(!code.contains(['0', 'O', '1', 'I', 'L', '5', 'S', 'B', 'U', 'V', 'Z', 'Y']), "{code}");
        }
    }

    #[test]
    fn what_is_typed_may_have_spaces_and_small_letters() {
        assert_eq!(typed(" k7qm-4xrt"), "K7QM4XRT");
        assert_eq!(shown("K7QM4XRT"), "K7QM 4XRT");
    }
}
