//! Secrets that are written into the commands of RUN.
//!
//! Default: nothing that is said here is a guess by a name alone; a value stands there. It is never
//! repeated: not in the message, and the excerpt covers it.

use super::super::file::{File, files};
use super::secret_variable::PERSIST;
use crate::rule::{Context, Findings, Rule, bad, good};
use crate::secret::{Meaning, is_written_secret, meaning, tokens};
use crate::shell::{Argument, Call, Variable, variables};
use crate::text::{Span, text};

pub(in super::super) static RULE: Rule = Rule {
    id: "dockerfile/secret-in-run",
    summary: text("a secret in a RUN command", "RUN 命令中包含密钥"),
    message: text(
        "the secret of `{holder}` stays in the image's history",
        "`{holder}` 的密钥会留在镜像历史中",
    ),
    why: text(
        "The command is written into the image's history, where `docker history` shows it to whoever pulls the image, and it stands in the repository for all who read it.",
        "命令会写入镜像历史，拉取镜像的人可用 `docker history` 查看；它也留在代码仓库中供所有人阅读。",
    ),
    help: text(
        "renew it, then mount it where it is needed: RUN --mount=type=secret,id=… and read it from /run/secrets/",
        "请先更换该密钥，再在需要处挂载：RUN --mount=type=secret,id=…，并从 /run/secrets/ 读取",
    ),
    rests_on: &[&PERSIST],
    aliases: &["DS-0031", "secrets-in-code"],
    examples: &[
        bad("FROM alpine:3.20\nRUN curl -u «ann:hunter2» https://files.acme.test/a\n"),
        bad("FROM alpine:3.20\nRUN git clone https://ann:«hunter2»@git.acme.test/a\n"),
        bad("FROM alpine:3.20\nRUN AWS_SECRET_ACCESS_KEY=«wJalrXUtnFEMI» aws s3 ls\n"),
        bad("FROM alpine:3.20\nRUN docker login -u ann -p «hunter2» registry.acme.test\n"),
        bad("FROM alpine:3.20\nRUN echo «LTAI5tQk8Rz3Lw7Xn2Vb9YcD» > /root/.id\n"),
        bad("FROM alpine:3.20\nRUN mysql --password=«hunter2» < /init.sql\n"),
        good("FROM alpine:3.20\nRUN curl -u \"ann:$PASSWORD\" https://files.acme.test/a\n"),
        good("FROM alpine:3.20\nRUN --mount=type=secret,id=t TOKEN=$(cat /run/secrets/t) ./get\n"),
        good("FROM alpine:3.20\nRUN docker login -u ann --password-stdin registry.acme.test\n"),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        let mut places: Vec<(Span, String)> = secret_variables(file);
        for call in cx.calls(file.document) {
            places.extend(of_call(call));
        }
        // One secret, one finding: the widest place that was found for it.
        places.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
        let mut end = 0;
        for (span, holder) in places {
            if span.start >= end {
                end = span.end;
                found.add(&RULE, file.at(span)).arg("holder", holder);
            }
        }
    }
}

/// `TOKEN=abc` before a command, in `export` or in `env`.
fn secret_variables(file: File<'_>) -> Vec<(Span, String)> {
    let is_secret = |variable: &Variable| {
        let value = &variable.value;
        value.is_known
            && (!tokens(value.text()).is_empty()
                || (meaning(&variable.name) == Meaning::Secret && is_written_secret(value.text())))
    };
    let variables = variables(file.run_commands()).into_iter();
    variables.filter(is_secret).map(|one| (one.value.span, one.name)).collect()
}

fn of_call(call: &Call) -> Vec<(Span, String)> {
    let mut found = Vec::new();
    for argument in &call.arguments {
        for token in tokens(argument.text()) {
            found.push((argument.part(token.start, token.end), token.owner.to_owned()));
        }
        if let Some((start, end)) = password_of_url(argument.text()) {
            found.push((argument.part(start, end), call.program.clone()));
        }
    }
    for flag in ["--password", "--http-password", "--ftp-password", "--proxy-password"] {
        for given in call.long(flag) {
            if let Some((argument, from)) = given.value.filter(|_| is_secret(given.text())) {
                found.push((value_span(argument, from), format!("{} {flag}", call.program)));
            }
        }
    }
    let user = match call.program.as_str() {
        "curl" => {
            let long = call.long("--user").next();
            let short = call.short('u', super::fetch::CURL_VALUED_BUT_USER);
            long.or(short)
        }
        _ => None,
    };
    if let Some(given) = user {
        let password = given.text().split_once(':').map(|(_, password)| password);
        if let Some((argument, from)) = given.value.filter(|_| password.is_some_and(is_secret)) {
            found.push((value_span(argument, from), "curl -u".to_owned()));
        }
    }
    let login = match call.program.as_str() {
        "docker" | "podman" | "nerdctl" | "helm" | "buildah" | "crane" if logs_in(call) => {
            call.short('p', "u")
        }
        "sshpass" => call.short('p', "fdP"),
        _ => None,
    };
    if let Some(given) = login
        && let Some((argument, from)) = given.value.filter(|_| is_secret(given.text()))
    {
        found.push((value_span(argument, from), format!("{} -p", call.program)));
    }
    if call.program == "aws" && call.begins(&["configure", "set"]) {
        let mut operands = call.operands().skip(2);
        let key = operands.next().map_or("", Argument::text);
        let value = operands.next().filter(|value| is_secret(value.text()));
        if let Some(value) = value.filter(|_| meaning(key) == Meaning::Secret) {
            found.push((value.span, "aws configure".to_owned()));
        }
    }
    found
}

fn logs_in(call: &Call) -> bool {
    call.operands().take(3).any(|one| one.text() == "login")
}

/// Whether a value is written out as a whole and is no stand-in.
fn is_secret(value: &str) -> bool {
    !value.contains('\u{0}') && !value.starts_with('-') && is_written_secret(value)
}

fn value_span(argument: &Argument, from: usize) -> Span {
    if from == 0 { argument.span } else { argument.tail(from, argument.text().len()) }
}

/// The password in `scheme://user:password@host`.
fn password_of_url(text: &str) -> Option<(usize, usize)> {
    let scheme = text.find("://")?;
    let from = scheme + 3;
    let rest = &text[from..];
    let authority = &rest[..rest.find(['/', '?', '#', ' ', '"', '\'']).unwrap_or(rest.len())];
    let sign = authority.rfind('@')?;
    let colon = authority[..sign].find(':')?;
    let password = &authority[colon + 1..sign];
    is_secret(password).then_some((from + colon + 1, from + sign))
}
