//! ECI: Alibaba Cloud's Elastic Container Instance.

mod rules;

pub(crate) use rules::RULES;
