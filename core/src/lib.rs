//! Plimsoll's core: reads the documents of a container project, compares what they claim about
//! the running container with what a cloud platform demands, and points at the byte that is wrong.
//!
//! Pure functions of bytes: no I/O, no clock, no randomness, no global state.
#![forbid(unsafe_code)]

mod check;
pub mod claims;
pub mod command;
pub mod credential;
pub mod dockerfile;
pub mod dockerignore;
pub mod document;
mod explain;
pub mod fact;
mod fix;
pub mod flattened;
pub mod image;
mod init;
pub mod kubernetes;
pub mod language;
mod packages;
pub mod platforms;
mod project;
mod redact;
pub mod reference;
mod register;
pub mod report;
pub mod ros;
pub mod rule;
mod rules;
mod secret;
mod settings;
pub mod shell;
mod suppress;
mod targets;
pub mod text;
pub mod tree;

pub use check::check;
pub use document::{Kind, detect, detect_by_name};
pub use explain::{example_settings, run_example};
pub use fix::{Applied, Dropped, Fixed, edits_of, fix, fix_owned, silence};
pub use init::{NewFile, init};
pub use project::{OpenError, Project, Service, decode};
pub use redact::{Covered, redact};
pub use register::{RETIRED, register};
pub use report::Report;
pub use settings::{Selector, Settings, UnknownRule, find_rule, find_rules};
