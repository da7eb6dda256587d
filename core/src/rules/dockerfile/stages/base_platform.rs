//! A base image that does not exist for the platform asked for. In the default set: the build
//! stops, or the image holds programs that do not run. Speaks of known images alone.

use super::super::file::files;
use super::super::form::BUILD_CHECKS;
use super::super::known_images;
use super::from_platform::architecture;
use crate::dockerfile::BaseName;
use crate::fact::{Certainty, Citation};
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::text;

static PLATFORM: Citation = Citation {
    publication: &BUILD_CHECKS,
    says: text(
        "InvalidBaseImagePlatform: the platform of the base image is the one that the build asks for",
        "InvalidBaseImagePlatform：基础镜像的平台应与构建要求的平台一致",
    ),
    certainty: Certainty::Documented,
};

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/base-platform",
    severity: Severity::Warning,
    summary: text("a base image of another platform", "基础镜像的平台不符"),
    message: text(
        "`{image}` is an image for {actual}, not for {asked}",
        "`{image}` 是 {actual} 的镜像，不适用于 {asked}",
    ),
    why: text(
        "The build finds no such image, or takes one whose programs cannot run: exec format error.",
        "构建会找不到该镜像，或使用了无法运行的程序：exec format error。",
    ),
    help: text("ask for {actual}, or take another image", "请改为 {actual}，或换用其他镜像"),
    rests_on: &[&PLATFORM],
    aliases: &["InvalidBaseImagePlatform", "platform-mismatch"],
    examples: &[
        bad("FROM --platform=«linux/amd64» arm64v8/alpine:3.20\n"),
        bad("FROM --platform=«linux/amd64» mcr.microsoft.com/windows/servercore:ltsc2025\n"),
        bad("FROM --platform=«windows/amd64» debian:12\n"),
        good("FROM --platform=linux/arm64 arm64v8/alpine:3.20\n"),
        good("FROM --platform=linux/arm64 registry.example.com/team/app:1\n"),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for stage in file.stages() {
            let BaseName::Image(name) = &stage.base else { continue };
            let Some((platform, span)) = &stage.platform else { continue };
            let Some(asked) = platform.value().filter(|value| value.contains('/')) else {
                continue;
            };
            let os = asked.split('/').next().unwrap_or_default();
            let wanted = architecture(asked);
            let known = known_images::lookup(name);
            let actual_os = known.map_or("linux", |image| image.os);
            let only = match known_images::namespace_architecture(name) {
                Some(one) => Some(one),
                None => known.and_then(|image| match image.architectures {
                    [one] => Some(*one),
                    _ => None,
                }),
            };
            let is_other_os =
                matches!(os, "linux" | "windows") && known_images::is_not_for(name, os);
            let is_other = only.is_some_and(|only| only != wanted);
            if is_other_os || is_other {
                let actual = match only {
                    Some(only) => format!("{actual_os}/{only}"),
                    None => actual_os.to_owned(),
                };
                found
                    .add(&RULE, file.at(*span))
                    .arg("image", name)
                    .arg("actual", actual)
                    .arg("asked", asked);
            }
        }
    }
}
