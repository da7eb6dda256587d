//! What crosses crates, and the harness of the browser tests.

pub mod browser;
