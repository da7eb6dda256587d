//! Cases of BuildKit's linter: the whole set of warnings that a Dockerfile gives.

use std::collections::BTreeSet;
use std::path::Path;

use plimsoll::text::Lang;
use plimsoll::{Kind, Project, Selector, Settings, check, find_rule};
use serde_json::Value;

use super::text;

/// The checks of `docker build --check` that need no registry.
const CHECKS: &[&str] = &[
    "StageNameCasing",
    "FromAsCasing",
    "NoEmptyContinuation",
    "ConsistentInstructionCasing",
    "DuplicateStageName",
    "ReservedStageName",
    "JSONArgsRecommended",
    "MaintainerDeprecated",
    "UndefinedArgInFrom",
    "WorkdirRelativePath",
    "UndefinedVar",
    "MultipleInstructionsDisallowed",
    "LegacyKeyValueFormat",
    "RedundantTargetPlatform",
    "SecretsUsedInArgOrEnv",
    "InvalidDefaultArgInFrom",
    "FromPlatformFlagConstDisallowed",
    "CopyIgnoredFile",
    "ExposeProtoCasing",
    "ExposeInvalidFormat",
];

/// Off unless the build asks for it.
const EXPERIMENTAL: &str = "InvalidDefinitionDescription";

/// A Dockerfile with every warning that BuildKit gives for it.
pub(super) fn lint(row: &Value, _: &Path) -> Option<Result<(), String>> {
    let attribute = text(&row["config"], "build-arg:BUILDKIT_DOCKERFILE_CHECK").unwrap_or_default();
    let dockerfile = text(row, "dockerfile")?;
    let found = found(dockerfile, text(row, "dockerignore"), attribute);
    // Documentation examples state one rule; tests state the whole set.
    if let Some(all) = row["all_expected"].as_array() {
        return Some(compare(&expected(all), &found));
    }
    let name = text(row, "rule")?;
    let speaks = found.iter().any(|(rule, ..)| rule == name);
    Some(match (text(row, "expect") == Some("fires"), speaks) {
        (true, false) => Err(format!("{name} is silent, found {found:?}")),
        (false, true) => Err(format!("{name} speaks: {found:?}")),
        _ => Ok(()),
    })
}

/// A file of the corpus with BuildKit's warnings.
pub(super) fn corpus_lint(row: &Value, cases: &Path) -> Option<Result<(), String>> {
    let path = cases.join("corpus/dockerfile/files").join(text(row, "id")?);
    let bytes = std::fs::read(path).ok()?;
    let dockerfile = String::from_utf8(bytes).ok()?;
    Some(compare(&expected(row["warnings"].as_array()?), &found(&dockerfile, None, "")))
}

fn expected(rows: &[Value]) -> BTreeSet<(String, u64)> {
    rows.iter()
        .filter_map(|one| Some((text(one, "rule")?.to_owned(), one["line"].as_u64()?)))
        .collect()
}

/// What we find under BuildKit's names: each with the line of the finding and that of its
/// instruction, which is the one that BuildKit tells.
fn found(dockerfile: &str, ignore: Option<&str>, attribute: &str) -> Vec<(String, u64, u64)> {
    // The group lets an experimental check run where the file's own directive asks for it.
    let mut select: Vec<&str> = CHECKS.iter().copied().chain(["dockerfile"]).collect();
    let mut skip: Vec<&str> = Vec::new();
    for part in attribute.split(';') {
        match part.split_once('=') {
            Some(("experimental", _)) => select.push(EXPERIMENTAL),
            Some(("skip", "all")) => select.clear(),
            Some(("skip", names)) => skip.extend(names.split(',')),
            _ => {}
        }
    }
    if select.is_empty() {
        return Vec::new();
    }
    let text = match attribute {
        "" => dockerfile.to_owned(),
        // What the build says of checks outweighs the directive.
        _ => without_directive(dockerfile),
    };
    let selectors = |names: &[&str]| {
        names.iter().filter_map(|name| Selector::parse(name).ok()).collect::<Vec<_>>()
    };
    let mut project = Project::new();
    let _ = project.open("Dockerfile", text.as_bytes(), Some(Kind::Dockerfile));
    if let Some(ignore) = ignore {
        let _ = project.open(".dockerignore", ignore.as_bytes(), None);
    }
    let settings = Settings {
        select: selectors(&select),
        ignore: selectors(&skip),
        lang: Lang::En,
        ..Settings::default()
    };
    let (tree, _) = plimsoll::dockerfile::parse(&text);
    let line_of = |offset: usize| text[..offset].matches('\n').count() as u64 + 1;
    let report = check(&project, &settings);
    let mut found = Vec::new();
    for finding in report.findings.iter().filter(|finding| finding.path == "Dockerfile") {
        let Ok(rule) = find_rule(&finding.rule) else { continue };
        let names =
            rule.aliases.iter().filter(|alias| CHECKS.contains(alias) || **alias == EXPERIMENTAL);
        let offset = finding.span.start.offset;
        let mut holders = tree.instructions.iter().map(|one| one.span);
        let holder = holders.find(|span| span.start <= offset && offset <= span.end);
        let line = |at: u32| line_of(at as usize);
        let start = line(holder.map_or(offset, |span| span.start));
        for name in names {
            // An empty line is found when its instruction ends, and that is the line told.
            let told = match *name {
                "NoEmptyContinuation" => line(holder.map_or(offset, |span| span.end)),
                _ => start,
            };
            found.push(((*name).to_owned(), u64::from(finding.span.start.line), told));
        }
    }
    found
}

/// `dockerfile` with its `check` directive made a comment of the same length.
fn without_directive(dockerfile: &str) -> String {
    let (tree, _) = plimsoll::dockerfile::parse(dockerfile);
    let mut text = dockerfile.to_owned();
    for directive in tree.directives.iter().filter(|one| one.name == "check") {
        text.replace_range(directive.name_span.range(), "chekc");
    }
    text
}

fn compare(expected: &BTreeSet<(String, u64)>, found: &[(String, u64, u64)]) -> Result<(), String> {
    let is_found = |(rule, line): &&(String, u64)| {
        found.iter().any(|(name, own, start)| name == rule && (own == line || start == line))
    };
    let missing: Vec<_> = expected.iter().filter(|one| !is_found(one)).collect();
    let extra: Vec<_> = found
        .iter()
        .filter(|(name, own, start)| {
            !expected.iter().any(|(rule, line)| name == rule && (own == line || start == line))
        })
        .collect();
    if missing.is_empty() && extra.is_empty() {
        Ok(())
    } else {
        Err(format!("missing {missing:?}, too many {extra:?}"))
    }
}
