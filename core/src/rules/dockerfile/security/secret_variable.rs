//! Secrets in ENV and ARG.
//!
//! Default is what is sure: a value that is written out, a build argument that takes one, or a
//! variable that hands one on. What only a name suggests (`GPG_KEY` holds a public key's
//! fingerprint in most images) is strict: it is the most complained-of alarm of all linters.

use super::super::file::files;
use super::setting::{self, Setting};
use crate::dockerfile::Keyword;
use crate::fact::{Certainty, Citation, Publication};
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::secret::{Meaning, is_written_secret, meaning, tokens};
use crate::text::{Text, text};

static SECRETS: Publication = Publication {
    title: "Docker Docs: Build secrets",
    url: "https://docs.docker.com/build/building/secrets/",
    date: "",
};

/// Shared by the rules on secrets.
pub(super) static PERSIST: Citation = Citation {
    publication: &SECRETS,
    says: text(
        "build arguments and environment variables stay in the image; secret mounts do not",
        "构建参数和环境变量会留在镜像中；secret 挂载不会",
    ),
    certainty: Certainty::Documented,
};

const WHY: Text = text(
    "It is written into the image's configuration and history, where `docker history` and `docker inspect` show it to whoever pulls the image; a later instruction cannot take it back.",
    "它会写入镜像的配置和历史，任何拉取镜像的人都可用 `docker history` 和 `docker inspect` 查看，后续指令无法收回。",
);

const HELP: Text = text(
    "for the build, mount it: RUN --mount=type=secret,id=…; for the running service, give it when the container starts",
    "构建时请用挂载：RUN --mount=type=secret,id=…；服务运行时所需的请在容器启动时提供",
);

const ALIASES: &[&str] = &["DL3064", "SecretsUsedInArgOrEnv", "DS-0031"];

pub(in super::super) static WRITTEN: Rule = Rule {
    id: "dockerfile/secrets",
    summary: text("a secret in ENV or ARG", "ENV 或 ARG 中包含密钥"),
    message: text("the secret in `{name}` stays in the image", "`{name}` 中的密钥会留在镜像中"),
    why: WHY,
    help: HELP,
    rests_on: &[&PERSIST],
    aliases: ALIASES,
    examples: &[
        bad("FROM alpine:3.20\nENV DB_PASSWORD=«hunter2»\n"),
        bad("FROM alpine:3.20\nARG «NPM_TOKEN»\nRUN ./build\n"),
        bad("FROM alpine:3.20\nARG TOKEN_URL=https://a.test\nENV HF_TOKEN=«$TOKEN»\n"),
        bad("FROM alpine:3.20\nENV ACCESS_ID=«LTAI5tQk8Rz3Lw7Xn2Vb9YcD»\n"),
        good("FROM alpine:3.20\nRUN --mount=type=secret,id=npm ./build\n"),
        good("FROM alpine:3.20\nENV DB_PASSWORD_FILE=/run/secrets/db DB_PASSWORD=\n"),
        good("FROM alpine:3.20\nENV GPG_KEY=E3FF2839C048B25C084DEBE9B26995E310250568\n"),
    ],
    check: written,
    ..Rule::DEFAULT
};

/// What is sure of a variable.
enum Sure {
    Written,
    HandedOn,
    Asked,
}

fn sure(one: &Setting) -> Option<Sure> {
    if one.value.as_deref().is_some_and(|value| !tokens(value).is_empty()) {
        return Some(Sure::Written);
    }
    if meaning(&one.name) != Meaning::Secret {
        return None;
    }
    match &one.value {
        Some(value) => is_written_secret(value).then_some(Sure::Written),
        None if one.has_value => (one.by == Keyword::Env).then_some(Sure::HandedOn),
        None => Some(Sure::Asked),
    }
}

fn written(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for one in setting::of_instructions(file) {
            let Some(sure) = sure(&one) else { continue };
            let finding = found.add(&WRITTEN, file.at(one.value_span));
            finding.arg("name", &one.name);
            match sure {
                Sure::Written => {}
                Sure::HandedOn => {
                    finding.says(text(
                        "`{name}` keeps the secret that the build is given in the image",
                        "`{name}` 会把构建时提供的密钥保留在镜像中",
                    ));
                }
                Sure::Asked => {
                    finding.severity(Severity::Info).says(text(
                        "the build argument `{name}` takes a secret, which stays in the image's history",
                        "构建参数 `{name}` 接收密钥，其值会留在镜像历史中",
                    ));
                }
            }
        }
    }
}

pub(in super::super) static NAMED: Rule = Rule {
    id: "dockerfile/secret-names",
    severity: Severity::Info,
    strict: true,
    summary: text("a name like that of a secret", "名称像密钥的变量"),
    message: text(
        "`{name}` has the name of a secret, and ENV and ARG stay in the image",
        "`{name}` 的名称像是密钥，而 ENV 与 ARG 会留在镜像中",
    ),
    why: text(
        "If its value is a secret, whoever pulls the image reads it.",
        "如果其值是密钥，任何拉取镜像的人都能读取。",
    ),
    help: HELP,
    rests_on: &[&PERSIST],
    aliases: ALIASES,
    examples: &[
        bad("FROM alpine:3.20\nENV «SIGNATURE_KEY»=abc AUTH_VERSION=2\n"),
        bad("FROM alpine:3.20\nENV «DB_PASSWORD»=\n"),
        good("FROM alpine:3.20\nENV PUBLIC_KEY=abc KEYBOARD=us\n"),
    ],
    check: named,
    ..Rule::DEFAULT
};

fn named(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for one in setting::of_instructions(file) {
            if meaning(&one.name) != Meaning::Plain && sure(&one).is_none() {
                found.add(&NAMED, file.at(one.name_span)).arg("name", &one.name);
            }
        }
    }
}
