//! Rules on what RUN runs: the shell and general commands.

use crate::rule::Rule;

pub(super) static RULES: &[&Rule] = &[];
