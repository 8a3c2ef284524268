//! Finding programs: what a reader asks for ([`Query`], [`Said`] in an address, of what the definition [`Offer`]s), which
//! programs are left and what each further click would leave ([`Sieve`]), where a text was found ([`Texts`], [`Marks`]),
//! and in which order they are shown ([`order`]).

mod apart;
mod between;
mod cut;
#[cfg(test)]
mod finding_tests;
mod index;
mod joints;
mod letters;
mod marks;
mod meant;
mod offer;
pub mod order;
mod query;
mod said;
#[cfg(test)]
mod samples;
mod sieve;
mod spelt;
mod standing;
mod texts;
mod without;
mod words;

pub use between::Between;
pub use cut::Piece;
pub use index::Index;
pub use marks::{Marks, Snippet};
pub use offer::{Filter, Offer, Parameter, Part, rows_name};
pub use query::{Act, By, Query, Sort, Tick, same_address};
pub use said::{Cut, LONGEST_TEXT, MOST_WORDS, Said, Unknown, spaced, text_length};
pub use sieve::{Count, Sieve};
pub use texts::{Hits, Texts};
