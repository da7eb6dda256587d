//! pip's cache stays in the layer.
//!
//! In the default set as advice, for stages that ship: for large packages the cache doubles what
//! they take, and `--no-cache-dir` costs nothing.

use super::super::file::files;
use super::{sources, speaks_of};
use crate::fact::{Certainty, Citation};
use crate::packages::{Invocation, Manager, Run, Setting};
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::text;

static CACHING: Citation = Citation {
    publication: &sources::PIP_CACHING,
    says: text(
        "pip keeps downloads and the wheels it builds; --no-cache-dir or PIP_NO_CACHE_DIR switches that off",
        "pip 会缓存下载的文件和构建的 wheel；--no-cache-dir 或 PIP_NO_CACHE_DIR 可将其关闭",
    ),
    certainty: Certainty::Documented,
};

pub(in super::super) static RULE: Rule = Rule {
    id: "dockerfile/pip-no-cache",
    severity: Severity::Info,
    summary: text("pip's cache stays in the image", "pip 缓存留在镜像中"),
    message: text(
        "`pip install` without `--no-cache-dir` leaves its downloads in this layer",
        "`pip install` 未加 `--no-cache-dir`，下载内容会留在这一层",
    ),
    why: text(
        "Every wheel is in the image twice, packed and unpacked: gigabytes for machine learning.",
        "每个 wheel 在镜像中保存两份（压缩的和解开的），机器学习包可多占数 GB。",
    ),
    help: text(
        "add `--no-cache-dir`, or mount a cache: `RUN --mount=type=cache,target=/root/.cache/pip`",
        "请添加 `--no-cache-dir`，或挂载缓存：`RUN --mount=type=cache,target=/root/.cache/pip`",
    ),
    rests_on: &[&CACHING],
    aliases: &["DL3042"],
    examples: &[
        bad("FROM python:3.13\nRUN pip «install» flask\n")
            .fixed("FROM python:3.13\nRUN pip install --no-cache-dir flask\n"),
        bad("FROM python:3.13\nENV PIP_NO_CACHE_DIR=0\nRUN python -m pip «install» flask\n").fixed(
            "FROM python:3.13\nENV PIP_NO_CACHE_DIR=0\nRUN python -m pip install --no-cache-dir flask\n",
        ),
        good("FROM python:3.13\nENV PIP_NO_CACHE_DIR=1\nRUN pip install flask\n"),
        good("FROM python:3.13\nRUN export PIP_NO_CACHE_DIR=1 && pip install flask\n"),
        good("FROM python:3.13\nRUN pip install flask && rm -rf /root/.cache\n"),
        good("FROM python:3.13\nRUN --mount=type=cache,target=/root/.cache/pip pip install flask\n"),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        // `pip config set global.no-cache-dir true`, or in a file.
        if speaks_of(file, "global.no-cache-dir") || speaks_of(file, "no-cache-dir =") {
            continue;
        }
        for run in cx.runs(file.document).iter().filter(|run| run.ships && !is_mounted(run)) {
            let last_purge = last_purge(run);
            let keeps = |one: &&Invocation<'_>| caches(run, one) && last_purge <= Some(one.at);
            for one in run.invocations.iter().filter(keeps) {
                let Some(action) = one.action_word else { continue };
                let finding = found.add(&RULE, file.at(action.span));
                let title = text("add {words}", "添加 {words}");
                if let Some(fix) = run.insert_behind(action, "--no-cache-dir", title) {
                    finding.fix(fix);
                }
            }
        }
    }
}

fn is_mounted(run: &Run<'_>) -> bool {
    run.mounts(|path| path.contains("pip") || path.trim_end_matches('/').ends_with(".cache"))
}

/// The number of the last command that empties the cache.
fn last_purge(run: &Run<'_>) -> Option<usize> {
    let purges = |one: &&Invocation<'_>| {
        one.manager == Manager::Pip
            && one.does(&["cache"])
            && one.operands.iter().any(|word| word.literal() == Some("purge"))
    };
    let purge = run.invocations.iter().rfind(purges).map(|one| one.at);
    purge.max(run.last_removal(|path| path.contains(".cache")))
}

/// Whether this command writes to the cache.
fn caches(run: &Run<'_>, one: &Invocation<'_>) -> bool {
    const FLAGS: &[&str] = &["--no-cache-dir", "--no-cache", "--cache-dir", "--dry-run"];
    if one.manager != Manager::Pip || !one.does(&["install"]) || one.has_unknown_words {
        return false;
    }
    let is_switched_off = match run.setting(one, "PIP_NO_CACHE_DIR") {
        Setting::Unset => false,
        Setting::Unknown => true,
        Setting::Known(value) => {
            let value = value.to_ascii_lowercase();
            !matches!(value.as_str(), "" | "0" | "off" | "false" | "no")
        }
    };
    // The cache may be anywhere, so any mount may be the one for it.
    let is_apart = run.setting(one, "PIP_CACHE_DIR") != Setting::Unset && run.mounts(|_| true);
    !is_switched_off && !is_apart && !one.has_flag(FLAGS)
}
