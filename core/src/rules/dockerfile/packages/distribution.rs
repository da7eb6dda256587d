//! A whole distribution brought up to date inside of an image.
//!
//! Strict: the security fixes of the day may be wanted, and rolling distributions are updated so.

use super::super::file::files;
use super::sources;
use crate::fact::{Certainty, Citation};
use crate::packages::{APT as APT_TOOLS, Manager};
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::{Text, text};

static APT_DISTRIBUTION: Citation = Citation {
    publication: &sources::APT_GET,
    says: text(
        "dist-upgrade may remove packages to resolve changed dependencies",
        "dist-upgrade 会处理依赖关系的变化，必要时删除软件包",
    ),
    certainty: Certainty::Documented,
};

static ZYPPER_DISTRIBUTION: Citation = Citation {
    publication: &sources::ZYPPER,
    says: text(
        "dist-upgrade brings the whole system to the state of the repositories, removing packages where needed",
        "dist-upgrade 使整个系统与软件源一致，必要时删除软件包",
    ),
    certainty: Certainty::Documented,
};

const MESSAGE: Text =
    text("`{tool} {action}` upgrades the whole distribution", "`{tool} {action}` 会升级整个发行版");

const WHY: Text = text(
    "The image is no longer what its base image says, each build differs, and packages may be removed.",
    "镜像不再与基础镜像一致，每次构建结果不同，还可能删除软件包。",
);

const HELP: Text = text("take a newer base image instead", "请改用更新的基础镜像");

pub(in super::super) static APT: Rule = Rule {
    id: "dockerfile/apt-dist-upgrade",
    severity: Severity::Info,
    strict: true,
    summary: text("apt-get dist-upgrade in an image", "镜像中执行 apt-get dist-upgrade"),
    message: MESSAGE,
    why: WHY,
    help: HELP,
    rests_on: &[&APT_DISTRIBUTION],
    aliases: &["DS-0024", "DL3005"],
    examples: &[
        bad("FROM debian:12\nRUN apt-get update && apt-get -y «dist-upgrade»\n"),
        good("FROM debian:12\nRUN apt-get update && apt-get -y upgrade\n"),
    ],
    check: |cx, found| check(cx, found, &APT, APT_TOOLS, &["dist-upgrade", "full-upgrade"]),
    ..Rule::DEFAULT
};

pub(in super::super) static ZYPPER: Rule = Rule {
    id: "dockerfile/zypper-dist-upgrade",
    severity: Severity::Info,
    strict: true,
    summary: text("zypper dist-upgrade in an image", "镜像中执行 zypper dist-upgrade"),
    message: MESSAGE,
    why: WHY,
    help: HELP,
    rests_on: &[&ZYPPER_DISTRIBUTION],
    aliases: &["DL3035"],
    examples: &[
        bad("FROM opensuse/leap:15.6\nRUN zypper -n «dup»\n"),
        good("FROM opensuse/leap:15.6\nRUN zypper -n patch\n"),
    ],
    check: |cx, found| check(cx, found, &ZYPPER, &[Manager::Zypper], &["dist-upgrade", "dup"]),
    ..Rule::DEFAULT
};

fn check(
    cx: &Context<'_>,
    found: &mut Findings,
    rule: &'static Rule,
    managers: &[Manager],
    actions: &[&str],
) {
    for file in files(cx) {
        for run in cx.runs(file.document) {
            let ours = run.invocations.iter().filter(|one| managers.contains(&one.manager));
            for one in ours.filter(|one| one.does(actions)) {
                let Some(action) = one.action_word else { continue };
                found
                    .add(rule, file.at(action.span))
                    .arg("tool", one.program.literal().unwrap_or_default())
                    .arg("action", &one.action);
            }
        }
    }
}
