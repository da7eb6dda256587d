//! A base image without a tag, or with `latest`. In the default set: the same file gives another
//! image tomorrow. A warning where it is the image that is shipped, advice for the other stages.

use super::super::file::{File, files};
use crate::dockerfile::{BaseName, Stage};
use crate::fact::{Certainty, Citation, Publication};
use crate::reference;
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::{Span, file_name, text};

static BUILDING: Publication = Publication {
    title: "Docker building best practices",
    url: "https://docs.docker.com/build/building/best-practices/",
    date: "",
};

static PIN: Citation = Citation {
    publication: &BUILDING,
    says: text(
        "tags are mutable, and an image without one means `latest`: name a version, or pin a digest",
        "标签可变，不写标签即为 `latest`：应指定版本，或固定摘要",
    ),
    certainty: Certainty::Documented,
};

pub(super) static MISSING: Rule = Rule {
    id: "dockerfile/tag-missing",
    severity: Severity::Warning,
    summary: text("a base image without a tag", "基础镜像没有标签"),
    message: text("the base image `{image}` has no tag", "基础镜像 `{image}` 没有标签"),
    why: text(
        "Without a tag it means `latest`: the next build may start from another major version.",
        "不写标签即为 `latest`：下次构建可能会基于另一个大版本。",
    ),
    help: text("name the version that you tested: `{image}:…`", "请写明已验证的版本：`{image}:…`"),
    rests_on: &[&PIN],
    aliases: &["DL3006", "DS-0001", "CKV_DOCKER_7"],
    examples: &[
        bad("FROM «debian»\n"),
        bad(
            "FROM golang:1.25 AS build\nFROM --platform=$BUILDPLATFORM «registry.example.com:5000/team/app»\n",
        ),
        good("FROM debian:12\n"),
        good("ARG BASE\nFROM golang:1.25 AS build\nFROM build\nFROM scratch\nFROM $BASE\n"),
        good(
            "FROM debian@sha256:4bcff63911fcb4448bd4fdacec207030997caf25e9bea4045fa6c8c44de311d1\n",
        ),
    ],
    check: check_missing,
    ..Rule::DEFAULT
};

pub(super) static LATEST: Rule = Rule {
    id: "dockerfile/latest-tag",
    severity: Severity::Warning,
    summary: text("a base image tagged latest", "基础镜像使用 latest 标签"),
    message: text(
        "the base image `{image}` is whatever `latest` means on the day of the build",
        "基础镜像 `{image}` 的 `latest` 取决于构建当天的版本",
    ),
    why: text(
        "The same Dockerfile gives another image tomorrow, and nobody can tell which one failed.",
        "同一个 Dockerfile 明天会得到不同的镜像，出问题时也无法确定是哪个版本。",
    ),
    help: text("name the version that you tested", "请写明已验证的版本"),
    rests_on: &[&PIN],
    aliases: &["DL3007", "DS-0001", "CKV_DOCKER_7"],
    examples: &[
        bad("FROM debian:«latest»\n"),
        bad("ARG TAG=latest\nFROM debian:«$TAG» AS base\n"),
        good("FROM debian:12\n"),
        good(
            "FROM debian:latest@sha256:4bcff63911fcb4448bd4fdacec207030997caf25e9bea4045fa6c8c44de311d1\n",
        ),
    ],
    check: check_latest,
    ..Rule::DEFAULT
};

/// The name without tag and digest, and what stands behind it.
struct Parts<'a> {
    name: &'a str,
    tag: Option<(usize, &'a str)>,
    has_digest: bool,
}

fn parts(reference: &str) -> Parts<'_> {
    let (plain, has_digest) = match reference.split_once('@') {
        Some((plain, _)) => (plain, true),
        None => (reference, false),
    };
    let last = plain.rfind('/').map_or(0, |slash| slash + 1);
    let colon = plain.get(last..).and_then(|rest| rest.find(':')).map(|colon| last + colon);
    match colon {
        Some(colon) => {
            Parts { name: &plain[..colon], tag: Some((colon + 1, &plain[colon + 1..])), has_digest }
        }
        None => Parts { name: plain, tag: None, has_digest },
    }
}

/// Stages that begin with an image of a registry.
fn images(file: File<'_>) -> impl Iterator<Item = (&Stage, &str)> {
    file.stages().iter().filter_map(|stage| match &stage.base {
        BaseName::Image(name) => Some((stage, name.as_str())),
        _ => None,
    })
}

/// What is shipped is a warning, what only helps to build it is advice.
fn severity(file: File<'_>, stage: &Stage) -> Severity {
    match file.content.flow.ships(stage.index) {
        true => Severity::Warning,
        false => Severity::Info,
    }
}

fn check_missing(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for (stage, name) in images(file) {
            let parts = parts(name);
            let is_template =
                matches!(reference::parse(name), Err(reference::NotAReference::Unknown { .. }));
            // A name that the builder gives is not the file's to pin.
            if parts.name.is_empty() || parts.tag.is_some() || parts.has_digest || is_template {
                continue;
            }
            if stage.expanded.is_overridable {
                continue;
            }
            let severity = match carries_version(parts.name) {
                true => Severity::Info,
                false => severity(file, stage),
            };
            found
                .add(&MISSING, file.at(stage.image.span))
                .severity(severity)
                .arg("image", parts.name);
        }
    }
}

/// Whether the name itself holds a version (`manylinux_2_28_x86_64`), or has no versions at all.
fn carries_version(name: &str) -> bool {
    let last = file_name(name);
    name.starts_with("gcr.io/distroless/") || last.bytes().any(|byte| byte.is_ascii_digit())
}

fn check_latest(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for (stage, name) in images(file) {
            let parts = parts(name);
            let Some((start, "latest")) = parts.tag else { continue };
            if parts.has_digest {
                continue;
            }
            let span: Span = stage.expanded.text.span(start, start + "latest".len());
            found
                .add(&LATEST, file.at(span))
                .severity(severity(file, stage))
                .arg("image", parts.name);
        }
    }
}
