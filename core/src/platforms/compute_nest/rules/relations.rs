//! The configuration file against the templates: every identifier has a package, and every package
//! that is named is used.

use std::collections::HashSet;

use super::super::spec::RELATIONS;
use crate::document::{Document, Kind};
use crate::fact::Platform;
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::{Place, text};
use crate::tree::{Member, Node};

/// Where the configuration says what identifiers stand for, with the kind of identifier.
const RELATION_KEYS: [(&str, &str); 3] = [
    ("AcrImageArtifactRelation", "acrimage"),
    ("HelmChartArtifactRelation", "helmchart"),
    ("FileArtifactRelation", "file"),
];

/// An identifier of a template: kind and name, and where it stands.
struct Identifier<'a> {
    kind: &'a str,
    name: &'a str,
    at: Place,
}

/// The kind and the name of `{{ computenest::KIND::NAME }}`, spaces aside.
fn parts(inner: &str) -> Option<(&str, &str)> {
    let (kind, name) = inner.trim().strip_prefix("computenest::")?.split_once("::")?;
    let is_word = |text: &str| {
        !text.is_empty()
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
    };
    (is_word(kind) && is_word(name)).then_some((kind, name))
}

/// What a key of the configuration stands for.
fn named(key: &str) -> Option<(&str, &str)> {
    key.trim().strip_prefix("{{")?.strip_suffix("}}").and_then(parts)
}

/// The identifiers in the strings of `root`.
fn identifiers<'a>(document: &Document, root: &'a Node) -> Vec<Identifier<'a>> {
    let mut found = Vec::new();
    root.walk(&mut |_, node| {
        let Some(mapped) = node.as_text() else { return };
        let text = mapped.text();
        let mut at = 0;
        while let Some(start) = text[at..].find("{{").map(|start| at + start) {
            let Some(length) = text[start + 2..].find("}}") else { return };
            let end = start + 2 + length;
            if let Some((kind, name)) = parts(&text[start + 2..end]) {
                let at = document.place(mapped.span(start, end + 2));
                found.push(Identifier { kind, name, at });
            }
            at = end + 2;
        }
    });
    found
}

/// The configuration files.
fn configs<'a>(cx: &Context<'a>) -> impl Iterator<Item = (&'a Document, &'a Node)> + use<'a> {
    cx.of_kind(Kind::ComputeNestConfig).filter_map(|document| {
        Some((document, document.roots().first().filter(|root| root.is_object())?))
    })
}

fn metadata(root: &Node) -> Option<&Member> {
    let deploy = root.get("Service")?.get("DeployMetadata")?;
    deploy.member("SupplierDeployMetadata").filter(|member| member.node.is_object())
}

/// The templates that the configuration deploys, by the ends of their paths.
fn templates<'a>(cx: &Context<'a>, root: &Node) -> Vec<(&'a Document, &'a Node)> {
    let configs = root.get("Service").and_then(|one| one.get("DeployMetadata"));
    let configs = configs.and_then(|one| one.get("TemplateConfigs")).and_then(Node::items);
    let urls: Vec<&str> = configs
        .unwrap_or_default()
        .iter()
        .filter_map(|one| one.get("Url")?.as_str())
        .map(|url| url.trim_start_matches("./"))
        .collect();
    let all = cx.of_kind(Kind::RosTemplate);
    let named = all.filter(|document| {
        urls.is_empty() || urls.iter().any(|url| document.source.path().ends_with(url))
    });
    named.filter_map(|document| Some((document, document.roots().first()?))).collect()
}

pub(super) static RELATION_MISSING: Rule = Rule {
    id: "compute-nest/config-relation-missing",
    platform: Some(Platform::ComputeNest),
    summary: text("an identifier without a package", "标识符没有对应的部署物"),
    message: text(
        "the configuration does not say which package `{name}` is",
        "配置中没有给出 `{name}` 对应的部署物",
    ),
    why: text(
        "The identifier stays in the template as it is, and the deployment fails where it is used.",
        "标识符会原样留在模板中，使用它的地方部署失败。",
    ),
    help: text("add it under `{key}`", "请在 `{key}` 下加入该标识符"),
    severity: Severity::Error,
    rests_on: &[&RELATIONS],
    examples: &[
        bad(
            "-- config.yaml --\nService:\n  DeployType: ros\n  DeployMetadata:\n    SupplierDeployMetadata:\n      AcrImageArtifactRelation: {}\n-- template.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nOutputs:\n  Image:\n    Value: '«{{ computenest::acrimage::web }}»'\n",
        ),
        good(
            "-- config.yaml --\nService:\n  DeployType: ros\n  DeployMetadata:\n    SupplierDeployMetadata:\n      AcrImageArtifactRelation:\n        '{{ computenest::acrimage::web }}': {ArtifactId: artifact-1}\n-- template.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nOutputs:\n  Image:\n    Value: '{{computenest::acrimage::web}}'\n",
        ),
    ],
    check: relation_missing,
    ..Rule::DEFAULT
};

fn relation_missing(cx: &Context<'_>, found: &mut Findings) {
    for (config, root) in configs(cx) {
        let Some(metadata) = metadata(root) else { continue };
        let relations: HashSet<(&str, &str)> = RELATION_KEYS
            .iter()
            .flat_map(|(key, kind)| {
                let members = metadata.node.get(key).map(Node::members).unwrap_or_default();
                let named = members.iter().filter_map(|member| named(&member.key));
                named.filter(move |(own, _)| own == kind)
            })
            .collect();
        for (template, root) in templates(cx, root) {
            let mut told: HashSet<(&str, &str)> = HashSet::new();
            for one in identifiers(template, root) {
                let Some((key, _)) = RELATION_KEYS.iter().find(|(_, kind)| *kind == one.kind)
                else {
                    continue;
                };
                let own = (one.kind, one.name);
                if !relations.contains(&own) && told.insert(own) {
                    found
                        .add(&RELATION_MISSING, one.at)
                        .arg("name", one.name)
                        .arg("key", key)
                        .related(
                            config.place(metadata.key_span),
                            text("packages are named here", "部署物在此给出"),
                        );
                }
            }
        }
    }
}

pub(super) static RELATION_UNUSED: Rule = Rule {
    id: "compute-nest/config-relation-unused",
    platform: Some(Platform::ComputeNest),
    summary: text("a package that no template uses", "没有模板使用的部署物"),
    message: text("no template uses `{name}`", "没有模板使用 `{name}`"),
    why: text(
        "Either the identifier in the template is mistyped, or the package is published for nothing.",
        "要么模板中的标识符写错了，要么该部署物是多余的。",
    ),
    help: text("use it in the template, or take it out", "请在模板中使用，或删除"),
    rests_on: &[&RELATIONS],
    examples: &[
        bad(
            "-- config.yaml --\nService:\n  DeployType: ros\n  DeployMetadata:\n    SupplierDeployMetadata:\n      AcrImageArtifactRelation:\n        «'{{ computenest::acrimage::web }}'»: {ArtifactId: artifact-1}\n-- template.yaml --\nROSTemplateFormatVersion: '2015-09-01'\nResources: {}\n",
        ),
        good(
            "-- config.yaml --\nService:\n  DeployType: ros\n  DeployMetadata:\n    SupplierDeployMetadata:\n      AcrImageArtifactRelation:\n        '{{ computenest::acrimage::web }}': {ArtifactId: artifact-1}\n",
        ),
    ],
    check: relation_unused,
    ..Rule::DEFAULT
};

fn relation_unused(cx: &Context<'_>, found: &mut Findings) {
    for (config, root) in configs(cx) {
        let Some(metadata) = metadata(root) else { continue };
        let templates = templates(cx, root);
        // Without the templates nothing tells.
        if templates.is_empty() {
            continue;
        }
        let used: HashSet<(&str, &str)> = templates
            .iter()
            .flat_map(|(document, root)| identifiers(document, root))
            .map(|one| (one.kind, one.name))
            .collect();
        for (key, _) in RELATION_KEYS {
            for member in metadata.node.get(key).map(Node::members).unwrap_or_default() {
                if named(&member.key).is_none_or(|wanted| !used.contains(&wanted)) {
                    found
                        .add(&RELATION_UNUSED, config.place(member.key_span))
                        .arg("name", member.key.trim());
                }
            }
        }
    }
}
