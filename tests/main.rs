//! The tests that need more than one module: the running application, a database, a mail server, a
//! browser. One binary, so that they share the servers they need.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(clippy::disallowed_methods, reason = "the tests' own servers live in the real world, with its clock and environment")]

mod asking;
mod browser;
mod checking;
mod command;
mod comparing;
mod days;
mod db;
mod deciding;
mod demo_mail;
mod editions;
mod export;
mod failures;
mod figures;
mod finding;
mod front_door;
mod journey;
mod kept;
mod leaving;
mod logging;
mod long_lists;
mod machines;
mod mail;
mod mail_words;
mod operating;
mod outage;
mod pages;
mod permissions;
mod post;
mod presses;
mod profile;
mod questionnaire;
mod readers;
mod reports;
mod reviewing;
mod saving;
mod searching;
mod signing_in;
mod starting;
mod support;
mod telling;
mod turns;
mod typed_notes;
mod vendor;
mod whose;
