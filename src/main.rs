//! Almanac.
fn main() {}
