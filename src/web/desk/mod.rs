//! The desk side.
