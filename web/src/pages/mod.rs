//! The pages, one file each.

pub mod credentials;
pub mod image;
pub mod package;
pub mod rules;
