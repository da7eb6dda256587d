//! `FROM --platform=linux/amd64`. In the default set as advice: a file that is meant for one kind
//! of machine may say so, and then the finding is silenced once.

use super::super::base_image::stage_of;
use super::super::file::files;
use super::super::form::BUILD_CHECKS;
use super::super::known_images;
use crate::dockerfile::{BaseName, Body, Stage};
use crate::fact::{Certainty, Citation};
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::text;

static CONSTANT: Citation = Citation {
    publication: &BUILD_CHECKS,
    says: text(
        "FromPlatformFlagConstDisallowed: a constant --platform keeps the file from being built for another platform, unless the stage's name says that it is for one",
        "FromPlatformFlagConstDisallowed：固定的 --platform 会妨碍为其他平台构建，除非阶段名表明其只针对该平台",
    ),
    certainty: Certainty::Documented,
};

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/from-platform",
    severity: Severity::Info,
    summary: text("a constant platform in FROM", "FROM 使用固定平台"),
    message: text(
        "FROM asks for `{platform}`, whatever platform the build is for",
        "无论为哪个平台构建，FROM 都要求 `{platform}`",
    ),
    why: text(
        "`docker build --platform` has no effect on the stage, and the image of another platform holds the wrong programs.",
        "`docker build --platform` 对该阶段无效，其他平台的镜像中会含有错误架构的程序。",
    ),
    help: text(
        "give --platform to the build, or use $BUILDPLATFORM for a stage that only builds",
        "请在构建命令中指定 --platform；仅用于构建的阶段可用 $BUILDPLATFORM",
    ),
    rests_on: &[&CONSTANT],
    aliases: &["DL3029", "FromPlatformFlagConstDisallowed"],
    examples: &[
        bad("FROM --platform=«linux/amd64» alpine:3.20 AS base\n"),
        good("FROM --platform=$BUILDPLATFORM alpine:3.20 AS base\n"),
        good("FROM --platform=linux/amd64 alpine:3.20 AS base-amd64\n"),
        good("FROM --platform=windows/amd64 mcr.microsoft.com/windows/nanoserver:ltsc2025\n"),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for (index, instruction) in file.instructions() {
            let Body::From { name, .. } = &instruction.body else { continue };
            let flag = instruction.flag("platform").and_then(|flag| flag.value.as_ref());
            let Some(value) = flag.filter(|value| !value.raw().contains('$')) else { continue };
            let platform = value.raw().trim_matches(['"', '\'']);
            let name = name.as_ref().map(|name| name.raw().to_ascii_lowercase());
            let is_named = |part: &str| {
                !part.is_empty() && name.as_ref().is_some_and(|name| name.contains(part))
            };
            if platform.is_empty()
                || platform.split('/').take(2).any(is_named)
                || is_named(architecture(platform))
            {
                continue;
            }
            if stage_of(file, index).is_some_and(has_no_other) {
                continue;
            }
            found.add(&RULE, file.at(value.span)).arg("platform", platform);
        }
    }
}

/// Whether the image exists for one platform alone.
fn has_no_other(stage: &Stage) -> bool {
    let BaseName::Image(name) = &stage.base else { return false };
    let known = known_images::lookup(name);
    known.is_some_and(|image| image.architectures.len() == 1)
        || known_images::namespace_architecture(name).is_some()
}

/// The architecture of a platform, under the name that the builder gives it.
pub(super) fn architecture(platform: &str) -> &str {
    match platform.split('/').nth(1).unwrap_or(platform) {
        "x86_64" | "x86-64" => "amd64",
        "aarch64" => "arm64",
        "i386" => "386",
        "armhf" | "armel" => "arm",
        other => other,
    }
}
