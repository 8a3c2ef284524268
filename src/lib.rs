//! Almanac.
pub mod questionnaire;
