//! Rules on how a team works with its linters.

use crate::rule::Rule;

pub(crate) mod no_inline_ignore;

pub(super) static RULES: &[&Rule] = &[&no_inline_ignore::RULE];
