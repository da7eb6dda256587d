//! The rules of the Dockerfile itself, whatever platform the image goes to.

use crate::rule::Rule;

mod base_image;
mod copy;
mod file;
mod form;
mod gpu;
mod known_images;
mod labels;
mod packages;
mod policy;
mod run;
mod security;
mod shell;
mod sources;
mod stages;
mod start;
mod variables;

pub(crate) use gpu::driver_packages;
pub(crate) use policy::no_inline_ignore;

/// In the order of the documentation.
pub(super) static GROUPS: &[&[&Rule]] = &[
    form::RULES,
    stages::RULES,
    variables::RULES,
    copy::RULES,
    run::RULES,
    shell::RULES,
    packages::RULES,
    gpu::RULES,
    start::RULES,
    labels::RULES,
    security::RULES,
    policy::RULES,
];
