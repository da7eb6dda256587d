//! Image archives: `docker save` output and OCI layouts, read as a stream into facts.
//!
//! Nothing is unpacked to disk and nothing is believed before it is read: sizes, digests and links
//! are checked, memory does not depend on the archive's size. Knows no platform and no rule.

pub mod budget;
pub mod compression;
pub mod config;
pub mod digest;
pub mod facts;
pub mod layer;
pub mod listing;
pub mod media_type;
mod packed;
pub mod paths;
mod pax;
pub mod program;
pub mod resolve;
pub mod source;
pub mod tar;
pub mod tree;
pub mod wanted;
