//! ECI: Alibaba Cloud's Elastic Container Instance.

mod request;
mod rules;
pub mod shape;
pub mod spec;

pub(crate) use rules::RULES;
