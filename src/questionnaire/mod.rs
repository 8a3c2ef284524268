//! What is asked. Pure: no SQL, no HTTP, no clock.
//!
//! The way through it: [`definition`] says what a questionnaire is made of and [`load`] reads one from
//! TOML; [`answer`] holds what was answered, [`form`] turns posted fields into answers and back;
//! [`asked`] decides which questions are asked at all, [`check`] finds refusals and queries, and
//! [`print`] makes the labelled lines that profile, check page, mails and exports show.

pub mod answer;
pub mod asked;
pub mod check;
pub mod country;
pub mod definition;
pub mod form;
pub mod load;
pub mod print;
mod rules;
pub mod sentence;
pub mod value;
mod verify;

pub use answer::{Address, Answer, AnyOf, MonthYear, OneOf, Person, Row, Typed};
pub use asked::{Answered, Answers};
pub use check::{Calendar, PageCheck, PageStatus, Query, Refusal};
pub use definition::{Kind, Page, Question, Questionnaire};
pub use print::{Line, Printed, Section, Value};
