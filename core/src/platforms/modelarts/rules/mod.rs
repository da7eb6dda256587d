//! The rules of ModelArts, in the order of the documentation.

use crate::rule::Rule;

mod listen_port;

pub(crate) static RULES: &[&Rule] = &[&listen_port::RULE];
