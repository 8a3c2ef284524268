//! Which words stand anywhere in the texts.

use std::collections::BTreeSet;
use std::io;

use tantivy::index::InvertedIndexReader;
use tantivy::postings::TermInfo;
use tantivy::query::DfaWrapper;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, Searcher, SegmentReader, TERMINATED, TantivyError};

use crate::error::AppError;

/// The words of some texts.
pub(super) trait Standing {
    /// Whether a word stands anywhere.
    fn has(&self, word: &str) -> Result<bool, AppError>;

    /// Whether a word stands anywhere, or begins one that does.
    fn has_beginning(&self, word: &str) -> Result<bool, AppError>;

    /// Words that a machine takes, none longer than this or with hyphens, each once, so many at most.
    fn near(&self, machine: &DfaWrapper, longest: usize, most: usize) -> Result<Vec<String>, AppError>;
}

/// The words of an index.
pub(super) struct Indexed<'a> {
    pub searcher: &'a Searcher,
    pub fields: [Field; 4],
}

impl Standing for Indexed<'_> {
    fn has(&self, word: &str) -> Result<bool, AppError> {
        self.anywhere(|segment, words| match words.terms().get(word)? {
            Some(word) => stands(segment, words, &word),
            None => Ok(false),
        })
    }

    fn has_beginning(&self, word: &str) -> Result<bool, AppError> {
        self.anywhere(|segment, words| {
            let mut longer = words.terms().range().ge(word).into_stream()?;
            while longer.advance() && longer.key().starts_with(word.as_bytes()) {
                if stands(segment, words, longer.value())? {
                    return Ok(true);
                }
            }
            Ok(false)
        })
    }

    fn near(&self, machine: &DfaWrapper, longest: usize, most: usize) -> Result<Vec<String>, AppError> {
        let mut near = BTreeSet::new();
        self.anywhere(|_, words| {
            let mut taken = words.terms().search(machine).into_stream()?;
            while near.len() < most && taken.advance() {
                let word = str::from_utf8(taken.key()).ok().filter(|word| word.len() <= longest && !word.contains('-'));
                near.extend(word.map(str::to_owned));
            }
            Ok(near.len() >= most)
        })?;
        Ok(near.into_iter().collect())
    }
}

impl Indexed<'_> {
    fn anywhere(
        &self,
        mut is_there: impl FnMut(&SegmentReader, &InvertedIndexReader) -> io::Result<bool>,
    ) -> Result<bool, AppError> {
        let places = self.searcher.segment_readers().iter().flat_map(|segment| self.fields.map(|field| (segment, field)));
        for (segment, field) in places {
            let words = segment.inverted_index(field).map_err(AppError::broken)?;
            if is_there(segment, &words).map_err(TantivyError::from).map_err(AppError::broken)? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// Whether a word stands in a text that was not taken out of the index since.
fn stands(segment: &SegmentReader, words: &InvertedIndexReader, word: &TermInfo) -> io::Result<bool> {
    if segment.num_deleted_docs() == 0 {
        return Ok(true);
    }
    let mut texts = words.read_postings_from_terminfo(word, IndexRecordOption::Basic)?;
    while texts.doc() != TERMINATED {
        if !segment.is_deleted(texts.doc()) {
            return Ok(true);
        }
        texts.advance();
    }
    Ok(false)
}
