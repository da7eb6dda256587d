//! The rules that hold on every platform, in the order of the documentation.

use crate::rule::Rule;

mod dockerfile_syntax;
mod expose_mismatch;
pub(crate) mod unused_suppression;

pub(crate) static RULES: &[&Rule] =
    &[&dockerfile_syntax::RULE, &expose_mismatch::RULE, &unused_suppression::RULE];
