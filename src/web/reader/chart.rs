//! Charts as they are drawn: lengths in hundredths of the width, heights in pixels, so that they fit any window without
//! a style of their own and their words stay as large as all others.

mod written;

use std::ops::RangeInclusive;

use crate::guide::figures::{Class, Share, Tally};
use crate::questionnaire::definition::Choice;
use crate::web::count::from_to;
pub use written::{Before, Lists, Written};

/// Height of the histogram's tallest column, in pixels.
const TALLEST: f64 = 120.0;
/// Room for the number over a column, in pixels.
const OVER: f64 = 18.0;
/// Radius of the largest dot, in pixels.
const LARGEST_DOT: f64 = 7.0;
/// What stands for the rows of a grid at the heads of their columns.
pub const LETTERS: RangeInclusive<char> = 'A'..='Z';
/// How many patterns there are to tell the parts of a bar from each other; `components/charts.html` draws them.
const PATTERNS: usize = 8;

/// One line of a chart and of its table: an answer, its bars, its numbers.
pub struct Line {
    /// The answer's words.
    pub label: String,
    /// Its numbers.
    pub written: Written,
    /// The bar's length.
    pub length: String,
    /// The length of the bar of the edition before.
    pub length_before: Option<String>,
    /// How often in each row of a grid.
    pub dots: Vec<Dot>,
}

/// A number with a dot beside it whose area is in proportion.
pub struct Dot {
    /// What stands for the row at the head of its column.
    pub letter: char,
    /// The row's words.
    pub row: String,
    /// The number.
    pub count: u64,
    /// Where the programs are that it counts; none where nothing lists them.
    pub href: Option<String>,
    /// The dot's radius in pixels.
    pub radius: String,
}

/// A bar that is divided among the options of a row.
pub struct Parted {
    /// The row's words.
    pub label: String,
    /// Its parts in this edition, one an option.
    pub parts: Vec<Part>,
    /// Its parts in the edition before; none where it had no such row.
    pub parts_before: Vec<Part>,
}

/// One part of a bar.
pub struct Part {
    /// The option's words.
    pub label: String,
    /// Its numbers.
    pub written: Written,
    /// Which pattern, from 1 on.
    pub pattern: usize,
    /// Where it begins.
    pub from: String,
    /// How long it is.
    pub length: String,
}

/// One class of a histogram.
pub struct Column {
    /// Its numbers: "1990–1994".
    pub label: String,
    /// Its first number.
    pub first: String,
    /// Whether its first number stands under it on a phone as well.
    pub always: bool,
    /// Its numbers.
    pub written: Written,
    /// Where it begins.
    pub from: String,
    /// Where its middle is.
    pub middle: String,
    /// Its top and its height, in pixels.
    pub top: String,
    /// See `top`.
    pub height: String,
    /// Where the column of the edition before begins, its top and its height.
    pub beside: Option<(String, String, String)>,
    /// The width of all columns, of those of the edition before, and of what can be clicked.
    pub widths: (String, String, String),
    /// Where that begins.
    pub room: String,
}

impl Line {
    /// Lines of bars, the longest as long as there is room.
    pub fn of(tallies: &[Tally], lists: impl Fn(&Tally) -> Lists) -> Vec<Self> {
        let shares = tallies.iter().flat_map(|tally| [Some(tally.now), tally.before]).flatten();
        let largest = shares.map(Share::part).fold(0.0, f64::max);
        let length = |share: Share| hundredths(if largest > 0.0 { share.part() / largest } else { 0.0 });
        let line = |tally: &Tally| Self {
            label: tally.label.to_owned(),
            written: Written::of(tally.now, tally.before, lists(tally)),
            length: length(tally.now),
            length_before: tally.before.map(length),
            dots: Vec::new(),
        };
        tallies.iter().map(line).collect()
    }
}

impl Dot {
    /// Dots for the numbers of these rows, the largest for `most`.
    pub fn of(rows: &[Choice], shares: &[Share], most: u64, href: impl Fn(&Choice) -> Option<String>) -> Vec<Self> {
        let radius = |count: u64| LARGEST_DOT * (count as f64 / most.max(1) as f64).sqrt();
        let dot = |(letter, (row, share)): (char, (&Choice, &Share))| Self {
            letter,
            row: row.label.clone(),
            count: share.count,
            href: href(row).filter(|_| share.count > 0),
            radius: format!("{:.1}", radius(share.count)),
        };
        LETTERS.zip(rows.iter().zip(shares)).map(dot).collect()
    }
}

impl Parted {
    /// The bar of one row.
    pub fn of(label: &str, tallies: &[Tally], lists: impl Fn(&Tally) -> Lists) -> Self {
        let parts = |share: fn(&Tally) -> Option<Share>| {
            let mut from = 0.0;
            let mut parts = Vec::new();
            for (index, tally) in tallies.iter().enumerate() {
                let length = share(tally).map_or(0.0, Share::part);
                parts.push(Part {
                    label: tally.label.to_owned(),
                    written: Written::of(tally.now, tally.before, lists(tally)),
                    pattern: index % PATTERNS + 1,
                    from: hundredths(from),
                    length: hundredths(length),
                });
                from += length;
            }
            parts
        };
        let before = tallies.iter().any(|tally| tally.before.is_some());
        Self {
            label: label.to_owned(),
            parts: parts(|tally| Some(tally.now)),
            parts_before: if before { parts(|tally| tally.before) } else { Vec::new() },
        }
    }
}

impl Column {
    /// The columns of a histogram; `years` are written without commas.
    pub fn of(classes: &[Class], years: bool, lists: impl Fn(&Class) -> Lists) -> Vec<Self> {
        let shares = classes.iter().flat_map(|class| [Some(class.now), class.before]).flatten();
        let largest = shares.map(Share::part).fold(0.0, f64::max);
        let width = 1.0 / classes.len().max(1) as f64;
        let high = |share: Share| if largest > 0.0 { TALLEST * share.part() / largest } else { 0.0 };
        let column = |(index, class): (usize, &Class)| {
            let (from, [first, last]) = (index as f64 * width, [*class.numbers.start(), *class.numbers.end()]);
            let upright = |share: Share| (pixels(OVER + TALLEST - high(share)), pixels(high(share)));
            let (top, height) = upright(class.now);
            Self {
                label: from_to(first, last, years),
                first: from_to(first, first, years),
                always: classes.len() <= 6 || index % 2 == 0,
                written: Written::of(class.now, class.before, lists(class)),
                from: hundredths(from + width * 0.1),
                middle: hundredths(from + width * 0.4),
                top,
                height,
                beside: class.before.map(upright).map(|(top, height)| (hundredths(from + width * 0.72), top, height)),
                widths: (hundredths(width * 0.6), hundredths(width * 0.18), hundredths(width)),
                room: hundredths(from),
            }
        };
        classes.iter().enumerate().map(column).collect()
    }
}

/// A part of the width, as SVG takes it.
fn hundredths(part: f64) -> String {
    format!("{:.1}%", part * 100.0)
}

fn pixels(height: f64) -> String {
    format!("{height:.0}")
}

#[cfg(test)]
#[path = "chart_tests.rs"]
mod tests;
