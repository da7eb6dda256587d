//! `# check=…`: what a Dockerfile says to `docker build --check` about itself.

use crate::document::{Check, Content, Document};
use crate::register::register;
use crate::rule::Rule;
use crate::settings::Settings;

/// Every check of BuildKit, those that we have no rule for included: a name outside of this table
/// is a mistake.
/// Source: <https://docs.docker.com/reference/build-checks/>, 2026-08.
pub(super) const CHECKS: &[&str] = &[
    "ConsistentInstructionCasing",
    "CopyIgnoredFile",
    "DuplicateStageName",
    "ExposeInvalidFormat",
    "ExposeProtoCasing",
    "FromAsCasing",
    "FromPlatformFlagConstDisallowed",
    "InvalidBaseImagePlatform",
    "InvalidDefaultArgInFrom",
    "InvalidDefinitionDescription",
    "JSONArgsRecommended",
    "LegacyKeyValueFormat",
    "MaintainerDeprecated",
    "MultipleInstructionsDisallowed",
    "NoEmptyContinuation",
    "RedundantTargetPlatform",
    "ReservedStageName",
    "SecretsUsedInArgOrEnv",
    "StageNameCasing",
    "UndefinedArgInFrom",
    "UndefinedVar",
    "WorkdirRelativePath",
];

/// Those that run only where they are asked for.
const EXPERIMENTAL: &[&str] = &["InvalidDefinitionDescription"];

/// Whether the rule is a check of BuildKit, too.
pub(super) fn is_check(rule: &Rule) -> bool {
    rule.aliases.iter().any(|alias| CHECKS.contains(alias))
}

/// The `check` directive at the top of a document; its ranges are bytes of the document.
pub(super) fn directive(document: &Document) -> Option<Check> {
    let Content::Dockerfile(dockerfile) = &*document.content else { return None };
    let directive = dockerfile.tree.directives.iter().find(|one| one.name == "check")?;
    Some(Check::read(&directive.value, directive.value_span.start as usize))
}

/// Whether the directive asks for `rule`, which is experimental.
pub(super) fn asks_for(check: &Check, document: &Document, rule: &Rule) -> bool {
    if !rule.aliases.iter().any(|alias| EXPERIMENTAL.contains(alias)) {
        return false;
    }
    let mut names =
        check.experimental.iter().filter_map(|at| document.source.text().get(at.clone()));
    names.any(|name| name == "all" || EXPERIMENTAL.contains(&name) && rule.aliases.contains(&name))
}

/// The experimental rules that any of `documents` asks for and that do not run anyway.
pub(super) fn asked_for(documents: &[Document], settings: &Settings) -> Vec<&'static Rule> {
    let asking: Vec<(&Document, Check)> = documents
        .iter()
        .filter_map(|document| Some((document, directive(document)?)))
        .filter(|(_, check)| !check.experimental.is_empty())
        .collect();
    if asking.is_empty() {
        return Vec::new();
    }
    register()
        .filter(|rule| !settings.wants(rule) && settings.permits(rule))
        .filter(|rule| asking.iter().any(|(document, check)| asks_for(check, document, rule)))
        .collect()
}

/// `error=true`: what BuildKit warns of fails the build.
pub(super) fn is_raised(check: &Check, rule: &Rule) -> bool {
    check.is_error && is_check(rule)
}
