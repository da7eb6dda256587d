//! Rules on ARG, ENV and variables.

use crate::rule::Rule;

pub(super) static RULES: &[&Rule] = &[];
