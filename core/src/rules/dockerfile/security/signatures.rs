//! Packages that are installed without a check of their signature.
//!
//! Default: the signature is what makes a mirror harmless.

use super::super::file::{File, files};
use crate::fact::{Certainty, Citation, Publication};
use crate::rule::{Context, Findings, Rule, bad, good};
use crate::shell::Call;
use crate::text::{Span, Text, text};

static APK_MANUAL: Publication = Publication {
    title: "apk(8): global options, --allow-untrusted",
    url: "https://man.archlinux.org/man/apk.8.en",
    date: "",
};

static UNTRUSTED: Citation = Citation {
    publication: &APK_MANUAL,
    says: text(
        "--allow-untrusted installs packages with an untrusted signature or none",
        "--allow-untrusted 会安装签名不受信任或没有签名的软件包",
    ),
    certainty: Certainty::Documented,
};

static APT_MANUAL: Publication = Publication {
    title: "Debian manual page apt-get(8): --allow-unauthenticated, --force-yes",
    url: "https://manpages.debian.org/stable/apt/apt-get.8.en.html",
    date: "",
};

static UNAUTHENTICATED: Citation = Citation {
    publication: &APT_MANUAL,
    says: text(
        "--allow-unauthenticated ignores that packages cannot be authenticated; --force-yes does so too, goes on with anything else that may harm the system, and is deprecated",
        "--allow-unauthenticated 忽略软件包无法验证的问题；--force-yes 同样如此，还会继续其他可能损坏系统的操作，且已弃用",
    ),
    certainty: Certainty::Documented,
};

pub(super) static DNF_CONF: Publication = Publication {
    title: "dnf.conf(5): DNF configuration reference, gpgcheck and sslverify",
    url: "https://dnf.readthedocs.io/en/latest/conf_ref.html",
    date: "",
};

static GPG: Citation = Citation {
    publication: &DNF_CONF,
    says: text(
        "gpgcheck says whether the signatures of packages are checked; --nogpgcheck skips it",
        "gpgcheck 决定是否校验软件包签名；--nogpgcheck 跳过校验",
    ),
    certainty: Certainty::Documented,
};

static RPM_MANUAL: Publication = Publication {
    title: "Linux manual pages rpm-common(8) and rpm(8): --nosignature, --nodigest, --noverify, --nofiledigest",
    url: "https://man7.org/linux/man-pages/man8/rpm-common.8.html",
    date: "",
};

static RPM_CHECKS: Citation = Citation {
    publication: &RPM_MANUAL,
    says: text(
        "these options skip the check of signatures and digests of packages and of their files",
        "这些选项跳过对软件包及其文件的签名和摘要的校验",
    ),
    certainty: Certainty::Documented,
};

const MESSAGE: Text = text(
    "`{flag}` lets {program} install packages that nobody vouches for",
    "`{flag}` 使 {program} 安装未经签名验证的软件包",
);

const WHY: Text = text(
    "Whoever can write to the mirror, or stands on the way to it, decides what runs in the image.",
    "任何能写入软件源或处在传输途中的人，都能决定镜像中运行什么。",
);

const HELP: Text = text(
    "take the flag out, and add the key of the repository before it is used",
    "去掉该选项，并在使用软件源之前加入其密钥",
);

pub(in super::super) static APK: Rule = Rule {
    id: "dockerfile/sig-apk",
    summary: text("apk takes untrusted packages", "apk 接受不受信任的软件包"),
    message: MESSAGE,
    why: WHY,
    help: text(
        "take the flag out, and put the key that signed the package into /etc/apk/keys",
        "去掉该选项，并把签名软件包的公钥放入 /etc/apk/keys",
    ),
    rests_on: &[&UNTRUSTED],
    aliases: &["CKV2_DOCKER_7"],
    examples: &[
        bad("FROM alpine:3.20\nRUN apk add «--allow-untrusted» /tmp/tool.apk\n"),
        good("FROM alpine:3.20\nRUN apk add curl && echo --allow-untrusted\n"),
    ],
    check: |cx, found| long_flags(cx, found, &APK, &["apk"], &["--allow-untrusted"]),
    ..Rule::DEFAULT
};

const APT_PROGRAMS: &[&str] = &["apt-get", "apt", "aptitude"];

pub(in super::super) static APT: Rule = Rule {
    id: "dockerfile/sig-apt",
    summary: text("apt-get takes unauthenticated packages", "apt-get 接受未经验证的软件包"),
    message: MESSAGE,
    why: WHY,
    help: HELP,
    rests_on: &[&UNAUTHENTICATED],
    aliases: &["CKV2_DOCKER_8"],
    examples: &[
        bad("FROM debian:12\nRUN apt-get install -y «--allow-unauthenticated» tool\n"),
        bad(
            "FROM debian:12\nRUN apt-get -o «APT::Get::AllowUnauthenticated=true» install -y tool\n",
        ),
        good("FROM debian:12\nRUN apt-get install -y tool\n"),
    ],
    check: apt,
    ..Rule::DEFAULT
};

fn apt(cx: &Context<'_>, found: &mut Findings) {
    long_flags(cx, found, &APT, APT_PROGRAMS, &["--allow-unauthenticated"]);
    const OPTION: &str = "apt::get::allowunauthenticated=";
    for file in files(cx) {
        for call in cx.calls_of(file.document, APT_PROGRAMS) {
            for word in &call.arguments {
                let text = word.text().to_ascii_lowercase();
                let value = text.strip_prefix(OPTION);
                if value.is_some_and(|value| matches!(value, "true" | "1" | "yes")) {
                    add(file, found, &APT, call, (word.span, "APT::Get::AllowUnauthenticated"));
                }
            }
        }
    }
}

pub(in super::super) static APT_FORCE: Rule = Rule {
    id: "dockerfile/sig-apt-force",
    summary: text("apt-get --force-yes", "apt-get 使用 --force-yes"),
    message: text(
        "`{flag}` makes {program} go on whatever may break, unsigned packages included",
        "`{flag}` 使 {program} 不顾任何风险继续，包括未签名的软件包",
    ),
    why: text(
        "It skips the check of signatures and agrees to downgrades and removals of essential packages; apt has deprecated it.",
        "它跳过签名校验，并同意降级和删除必要的软件包；apt 已弃用该选项。",
    ),
    help: text(
        "take it out; use the one --allow-… option that is needed, such as --allow-downgrades",
        "请删除；只使用确实需要的 --allow-… 选项，例如 --allow-downgrades",
    ),
    rests_on: &[&UNAUTHENTICATED],
    aliases: &["CKV2_DOCKER_11"],
    examples: &[
        bad("FROM debian:12\nRUN apt-get install -y «--force-yes» tool\n"),
        good("FROM debian:12\nRUN apt-get install -y --allow-downgrades tool=1\n"),
    ],
    check: |cx, found| long_flags(cx, found, &APT_FORCE, APT_PROGRAMS, &["--force-yes"]),
    ..Rule::DEFAULT
};

pub(in super::super) static YUM: Rule = Rule {
    id: "dockerfile/sig-yum",
    summary: text("packages without a check of their signature", "安装软件包时不校验签名"),
    message: MESSAGE,
    why: WHY,
    help: HELP,
    rests_on: &[&GPG],
    aliases: &["CKV2_DOCKER_9"],
    examples: &[
        bad("FROM fedora:41\nRUN dnf install -y «--nogpgcheck» make\n"),
        bad("FROM opensuse/leap:15.6\nRUN zypper «--no-gpg-checks» install -y make\n"),
        good("FROM fedora:41\nRUN dnf install -y make\n"),
    ],
    check: |cx, found| {
        const PROGRAMS: &[&str] = &["yum", "dnf", "dnf5", "microdnf", "tdnf", "zypper"];
        long_flags(cx, found, &YUM, PROGRAMS, &["--nogpgcheck", "--no-gpg-checks"]);
    },
    ..Rule::DEFAULT
};

pub(in super::super) static RPM: Rule = Rule {
    id: "dockerfile/sig-rpm",
    summary: text("rpm without a check of the package", "rpm 不校验软件包"),
    message: MESSAGE,
    why: WHY,
    help: text(
        "take the flag out, and import the key with `rpm --import` before",
        "去掉该选项，并事先用 `rpm --import` 导入密钥",
    ),
    rests_on: &[&RPM_CHECKS],
    aliases: &["CKV2_DOCKER_10"],
    examples: &[
        bad("FROM fedora:41\nRUN rpm -i «--nosignature» tool.rpm\n"),
        bad("FROM fedora:41\nRUN rpm «--nodigest» «--nofiledigest» -i tool.rpm\n"),
        good("FROM fedora:41\nRUN rpm -i tool.rpm\n"),
    ],
    check: |cx, found| {
        const FLAGS: &[&str] = &["--nosignature", "--nodigest", "--noverify", "--nofiledigest"];
        long_flags(cx, found, &RPM, &["rpm"], FLAGS);
    },
    ..Rule::DEFAULT
};

/// Reports each of `flags` that one of `programs` is given.
fn long_flags(
    cx: &Context<'_>,
    found: &mut Findings,
    rule: &'static Rule,
    programs: &[&str],
    flags: &[&str],
) {
    for file in files(cx) {
        for call in cx.calls_of(file.document, programs) {
            for flag in flags {
                for given in call.long(flag) {
                    add(file, found, rule, call, (given.span, flag));
                }
            }
        }
    }
}

fn add(
    file: File<'_>,
    found: &mut Findings,
    rule: &'static Rule,
    call: &Call,
    (span, flag): (Span, &str),
) {
    found.add(rule, file.at(span)).arg("flag", flag).arg("program", &call.program);
}
