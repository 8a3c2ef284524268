//! Searching the texts of an edition.

use std::fmt;
use std::sync::Arc;

use roaring::RoaringBitmap;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::query::{
    AutomatonWeight, BooleanQuery, BoostQuery, ConstScoreQuery, DfaWrapper, DisjunctionMaxQuery, EnableScoring,
    PhrasePrefixQuery, PhraseQuery, Query, TermQuery, Weight,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, Score, Searcher, SegmentOrdinal, SegmentReader, Term};

use super::Marks;
use super::apart::Apart;
use super::index::Fields;
use super::joints::Row;
use super::meant::Meant;
use super::standing::{Indexed, Standing};
use super::words::asked;
use crate::error::AppError;

/// How much more a word weighs that stands there as it is: more than all else adds up to, even for as many words as are
/// searched for.
const WHOLE: Score = 10_000.0;

/// The most words that the last of several may begin.
const MOST_BEGUN: u32 = 1_000;

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
    /// forgiven in the words that stand nowhere.
    ///
    /// # Errors
    /// [`AppError::Broken`] when memory does not hold what was put there.
    pub fn find(&self, text: &str) -> Result<Hits, AppError> {
        let exactly = self.find_exactly(text)?;
        if !exactly.programs.is_empty() {
            return Ok(exactly);
        }
        Ok(self.find_almost(&exactly)?.unwrap_or(exactly))
    }

    /// The programs in which a text is found with typing errors that were not forgiven so far; none where there are no such.
    ///
    /// # Errors
    /// As [`Texts::find`].
    pub fn find_almost(&self, exactly: &Hits) -> Result<Option<Hits>, AppError> {
        let words = Meant::forgiving(exactly.marks.words(), &self.standing())?;
        words.map(|words| self.hits(words, true)).transpose()
    }

    /// The programs in which every word of a text stands, or begins a word.
    ///
    /// # Errors
    /// As [`Texts::find`].
    pub fn find_exactly(&self, text: &str) -> Result<Hits, AppError> {
        self.hits(Meant::all(text, &self.standing())?, false)
    }

    /// Whether a text is one word that stands anywhere, or begins one that does. It is known at once, and then the text is
    /// [found](Texts::find_exactly); whatever else there is has to be looked for.
    ///
    /// # Errors
    /// As [`Texts::find`].
    pub fn has_word(&self, text: &str) -> Result<bool, AppError> {
        match &*asked(text) {
            [Row { words, .. }] if words.len() == 1 => self.standing().has_beginning(&words.concat()),
            _ => Ok(false),
        }
    }

    fn standing(&self) -> Indexed<'_> {
        Indexed { searcher: &self.searcher, fields: self.weights().map(|(field, _)| field) }
    }

    fn hits(&self, words: Vec<Meant>, forgiven: bool) -> Result<Hits, AppError> {
        let every = BooleanQuery::intersection(words.iter().map(|word| self.anywhere(word)).collect());
        let mut found = self.searcher.search(&every, &Places(&self.places)).map_err(AppError::broken)?;
        found.sort_unstable_by_key(|(place, _)| *place);
        let programs = found.iter().map(|(place, _)| *place).collect();
        let scores: Vec<Score> = found.into_iter().map(|(_, score)| score).collect();
        Ok(Hits { forgiven: forgiven && !scores.is_empty(), programs, scores, marks: Marks::new(words) })
    }

    /// A word, wherever it stands. The word itself comes before what begins with it, and that before what is almost it.
    fn anywhere(&self, meant: &Meant) -> Box<dyn Query> {
        let beginning = meant.beginnings.iter().map(|machine| self.alike(machine, 1.0));
        let near = meant.near.iter().map(|machine| self.alike(machine, 0.5));
        let wholes = meant.wholes().map(|word| self.whole(word));
        let apart = meant.apart.iter().map(|apart| self.one_after_the_other(apart));
        Box::new(DisjunctionMaxQuery::new(wholes.chain(beginning).chain(near).chain(apart).collect()))
    }

    /// Several words in place of one.
    fn one_after_the_other(&self, Apart { words, begins }: &Apart) -> Box<dyn Query> {
        let way = |(field, weight)| {
            let words = words.iter().map(|word| Term::from_field_text(field, word)).collect();
            let found = if *begins { boxed(beginning_phrase(words)) } else { boxed(PhraseQuery::new(words)) };
            boxed(BoostQuery::new(found, weight))
        };
        Box::new(BooleanQuery::union(self.weights().map(way).into()))
    }

    /// A word as it is.
    fn whole(&self, word: &str) -> Box<dyn Query> {
        let term = |field, option| boxed(TermQuery::new(Term::from_field_text(field, word), option));
        let there = BooleanQuery::union(self.weights().map(|(field, _)| term(field, IndexRecordOption::Basic)).into());
        let weighed = |(field, weight)| boxed(BoostQuery::new(term(field, IndexRecordOption::WithFreqs), weight));
        let ways = self.weights().map(weighed).into_iter().chain([boxed(ConstScoreQuery::new(Box::new(there), WHOLE))]);
        Box::new(BooleanQuery::union(ways.collect()))
    }

    /// What a machine takes, which is worth this much.
    fn alike(&self, machine: &Arc<DfaWrapper>, worth: Score) -> Box<dyn Query> {
        let way = |(field, weight)| boxed(BoostQuery::new(boxed(Alike { field, machine: Arc::clone(machine) }), weight * worth));
        Box::new(BooleanQuery::union(self.weights().map(way).into()))
    }

    /// How much it weighs where a word stands: more in a name than in an answer.
    fn weights(&self) -> [(Field, Score); 4] {
        let Fields { company, program, people, answers, .. } = self.fields;
        [(company, 8.0), (program, 5.0), (people, 3.0), (answers, 1.0)]
    }
}

/// Words one after the other, of which the last may begin a longer one.
fn beginning_phrase(words: Vec<Term>) -> PhrasePrefixQuery {
    let mut phrase = PhrasePrefixQuery::new(words);
    phrase.set_max_expansions(MOST_BEGUN);
    phrase
}

fn boxed(query: impl Query) -> Box<dyn Query> {
    Box::new(query)
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
