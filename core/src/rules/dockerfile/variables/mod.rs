//! Rules on ARG, ENV and variables.

use crate::rule::Rule;

mod from_arg;
mod same_instruction;
mod scope;
mod undeclared_arg;
mod undefined;

pub(super) static RULES: &[&Rule] =
    &[&from_arg::RULE, &undefined::RULE, &undeclared_arg::RULE, &same_instruction::RULE];
