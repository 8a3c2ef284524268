//! The figures of the README: each is a ratio of two things measured in the same run, on the same machine, or a size
//! or a time of the real program.
//!
//! `cargo bench` measures all of them; `cargo bench -- saving` those of one kind: saving, reading, memory, starting,
//! searching.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a measurement that cannot be made fails by panicking"
)]
#![allow(clippy::disallowed_methods, reason = "measurements read the machine's clock and environment")]

mod client;
mod data;
mod load;
mod memory;
mod nginx;
mod pages;
mod program;
mod reading;
mod report;
mod saving;
mod searching;
mod starting;

use report::Report;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let is_wanted = |kind: &str| wanted.is_empty() || wanted.iter().any(|wanted| wanted == kind);
    let mut report = Report::begin();
    if is_wanted("saving") {
        saving::measure(&mut report).await;
    }
    if is_wanted("reading") {
        reading::measure(&mut report).await;
    }
    if is_wanted("memory") {
        memory::measure(&mut report).await;
    }
    if is_wanted("starting") {
        starting::measure(&mut report).await;
    }
    if is_wanted("searching") {
        searching::measure(&mut report).await;
    }
    report.end();
}
