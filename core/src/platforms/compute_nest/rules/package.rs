//! Deployment packages in the configuration file: names, descriptions, tags.

use super::super::package::{self, Field, ProblemKind};
use super::super::spec::{
    DESCRIPTION_LENGTH, MOST_TAGS, NAME_LENGTH, NAME_LETTERS, VERSION_LENGTH,
};
use crate::document::{Document, Kind};
use crate::fact::Platform;
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::text;
use crate::tree::Node;

/// Looks at the field `key` of every package.
fn each<'a>(cx: &Context<'a>, key: &str, look: &mut dyn FnMut(&'a Document, &'a Node)) {
    for document in cx.of_kind(Kind::ComputeNestConfig) {
        let artifacts = document.roots().first().and_then(|root| root.get("Artifact"));
        for artifact in artifacts.map(Node::members).unwrap_or_default() {
            if let Some(node) = artifact.node.get(key).filter(|node| !node.is_unknown()) {
                look(document, node);
            }
        }
    }
}

fn judge(cx: &Context<'_>, found: &mut Findings, rule: &'static Rule, key: &str, field: Field) {
    each(cx, key, &mut |document, node| {
        let Some(value) = node.as_str() else { return };
        for problem in package::check(field, value) {
            let finding = found.add(rule, document.place(node.inner_span()));
            finding.message = problem.message();
            // Alibaba Cloud's own packages have hyphens in their names; the console's form takes none.
            if matches!(problem.kind, ProblemKind::Letters(_)) {
                finding.severity(Severity::Info);
            }
        }
    });
}

pub(super) static PACKAGE_NAME: Rule = Rule {
    id: "compute-nest/package-name",
    platform: Some(Platform::ComputeNest),
    severity: Severity::Error,
    summary: text("a package's name that the console refuses", "控制台不接受的部署物名称"),
    message: text(
        "the package's name is not one that the console takes",
        "控制台不接受该部署物名称",
    ),
    why: text(
        "The package cannot be made under that name, and the name cannot be changed later.",
        "无法以该名称创建部署物，且名称之后不能修改。",
    ),
    help: text(
        "use 3 to 128 letters, digits and underscores",
        "请使用 3 到 128 个字母、数字和下划线",
    ),
    rests_on: &[&NAME_LENGTH.source, &NAME_LETTERS],
    examples: &[
        bad(
            "-- config.yaml --\nArtifact:\n  App:\n    ArtifactType: AcrImage\n    ArtifactName: «ab»\n",
        ),
        bad(
            "-- config.yaml --\nArtifact:\n  App:\n    ArtifactType: AcrImage\n    ArtifactName: «web-app»\n",
        ),
        good(
            "-- config.yaml --\nArtifact:\n  App:\n    ArtifactType: AcrImage\n    ArtifactName: web_app\n",
        ),
    ],
    check: |cx, found| judge(cx, found, &PACKAGE_NAME, "ArtifactName", Field::Name),
    ..Rule::DEFAULT
};

pub(super) static VERSION_NAME: Rule = Rule {
    id: "compute-nest/version-name",
    platform: Some(Platform::ComputeNest),
    severity: Severity::Error,
    summary: text("a version's name that the console refuses", "控制台不接受的版本名称"),
    message: text("the version's name is not one that the console takes", "控制台不接受该版本名称"),
    why: text("The version cannot be made under that name.", "无法以该名称创建版本。"),
    help: text(
        "use 3 to 50 letters, digits and underscores",
        "请使用 3 到 50 个字母、数字和下划线",
    ),
    rests_on: &[&VERSION_LENGTH.source, &NAME_LETTERS],
    examples: &[
        bad(
            "-- config.yaml --\nArtifact:\n  App:\n    ArtifactType: AcrImage\n    VersionName: «v1»\n",
        ),
        good(
            "-- config.yaml --\nArtifact:\n  App:\n    ArtifactType: AcrImage\n    VersionName: v1_0\n",
        ),
    ],
    check: |cx, found| judge(cx, found, &VERSION_NAME, "VersionName", Field::Version),
    ..Rule::DEFAULT
};

pub(super) static DESCRIPTION_RANGE: Rule = Rule {
    id: "compute-nest/description-length",
    platform: Some(Platform::ComputeNest),
    summary: text("a description that is too short or too long", "描述过短或过长"),
    message: text("the description is too short or too long", "描述过短或过长"),
    why: text(
        "The console takes descriptions of 10 to 500 characters only; the command line seems to take shorter ones.",
        "控制台只接受 10 到 500 个字符的描述；命令行工具似乎接受更短的描述。",
    ),
    help: text("write 10 to 500 characters", "请写 10 到 500 个字符"),
    rests_on: &[&DESCRIPTION_LENGTH.source],
    examples: &[
        bad(
            "-- config.yaml --\nArtifact:\n  App:\n    ArtifactType: AcrImage\n    Description: «web»\n",
        ),
        good(
            "-- config.yaml --\nArtifact:\n  App:\n    ArtifactType: AcrImage\n    Description: the web server of the shop\n",
        ),
    ],
    check: |cx, found| judge(cx, found, &DESCRIPTION_RANGE, "Description", Field::Description),
    ..Rule::DEFAULT
};

pub(super) static TAGS_COUNT: Rule = Rule {
    id: "compute-nest/tags-count",
    platform: Some(Platform::ComputeNest),
    severity: Severity::Error,
    summary: text("more tags than a package may have", "标签过多"),
    message: text("too many tags", "标签过多"),
    why: text("The package is refused.", "部署物会被拒绝。"),
    help: text("leave out some tags", "请减少标签"),
    rests_on: &[&MOST_TAGS.source],
    examples: &[
        bad(
            "-- config.yaml --\nArtifact:\n  App:\n    ArtifactType: AcrImage\n    Tag: «[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21]»\n",
        ),
        good(
            "-- config.yaml --\nArtifact:\n  App:\n    ArtifactType: AcrImage\n    Tag: [{Key: team, Value: web}]\n",
        ),
    ],
    check: |cx, found| {
        for key in ["Tag", "Tags"] {
            each(cx, key, &mut |document, node| {
                let count = node.items().map_or(node.members().len(), <[Node]>::len);
                if let Some(problem) = package::tags(count) {
                    found.add(&TAGS_COUNT, document.place(node.span)).message = problem.message();
                }
            });
        }
    },
    ..Rule::DEFAULT
};
