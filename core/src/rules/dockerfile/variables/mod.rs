//! Rules on ARG, ENV and variables.

use crate::rule::Rule;

mod from_arg;
mod same_instruction;
mod scope;
mod undefined;
mod uses;

pub(super) static RULES: &[&Rule] = &[&from_arg::RULE, &undefined::RULE, &same_instruction::RULE];
