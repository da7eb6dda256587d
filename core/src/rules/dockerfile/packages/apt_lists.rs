//! The lists that `apt-get update` downloads stay in the layer.
//!
//! In the default set as advice: tens of megabytes that nobody reads, and one command removes
//! them. Only for stages that ship.

use super::super::file::{File, files};
use super::manager::{APT, Invocation};
use super::runs::{Run, runs, speaks_of};
use super::sources;
use crate::fact::{Certainty, Citation};
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::text;

static LISTS: Citation = Citation {
    publication: &sources::BEST_PRACTICES,
    says: text(
        "removing /var/lib/apt/lists in the RUN that updates keeps the lists out of the layer",
        "在执行 update 的同一个 RUN 中删除 /var/lib/apt/lists，列表便不会进入镜像层",
    ),
    certainty: Certainty::Documented,
};

const PATH: &str = "/var/lib/apt/lists";

pub(in super::super) static RULE: Rule = Rule {
    id: "dockerfile/apt-lists-cleanup",
    severity: Severity::Info,
    summary: text("apt's package lists stay in the image", "apt 软件包列表留在镜像中"),
    message: text(
        "the lists that `{tool} update` downloads stay in this layer",
        "`{tool} update` 下载的列表会留在这一层",
    ),
    why: text(
        "They take tens of megabytes, are soon out of date, and removing them in a later layer frees nothing.",
        "它们占用数十 MB 且很快过期，在之后的层中删除并不能释放空间。",
    ),
    help: text(
        "end this RUN with `rm -rf /var/lib/apt/lists/*`",
        "请在这个 RUN 的末尾执行 `rm -rf /var/lib/apt/lists/*`",
    ),
    rests_on: &[&LISTS],
    aliases: &["DL3009"],
    examples: &[
        bad("FROM debian:12\nRUN apt-get «update» && apt-get install -y curl\n").fixed(
            "FROM debian:12\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*\n",
        ),
        bad("FROM debian:12\nRUN apt-get «update»\nRUN apt-get install -y curl\n"),
        good("FROM debian:12\nRUN apt-get update && apt-get install -y curl && rm -r /var/lib/apt/lists\n"),
        good("FROM debian:12\nRUN apt-get update && cd /var/lib && rm -rf apt dpkg\n"),
        good("FROM debian:12\nRUN --mount=type=cache,target=/var/lib/apt apt-get update\n"),
        good("FROM debian:12 AS build\nRUN apt-get update\nFROM scratch\nCOPY --from=build /a /a\n"),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        let runs = runs(file);
        for (index, run) in runs.iter().enumerate().filter(|(_, run)| run.ships) {
            let mut updates = run.invocations.iter().filter(|one| updates_lists(one));
            let Some(update) = updates.next() else { continue };
            let last = updates.last().unwrap_or(update);
            if is_kept_out(file, run) || is_removed(run, last) {
                continue;
            }
            let Some(action) = update.action_word else { continue };
            let finding = found.add(&RULE, file.at(action.span));
            finding.arg("tool", update.program.literal().unwrap_or_default());
            let title = text("append {command}", "追加 {command}");
            let later = runs.get(index + 1..).unwrap_or_default();
            let fix = run.append(last, "rm -rf /var/lib/apt/lists/*", title);
            if let Some(fix) = fix.filter(|_| !later.iter().any(needs_lists)) {
                finding.fix(fix);
            }
        }
    }
}

pub(super) fn updates_lists(one: &Invocation<'_>) -> bool {
    APT.contains(&one.manager) && one.does(&["update"])
}

/// Whether mounts keep the lists out of the image. Where the packages themselves are kept since
/// `docker-clean` is removed, their cache must be mounted too.
fn is_kept_out(file: File<'_>, run: &Run<'_>) -> bool {
    let keeps_packages = speaks_of(file, "docker-clean");
    run.mounts_path(PATH) && (run.mounts_path("/var/cache/apt") || !keeps_packages)
}

fn is_removed(run: &Run<'_>, update: &Invocation<'_>) -> bool {
    run.removes_path(update.at, PATH)
        || run.invocations.iter().any(|one| {
            one.at > update.at
                && APT.contains(&one.manager)
                && one.does(&["distclean", "dist-clean"])
        })
}

/// Whether the RUN installs from lists that an earlier one downloaded.
fn needs_lists(run: &Run<'_>) -> bool {
    let first = run.invocations.iter().find(|one| APT.contains(&one.manager));
    first.is_some_and(|one| !updates_lists(one))
}
