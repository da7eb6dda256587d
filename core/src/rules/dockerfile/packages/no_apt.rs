//! `apt` is made for people at a terminal.
//!
//! In the default set as advice: it works today, says itself that it may not tomorrow, and the
//! fix is one word.

use super::super::file::files;
use crate::fact::{Certainty, Citation, Publication};
use crate::packages::{Manager, is_plain};
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::text::text;

static MANUAL: Publication = Publication {
    title: "Debian manual page apt(8): Script usage and differences from other APT tools",
    url: "https://manpages.debian.org/stable/apt/apt.8.en.html",
    date: "",
};

static FOR_PEOPLE: Citation = Citation {
    publication: &MANUAL,
    says: text(
        "apt's command line may change between versions; scripts should use apt-get and apt-cache",
        "apt 的命令行可能随版本变化，脚本应使用 apt-get 和 apt-cache",
    ),
    certainty: Certainty::Documented,
};

/// What `apt` does under the name of a tool for scripts. Not `upgrade`: apt's installs new packages
/// where apt-get's does not.
const SUBCOMMANDS: &[(&str, &str)] = &[
    ("install", "apt-get"),
    ("remove", "apt-get"),
    ("purge", "apt-get"),
    ("update", "apt-get"),
    ("autoremove", "apt-get"),
    ("clean", "apt-get"),
    ("show", "apt-cache"),
    ("search", "apt-cache"),
];

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/no-apt",
    severity: Severity::Info,
    summary: text("apt in a script", "脚本中使用 apt"),
    message: text("apt is made for people at a terminal", "apt 供人在终端使用"),
    why: text(
        "Its options and output may change with the next base image, and it warns of that in every build log.",
        "其选项和输出可能随基础镜像变化，并会在每次构建日志中给出警告。",
    ),
    help: text("use apt-get, or apt-cache to search", "请使用 apt-get，搜索用 apt-cache"),
    rests_on: &[&FOR_PEOPLE],
    aliases: &["DL3027", "CKV_DOCKER_9"],
    examples: &[
        bad("FROM debian:12\nRUN «apt» install -y curl\n")
            .fixed("FROM debian:12\nRUN apt-get install -y curl\n"),
        bad("FROM debian:12\nRUN apt-get update && «apt» list\n"),
        bad("FROM debian:12\nRUN sudo «apt» update\n")
            .fixed("FROM debian:12\nRUN sudo apt-get update\n"),
        good("FROM debian:12\nRUN apt-get install -y apt\n"),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for run in cx.runs(file.document) {
            for one in run.invocations.iter().filter(|one| one.manager == Manager::Apt) {
                let at = file.at(one.program.span);
                let finding = found.add(&RULE, at);
                let known = SUBCOMMANDS.iter().find(|(known, _)| *known == one.action);
                let is_plain = is_plain(one.program) && one.program.literal() == Some("apt");
                if let Some((_, tool)) = known.filter(|_| is_plain) {
                    finding.fix(
                        Fix::safe(text("use {tool}", "使用 {tool}"))
                            .arg("tool", tool)
                            .replace(at, *tool),
                    );
                }
            }
        }
    }
}
