//! Rules on secrets, and checks of certificates and signatures that are switched off.

use crate::rule::Rule;

pub(super) static RULES: &[&Rule] = &[];
