//! Package managers in the commands of RUN: which is started, to do what, with which options.
//!
//! Knows no rule.

mod grammar;
mod manager;
mod run;

pub(crate) use manager::{APT, Invocation, Manager, is_plain, letters};
pub(crate) use run::{Run, Setting, runs};
