//! Cases of hadolint, trivy and checkov: one rule that must fire or be silent in one Dockerfile.

use std::path::Path;

use plimsoll::rule::RuleOption;
use plimsoll::text::Lang;
use plimsoll::{Kind, Project, Selector, Settings, check, find_rules, register};
use serde_json::Value;

use super::text;

/// A rule of hadolint, with what its configuration says.
pub(super) fn hadolint(row: &Value, _: &Path) -> Option<Result<(), String>> {
    let name = text(row, "rule")?;
    let select = match name {
        // Any finding of ShellCheck; any finding at all.
        "SC*" => aliases(|alias| alias.starts_with("SC")),
        "*" => aliases(|alias| alias.starts_with("SC") || alias.starts_with("DL")),
        _ => match Selector::parse(name) {
            Ok(selector) => vec![selector],
            Err(_) => return Some(Err(format!("no rule {name}"))),
        },
    };
    let ignored = row["config"]["ignored"].as_array().into_iter().flatten();
    let ignore = ignored.filter_map(Value::as_str).filter_map(|one| Selector::parse(one).ok());
    let settings = Settings {
        select,
        ignore: ignore.collect(),
        options: options(&row["config"]),
        strict: true,
        lang: Lang::En,
        ..Settings::default()
    };
    Some(judge(row, &settings))
}

/// A rule of a peer that knows no configuration.
pub(super) fn named_rule(row: &Value, _: &Path) -> Option<Result<(), String>> {
    let name = text(row, "rule")?;
    let Ok(selector) = Selector::parse(name) else { return Some(Err(format!("no rule {name}"))) };
    let settings =
        Settings { select: vec![selector], strict: true, lang: Lang::En, ..Settings::default() };
    Some(judge(row, &settings))
}

/// A selector for every alias of any rule that `is_meant`.
fn aliases(is_meant: impl Fn(&str) -> bool) -> Vec<Selector> {
    let all = register().flat_map(|rule| rule.aliases.iter().copied());
    all.filter(|alias| is_meant(alias)).map(Selector::Alias).collect()
}

/// What hadolint's configuration says, as options of our rules.
fn options(config: &Value) -> Vec<RuleOption> {
    let mut options = Vec::new();
    let mut set = |rule: &str, option: &str, value: String| {
        for rule in find_rules(rule).unwrap_or_default() {
            if let Some(spec) = rule.options.iter().find(|spec| spec.name == option) {
                let value = spec.kind.parse(&value);
                options.push(RuleOption { rule, name: option.to_owned(), value });
            }
        }
    };
    if let Some(registries) = config["trustedRegistries"].as_array() {
        let list: Vec<&str> = registries.iter().filter_map(Value::as_str).collect();
        set("DL3026", "registries", list.join(","));
    }
    if let Some(schema) = config["label-schema"].as_object() {
        let pairs: Vec<String> = schema
            .iter()
            .map(|(name, kind)| format!("{name}={}", kind.as_str().unwrap_or("")))
            .collect();
        for rule in LABEL_RULES {
            set(rule, "schema", pairs.join(","));
        }
    }
    if config["strict-labels"].as_bool() == Some(true) {
        set("DL3050", "strict", "true".to_owned());
    }
    options
}

/// hadolint's rules that read the label schema.
const LABEL_RULES: &[&str] =
    &["DL3049", "DL3050", "DL3051", "DL3052", "DL3053", "DL3054", "DL3055", "DL3056", "DL3058"];

fn judge(row: &Value, settings: &Settings) -> Result<(), String> {
    let mut project = Project::new();
    let dockerfile = text(row, "dockerfile").ok_or("the case has no Dockerfile")?;
    project
        .open("Dockerfile", dockerfile.as_bytes(), Some(Kind::Dockerfile))
        .map_err(|error| error.to_string())?;
    let report = check(&project, settings);
    let count = report.findings.len();
    let found: Vec<String> = report
        .findings
        .iter()
        .map(|one| format!("{} at line {}", one.rule, one.span.start.line))
        .collect();
    match text(row, "expect") {
        Some("fires") => match row["count"].as_u64() {
            Some(wanted) if wanted != count as u64 => Err(format!("{wanted} wanted: {found:?}")),
            _ if count == 0 => Err("it is silent".to_owned()),
            _ => Ok(()),
        },
        _ if count > 0 => Err(format!("it speaks: {found:?}")),
        _ => Ok(()),
    }
}
