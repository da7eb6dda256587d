//! The rules of EAS, in the order of the documentation.

use crate::rule::Rule;

mod port_reserved;

pub(crate) static RULES: &[&Rule] = &[&port_reserved::RULE];
