//! The rules of Compute Nest, in the order of the documentation.

use crate::rule::Rule;

pub(crate) static RULES: &[&Rule] = &[];
