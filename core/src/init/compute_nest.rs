//! First files for Compute Nest.

use super::NewFile;
use crate::claims::Claims;

/// The files.
pub(super) fn files(_claims: &Claims, _name: &str) -> Vec<NewFile> {
    Vec::new()
}
