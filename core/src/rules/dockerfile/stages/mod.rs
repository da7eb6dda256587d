//! Rules on stages, FROM and platforms.

use crate::rule::Rule;

pub(super) static RULES: &[&Rule] = &[];
