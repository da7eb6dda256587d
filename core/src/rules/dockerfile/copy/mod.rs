//! Rules on COPY, ADD and the build context.

use crate::rule::Rule;

pub(super) static RULES: &[&Rule] = &[];
