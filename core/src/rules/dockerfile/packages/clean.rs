//! What yum, dnf, zypper and yarn keep in their caches stays in the layer.
//!
//! In the default set as advice, for stages that ship: the cache is of no use in an image. Yarn's
//! is strict, since Yarn 2 and later keep the packages themselves in it.

use super::super::file::files;
use super::sources;
use crate::fact::{Certainty, Citation};
use crate::packages::{Invocation, Manager, Run, Setting};
use crate::rule::{Context, Findings, Fix, Rule, Safety, Severity, bad, good};
use crate::text::{Text, text};

static DNF_CLEAN: Citation = Citation {
    publication: &sources::DNF,
    says: text(
        "clean removes the temporary files that dnf keeps for its repositories",
        "clean 删除 dnf 为软件源保留的临时文件",
    ),
    certainty: Certainty::Documented,
};

static YUM_CLEAN: Citation = Citation {
    publication: &sources::YUM,
    says: text(
        "clean removes what gathers in yum's cache over time",
        "clean 清除 yum 缓存目录中逐渐累积的内容",
    ),
    certainty: Certainty::Documented,
};

static ZYPPER_CLEAN: Citation = Citation {
    publication: &sources::ZYPPER,
    says: text("clean (cc) cleans the local caches", "clean（cc）清理本地缓存"),
    certainty: Certainty::Documented,
};

static YARN_CLEAN: Citation = Citation {
    publication: &sources::YARN_CACHE,
    says: text(
        "yarn keeps every package in a cache in the user's folder; yarn cache clean empties it",
        "yarn 把每个包保存在用户目录的缓存中；yarn cache clean 将其清空",
    ),
    certainty: Certainty::Documented,
};

const WHY: Text = text(
    "Nothing in the image reads it, and removing it in a later layer frees nothing.",
    "镜像中没有程序会读取它，在之后的层中删除并不能释放空间。",
);

const MESSAGE: Text = text(
    "what `{tool}` downloads here stays in its cache in this layer",
    "`{tool}` 在此下载的内容会留在这一层的缓存中",
);

/// A manager's cache.
struct Cache {
    manager: Manager,
    /// What fills it.
    fills: &'static [&'static str],
    /// Whether it cleans the cache.
    cleans: fn(&Invocation<'_>) -> bool,
    /// Where it is.
    paths: &'static [&'static str],
    /// What cleans it.
    command: &'static str,
}

const RPM_FILLS: &[&str] = &[
    "install",
    "in",
    "localinstall",
    "groupinstall",
    "group install",
    "module install",
    "reinstall",
    "rei",
    "upgrade",
    "update",
    "up",
    "upgrade-minimal",
    "update-minimal",
    "up-min",
    "downgrade",
    "dg",
    "distro-sync",
    "distrosync",
    "dsync",
    "builddep",
    "build-dep",
    "swap",
];

const RPM_PATHS: &[&str] = &["/var/cache/yum", "/var/cache/dnf", "/var/cache/libdnf5"];

fn cleans_all(one: &Invocation<'_>) -> bool {
    one.does(&["clean"])
        && one.operands.iter().any(|word| matches!(word.literal(), Some("all" | "packages")))
}

const YUM_CACHE: Cache = Cache {
    manager: Manager::Yum,
    fills: RPM_FILLS,
    cleans: |one| matches!(one.manager, Manager::Yum | Manager::Dnf) && cleans_all(one),
    paths: RPM_PATHS,
    command: "yum clean all",
};

const DNF_CACHE: Cache = Cache {
    manager: Manager::Dnf,
    fills: RPM_FILLS,
    cleans: |one| matches!(one.manager, Manager::Yum | Manager::Dnf) && cleans_all(one),
    paths: RPM_PATHS,
    command: "dnf clean all",
};

const MICRODNF_CACHE: Cache = Cache {
    manager: Manager::Microdnf,
    fills: RPM_FILLS,
    cleans: |one| matches!(one.manager, Manager::Microdnf | Manager::Dnf) && cleans_all(one),
    paths: RPM_PATHS,
    command: "microdnf clean all",
};

const ZYPPER_CACHE: Cache = Cache {
    manager: Manager::Zypper,
    fills: &["install", "in", "update", "up", "patch", "dist-upgrade", "dup", "source-install"],
    cleans: |one| one.manager == Manager::Zypper && one.does(&["clean", "cc"]),
    paths: &["/var/cache/zypp"],
    command: "zypper clean",
};

pub(in super::super) static YUM: Rule = Rule {
    id: "dockerfile/yum-clean",
    severity: Severity::Info,
    summary: text("yum's cache stays in the image", "yum 缓存留在镜像中"),
    message: MESSAGE,
    why: WHY,
    help: text("end this RUN with `yum clean all`", "请在这条 RUN 的末尾执行 `yum clean all`"),
    rests_on: &[&YUM_CLEAN],
    aliases: &["DL3032", "DS-0015"],
    examples: &[
        bad("FROM centos:7\nRUN yum «install» -y gcc\n")
            .fixed("FROM centos:7\nRUN yum install -y gcc && yum clean all\n"),
        good("FROM centos:7\nRUN yum install -y gcc && rm -rf /var/cache/yum\n"),
        good(
            "FROM centos:7 AS build\nRUN yum install -y gcc\nFROM scratch\nCOPY --from=build /a /\n",
        ),
    ],
    check: |cx, found| check(cx, found, &YUM, &YUM_CACHE),
    ..Rule::DEFAULT
};

pub(in super::super) static DNF: Rule = Rule {
    id: "dockerfile/dnf-clean",
    severity: Severity::Info,
    summary: text("dnf's cache stays in the image", "dnf 缓存留在镜像中"),
    message: MESSAGE,
    why: WHY,
    help: text("end this RUN with `dnf clean all`", "请在这条 RUN 的末尾执行 `dnf clean all`"),
    rests_on: &[&DNF_CLEAN],
    aliases: &["DL3040", "DS-0019"],
    examples: &[
        bad("FROM fedora:42\nRUN dnf -y «install» gcc \\\n  && gcc --version\n").fixed(
            "FROM fedora:42\nRUN dnf -y install gcc \\\n  && gcc --version \\\n  && dnf clean all\n",
        ),
        bad("FROM fedora:42\nRUN dnf clean all && dnf -y «upgrade»\n")
            .fixed("FROM fedora:42\nRUN dnf clean all && dnf -y upgrade && dnf clean all\n"),
        bad("FROM fedora:42\nRUN <<END\nset -e\ndnf -y «install» gcc\nEND\n")
            .fixed("FROM fedora:42\nRUN <<END\nset -e\ndnf -y install gcc && dnf clean all\nEND\n"),
        bad("FROM fedora:42\nRUN if command -v dnf; then dnf -y «install» gcc; fi\n")
            .fixed("FROM fedora:42\nRUN if command -v dnf; then dnf -y install gcc; fi\n"),
        bad("FROM fedora:42\nRUN dnf -y «install» gcc;\n")
            .fixed("FROM fedora:42\nRUN dnf -y install gcc;\n"),
        good("FROM fedora:42\nRUN dnf -y install gcc && dnf clean all\n"),
        good(
            "FROM fedora:42\nRUN --mount=type=cache,target=/var/cache/libdnf5 dnf -y install gcc\n",
        ),
    ],
    check: |cx, found| check(cx, found, &DNF, &DNF_CACHE),
    ..Rule::DEFAULT
};

pub(in super::super) static MICRODNF: Rule = Rule {
    id: "dockerfile/microdnf-clean",
    severity: Severity::Info,
    summary: text("microdnf's cache stays in the image", "microdnf 缓存留在镜像中"),
    message: MESSAGE,
    why: WHY,
    help: text(
        "end this RUN with `microdnf clean all`",
        "请在这条 RUN 的末尾执行 `microdnf clean all`",
    ),
    rests_on: &[&DNF_CLEAN],
    aliases: &["DL3040", "DS-0027"],
    examples: &[
        bad("FROM almalinux:9-minimal\nRUN microdnf «install» -y tar\n")
            .fixed("FROM almalinux:9-minimal\nRUN microdnf install -y tar && microdnf clean all\n"),
        good("FROM almalinux:9-minimal\nRUN microdnf install -y tar && microdnf clean all\n"),
    ],
    check: |cx, found| check(cx, found, &MICRODNF, &MICRODNF_CACHE),
    ..Rule::DEFAULT
};

pub(in super::super) static ZYPPER: Rule = Rule {
    id: "dockerfile/zypper-clean",
    severity: Severity::Info,
    summary: text("zypper's cache stays in the image", "zypper 缓存留在镜像中"),
    message: MESSAGE,
    why: WHY,
    help: text("end this RUN with `zypper clean`", "请在这条 RUN 的末尾执行 `zypper clean`"),
    rests_on: &[&ZYPPER_CLEAN],
    aliases: &["DL3036", "DS-0020"],
    examples: &[
        bad("FROM opensuse/leap:15.6\nRUN zypper -n «in» gcc\n")
            .fixed("FROM opensuse/leap:15.6\nRUN zypper -n in gcc && zypper clean\n"),
        good("FROM opensuse/leap:15.6\nRUN zypper -n in gcc && zypper cc -a\n"),
    ],
    check: |cx, found| check(cx, found, &ZYPPER, &ZYPPER_CACHE),
    ..Rule::DEFAULT
};

pub(in super::super) static YARN: Rule = Rule {
    id: "dockerfile/yarn-cache",
    severity: Severity::Info,
    strict: true,
    summary: text("yarn's cache stays in the image", "yarn 缓存留在镜像中"),
    message: MESSAGE,
    why: WHY,
    help: text(
        "end this RUN with `yarn cache clean`, or mount a cache with `--mount=type=cache`",
        "请在这条 RUN 的末尾执行 `yarn cache clean`，或用 `--mount=type=cache` 挂载缓存",
    ),
    rests_on: &[&YARN_CLEAN],
    aliases: &["DL3060"],
    examples: &[
        bad("FROM node:22\nRUN yarn «install» --frozen-lockfile\n"),
        bad("FROM node:22\nRUN «yarn» --production\n"),
        good("FROM node:22\nRUN yarn install && yarn cache clean\n"),
        good(
            "FROM node:22\nRUN --mount=type=cache,target=/root/.yarn yarn install && yarn run build\n",
        ),
    ],
    check: check_yarn,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings, rule: &'static Rule, cache: &Cache) {
    for file in files(cx) {
        for run in cx.runs(file.document).iter().filter(|run| run.ships) {
            let fills =
                |one: &&Invocation<'_>| one.manager == cache.manager && one.does(cache.fills);
            let Some(last) = run.invocations.iter().rfind(fills) else { continue };
            let is_clean =
                run.invocations.iter().any(|one| one.at > last.at && (cache.cleans)(one))
                    || cache.paths.iter().any(|path| {
                        run.mounts_path(path) || run.last_removal_of(path) > Some(last.at)
                    });
            let Some(action) = last.action_word.filter(|_| !is_clean) else { continue };
            let finding = found.add(rule, file.at(action.span));
            finding.arg("tool", last.program.literal().unwrap_or_default());
            if let Some(fix) = append(run, last, cache.command) {
                finding.fix(fix);
            }
        }
    }
}

fn append(run: &Run<'_>, last: &Invocation<'_>, command: &str) -> Option<Fix> {
    run.append(last, command, text("append {command}", "追加 {command}"))
}

fn check_yarn(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for run in cx.runs(file.document).iter().filter(|run| run.ships) {
            let Some(last) = run.invocations.iter().rfind(|one| fills_yarn(one)) else { continue };
            let cleans = |one: &Invocation<'_>| {
                one.manager == Manager::Yarn
                    && one.does(&["cache"])
                    && one.operands.iter().any(|word| word.literal() == Some("clean"))
            };
            let is_apart = last.has_flag(&["--cache-folder"])
                || !matches!(run.setting(last, "YARN_CACHE_FOLDER"), Setting::Unset);
            if is_apart
                || run.invocations.iter().any(|one| one.at > last.at && cleans(one))
                || run.last_removal(|path| path.contains("yarn") || path.contains(".cache"))
                    > Some(last.at)
                || run.mounts(|path| path.contains("yarn") || path.ends_with(".cache"))
            {
                continue;
            }
            let word = last.action_word.unwrap_or(last.program);
            let finding = found.add(&YARN, file.at(word.span));
            finding.arg("tool", last.program.literal().unwrap_or_default());
            if let Some(mut fix) = append(run, last, "yarn cache clean") {
                // Yarn 2 and later may run the packages out of the cache.
                fix.safety = Safety::Unsafe;
                finding.fix(fix);
            }
        }
    }
}

/// `yarn install`, `yarn add`, and `yarn` alone.
fn fills_yarn(one: &Invocation<'_>) -> bool {
    let asks_version = one.has_flag(&["-v", "--version", "-h", "--help"]);
    let is_bare = one.action.is_empty() && !one.has_unknown_words && !asks_version;
    one.manager == Manager::Yarn && (is_bare || one.does(&["install", "add", "global"]))
}
