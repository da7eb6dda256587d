//! The platforms: one folder each, none of which knows another.
//!
//! `spec.rs` holds what the platform demands, each fact once and with its source; `shape.rs` the
//! form of its JSON as data; `rules/` compares a project with both.

pub mod eas;
pub mod modelarts;
