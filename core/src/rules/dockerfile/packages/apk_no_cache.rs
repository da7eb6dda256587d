//! apk's index stays in the layer.
//!
//! In the default set as advice, for stages that ship: `--no-cache` costs nothing.

use super::super::file::files;
use super::sources;
use crate::fact::{Certainty, Citation};
use crate::packages::Manager;
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::text;

static NO_CACHE: Citation = Citation {
    publication: &sources::APK,
    says: text(
        "--no-cache uses no local cache: indexes are read from the network and not kept",
        "--no-cache 不使用本地缓存：索引从网络读取且不保留",
    ),
    certainty: Certainty::Documented,
};

const PATH: &str = "/var/cache/apk";

pub(in super::super) static RULE: Rule = Rule {
    id: "dockerfile/apk-no-cache",
    severity: Severity::Info,
    summary: text("apk's index stays in the image", "apk 索引留在镜像中"),
    message: text(
        "`apk add` without `--no-cache` leaves its index in this layer",
        "`apk add` 未加 `--no-cache`，索引会留在这一层",
    ),
    why: text(
        "The index is soon out of date, and removing it in a later layer frees nothing.",
        "索引很快过期，在之后的层中删除并不能释放空间。",
    ),
    help: text("add `--no-cache`", "请添加 `--no-cache`"),
    rests_on: &[&NO_CACHE],
    aliases: &["DL3019", "DS-0025"],
    examples: &[
        bad("FROM alpine:3.20\nRUN apk «add» curl\n")
            .fixed("FROM alpine:3.20\nRUN apk add --no-cache curl\n"),
        bad("FROM alpine:3.20\nRUN --mount=type=cache,target=/tmp apk -U «add» curl\n").fixed(
            "FROM alpine:3.20\nRUN --mount=type=cache,target=/tmp apk -U add --no-cache curl\n",
        ),
        good("FROM alpine:3.20\nRUN apk --no-cache add curl\n"),
        good("FROM alpine:3.20\nRUN apk add -U curl && rm -rf /var/cache/apk/*\n"),
        good("FROM alpine:3.20\nRUN --mount=type=cache,target=/var/cache/apk apk add -U curl\n"),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for run in cx.runs(file.document).iter().filter(|run| run.ships && !run.mounts_path(PATH)) {
            let last_removal = run.last_removal_of(PATH);
            let adds = run.invocations.iter().filter(|one| one.manager == Manager::Apk);
            for one in adds.filter(|one| one.does(&["add"]) && !one.has_unknown_words) {
                let Some(action) = one.action_word else { continue };
                if one.has_flag(&["--no-cache", "--no-network", "--cache-dir", "-s", "--simulate"])
                    || last_removal > Some(one.at)
                {
                    continue;
                }
                let finding = found.add(&RULE, file.at(action.span));
                let title = text("add {words}", "添加 {words}");
                if let Some(fix) = run.insert_behind(action, "--no-cache", title) {
                    finding.fix(fix);
                }
            }
        }
    }
}
