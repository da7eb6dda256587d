//! The rules that hold on every platform, in the order of the documentation.

use crate::rule::Rule;

mod credential;
mod dockerfile;
pub(crate) mod image;
mod kubernetes;
mod project;
mod ros;
pub(crate) mod signals;
pub(crate) mod unused_suppression;

pub(crate) use dockerfile::{driver_packages, no_inline_ignore};
pub(crate) use image::undetermined;

/// Groups of rules, in the order of the documentation.
pub(crate) fn groups() -> impl Iterator<Item = &'static [&'static Rule]> {
    let others =
        [image::RULES, ros::RULES, kubernetes::RULES, credential::RULES, project::RULES, OWN];
    dockerfile::GROUPS.iter().copied().chain(others)
}

/// What is said to Plimsoll itself.
static OWN: &[&Rule] = &[&unused_suppression::RULE];
