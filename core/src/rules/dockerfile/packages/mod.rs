//! Rules on package managers.

use crate::rule::Rule;

mod no_apt;

pub(super) static RULES: &[&Rule] = &[&no_apt::RULE];
