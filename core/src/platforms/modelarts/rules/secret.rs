//! Credentials of the cloud in an image or script.

use super::super::spec::NO_SECRETS;
use super::ANY_USE;
use crate::dockerfile::{Body, Keyword};
use crate::document::{Document, Kind};
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::shell::{Script, Word};
use crate::text::text;
use crate::tree::is_placeholder;

pub(super) static SECRET: Rule = Rule {
    id: "modelarts/cloud-secret",
    severity: Severity::Error,
    summary: text("a cloud credential in the image", "镜像中包含云凭据"),
    message: text(
        "`{name}` is a credential, and stays in the image",
        "`{name}` 是凭据，会留在镜像中",
    ),
    why: text(
        "Whoever can pull the image reads it, and can act on the cloud account.",
        "能拉取镜像的人都能读取，并可操作云账号。",
    ),
    help: text(
        "take it out, renew it, and give it when the service is deployed",
        "删除并更换凭据，在部署时再提供",
    ),
    rests_on: &[&NO_SECRETS],
    examples: &[
        bad("FROM a:1\nENV SecretAccessKey=«abcdefgh12345678»\n"),
        bad("FROM a:1\nARG HUAWEICLOUD_SK=«abcdefgh12345678»\n"),
        bad("#!/bin/sh\nexport «HW_SK=abcdefgh12345678»\nexec gunicorn a:b\n"),
        bad(
            "#!/bin/sh\ndocker login -u cn-north-4@ABCD -p «0123456789abcdef» swr.cn-north-4.myhuaweicloud.com\n",
        ),
        good(
            "#!/bin/sh\ndocker login -u cn-north-4@ABCD -p \"$SWR_PASSWORD\" swr.cn-north-4.myhuaweicloud.com\n",
        ),
        good("FROM a:1\nENV SecretAccessKey=\n"),
        good("FROM a:1\nENV SECRET_KEY_FILE=/run/secrets/key\n"),
    ],
    check: secret,
    ..ANY_USE
};

/// Whether a variable of this name and value holds a cloud's secret key.
fn is_secret(name: &str, value: &str) -> bool {
    let plain = name.to_ascii_lowercase().replace('_', "");
    let is_secret_name = ["secretaccesskey", "huaweicloudsk", "hwsk", "cloudsdksk", "obssecretkey"]
        .iter()
        .any(|name| plain.ends_with(name));
    is_secret_name && value.len() > 7 && !is_placeholder(value)
}

fn secret(cx: &Context<'_>, found: &mut Findings) {
    for document in cx.of_kind(Kind::Dockerfile) {
        let Some(content) = document.dockerfile() else { continue };
        for instruction in &content.tree.instructions {
            let (Body::Pairs { pairs, .. } | Body::Args(pairs)) = &instruction.body else {
                continue;
            };
            for pair in pairs.iter().filter(|_| instruction.keyword != Keyword::Label) {
                let Some(value) = &pair.value else { continue };
                if is_secret(pair.name.raw(), value.raw().trim_matches(['"', '\''])) {
                    found.add(&SECRET, document.place(value.span)).arg("name", pair.name.raw());
                }
            }
        }
        for line in &content.command_lines {
            secrets_of(document, &line.script, found);
        }
    }
    for document in cx.of_kind(Kind::Shell) {
        if let Some(shell) = document.shell() {
            secrets_of(document, &shell.script, found);
        }
    }
}

/// Secrets in what a script assigns, exports, or logs in with.
fn secrets_of(document: &Document, script: &Script, found: &mut Findings) {
    for command in &script.commands {
        for assignment in &command.assignments {
            let value = assignment.value.literal().unwrap_or_default();
            if is_secret(&assignment.name, value) {
                found
                    .add(&SECRET, document.place(assignment.value.span))
                    .arg("name", &assignment.name);
            }
        }
        if matches!(command.name(), Some("export" | "declare" | "readonly")) {
            for word in command.words.iter().skip(1) {
                let Some(text) = word.written_value() else { continue };
                let Some((name, value)) = text.text().split_once('=') else { continue };
                if is_secret(name, value) {
                    found.add(&SECRET, document.place(word.span)).arg("name", name);
                }
            }
        }
        if command.name() == Some("docker") && command.has_argument("login") {
            let mut words = command.words.iter();
            let is_flag = |word: &&Word| matches!(word.literal(), Some("-p" | "--password"));
            let password = words.find(is_flag).and_then(|_| words.next());
            let written =
                password.filter(|word| word.literal().is_some_and(|text| !is_placeholder(text)));
            if let Some(word) = written {
                found.add(&SECRET, document.place(word.span)).arg("name", "docker login -p");
            }
        }
    }
}
