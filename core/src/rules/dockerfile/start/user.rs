//! Who the container runs as. Strict: many platforms choose the user themselves, and some demand
//! root; where they do not, it is a decision about the whole image.

use super::super::file::{File, files};
use super::section::{Root, Section, last};
use super::sources::{NON_ROOT, USER};
use crate::dockerfile::{Body, Lookup, Word, expand};
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::{Span, text};

pub(super) static ROOT: Rule = Rule {
    id: "dockerfile/root-user",
    severity: Severity::Warning,
    strict: true,
    summary: text("the last USER is root", "最后的 USER 是 root"),
    message: text("the container runs as root", "容器以 root 运行"),
    why: text(
        "Whoever breaks into the service owns the container, and a cluster with the restricted policy refuses it.",
        "攻破服务的人即控制整个容器；采用 restricted 策略的集群会拒绝运行。",
    ),
    help: text("end with USER and a number that is not 0", "最后用 USER 切换到非 0 的用户编号"),
    rests_on: &[&USER, &NON_ROOT],
    aliases: &["DL3002", "DS-0002", "CKV_DOCKER_8"],
    examples: &[
        bad("FROM debian:12\nUSER 1000\nUSER «root»\n"),
        bad("FROM debian:12 AS base\nUSER «0»:0\nFROM base\nCMD [\"/serve\"]\n"),
        good("FROM debian:12\nUSER root\nRUN install.sh\nUSER 1000\n"),
        good("FROM debian:12 AS build\nUSER root\nFROM alpine:3.20\nUSER 1000\n"),
    ],
    check: check_root,
    ..Rule::DEFAULT
};

pub(super) static MISSING: Rule = Rule {
    id: "dockerfile/user-missing",
    severity: Severity::Warning,
    strict: true,
    summary: text("no USER", "没有 USER"),
    message: text(
        "there is no USER: the container runs as root unless the base image says otherwise",
        "没有 USER：除非基础镜像另有规定，否则容器以 root 运行",
    ),
    why: text(
        "Whoever breaks into the service owns the container, and a cluster with the restricted policy refuses it.",
        "攻破服务的人即控制整个容器；采用 restricted 策略的集群会拒绝运行。",
    ),
    help: text("end with USER and a number that is not 0", "最后用 USER 切换到非 0 的用户编号"),
    rests_on: &[&USER, &NON_ROOT],
    aliases: &["DS-0002", "CKV_DOCKER_3"],
    examples: &[
        bad("«FROM» debian:12\nCMD [\"/serve\"]\n"),
        good("FROM debian:12\nUSER 1000\nCMD [\"/serve\"]\n"),
        good("FROM debian:12 AS base\nUSER 1000\nFROM base\nCMD [\"/serve\"]\n"),
        good("FROM gcr.io/distroless/static:nonroot\nCMD [\"/serve\"]\n"),
    ],
    check: check_missing,
    ..Rule::DEFAULT
};

pub(super) static BY_NAME: Rule = Rule {
    id: "dockerfile/user-nonnumeric",
    severity: Severity::Info,
    strict: true,
    summary: text("USER by name", "USER 使用名称"),
    message: text("the user `{user}` is given by name", "用户 `{user}` 以名称给出"),
    why: text(
        "Kubernetes cannot tell whether a name is root: with runAsNonRoot it refuses to start the container.",
        "Kubernetes 无法判断名称是否为 root：设置 runAsNonRoot 时会拒绝启动容器。",
    ),
    help: text("give the user's number", "改用用户编号"),
    rests_on: &[&NON_ROOT],
    aliases: &["DL3066"],
    examples: &[
        bad("FROM debian:12\nUSER «serve»\n"),
        bad("FROM debian:12\nUSER «serve»:1000\n"),
        good("FROM debian:12\nUSER 1000:serve\n"),
        good("FROM debian:12\nARG UID\nUSER $UID\n"),
        good("FROM debian:12\nUSER build\nRUN make\nUSER 1000\n"),
    ],
    check: check_name,
    ..Rule::DEFAULT
};

/// The user that a section ends with: the name or number, and where it stands.
pub(super) fn final_user<'a>(file: File<'a>, section: &Section<'a>) -> Option<(String, Span)> {
    let Body::Text(word) = &section.end.user?.body else { return None };
    read(file, word)
}

fn read(file: File<'_>, word: &Word) -> Option<(String, Span)> {
    let expansion = expand(word, file.content.tree.escape, &|_| Lookup::Unknown);
    let value = expansion.value().filter(|_| !expansion.is_overridable)?;
    let user = value.split(':').next().unwrap_or(value).trim_end();
    (!user.is_empty()).then(|| (user.to_owned(), expansion.text.span(0, user.len())))
}

pub(super) fn is_number(user: &str) -> bool {
    user.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_root(user: &str) -> bool {
    user == "root" || is_number(user) && user.bytes().all(|digit| digit == b'0')
}

fn check_root(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        let user = last(file).and_then(|section| final_user(file, &section));
        if let Some((_, span)) = user.filter(|(user, _)| is_root(user)) {
            found.add(&ROOT, file.at(span));
        }
    }
}

fn check_missing(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        let Some(section) = last(file).filter(|section| section.stage.is_some()) else { continue };
        // Images that say by their name that they bring a user.
        let is_unprivileged = matches!(section.end.root, Root::Image(name)
            if name.contains("nonroot") || name.contains("unprivileged") || name.contains("rootless"));
        if section.end.user.is_some() || is_unprivileged {
            continue;
        }
        if let Some(from) = section.instructions.first() {
            found.add(&MISSING, file.at(from.keyword_span));
        }
    }
}

fn check_name(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        let user = last(file).and_then(|section| final_user(file, &section));
        if let Some((user, span)) = user.filter(|(user, _)| !is_number(user)) {
            found.add(&BY_NAME, file.at(span)).arg("user", user);
        }
    }
}

/// Whether the image runs as root as far as we see.
pub(super) fn runs_as_root(file: File<'_>, section: &Section<'_>) -> bool {
    match section.end.user {
        None => true,
        Some(_) => final_user(file, section).is_some_and(|(user, _)| is_root(&user)),
    }
}
