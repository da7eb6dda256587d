//! The pages, one file each.

pub mod check;
pub mod credentials;
pub mod image;
pub mod package;
pub mod rules;
