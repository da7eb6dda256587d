//! Compute Nest: Alibaba Cloud's platform for services of software vendors.

mod rules;

pub(crate) use rules::RULES;
