//! ModelArts: Huawei Cloud's and Open Telekom Cloud's machine learning platform.

mod accounts;
mod bases;
mod config;
mod deployment;
mod engine;
mod file;
mod rules;
pub mod shape;
pub mod spec;

pub(crate) use rules::RULES;
