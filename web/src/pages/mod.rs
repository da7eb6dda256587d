//! The pages, one file each.

pub mod check;
pub mod credentials;
pub mod package;
pub mod rules;
