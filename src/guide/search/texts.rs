//! Searching the texts of an edition.

use std::fmt;
use std::sync::Arc;

use roaring::RoaringBitmap;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::query::{AutomatonWeight, BooleanQuery, BoostQuery, DfaWrapper, EnableScoring, Query, TermQuery, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, Score, Searcher, SegmentOrdinal, SegmentReader, Term};

use super::Marks;
use super::index::Fields;
use super::meant::Meant;
use crate::error::AppError;

/// The texts of an edition, as they were when its shelf was.
pub struct Texts {
    searcher: Searcher,
    fields: Fields,
    /// The places of the programs, by segment of the index and number in it.
    places: Vec<Arc<[u32]>>,
}

impl fmt::Debug for Texts {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Texts({} profiles)", self.searcher.num_docs())
    }
}

/// The programs in which a text was found.
#[derive(Debug)]
pub struct Hits {
    /// Their places.
    pub programs: RoaringBitmap,
    /// How well each of them fits, in the order of their places.
    pub scores: Vec<Score>,
    /// Marks what was found.
    pub marks: Marks,
    /// Whether it was found only because typing errors were forgiven.
    pub forgiven: bool,
}

impl Texts {
    pub(super) fn new(searcher: Searcher, fields: Fields, places: Vec<Arc<[u32]>>) -> Self {
        Self { searcher, fields, places }
    }

    /// The programs in which every word of a text stands, or begins a word. Where there is none, typing errors are
    /// forgiven.
    ///
    /// # Errors
    /// [`AppError::Broken`] when memory does not hold what was put there.
    pub fn find(&self, text: &str) -> Result<Hits, AppError> {
        let exactly = self.hits(Meant::all(text, false)?, false)?;
        if !exactly.programs.is_empty() {
            return Ok(exactly);
        }
        self.hits(Meant::all(text, true)?, true)
    }

    fn hits(&self, words: Vec<Meant>, forgiven: bool) -> Result<Hits, AppError> {
        let every = BooleanQuery::intersection(words.iter().map(|word| self.anywhere(word)).collect());
        let mut found = self.searcher.search(&every, &Places(&self.places)).map_err(AppError::broken)?;
        found.sort_unstable_by_key(|(place, _)| *place);
        let programs = found.iter().map(|(place, _)| *place).collect();
        let scores: Vec<Score> = found.into_iter().map(|(_, score)| score).collect();
        Ok(Hits { forgiven: forgiven && !scores.is_empty(), programs, scores, marks: Marks::new(words) })
    }

    /// A word, wherever it stands: what stands in a name weighs more, and what is not quite the word less.
    fn anywhere(&self, meant: &Meant) -> Box<dyn Query> {
        let fields = &self.fields;
        let weights = [(fields.company, 8.0), (fields.program, 5.0), (fields.people, 3.0), (fields.answers, 1.0)];
        let mut ways: Vec<Box<dyn Query>> = Vec::new();
        for (field, weight) in weights {
            let mut way = |query: Box<dyn Query>, weight| ways.push(Box::new(BoostQuery::new(query, weight)));
            let term = Term::from_field_text(field, &meant.word);
            way(Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)), weight);
            if let Some(machine) = &meant.beginning {
                way(Box::new(Alike { field, machine: Arc::clone(machine) }), weight);
            }
            if let Some(machine) = &meant.near {
                way(Box::new(Alike { field, machine: Arc::clone(machine) }), weight / 2.0);
            }
        }
        Box::new(BooleanQuery::union(ways))
    }
}

/// What a machine takes of a field's words.
#[derive(Clone)]
struct Alike {
    field: Field,
    machine: Arc<DfaWrapper>,
}

impl fmt::Debug for Alike {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Alike({})", self.field.field_id())
    }
}

impl Query for Alike {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(AutomatonWeight::<DfaWrapper>::new(self.field, Arc::clone(&self.machine))))
    }
}

/// Collects the places of what is found, with how well it fits.
struct Places<'a>(&'a [Arc<[u32]>]);

struct PlacesOfSegment {
    places: Arc<[u32]>,
    found: Vec<(u32, Score)>,
}

impl Collector for Places<'_> {
    type Fruit = Vec<(u32, Score)>;
    type Child = PlacesOfSegment;

    fn for_segment(&self, segment: SegmentOrdinal, _: &SegmentReader) -> tantivy::Result<PlacesOfSegment> {
        let places = self.0.get(segment as usize).cloned().unwrap_or_default();
        Ok(PlacesOfSegment { places, found: Vec::new() })
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, found: Vec<Self::Fruit>) -> tantivy::Result<Self::Fruit> {
        Ok(found.concat())
    }
}

impl SegmentCollector for PlacesOfSegment {
    type Fruit = Vec<(u32, Score)>;

    fn collect(&mut self, document: DocId, score: Score) {
        self.found.extend(self.places.get(document as usize).map(|place| (*place, score)));
    }

    fn harvest(self) -> Self::Fruit {
        self.found
    }
}
