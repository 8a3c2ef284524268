//! Documents in memory, packed: ten thousand profiles of an edition say mostly the same labels.

use lz4_flex::block::{compress_with_dict, decompress_with_dict};

use crate::error::AppError;

/// A text, packed with another one that is like it.
#[derive(Debug, Clone)]
pub(super) struct Packed {
    bytes: Box<[u8]>,
    /// In bytes.
    length: usize,
}

impl Packed {
    /// Packs a text. The more it has in common with `like`, the smaller it gets.
    pub(super) fn new(text: &str, like: &str) -> Self {
        let bytes = compress_with_dict(text.as_bytes(), like.as_bytes()).into_boxed_slice();
        Self { bytes, length: text.len() }
    }

    /// The text. `like` is what it was packed with.
    ///
    /// # Errors
    /// [`AppError::Broken`] when memory does not hold what was put there.
    pub(super) fn unpack(&self, like: &str) -> Result<String, AppError> {
        let text = decompress_with_dict(&self.bytes, self.length, like.as_bytes()).map_err(AppError::broken)?;
        String::from_utf8(text).map_err(AppError::broken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_comes_back_as_it_was_and_is_small_beside_one_that_is_like_it() {
        let like = "\"label\":\"What types of training does your partner program offer?\",".repeat(3);
        for text in ["", "x", &*like, "Ünïcödé 株式会社"] {
            let packed = Packed::new(text, &like);
            assert_eq!(packed.unpack(&like).unwrap(), text);
            assert!(packed.bytes.len() <= text.len() + 16);
        }
        let same = Packed::new(&like, &like);
        assert!(same.bytes.len() < 20, "{}", same.bytes.len());
    }
}
