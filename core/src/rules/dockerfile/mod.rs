//! The rules of the Dockerfile itself, whatever platform the image goes to.

use crate::rule::Rule;

mod copy;
mod file;
mod form;
mod labels;
mod packages;
mod run;
mod security;
mod shell;
mod sources;
mod stages;
mod start;
mod variables;

/// In the order of the documentation.
pub(super) static GROUPS: &[&[&Rule]] = &[
    form::RULES,
    stages::RULES,
    variables::RULES,
    copy::RULES,
    run::RULES,
    shell::RULES,
    packages::RULES,
    start::RULES,
    labels::RULES,
    security::RULES,
];
