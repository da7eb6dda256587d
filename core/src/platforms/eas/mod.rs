//! PAI-EAS: Alibaba Cloud's Elastic Algorithm Service.

mod rules;
pub mod spec;

pub(crate) use rules::RULES;
