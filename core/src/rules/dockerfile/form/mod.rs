//! Rules on the form of the file: parsing, casing, outdated instructions.

use crate::fact::Publication;
use crate::rule::Rule;

mod casing;
mod definition_comment;
mod directives;
mod empty_continuation;
mod from_as_casing;
mod instruction_order;
pub(super) mod json_form;
mod legacy_pairs;
mod maintainer;
mod onbuild_trigger;
mod syntax;

pub(super) static RULES: &[&Rule] = &[
    &syntax::RULE,
    &instruction_order::RULE,
    &onbuild_trigger::RULE,
    &json_form::RULE,
    &empty_continuation::RULE,
    &directives::RULE,
    &legacy_pairs::RULE,
    &maintainer::RULE,
    &casing::RULE,
    &from_as_casing::RULE,
    &definition_comment::RULE,
];

/// What `docker build --check` looks for.
pub(super) static BUILD_CHECKS: Publication = Publication {
    title: "Docker build checks",
    url: "https://docs.docker.com/reference/build-checks/",
    date: "",
};
