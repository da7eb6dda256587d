//! Rules on CMD, ENTRYPOINT, HEALTHCHECK, USER, WORKDIR, EXPOSE.

use crate::rule::Rule;

pub(super) static RULES: &[&Rule] = &[];
