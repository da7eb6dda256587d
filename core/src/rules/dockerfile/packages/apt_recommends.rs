//! Recommended packages, which apt-get installs unless it is told not to.
//!
//! Strict: whether an image can do without them, only its maintainer knows.

use super::super::file::files;
use super::{sources, speaks_of};
use crate::fact::{Certainty, Citation};
use crate::packages::Manager;
use crate::rule::{Context, Findings, Rule, Safety, Severity, bad, good};
use crate::text::text;

static RECOMMENDS: Citation = Citation {
    publication: &sources::APT_GET,
    says: text(
        "--no-install-recommends keeps recommended packages from being installed as dependencies",
        "--no-install-recommends 不把推荐的软件包当作依赖安装",
    ),
    certainty: Certainty::Documented,
};

pub(in super::super) static RULE: Rule = Rule {
    id: "dockerfile/apt-no-recommends",
    severity: Severity::Info,
    strict: true,
    summary: text("Recommended packages are installed", "安装了推荐的软件包"),
    message: text(
        "`{tool} install` also installs recommended packages",
        "`{tool} install` 还会安装推荐的软件包",
    ),
    why: text(
        "Packages that nothing needs make the image larger and its attack surface wider.",
        "不需要的软件包会增大镜像，也会扩大攻击面。",
    ),
    help: text(
        "add `--no-install-recommends`, and name what is still needed",
        "请添加 `--no-install-recommends`，并列出仍然需要的软件包",
    ),
    rests_on: &[&RECOMMENDS],
    aliases: &["DL3015", "DS-0029"],
    examples: &[
        bad("FROM debian:12\nRUN apt-get «install» -y curl\n"),
        bad("FROM debian:12\nRUN apt-get -y «install» curl\n"),
        good("FROM debian:12\nRUN apt-get install -y --no-install-recommends curl\n"),
        good("FROM debian:12\nRUN apt-get -o APT::Install-Recommends=0 install -y curl\n"),
        good(
            "FROM debian:12\nRUN echo 'APT::Install-Recommends \"0\";' > /etc/apt/apt.conf.d/9\nRUN apt-get install -y curl\n",
        ),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        if speaks_of(file, "APT::Install-Recommends \"") {
            continue;
        }
        for run in cx.runs(file.document) {
            for one in &run.invocations {
                let is_apt = matches!(one.manager, Manager::AptGet | Manager::Apt);
                let is_told = one.has_flag(&["--no-install-recommends", "--install-recommends"])
                    || one.values(&["-o", "--option"]).any(|it| it.contains("Install-Recommends"));
                if !is_apt || !one.does(&["install"]) || is_told || one.has_unknown_words {
                    continue;
                }
                let Some(action) = one.action_word else { continue };
                let finding = found.add(&RULE, file.at(action.span));
                finding.arg("tool", one.program.literal().unwrap_or_default());
                let title = text("add {words}", "添加 {words}");
                if let Some(mut fix) = run.insert_behind(action, "--no-install-recommends", title) {
                    // What is no longer installed may be needed.
                    fix.safety = Safety::Unsafe;
                    finding.fix(fix);
                }
            }
        }
    }
}
