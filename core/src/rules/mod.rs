//! The rules that hold on every platform, in the order of the documentation.

use crate::rule::Rule;

mod dockerfile;
mod expose_mismatch;
mod kubernetes;
mod ros;
pub(crate) mod unused_suppression;

pub(crate) use dockerfile::{driver_packages, no_inline_ignore};

/// Groups of rules, in the order of the documentation.
pub(crate) fn groups() -> impl Iterator<Item = &'static [&'static Rule]> {
    dockerfile::GROUPS.iter().copied().chain([ros::RULES, kubernetes::RULES, PROJECT])
}

/// What several documents say of one thing, and what is said to Plimsoll itself.
static PROJECT: &[&Rule] = &[&expose_mismatch::RULE, &unused_suppression::RULE];
