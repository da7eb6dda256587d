//! The lists that `apt-get update` downloads stay in the layer.
//!
//! In the default set as advice: tens of megabytes that nobody reads, and one command removes
//! them. Only for stages that ship.

use super::super::file::files;
use super::{sources, speaks_of};
use crate::fact::{Certainty, Citation};
use crate::packages::{APT, Invocation, Run};
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::text;

static LISTS: Citation = Citation {
    publication: &sources::BEST_PRACTICES,
    says: text(
        "removing /var/lib/apt/lists in the RUN that updates keeps the lists out of the layer",
        "在执行 update 的同一条 RUN 中删除 /var/lib/apt/lists，列表便不会进入镜像层",
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
        "请在这条 RUN 的末尾执行 `rm -rf /var/lib/apt/lists/*`",
    ),
    rests_on: &[&LISTS],
    aliases: &["DL3009"],
    examples: &[
        bad("FROM debian:12\nRUN apt-get «update» && apt-get install -y curl\n").fixed(
            "FROM debian:12\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*\n",
        ),
        bad("FROM debian:12\nRUN apt-get update && rm -rf /var/lib/apt/lists/* && apt-get «update»\n").fixed(
            "FROM debian:12\nRUN apt-get update && rm -rf /var/lib/apt/lists/* && apt-get update && rm -rf /var/lib/apt/lists/*\n",
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
        let runs = cx.runs(file.document);
        let last_need = runs.iter().rposition(needs_lists);
        let keeps_packages = speaks_of(file, "docker-clean");
        // Where the packages themselves are kept, their cache must be mounted too.
        let is_kept_out = |run: &Run<'_>| {
            run.mounts_path(PATH) && (run.mounts_path("/var/cache/apt") || !keeps_packages)
        };
        for (index, run) in runs.iter().enumerate().filter(|(_, run)| run.ships) {
            let last = run.invocations.iter().rfind(|one| updates_lists(one));
            let Some(last) = last.filter(|last| !is_removed(run, last)) else { continue };
            let Some(action) = last.action_word.filter(|_| !is_kept_out(run)) else { continue };
            let finding = found.add(&RULE, file.at(action.span));
            finding.arg("tool", last.program.literal().unwrap_or_default());
            let title = text("append {command}", "追加 {command}");
            let fix = run.append(last, "rm -rf /var/lib/apt/lists/*", title);
            if let Some(fix) = fix.filter(|_| last_need.is_none_or(|need| need <= index)) {
                finding.fix(fix);
            }
        }
    }
}

pub(super) fn updates_lists(one: &Invocation<'_>) -> bool {
    APT.contains(&one.manager) && one.does(&["update"])
}

fn is_removed(run: &Run<'_>, update: &Invocation<'_>) -> bool {
    run.last_removal_of(PATH) > Some(update.at)
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
