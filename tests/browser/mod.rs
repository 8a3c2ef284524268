//! What only a real browser can tell, found by the words on the pages and pressed as people press.

mod back;
mod filling;
mod finding;
mod forced_colours;
mod journey;
mod keyboard;
mod leaving;
mod narrow;
mod person;
mod reporting;
mod reviewing;
mod script;
mod searching;
mod sent;
mod standing_still;
