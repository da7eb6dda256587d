//! Every rule, in the order of the documentation.

use crate::platforms::{between, compute_nest, eas, eci, modelarts};
use crate::rule::Rule;
use crate::rules;

/// All rules: those that hold everywhere, then each platform's.
pub fn register() -> impl Iterator<Item = &'static Rule> {
    let platforms = [between::RULES, eas::RULES, modelarts::RULES, eci::RULES, compute_nest::RULES];
    rules::groups().chain(platforms).flatten().copied()
}

/// Ids of rules that are gone, with the reason: an id is never given to another rule.
pub const RETIRED: &[(&str, &str)] = &[];
