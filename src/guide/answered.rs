//! Who answered what, in one edition: sets of programs, each known by its place in the list A to Z.

use std::sync::Arc;

use roaring::RoaringBitmap;

use super::Vocabulary;
use super::vocabulary::Ticked;

/// For every option the programs that ticked it, for every number the programs' numbers.
#[derive(Debug, Default)]
pub struct Answered {
    vocabulary: Arc<Vocabulary>,
    by_option: Vec<RoaringBitmap>,
    /// A column a question that is answered with a number, a value a program.
    columns: Vec<Vec<Option<i64>>>,
}

impl Answered {
    pub(super) fn new<'a>(vocabulary: Arc<Vocabulary>, programs: impl ExactSizeIterator<Item = &'a Ticked>) -> Self {
        let mut by_option = vec![RoaringBitmap::new(); vocabulary.len()];
        let mut columns = vec![vec![None; programs.len()]; vocabulary.columns()];
        for (index, (place, ticked)) in (0_u32..).zip(programs).enumerate() {
            for option in &ticked.options {
                if let Some(programs) = by_option.get_mut(*option as usize) {
                    programs.insert(place);
                }
            }
            for (column, number) in &ticked.numbers {
                if let Some(cell) = columns.get_mut(usize::from(*column)).and_then(|column| column.get_mut(index)) {
                    *cell = Some(*number);
                }
            }
        }
        Self { vocabulary, by_option, columns }
    }

    /// The options by place.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The programs that ticked an option; none for an option that is not offered there.
    pub fn programs(&self, place: &str, option: &str) -> Option<&RoaringBitmap> {
        self.by_option.get(self.vocabulary.number(place, option)? as usize)
    }

    /// The programs that ticked any option of a place: those that answered it.
    pub fn any(&self, place: &str) -> RoaringBitmap {
        let numbers = self.vocabulary.numbers_of(place);
        numbers.filter_map(|number| self.by_option.get(number as usize)).fold(RoaringBitmap::new(), |all, some| all | some)
    }

    /// For each option of the whole questionnaire, by its number, the programs that ticked it.
    pub fn by_option(&self) -> &[RoaringBitmap] {
        &self.by_option
    }

    /// The numbers that were answered to a question, a value a program; none for a question without numbers.
    pub fn numbers(&self, question: &str) -> Option<&[Option<i64>]> {
        self.columns.get(self.vocabulary.column(question)?).map(Vec::as_slice)
    }
}
