//! Almanac.
pub mod db;
pub mod domain;
pub mod questionnaire;
