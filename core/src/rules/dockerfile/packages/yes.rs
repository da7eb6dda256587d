//! Questions that nobody answers: a manager that is not told to assume yes.
//!
//! In the default set: yum, dnf and zypper abort at the end of their input, so the build fails.
//! apt-get asks only where it wants to do more than it was told, which is why that is a warning.

use super::super::file::files;
use super::{sources, speaks_of};
use crate::fact::{Certainty, Citation};
use crate::packages::{APT as APT_TOOLS, Invocation, Manager, Run};
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::{Text, text};

static APT_ASKS: Citation = Citation {
    publication: &sources::APT_GET,
    says: text(
        "-y assumes yes to all prompts; -qq and two -q imply it",
        "-y 对所有提示回答“是”；-qq 或两个 -q 隐含 -y",
    ),
    certainty: Certainty::Documented,
};

static YUM_ASKS: Citation = Citation {
    publication: &sources::YUM,
    says: text("-y assumes that every question is answered yes", "-y 假定所有问题都回答“是”"),
    certainty: Certainty::Documented,
};

static DNF_ASKS: Citation = Citation {
    publication: &sources::DNF,
    says: text(
        "-y, --assumeyes answers yes to all questions",
        "-y、--assumeyes 对所有问题自动回答“是”",
    ),
    certainty: Certainty::Documented,
};

static ZYPPER_ASKS: Citation = Citation {
    publication: &sources::ZYPPER,
    says: text(
        "--non-interactive asks nothing and takes the default answers; -y needs no confirmation",
        "--non-interactive 不提问并采用默认回答；-y 无需确认",
    ),
    certainty: Certainty::Documented,
};

const WHY: Text = text(
    "Nobody answers during a build: the question reads the end of its input, the manager aborts, and the build fails.",
    "构建时无人回答：包管理器读不到回答便会中止，构建失败。",
);

const TITLE: Text = text("add {words}", "添加 {words}");

pub(in super::super) static APT: Rule = Rule {
    id: "dockerfile/apt-yes",
    severity: Severity::Warning,
    summary: text("apt-get that asks a question", "apt-get 会提问"),
    message: text("`{tool} {action}` asks whether to go on", "`{tool} {action}` 会询问是否继续"),
    why: text(
        "Nobody answers during a build: as soon as more is to be installed than the packages that are named, apt-get asks, aborts, and the build fails.",
        "构建时无人回答：只要需要安装所列软件包以外的内容，apt-get 就会询问并中止，构建失败。",
    ),
    help: text("add `-y`", "请添加 `-y`"),
    rests_on: &[&APT_ASKS],
    aliases: &["DL3014", "DS-0021"],
    examples: &[
        bad("FROM debian:12\nRUN apt-get update && apt-get «install» curl\n")
            .fixed("FROM debian:12\nRUN apt-get update && apt-get install -y curl\n"),
        bad("FROM debian:12\nRUN apt-get -q «upgrade»\n")
            .fixed("FROM debian:12\nRUN apt-get -q upgrade -y\n"),
        bad("FROM debian:12\nRUN [\"apt-get\", \"«install»\", \"curl\"]\n"),
        good("FROM debian:12\nRUN apt-get -yq install curl && apt-get install -qq wget\n"),
        good("FROM debian:12\nRUN yes | apt-get install curl\n"),
        good("FROM debian:12\nRUN apt-get install $OPTIONS curl\n"),
        good(
            "FROM debian:12\nRUN echo 'APT::Get::Assume-Yes \"1\";' > /etc/apt/apt.conf.d/9yes\nRUN apt-get install curl\n",
        ),
    ],
    check: |cx, found| ask(cx, found, &APT, APT_TOOLS, APT_ACTIONS),
    ..Rule::DEFAULT
};

pub(in super::super) static YUM: Rule = Rule {
    id: "dockerfile/yum-yes",
    severity: Severity::Error,
    summary: text("yum that asks a question", "yum 会提问"),
    message: text("`{tool} {action}` asks whether to go on", "`{tool} {action}` 会询问是否继续"),
    why: WHY,
    help: text("add `-y`", "请添加 `-y`"),
    rests_on: &[&YUM_ASKS],
    aliases: &["DL3030"],
    examples: &[
        bad("FROM centos:7\nRUN yum «install» gcc\n")
            .fixed("FROM centos:7\nRUN yum install -y gcc\n"),
        good("FROM centos:7\nRUN yum -y install gcc && yum clean all\n"),
    ],
    check: |cx, found| ask(cx, found, &YUM, &[Manager::Yum], RPM_ACTIONS),
    ..Rule::DEFAULT
};

pub(in super::super) static DNF: Rule = Rule {
    id: "dockerfile/dnf-yes",
    severity: Severity::Error,
    summary: text("dnf that asks a question", "dnf 会提问"),
    message: text("`{tool} {action}` asks whether to go on", "`{tool} {action}` 会询问是否继续"),
    why: WHY,
    help: text("add `-y`", "请添加 `-y`"),
    rests_on: &[&DNF_ASKS],
    aliases: &["DL3038"],
    examples: &[
        bad("FROM fedora:42\nRUN dnf «install» gcc && dnf clean all\n")
            .fixed("FROM fedora:42\nRUN dnf install -y gcc && dnf clean all\n"),
        bad("FROM fedora:42\nRUN dnf module «install» nodejs:22\n")
            .fixed("FROM fedora:42\nRUN dnf module install -y nodejs:22\n"),
        bad("FROM almalinux:9-minimal\nRUN microdnf «install» tar\n")
            .fixed("FROM almalinux:9-minimal\nRUN microdnf install -y tar\n"),
        good("FROM fedora:42\nRUN dnf --assumeyes install gcc && dnf search gcc\n"),
    ],
    check: |cx, found| ask(cx, found, &DNF, &[Manager::Dnf, Manager::Microdnf], RPM_ACTIONS),
    ..Rule::DEFAULT
};

pub(in super::super) static ZYPPER: Rule = Rule {
    id: "dockerfile/zypper-yes",
    severity: Severity::Error,
    summary: text("zypper that asks a question", "zypper 会提问"),
    message: text("`{tool} {action}` asks whether to go on", "`{tool} {action}` 会询问是否继续"),
    why: WHY,
    help: text(
        "add `--non-interactive` in front of `{action}`",
        "请在 `{action}` 之前添加 `--non-interactive`",
    ),
    rests_on: &[&ZYPPER_ASKS],
    aliases: &["DL3034"],
    examples: &[
        bad("FROM opensuse/leap:15.6\nRUN zypper «install» gcc && zypper clean\n").fixed(
            "FROM opensuse/leap:15.6\nRUN zypper --non-interactive install gcc && zypper clean\n",
        ),
        good("FROM opensuse/leap:15.6\nRUN zypper -n in gcc && zypper install -y make\n"),
    ],
    check: |cx, found| ask(cx, found, &ZYPPER, &[Manager::Zypper], ZYPPER_ACTIONS),
    ..Rule::DEFAULT
};

const APT_ACTIONS: &[&str] = &[
    "install",
    "upgrade",
    "dist-upgrade",
    "full-upgrade",
    "safe-upgrade",
    "build-dep",
    "satisfy",
    "remove",
    "purge",
    "autoremove",
    "autopurge",
];

const RPM_ACTIONS: &[&str] = &[
    "install",
    "in",
    "localinstall",
    "groupinstall",
    "group install",
    "module install",
    "module enable",
    "reinstall",
    "upgrade",
    "update",
    "up",
    "downgrade",
    "distro-sync",
    "swap",
    "builddep",
    "remove",
    "erase",
    "autoremove",
];

const ZYPPER_ACTIONS: &[&str] = &[
    "install",
    "in",
    "remove",
    "rm",
    "update",
    "up",
    "patch",
    "dist-upgrade",
    "dup",
    "source-install",
    "si",
    "install-new-recommends",
    "inr",
];

fn ask(
    cx: &Context<'_>,
    found: &mut Findings,
    rule: &'static Rule,
    managers: &[Manager],
    actions: &[&str],
) {
    for file in files(cx) {
        // A line for apt's configuration.
        if managers == APT_TOOLS && speaks_of(file, "Assume-Yes") {
            continue;
        }
        for run in cx.runs(file.document) {
            let ours = run.invocations.iter().filter(|one| managers.contains(&one.manager));
            for one in ours.filter(|one| one.does(actions) && asks(one)) {
                let Some(action) = one.action_word else { continue };
                if one.has_unknown_words || is_answered(run, one) {
                    continue;
                }
                let finding = found.add(rule, file.at(action.span));
                let tool = one.program.literal().unwrap_or_default();
                finding.arg("tool", tool).arg("action", &one.action);
                if one.manager == Manager::Microdnf {
                    // It assumes yes; dnf 5, which takes over its name, asks.
                    finding.severity(Severity::Info);
                }
                let fix = match one.manager {
                    Manager::Zypper => run.insert_behind(one.program, "--non-interactive", TITLE),
                    _ => run.insert_behind(action, "-y", TITLE),
                };
                if let Some(fix) = fix {
                    finding.fix(fix);
                }
            }
        }
    }
}

/// Whether no option keeps it from asking.
fn asks(one: &Invocation<'_>) -> bool {
    let has = |names: &[&str]| one.has_flag(names);
    let is_told = match one.manager {
        Manager::AptGet | Manager::Apt | Manager::Aptitude => {
            let quiet = one.flags.iter().filter(|flag| matches!(&*flag.name, "-q" | "--quiet"));
            let level: usize =
                quiet.map(|flag| flag.value.map_or(1, |level| level.parse().unwrap_or(2))).sum();
            level >= 2
                || has(&["-y", "--yes", "--assume-yes", "--assume-no", "--force-yes"])
                || has(&["-s", "--simulate", "--just-print", "--dry-run", "--recon", "--no-act"])
                || has(&["--print-uris", "-h", "--help"])
                || one.values(&["-o", "--option"]).any(|value| value.contains("Assume-Yes"))
        }
        Manager::Zypper => {
            has(&["-n", "--non-interactive", "-y", "--no-confirm", "-D", "--dry-run"])
                || has(&["-h", "--help"])
        }
        _ => {
            has(&["-y", "--assumeyes", "--assume-yes", "--assumeno", "-h", "--help"])
                || one.values(&["--setopt"]).any(|value| value.starts_with("assumeyes"))
        }
    };
    !is_told
}

/// Whether something is piped or redirected into it that may be an answer.
fn is_answered(run: &Run<'_>, one: &Invocation<'_>) -> bool {
    let speaks = |command: &&crate::shell::SimpleCommand| {
        command.position.in_pipeline && matches!(command.name(), Some("yes" | "echo" | "printf"))
    };
    one.command.redirections.iter().any(|one| one.operator.starts_with('<'))
        || (one.command.position.in_pipeline
            && run.commands().iter().take(one.at).any(|command| speaks(&command)))
}
