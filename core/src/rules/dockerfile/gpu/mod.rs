//! Rules on images that compute on a GPU.

use crate::rule::Rule;

pub(super) static RULES: &[&Rule] = &[];
