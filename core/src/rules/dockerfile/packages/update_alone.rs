//! Package lists that are downloaded in a RUN of their own.
//!
//! In the default set: the cached layer keeps old lists, and the installation that follows fails
//! or installs old packages, as nearly everybody finds out once.

use super::super::file::files;
use super::apt_lists::updates_lists;
use super::sources;
use crate::fact::{Certainty, Citation};
use crate::packages::{APT, Invocation, Manager, Run};
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::text;

static TOGETHER: Citation = Citation {
    publication: &sources::BEST_PRACTICES,
    says: text(
        "apt-get update alone in a RUN causes caching trouble: later installs use outdated lists",
        "单独在一条 RUN 中执行 apt-get update 会引起缓存问题：之后的安装使用过期的列表",
    ),
    certainty: Certainty::Documented,
};

pub(in super::super) static RULE: Rule = Rule {
    id: "dockerfile/update-alone",
    severity: Severity::Warning,
    summary: text("Package lists updated in a RUN of their own", "单独用一条 RUN 更新软件包列表"),
    message: text(
        "this RUN only downloads package lists, which go stale in the build cache",
        "这条 RUN 只下载软件包列表，列表会在构建缓存中过期",
    ),
    why: text(
        "Builds reuse the cached layer with its old lists; a package added later comes in an old version, or is no longer there and the build fails.",
        "构建会复用缓存层中的旧列表；之后添加的软件包会装成旧版本，或因已不存在而使构建失败。",
    ),
    help: text(
        "update and install in one RUN: `{tool} update && {tool} {install} …`",
        "请在同一条 RUN 中更新并安装：`{tool} update && {tool} {install} …`",
    ),
    rests_on: &[&TOGETHER],
    aliases: &["DS-0017", "CKV_DOCKER_5"],
    examples: &[
        bad("FROM debian:12\nRUN apt-get «update»\nRUN apt-get install -y curl\n"),
        bad("FROM alpine:3.20\nRUN apk «update»\nRUN apk add curl\n"),
        bad("FROM debian:12\nRUN apt-get install -y gnupg && apt-get «update»\n"),
        good("FROM debian:12\nRUN apt-get update && apt-get install -y curl\n"),
        good("FROM debian:12\nRUN apt-get update && ./install.sh\n"),
        good("FROM debian:12\nRUN --mount=type=cache,target=/var/lib/apt apt-get update\n"),
    ],
    check,
    ..Rule::DEFAULT
};

/// Commands that install nothing themselves.
const HARMLESS: &[&str] = &[
    "set",
    "echo",
    "printf",
    "export",
    "true",
    ":",
    "rm",
    "mkdir",
    "touch",
    "cat",
    "sed",
    "tee",
    "mv",
    "cp",
    "ln",
    "ls",
    "chmod",
    "chown",
    "apt-key",
    "apt-config",
    "add-apt-repository",
    "gpg",
    "curl",
    "wget",
    "grep",
    "awk",
    "test",
    "[",
    "sleep",
    "cd",
];

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for run in cx.runs(file.document) {
            let updates = |one: &&Invocation<'_>| {
                updates_lists(one) || (one.manager == Manager::Apk && one.does(&["update"]))
            };
            let Some(last) = run.invocations.iter().rfind(updates) else { continue };
            let lists =
                if last.manager == Manager::Apk { "/var/cache/apk" } else { "/var/lib/apt" };
            let Some(action) = last.action_word else { continue };
            if run.mounts_path(lists) || is_used(run, last) {
                continue;
            }
            let finding = found.add(&RULE, file.at(action.span));
            let install = if last.manager == Manager::Apk { "add" } else { "install" };
            finding.arg("tool", last.program.literal().unwrap_or_default());
            finding.arg("install", install);
        }
    }
}

/// Whether something behind the update reads the lists, or may.
fn is_used(run: &Run<'_>, update: &Invocation<'_>) -> bool {
    let behind = run.commands().iter().enumerate().skip(update.at + 1);
    behind.into_iter().any(|(at, command)| match run.invocations.iter().find(|one| one.at == at) {
        Some(other) if APT.contains(&other.manager) => {
            !other.does(&["update", "clean", "autoclean", "autoremove"])
        }
        Some(other) if other.manager == Manager::Apk => !other.does(&["update", "cache"]),
        Some(_) => false,
        None if command.words.is_empty() => false,
        None => !command.name().is_some_and(|name| HARMLESS.contains(&name)),
    })
}
