//! What tests of several crates need. Knows nothing of Plimsoll.
#![forbid(unsafe_code)]

pub mod archive;
pub mod cases;

use std::path::Path;

/// The folder of the workspace.
pub fn workspace() -> &'static Path {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.ancestors().nth(2).unwrap_or(own)
}
