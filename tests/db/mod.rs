//! The database, on SQLite and on PostgreSQL.

#![allow(clippy::cloned_ref_to_slice_refs, reason = "expected rows read better as literals")]

mod databases;
mod plans;
mod queries;
mod rows;
mod schema;
mod transactions;
mod writing_together;
