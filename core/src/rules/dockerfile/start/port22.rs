//! A container that lets people log in. Strict: some images are made for just that.

use super::super::file::files;
use super::expose::expose_words;
use super::sources::EXPOSE;
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::text;

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/port22",
    severity: Severity::Warning,
    strict: true,
    summary: text("EXPOSE of SSH's port", "EXPOSE 了 SSH 端口"),
    message: text("port 22 is that of SSH", "22 是 SSH 端口"),
    why: text(
        "An SSH server in a service's container is another way in, with keys and updates of its own to care for.",
        "服务容器中的 SSH 服务等于多开一个入口，其密钥和更新都需要单独维护。",
    ),
    help: text(
        "leave the server out and use `docker exec` or `kubectl exec`",
        "去掉 SSH 服务，使用 `docker exec` 或 `kubectl exec`",
    ),
    rests_on: &[&EXPOSE],
    aliases: &["DS-0004", "CKV_DOCKER_1"],
    examples: &[
        bad("FROM debian:12\nEXPOSE 8080 «22»/tcp\n"),
        good("FROM debian:12\nEXPOSE 2222 22/udp\n"),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for word in expose_words(file).filter(|word| word.holds_tcp(22)) {
            found.add(&RULE, file.at(word.port_span()));
        }
    }
}
