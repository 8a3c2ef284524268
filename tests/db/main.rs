//! The database, on SQLite and on PostgreSQL.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that can't go on is a test that fails")]
#![allow(clippy::disallowed_methods, reason = "which id a row has does not matter here")]
#![allow(clippy::cloned_ref_to_slice_refs, reason = "expected rows read better as literals")]

mod queries;
mod rows;
mod schema;
mod servers;
mod transactions;
