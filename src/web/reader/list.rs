//! `/` and `/{year}/`: the published programs, A to Z.
