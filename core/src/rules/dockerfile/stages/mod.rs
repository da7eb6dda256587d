//! Rules on stages, FROM and platforms.

use crate::rule::Rule;

mod allowed_registry;
mod base_platform;
mod circular;
mod duplicate_name;
mod empty_source;
mod from_platform;
mod invalid_base;
mod missing_shell;
mod name_casing;
mod references;
mod reserved_name;
mod tag;
mod target_platform;
mod unused;

pub(super) static RULES: &[&Rule] = &[
    &tag::MISSING,
    &tag::LATEST,
    &invalid_base::RULE,
    &allowed_registry::RULE,
    &from_platform::RULE,
    &target_platform::RULE,
    &base_platform::RULE,
    &name_casing::RULE,
    &duplicate_name::RULE,
    &reserved_name::RULE,
    &circular::RULE,
    &unused::RULE,
    &empty_source::RULE,
    &missing_shell::RULE,
];
