//! What crosses crates, and the harnesses of the tests: the peers' cases and the browser.

pub mod browser;
pub mod conformance;
pub mod ours;
