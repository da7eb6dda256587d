//! PAI-EAS: Alibaba Cloud's Elastic Algorithm Service.

mod rules;
mod service;
pub mod shape;
pub mod spec;

pub(crate) use rules::RULES;
