//! Rules on package managers.

use super::file::File;
use crate::rule::Rule;

mod apk_no_cache;
mod apt_lists;
mod apt_recommends;
mod clean;
mod distribution;
mod edits;
mod no_apt;
mod pin;
mod pin_languages;
mod pin_systems;
mod pip_no_cache;
mod sources;
mod update_alone;
mod yes;

pub(super) static RULES: &[&Rule] = &[
    &no_apt::RULE,
    &update_alone::RULE,
    &yes::APT,
    &yes::YUM,
    &yes::DNF,
    &yes::ZYPPER,
    &apt_recommends::RULE,
    &apt_lists::RULE,
    &apk_no_cache::RULE,
    &clean::YUM,
    &clean::DNF,
    &clean::MICRODNF,
    &clean::ZYPPER,
    &pip_no_cache::RULE,
    &clean::YARN,
    &distribution::APT,
    &distribution::ZYPPER,
    &pin_systems::APT,
    &pin_systems::APK,
    &pin_systems::YUM,
    &pin_systems::DNF,
    &pin_systems::ZYPPER,
    &pin_languages::PIP,
    &pin_languages::NPM,
    &pin_languages::GEM,
    &pin_languages::GO,
];

/// Whether an instruction of `file` speaks of `needle`, a setting that changes what a manager does.
fn speaks_of(file: File<'_>, needle: &str) -> bool {
    file.instructions().any(|(_, instruction)| {
        let instruction = instruction.inner();
        instruction.arguments.text().contains(needle)
            || instruction.heredocs.iter().any(|one| one.body.text().contains(needle))
    })
}
