//! What several documents say of one thing.

use crate::rule::Rule;

mod deployed_port;
mod expose_mismatch;
mod health;
mod image_differs;
mod registry_login;
mod script;
mod sources;

pub(super) static RULES: &[&Rule] = &[
    &expose_mismatch::RULE,
    &deployed_port::RULE,
    &health::PATH,
    &health::PORT,
    &script::RULE,
    &image_differs::RULE,
    &registry_login::RULE,
];
