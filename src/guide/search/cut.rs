//! Which part of an answer is shown where words were found in it, and its pieces.

use std::ops::Range;

/// How many characters of an answer stand before the first hit, and how many there are in all.
const BEFORE: usize = 40;
pub(super) const LONGEST: usize = 160;

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The piece, as it stands in the text.
    pub text: String,
    /// Whether it was asked for.
    pub hit: bool,
}

/// A word of a text that was asked for: its bytes, which of the words it is, and whether it is that word as it was asked for.
pub(super) struct Hit {
    pub from: usize,
    pub to: usize,
    pub word: usize,
    pub whole: bool,
}

/// A text of an answer with words that were asked for, and the number of its line.
pub(super) struct Found {
    pub line: usize,
    pub text: String,
    pub hits: Vec<Hit>,
}

/// A part of it that may be shown: where the hit is around which it stands, and how many of some words it has, all and as they
/// were asked for.
pub(super) struct Part {
    pub around: usize,
    pub has: (usize, usize),
}

impl Found {
    /// The first part of those that show the most of these words; none where there is none to show.
    pub fn best_part(&self, words: &[usize]) -> Option<Part> {
        // What is short is seen to its end, wherever it begins.
        if self.text.len() <= LONGEST {
            return Part::of(self.hits.first()?, self.hits.iter(), words);
        }
        let hits = self.hits.iter().filter(|hit| words.contains(&hit.word));
        let parts = hits.filter_map(|hit| Part::of(hit, within(&self.hits, around(&self.text, hit.from)), words));
        parts.reduce(|best, next| if next.has > best.has { next } else { best })
    }

    /// Which bytes of it a part is.
    pub fn bytes(&self, part: &Part) -> Range<usize> {
        around(&self.text, part.around)
    }
}

impl Part {
    /// The part around a hit, which has these hits; none where none of the words is among them.
    fn of<'a>(around: &Hit, hits: impl Iterator<Item = &'a Hit> + Clone, words: &[usize]) -> Option<Self> {
        let count = |is_such: fn(&Hit) -> bool| {
            words.iter().filter(|word| hits.clone().any(|hit| hit.word == **word && is_such(hit))).count()
        };
        let has = (count(|_| true), count(|hit| hit.whole));
        (has.0 > 0).then_some(Self { around: around.from, has })
    }
}

/// The hits that stand in a part of a text from end to end.
pub(super) fn within(hits: &[Hit], part: Range<usize>) -> impl Iterator<Item = &Hit> + Clone {
    let place = |byte: usize| hits.partition_point(|hit| hit.from < byte);
    let begun = hits.get(place(part.start)..place(part.end)).unwrap_or_default();
    begun.iter().filter(move |hit| hit.to <= part.end)
}

/// A text in pieces. Hits that touch or cover each other are one.
pub(super) fn pieces(text: &str, hits: &[Hit]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut end = 0;
    let mut push = |from: usize, to: usize, hit| {
        if let Some(text) = text.get(from..to).filter(|text| !text.is_empty()) {
            match pieces.last_mut().filter(|last| last.hit == hit) {
                Some(last) => last.text.push_str(text),
                None => pieces.push(Piece { text: text.to_owned(), hit }),
            }
        }
    };
    for hit in hits {
        push(end, hit.from, false);
        push(hit.from.max(end), hit.to, true);
        end = end.max(hit.to);
    }
    push(end, text.len(), false);
    pieces
}

/// The part of a text that is shown around a place in it.
pub(super) fn around(text: &str, place: usize) -> Range<usize> {
    let before = text.get(..place).unwrap_or_default();
    let from = match before.char_indices().rev().nth(BEFORE) {
        Some((far, _)) => before.get(far..).and_then(|near| near.find(' ')).map_or(place, |blank| far + blank + 1),
        None => 0,
    };
    let rest = text.get(from..).unwrap_or_default();
    let to = match rest.char_indices().nth(LONGEST) {
        Some((far, _)) => from + rest.get(..far).and_then(|near| near.rfind(' ')).unwrap_or(far),
        None => text.len(),
    };
    from..to
}

/// A part of a text, in pieces.
pub(super) fn cut(text: &str, hits: &[Hit], part: Range<usize>) -> Vec<Piece> {
    let Range { start: from, end: to } = part;
    let inside: Vec<Hit> = within(hits, part).map(|hit| Hit { from: hit.from - from, to: hit.to - from, ..*hit }).collect();
    let mut cut = pieces(text.get(from..to).unwrap_or_default(), &inside);
    let dots = |text: &str| Piece { text: text.to_owned(), hit: false };
    if from > 0 {
        cut.insert(0, dots("… "));
    }
    if to < text.len() {
        cut.push(dots(" …"));
    }
    cut
}
