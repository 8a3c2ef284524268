//! Almanac's own rules, without SQL and HTTP.

pub mod status;
