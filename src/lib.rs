//! Almanac.
pub mod mail;
pub mod questionnaire;
