//! Plimsoll's core: reads the documents of a container project, compares what they claim about
//! the running container with what a cloud platform demands, and points at the byte that is wrong.
//!
//! Pure functions of bytes: no I/O, no clock, no randomness, no global state.
#![forbid(unsafe_code)]

pub mod command;
pub mod credential;
pub mod dockerfile;
pub mod fact;
mod redact;
pub mod reference;
pub mod shell;
pub mod text;
pub mod tree;

pub use redact::redact;
