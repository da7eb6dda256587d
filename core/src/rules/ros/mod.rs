//! ROS templates: what the language demands, whatever is deployed.

use crate::rule::Rule;

pub(super) static RULES: &[&Rule] = &[];
