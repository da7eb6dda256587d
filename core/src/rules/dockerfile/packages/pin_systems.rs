//! Versions of the distributions' packages. Strict, for the reason given in `pin`.

use super::pin::{self, is_path};
use super::sources;
use crate::fact::{Certainty, Citation};
use crate::packages::{APT as APT_TOOLS, Invocation, Manager};
use crate::rule::{Rule, bad, good};
use crate::text::text;

static APT_VERSION: Citation = Citation {
    publication: &sources::APT_GET,
    says: text(
        "a package's version is chosen with an equals sign and the version behind its name",
        "在软件包名后加等号和版本号即可选择版本",
    ),
    certainty: Certainty::Documented,
};

static APK_VERSION: Citation = Citation {
    publication: &sources::APK_WORLD,
    says: text(
        "a package may be followed by an operator (=, <, >, ~) and a version",
        "软件包名后可跟运算符（=、<、>、~）和版本号",
    ),
    certainty: Certainty::Documented,
};

static DNF_VERSION: Citation = Citation {
    publication: &sources::DNF,
    says: text(
        "a package is named by name, or by name-version, name-version-release and further forms",
        "软件包可写作 name、name-version、name-version-release 等形式",
    ),
    certainty: Certainty::Documented,
};

static YUM_VERSION: Citation = Citation {
    publication: &sources::YUM,
    says: text(
        "a package is named by name, name-version, name-version-release and further forms",
        "软件包可写作 name、name-version、name-version-release 等形式",
    ),
    certainty: Certainty::Documented,
};

static ZYPPER_VERSION: Citation = Citation {
    publication: &sources::ZYPPER,
    says: text(
        "a package may be followed by =, <, <=, > or >= and an edition",
        "软件包名后可跟 =、<、<=、> 或 >= 和版本",
    ),
    certainty: Certainty::Documented,
};

pub(in super::super) static APT: Rule = Rule {
    id: "dockerfile/pin-apt",
    summary: text("apt package without version", "apt 软件包未指定版本"),
    help: text(
        "write `{package}=VERSION`, or take a base image by its digest",
        "请写作 `{package}=版本`，或用摘要指定基础镜像",
    ),
    rests_on: &[&APT_VERSION],
    aliases: &["DL3008"],
    examples: &[
        bad("FROM debian:12\nRUN apt-get install -y «nginx» curl redis=5:7.0.15-1\n"),
        bad("FROM debian:12\nRUN apt-get install -y -t bookworm-backports «git»\n"),
        good("FROM debian:12\nRUN apt-get install -y nginx=1.22.* ./local.deb curl/bookworm\n"),
        good("FROM debian:12\nRUN apt-get install -y nginx=$NGINX $MORE && apt-get remove curl\n"),
    ],
    check: |cx, found| {
        pin::report(cx, found, &APT, APT_TOOLS, |run, package| {
            run.does(&["install"])
                && !package.contains(['=', '^'])
                && !is_path(package)
                && !package.ends_with(".deb")
                // `name-` removes.
                && !package.ends_with('-')
        });
    },
    ..pin::DEFAULT
};

pub(in super::super) static APK: Rule = Rule {
    id: "dockerfile/pin-apk",
    summary: text("apk package without version", "apk 软件包未指定版本"),
    help: text(
        "write `{package}=VERSION`, or `{package}~VERSION` for any of its revisions",
        "请写作 `{package}=版本`，或用 `{package}~版本` 接受该版本的任意修订",
    ),
    rests_on: &[&APK_VERSION],
    aliases: &["DL3018"],
    examples: &[
        bad("FROM alpine:3.20\nRUN apk add --no-cache --virtual .build «gcc» make\n"),
        good("FROM alpine:3.20\nRUN apk add --no-cache 'gcc~13' \"make>4\" tool.apk $MORE\n"),
    ],
    check: |cx, found| {
        pin::report(cx, found, &APK, &[Manager::Apk], |run, package| {
            run.does(&["add"])
                && !package.contains(['=', '~', '<', '>'])
                && !package.ends_with(".apk")
                // `!name` is a conflict.
                && !package.starts_with('!')
        });
    },
    ..pin::DEFAULT
};

pub(in super::super) static YUM: Rule = Rule {
    id: "dockerfile/pin-yum",
    summary: text("yum package without version", "yum 软件包未指定版本"),
    help: text("write `{package}-VERSION`", "请写作 `{package}-版本`"),
    rests_on: &[&YUM_VERSION],
    aliases: &["DL3033"],
    examples: &[
        bad("FROM centos:7\nRUN yum install -y epel-release-7-14 «gcc-c++»\n"),
        bad("FROM centos:7\nRUN yum module install -y «nodejs»\n"),
        good("FROM centos:7\nRUN yum install -y gcc-c++-4.8.5 @base https://example.com/a.rpm\n"),
    ],
    check: |cx, found| pin::report(cx, found, &YUM, &[Manager::Yum], is_loose_rpm),
    ..pin::DEFAULT
};

pub(in super::super) static DNF: Rule = Rule {
    id: "dockerfile/pin-dnf",
    summary: text("dnf package without version", "dnf 软件包未指定版本"),
    help: text("write `{package}-VERSION`", "请写作 `{package}-版本`"),
    rests_on: &[&DNF_VERSION],
    aliases: &["DL3041"],
    examples: &[
        bad("FROM fedora:42\nRUN dnf install -y «rpm-sign» git-2.49.0\n"),
        bad("FROM fedora:42\nRUN microdnf install «tar»\n"),
        good("FROM fedora:42\nRUN dnf -y group install 'Development Tools'\n"),
        good("FROM fedora:42\nRUN dnf -y module install nodejs:22 && dnf remove -y git\n"),
    ],
    check: |cx, found| {
        pin::report(cx, found, &DNF, &[Manager::Dnf, Manager::Microdnf], is_loose_rpm);
    },
    ..pin::DEFAULT
};

pub(in super::super) static ZYPPER: Rule = Rule {
    id: "dockerfile/pin-zypper",
    summary: text("zypper package without version", "zypper 软件包未指定版本"),
    help: text("write `{package}=VERSION`", "请写作 `{package}=版本`"),
    rests_on: &[&ZYPPER_VERSION],
    aliases: &["DL3037"],
    examples: &[
        bad("FROM opensuse/leap:15.6\nRUN zypper -n in «gcc» 'make>=4'\n"),
        good("FROM opensuse/leap:15.6\nRUN zypper -n in -t pattern devel_basis\n"),
        good("FROM opensuse/leap:15.6\nRUN zypper -n in gcc=7 tool-1.0.rpm\n"),
    ],
    check: |cx, found| {
        pin::report(cx, found, &ZYPPER, &[Manager::Zypper], |run, package| {
            run.does(&["install", "in"])
                && !run.has_flag(&["-t", "--type"])
                && !package.contains(['=', '<', '>', ':'])
                && !has_rpm_version(package)
        });
    },
    ..pin::DEFAULT
};

fn is_loose_rpm(run: &Invocation<'_>, package: &str) -> bool {
    match &*run.action {
        "install" | "in" => !has_rpm_version(package),
        "module install" => !package.contains(':'),
        _ => false,
    }
}

/// `name-1.2-3`, a file, an address, a group (`@base`), a capability (`perl(Foo)`).
fn has_rpm_version(package: &str) -> bool {
    package.contains(['=', '<', '>', '(', '/'])
        || package.starts_with('@')
        || package.ends_with(".rpm")
        || package.split('-').skip(1).any(|part| part.starts_with(|c: char| c.is_ascii_digit()))
}
