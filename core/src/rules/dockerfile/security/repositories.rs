//! `sslverify=false` of yum and dnf.
//!
//! Default: it is saved into the image and holds for every later installation.

use super::super::file::files;
use super::signatures::DNF_CONF;
use crate::fact::{Certainty, Citation};
use crate::rule::{Context, Findings, Rule, bad, good};
use crate::shell::Call;
use crate::text::{Span, text};

static VERIFY: Citation = Citation {
    publication: &DNF_CONF,
    says: text(
        "sslverify says whether the certificate of a repository's server is checked; on by default",
        "sslverify 决定是否校验软件源服务器的证书；默认开启",
    ),
    certainty: Certainty::Documented,
};

pub(in super::super) static RULE: Rule = Rule {
    id: "dockerfile/tls-yum",
    summary: text("a repository without a check of certificates", "软件源不校验证书"),
    message: text(
        "`{option}` switches off the check of the repository's certificate",
        "`{option}` 关闭了对软件源证书的校验",
    ),
    why: text(
        "Anybody between the builder and the repository can hand out other lists of packages.",
        "构建机与软件源之间的任何人都可以提供其他软件包列表。",
    ),
    help: text(
        "take it out; name the repository's authority with sslcacert if it has its own",
        "请删除；如果软件源有自有 CA，请用 sslcacert 指定",
    ),
    rests_on: &[&VERIFY],
    aliases: &["CKV2_DOCKER_15"],
    examples: &[
        bad("FROM fedora:41\nRUN dnf config-manager --save --setopt=«*.sslverify=false»\n"),
        bad("FROM centos:7\nRUN yum-config-manager --setopt=\"«sslverify\"=0» --save\n"),
        bad("FROM centos:7\nRUN yum install -y --setopt «sslverify=No» make\n"),
        good("FROM fedora:41\nRUN dnf config-manager --save --setopt=sslverify=1\n"),
    ],
    check,
    ..Rule::DEFAULT
};

/// Those that take `--setopt`.
const PROGRAMS: &[&str] =
    &["yum", "dnf", "dnf5", "microdnf", "tdnf", "yum-config-manager", "dnf-config-manager"];

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for call in cx.calls_of(file.document, PROGRAMS) {
            for (span, option) in switched_off(call) {
                found.add(&RULE, file.at(span)).arg("option", option);
            }
        }
    }
}

fn switched_off(call: &Call) -> Vec<(Span, String)> {
    let mut found = Vec::new();
    for given in call.long("--setopt") {
        let Some((argument, from)) = given.value else { continue };
        let option = given.text();
        let Some((key, value)) = option.split_once('=') else { continue };
        let is_key = key == "sslverify" || key.ends_with(".sslverify");
        let value = value.to_ascii_lowercase();
        if is_key && matches!(value.as_str(), "0" | "false" | "no") {
            let whole = argument.text().len();
            let span = if from == 0 { argument.span } else { argument.tail(from, whole) };
            found.push((span, option.to_owned()));
        }
    }
    found
}
