//! Almanac.
pub mod config;
pub mod db;
pub mod domain;
pub mod error;
pub mod guide;
pub mod mail;
pub mod questionnaire;
pub mod workflow;
