//! Rules on the shell's language in what instructions run: what no shell reads, what only bash
//! reads, and what goes wrong quietly.

use crate::rule::Rule;

mod backticks;
mod bashism;
mod constructs;
mod echo_escapes;
mod ignored_negation;
mod sources;
mod syntax;
mod target;
mod unchecked_cd;
mod unquoted;

/// In the order of the documentation.
pub(super) static RULES: &[&Rule] = &[
    &syntax::RULE,
    &bashism::RULE,
    &unchecked_cd::RULE,
    &ignored_negation::RULE,
    &unquoted::VARIABLE,
    &unquoted::SUBSTITUTION,
    &backticks::RULE,
    &echo_escapes::RULE,
];
