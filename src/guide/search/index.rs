//! The index of an edition's texts. It keeps no text, only where each word stands.

use std::collections::{HashMap, HashSet};
use std::fmt;

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
        for number in gone.iter().filter_map(|id| self.numbers.remove(id)) {
            writer.delete_term(Term::from_field_u64(self.fields.number, number));
        }
        let people = people(questionnaire);
        for listed in new {
            self.given += 1;
            writer.add_document(self.document(listed, &people)?).map_err(AppError::broken)?;
            self.numbers.insert(listed.id, self.given);
        }
        writer.commit().and_then(|_| self.reader.reload()).map_err(AppError::broken)?;
        let texts = self.texts(shelf);
        writer.wait_merging_threads().map_err(AppError::broken)?;
        texts
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
