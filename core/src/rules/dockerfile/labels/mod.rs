//! Rules on labels.

use crate::rule::Rule;

pub(super) static RULES: &[&Rule] = &[];
