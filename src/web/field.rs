//! Field state.
