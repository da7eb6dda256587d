//! Compute Nest: Alibaba Cloud's platform for services of software vendors.

mod identifier;
pub mod package;
mod rules;
pub mod shape;
pub mod spec;
mod view;

pub(crate) use rules::RULES;
