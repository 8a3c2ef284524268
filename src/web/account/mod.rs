//! The account side.
