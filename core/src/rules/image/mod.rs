//! The rules on image archives, whatever platform the image goes to.

use crate::rule::Rule;

pub(crate) mod account;
mod archive;
mod boot_file;
mod config;
mod contents;
mod health;
mod history;
pub(crate) mod inside;
mod layers;
mod secrets;
mod sources;
mod start;
mod strict;
pub(crate) mod undetermined;
mod user;
mod waste;

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
    &layers::DIFF_ID,
    &layers::DIFF_ID_COUNT,
    &layers::MEDIA_TYPE,
    &layers::UNSUPPORTED,
    &layers::TRUNCATED,
    &layers::MALFORMED,
    &layers::ESCAPES,
    &layers::EXPANSION,
    &layers::TOO_MANY,
    &strict::RULE,
    &config::PLATFORM,
    &config::MULTI,
    &start::EMPTY,
    &start::NOT_FOUND,
    &start::NOT_EXECUTABLE,
    &start::WRONG_ARCH,
    &start::SHEBANG,
    &start::LOADER,
    &boot_file::CRLF,
    &boot_file::BOM,
    &boot_file::SIGNALS,
    &config::SIGNAL_INVALID,
    &config::SIGNAL_NOT_CAUGHT,
    &config::EXPOSE,
    &config::VOLUME,
    &config::ENV_INVALID,
    &config::ENV_DUPLICATE,
    &user::ROOT,
    &user::UNKNOWN,
    &user::HOME,
    &user::WORKDIR,
    &user::EMPTY_PASSWORD,
    &user::DUPLICATE_UID,
    &health::MISSING,
    &health::NONE,
    &health::PROGRAM,
    &secrets::ENV,
    &secrets::HISTORY,
    &secrets::FILE,
    &secrets::DELETED,
    &waste::WASTE,
    &waste::METADATA,
    &contents::CACHE,
    &contents::SETUID_FILES,
    &contents::NAMES,
    &contents::CASES,
    &history::CURL_PIPE,
    &history::DIST_UPGRADE,
    &history::SUDO,
    &history::ADD_URL,
    &config::TAG_LATEST,
    &config::TAG_MISSING,
    &config::ONBUILD,
    &config::EPOCH,
    &config::LABELS_MISSING,
    &config::LAYER_COUNT,
    &undetermined::RULE,
];

/// What the rules of this group have in common.
const IMAGE: Rule = Rule::DEFAULT;

/// Bytes for people, in powers of 1000 as registries count.
pub(crate) fn size(bytes: u64) -> String {
    const UNITS: [&str; 5] = ["B", "kB", "MB", "GB", "TB"];
    let mut value = bytes as f64;
    let mut unit = 0;
    while value >= 1000.0 && unit + 1 < UNITS.len() {
        value /= 1000.0;
        unit += 1;
    }
    if unit == 0 { format!("{bytes} B") } else { format!("{value:.1} {}", UNITS[unit]) }
}
