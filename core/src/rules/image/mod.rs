//! The rules on image archives, whatever platform the image goes to.

use crate::rule::Rule;

mod sources;
pub(crate) mod undetermined;

/// In the order of the documentation.
pub(super) static RULES: &[&Rule] = &[&undetermined::RULE];
