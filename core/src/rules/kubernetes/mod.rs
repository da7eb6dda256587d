//! Kubernetes objects and the Secrets that images are pulled with.

use crate::rule::Rule;

pub(super) static RULES: &[&Rule] = &[];
