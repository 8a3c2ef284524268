//! Secrets that travel in links and cookies. Only their hashes are stored.

use sha2::{Digest, Sha256};

use super::Random;

/// A new token of 256 bits, as 64 hexadecimal digits.
pub fn token(random: &Random) -> String {
    hexadecimal(&random.bytes::<32>())
}

/// A new name by which something is recognised that is no secret: 16 hexadecimal digits.
pub fn short(random: &Random) -> String {
    hexadecimal(&random.bytes::<8>())
}

/// What is stored of a token, or of anything that only has to be recognised: its SHA-256.
pub fn hash(secret: &str) -> String {
    hexadecimal(&Sha256::digest(secret.as_bytes()))
}

/// A short mark that changes with the text: 16 hexadecimal digits.
pub fn mark(text: &str) -> String {
    mark_of_bytes(text.as_bytes())
}

/// The same for bytes.
pub fn mark_of_bytes(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes)[..8])
}

/// Whether two texts of the same length are equal, in a time that doesn't tell where they differ.
pub fn same(one: &str, other: &str) -> bool {
    let differences = one.bytes().zip(other.bytes()).fold(0, |sum, (a, b)| sum | (a ^ b));
    one.len() == other.len() && differences == 0
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).filter_map(|digit| char::from_digit(u32::from(digit), 16)).collect()
}
