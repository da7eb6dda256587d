//! What crosses crates, and the harnesses of the tests: the program and the browser.

pub mod archive;
pub mod binary;
pub mod browser;
pub mod conformance;
