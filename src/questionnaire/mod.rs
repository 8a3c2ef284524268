//! What is asked. Pure: no SQL, no HTTP, no clock.
//!
//! The way through it: [`definition`] says what a questionnaire is made of and [`load`] reads one from
//! TOML; [`answer`] holds what was answered, [`form`] turns posted fields into answers and back, and
//! [`entry_file`] reads all of them from a file; [`asked`] decides which questions are asked at all,
//! [`check`] finds refusals and queries, and [`print`] makes the labelled lines ([`printed`]) that profile, check page,
//! mails and exports show; [`compare`] lays them side by side, [`changes`] tells them from an earlier edition's, [`marked`]
//! marks what went and what came in each, and [`flat`] makes one row of a table of answers.

pub mod answer;
pub mod asked;
pub mod changes;
pub mod check;
pub mod compare;
pub mod country;
pub mod definition;
pub mod direction;
pub mod entry_file;
pub mod flat;
pub mod form;
mod keys;
pub mod load;
pub mod made_up;
pub mod marked;
mod not_toml;
pub mod print;
pub mod printed;
mod rules;
pub mod sentence;
mod strict_json;
pub mod tidy;
pub mod value;
mod verify;

pub use answer::{Address, Answer, AnyOf, MonthYear, OneOf, Person, Row, Typed};
pub use asked::{Answered, Answers};
pub use changes::{Change, Difference, Way};
pub use check::{Calendar, PageCheck, PageStatus, Query, Refusal};
pub use compare::Comparison;
pub use definition::{Kind, Page, Question, Questionnaire};
pub use entry_file::{EntryFile, EntryFileError};
pub use marked::{Marked, Stretch};
pub use not_toml::NotToml;
pub use printed::{Borrowed, Line, Printed, Section, Value};
