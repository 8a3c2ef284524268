//! The index of an edition's texts. It keeps no text, only where each word stands.

use std::collections::{HashMap, HashSet};
use std::fmt;

use tantivy::index::{SegmentId, SegmentMeta};
use tantivy::indexer::NoMergePolicy;
use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::TextAnalyzer;
use tantivy::{IndexReader, IndexWriter, ReloadPolicy, TantivyDocument, TantivyError, Term};

use super::texts::Texts;
use super::words::Words;
use crate::db::ids::ProfileId;
use crate::error::AppError;
use crate::guide::{Listed, Shelf};
use crate::questionnaire::Value;
use crate::questionnaire::definition::{Kind, LineContent, Question, Questionnaire};

/// The memory of whoever writes to the index, in bytes: the least that it takes. It is given back afterwards.
const WRITING: usize = 15_000_000;
/// So many times as large as all smaller ones together, a segment is left alone.
const LARGER: u64 = 4;

/// Where a word can stand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields {
    /// The number that the index gave the profile.
    number: Field,
    pub company: Field,
    pub program: Field,
    pub people: Field,
    pub answers: Field,
}

/// The index of one edition. It follows the shelf: only what is new there is read.
pub struct Index {
    index: tantivy::Index,
    reader: IndexReader,
    fields: Fields,
    numbers: HashMap<ProfileId, u64>,
    given: u64,
}

impl fmt::Debug for Index {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Index({} profiles)", self.numbers.len())
    }
}

impl Index {
    /// An index without a profile.
    ///
    /// # Errors
    /// [`AppError::Broken`] when there is no memory for it.
    pub fn new() -> Result<Self, AppError> {
        let (schema, fields) = schema();
        let index = tantivy::Index::create_in_ram(schema);
        index.tokenizers().register(TOKENIZER, TextAnalyzer::from(Words));
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().map_err(AppError::broken)?;
        Ok(Self { index, reader, fields, numbers: HashMap::new(), given: 0 })
    }

    /// Takes out what is no longer on the shelf, reads what is new there, and gives the texts as they are now.
    ///
    /// # Errors
    /// [`AppError::Broken`] when memory does not hold what was put there.
    pub fn follow(&mut self, shelf: &Shelf, questionnaire: &Questionnaire) -> Result<Texts, AppError> {
        let current: HashSet<ProfileId> = shelf.listed().iter().map(|listed| listed.id).collect();
        let gone: Vec<ProfileId> = self.numbers.keys().filter(|id| !current.contains(id)).copied().collect();
        let new: Vec<&Listed> =
            shelf.listed().iter().map(|listed| &**listed).filter(|listed| !self.numbers.contains_key(&listed.id)).collect();
        if gone.is_empty() && new.is_empty() {
            return self.texts(shelf);
        }
        let mut writer: IndexWriter = self.index.writer_with_num_threads(1, WRITING).map_err(AppError::broken)?;
        writer.set_merge_policy(Box::new(NoMergePolicy));
        for number in gone.iter().filter_map(|id| self.numbers.remove(id)) {
            writer.delete_term(Term::from_field_u64(self.fields.number, number));
        }
        let people = people(questionnaire);
        for listed in new {
            self.given += 1;
            writer.add_document(self.document(listed, &people)?).map_err(AppError::broken)?;
            self.numbers.insert(listed.id, self.given);
        }
        writer.commit().and_then(|_| self.merge(&mut writer)).and_then(|()| self.reader.reload()).map_err(AppError::broken)?;
        let texts = self.texts(shelf);
        writer.garbage_collect_files().wait().map_err(AppError::broken)?;
        writer.wait_merging_threads().map_err(AppError::broken)?;
        texts
    }

    /// Makes one of many small segments: each is searched by itself, with a list of words of its own. A large one is left
    /// alone until the others have grown, so that one publication does not write everything anew.
    fn merge(&self, writer: &mut IndexWriter) -> tantivy::Result<()> {
        let ids = self.small_segments()?;
        if !ids.is_empty() {
            writer.merge(&ids).wait()?;
        }
        Ok(())
    }

    /// What is merged. Whoever keeps what is known of a segment keeps it from being thrown away: here it is let go.
    fn small_segments(&self) -> tantivy::Result<Vec<SegmentId>> {
        let mut segments = self.index.searchable_segment_metas()?;
        segments.sort_by_key(SegmentMeta::num_docs);
        let sizes: Vec<u32> = segments.iter().map(SegmentMeta::num_docs).collect();
        Ok(segments.iter().take(small(&sizes)).map(SegmentMeta::id).collect())
    }

    fn document(&self, listed: &Listed, people: &HashSet<&str>) -> Result<TantivyDocument, AppError> {
        let mut document = TantivyDocument::default();
        document.add_u64(self.fields.number, self.given);
        document.add_text(self.fields.company, &listed.company);
        document.add_text(self.fields.program, &listed.program);
        let (heads, values) = (listed.heads()?, listed.values()?);
        for (question, value) in heads.questions().zip(values.iter()) {
            let field = if people.contains(&*question?) { self.fields.people } else { self.fields.answers };
            for text in value?.iter().flat_map(Value::texts) {
                document.add_text(field, text);
            }
        }
        Ok(document)
    }

    /// The texts as they were last written, each program by its place on the shelf.
    fn texts(&self, shelf: &Shelf) -> Result<Texts, AppError> {
        let places: HashMap<u64, u32> =
            (0..).zip(shelf.listed()).filter_map(|(place, listed)| Some((*self.numbers.get(&listed.id)?, place))).collect();
        let searcher = self.reader.searcher();
        let segments = searcher.segment_readers().iter().map(|segment| {
            let numbers = segment.fast_fields().u64(NUMBER)?;
            let place = |document| numbers.first(document).and_then(|number| places.get(&number).copied()).unwrap_or_default();
            Ok((0..segment.max_doc()).map(place).collect())
        });
        let places = segments.collect::<Result<_, TantivyError>>().map_err(AppError::broken)?;
        Ok(Texts::new(searcher, self.fields, places))
    }
}

/// How many of these segments are small, the smallest first: up to the last that is not much larger than all before it. A
/// very small one may come before many of one size.
fn small(sizes: &[u32]) -> usize {
    let mut sum = 0;
    let mut small = 0;
    for (before, size) in sizes.iter().copied().map(u64::from).enumerate() {
        if size <= sum * LARGER && before > 0 {
            small = before + 1;
        }
        sum += size;
    }
    small
}

const TOKENIZER: &str = "words";
const NUMBER: &str = "number";

fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let indexing =
        TextFieldIndexing::default().set_tokenizer(TOKENIZER).set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let words = TextOptions::default().set_indexing_options(indexing);
    let fields = Fields {
        number: schema.add_u64_field(NUMBER, INDEXED | FAST),
        company: schema.add_text_field("company", words.clone()),
        program: schema.add_text_field("program", words.clone()),
        people: schema.add_text_field("people", words.clone()),
        answers: schema.add_text_field("answers", words),
    };
    (schema.build(), fields)
}

/// The questions that are answered with somebody's name.
fn people(questionnaire: &Questionnaire) -> HashSet<&str> {
    let names_somebody =
        |question: &&Question| matches!(question.kind, Kind::Person | Kind::Line { content: Some(LineContent::Name), .. });
    questionnaire.questions().filter(names_somebody).map(|question| question.key.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::small;

    #[test]
    fn small_segments_become_one_and_a_large_one_is_left_alone() {
        for (sizes, merged) in [
            (&[][..], 0),
            (&[10_000], 0),
            (&[1, 10_000], 0),
            (&[1, 1, 10_000], 2),
            (&[1, 2, 12, 10_000], 3),
            (&[3_000, 3_500, 3_500], 3),
            (&[100, 3_500, 3_500, 3_500], 4),
            (&[1, 100, 3_500, 3_500, 100_000], 4),
            (&[2_500, 10_000], 2),
            (&[0, 10_000], 0),
        ] {
            assert_eq!(small(sizes), merged, "{sizes:?}");
        }
    }
}
