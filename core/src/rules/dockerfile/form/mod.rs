//! Rules on the form of the file: parsing, casing, outdated instructions.

use crate::rule::Rule;

mod syntax;

pub(super) static RULES: &[&Rule] = &[&syntax::RULE];
