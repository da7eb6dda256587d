//! Passwords that are set while the image is built.
//!
//! Default: a password in a layer is known to all who pull the image, and the same in each container.

use super::super::file::files;
use crate::fact::{Certainty, Citation, Publication};
use crate::rule::{Context, Findings, Rule, bad, good};
use crate::text::text;

static MANUAL: Publication = Publication {
    title: "Debian manual page chpasswd(8)",
    url: "https://manpages.debian.org/stable/passwd/chpasswd.8.en.html",
    date: "",
};

static READS: Citation = Citation {
    publication: &MANUAL,
    says: text(
        "it reads pairs of user and password in clear text and sets the passwords",
        "它读取明文的用户与密码对并设置密码",
    ),
    certainty: Certainty::Documented,
};

pub(in super::super) static RULE: Rule = Rule {
    id: "dockerfile/chpasswd",
    summary: text("a password is set in the image", "在镜像中设置密码"),
    message: text("`chpasswd` sets a password in the image", "`chpasswd` 在镜像中设置密码"),
    why: text(
        "Whoever pulls the image finds the password in its history or its shadow file, and it opens every container of the image.",
        "能拉取镜像的人都能从其历史或 shadow 文件中得到密码，并可用于该镜像的所有容器。",
    ),
    help: text(
        "do without a password: switch users with USER, and give access when the container starts",
        "不要设置密码：用 USER 切换用户，在容器启动时再授予访问权限",
    ),
    rests_on: &[&READS],
    aliases: &["CKV2_DOCKER_17"],
    examples: &[
        bad("FROM debian:12\nRUN useradd ann && echo \"ann:$PASS\" | «chpasswd»\n"),
        bad("FROM debian:12\nRUN sudo «chpasswd» < /tmp/users\n"),
        good("FROM debian:12\nRUN chgrp root /etc/passwd\n"),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for call in cx.calls_of(file.document, &["chpasswd"]) {
            found.add(&RULE, file.at(call.program_span));
        }
    }
}
