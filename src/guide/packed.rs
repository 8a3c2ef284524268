//! Documents in memory, packed: ten thousand profiles of an edition say mostly the same labels.

use std::sync::Arc;

use lz4_flex::block::{compress_with_dict, decompress_with_dict};

use crate::error::AppError;

/// A text, packed with another one that is like it.
#[derive(Debug, Clone)]
pub(super) struct Packed {
    bytes: Box<[u8]>,
    /// In bytes.
    length: usize,
    like: Arc<[u8]>,
}

impl Packed {
    /// Packs a text. The more it has in common with `like`, the smaller it gets.
    pub(super) fn new(text: &str, like: &Arc<[u8]>) -> Self {
        let bytes = compress_with_dict(text.as_bytes(), like).into_boxed_slice();
        Self { bytes, length: text.len(), like: Arc::clone(like) }
    }

    /// The text.
    ///
    /// # Errors
    /// [`AppError::Broken`] when memory does not hold what was put there.
    pub(super) fn unpack(&self) -> Result<String, AppError> {
        let text = decompress_with_dict(&self.bytes, self.length, &self.like).map_err(AppError::broken)?;
        String::from_utf8(text).map_err(AppError::broken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_comes_back_as_it_was_and_is_small_beside_one_that_is_like_it() {
        let like: Arc<[u8]> =
            "\"label\":\"What types of training does your partner program offer?\",".repeat(3).into_bytes().into();
        for text in ["", "x", &String::from_utf8_lossy(&like), "Ünïcödé 株式会社"] {
            let packed = Packed::new(text, &like);
            assert_eq!(packed.unpack().unwrap(), text);
            assert!(packed.bytes.len() <= text.len() + 16);
        }
        let same = Packed::new(&String::from_utf8_lossy(&like), &like);
        assert!(same.bytes.len() < 20, "{}", same.bytes.len());
    }
}
