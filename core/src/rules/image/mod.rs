//! The rules on image archives, whatever platform the image goes to.

use crate::rule::Rule;

mod archive;
mod sources;
pub(crate) mod undetermined;

/// In the order of the documentation.
pub(super) static RULES: &[&Rule] = &[
    &archive::TRUNCATED,
    &archive::MALFORMED,
    &archive::JSON,
    &archive::TWO_MANIFESTS,
    &archive::VIEWS_DISAGREE,
    &archive::MISSING,
    &archive::DIGEST_MISMATCH,
    &archive::SIZE_MISMATCH,
    &archive::DIGEST_INVALID,
    &archive::TOO_DEEP,
    &archive::UNSUPPORTED,
    &archive::ARTIFACT,
    &archive::UNUSED,
    &undetermined::RULE,
];

/// What the rules of this group have in common.
const IMAGE: Rule = Rule::DEFAULT;

/// Bytes for people, in powers of 1000 as registries count.
fn size(bytes: u64) -> String {
    const UNITS: [&str; 5] = ["B", "kB", "MB", "GB", "TB"];
    let mut value = bytes as f64;
    let mut unit = 0;
    while value >= 1000.0 && unit + 1 < UNITS.len() {
        value /= 1000.0;
        unit += 1;
    }
    if unit == 0 { format!("{bytes} B") } else { format!("{value:.1} {}", UNITS[unit]) }
}
