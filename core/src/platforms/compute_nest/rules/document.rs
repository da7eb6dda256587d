//! The configuration file as a text, and what in it is still to be filled in.

use super::super::spec::{BRACES_ARE_A_MAPPING, STILL_OPEN};
use crate::document::Kind;
use crate::fact::Platform;
use crate::rule::{Rule, Severity, bad, good};
use crate::text::text;

pub(super) static CONFIG_SYNTAX: Rule = Rule {
    id: "compute-nest/config-syntax",
    platform: Some(Platform::ComputeNest),
    severity: Severity::Error,
    summary: text("a configuration that cannot be read", "配置文件无法解析"),
    message: text("the configuration cannot be read here", "配置文件在此处无法解析"),
    why: text(
        "The command line of Compute Nest stops before it publishes anything.",
        "计算巢命令行工具会直接报错，不会发布任何内容。",
    ),
    rests_on: &[&BRACES_ARE_A_MAPPING],
    examples: &[
        bad("-- config.yaml --\nService:\n  DeployType: ros\n «S»erviceType: private\nArtifact:\n"),
        good("-- config.yaml --\nService:\n  DeployType: ros\n  ServiceType: private\n"),
    ],
    check: |cx, found| {
        for document in cx.of_kind(Kind::ComputeNestConfig) {
            for error in document.errors() {
                found.add(&CONFIG_SYNTAX, document.place(error.span)).message =
                    error.message.clone();
            }
        }
    },
    ..Rule::DEFAULT
};

pub(super) static PLACEHOLDER_LEFT: Rule = Rule {
    id: "compute-nest/placeholder-left",
    platform: Some(Platform::ComputeNest),
    severity: Severity::Info,
    summary: text("a placeholder that is still to be filled in", "尚未填写的占位符"),
    message: text("`{value}` is still to be filled in", "`{value}` 尚未填写"),
    why: text("Compute Nest takes the text as it stands.", "计算巢会直接使用这段文本。"),
    help: text("put the value in its place", "请填写实际的值"),
    rests_on: &[&STILL_OPEN],
    examples: &[
        bad("-- config.yaml --\nService:\n  DeployType: ros\n  RegionId: «<region>»\n"),
        good(
            "-- config.yaml --\nService:\n  DeployType: ros\n  RegionId: cn-hangzhou\nArtifact:\n  A: {ArtifactType: File, ArtifactId: '${Artifact.A.ArtifactId}'}\n",
        ),
    ],
    check: |cx, found| {
        for document in cx.of_kind(Kind::ComputeNestConfig) {
            for root in document.roots() {
                root.walk(&mut |_, node| {
                    let Some(value) = node.as_str() else { return };
                    // References to what the tool itself puts in.
                    let is_own = value.contains("${") || value.contains("{{");
                    if node.is_unknown() && !is_own && value.starts_with('<') {
                        found
                            .add(&PLACEHOLDER_LEFT, document.place(node.inner_span()))
                            .arg("value", value);
                    }
                });
            }
        }
    },
    ..Rule::DEFAULT
};
