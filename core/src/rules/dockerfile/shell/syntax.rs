//! A shell text that no shell can read. In the default set: the build or the start surely fails.

use super::super::file::files;
use super::sources::POSIX;
use super::target::is_windows;
use crate::document::{Interpreter, Kind};
use crate::fact::{Certainty, Citation};
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::text;

static GRAMMAR: Citation = Citation {
    publication: &POSIX,
    says: text(
        "the shell's grammar; a shell that meets a syntax error ends with a status that is not zero",
        "规定了 shell 的语法；遇到语法错误时，shell 以非零状态退出",
    ),
    certainty: Certainty::Documented,
};

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/shell-syntax",
    severity: Severity::Error,
    summary: text("no shell can read this", "任何 shell 都无法解析的命令"),
    message: text("no shell can read this", "任何 shell 都无法解析此处的命令"),
    why: text(
        "The shell stops at a syntax error before it runs anything: the build, or the container's start, fails.",
        "shell 遇到语法错误就会停止，不执行任何命令：构建或容器启动会失败。",
    ),
    help: text(
        "close what is open, or remove what is too much",
        "补上缺少的结束符，或删除多余的部分",
    ),
    rests_on: &[&GRAMMAR],
    aliases: &[
        "SC1009", "SC1046", "SC1047", "SC1049", "SC1050", "SC1051", "SC1053", "SC1058", "SC1061",
        "SC1062", "SC1064", "SC1070", "SC1072", "SC1073", "SC1078", "SC1081", "SC1088", "SC1089",
    ],
    examples: &[
        bad("FROM alpine:3.20\nRUN «if» [ -f /app/setup.sh ]; then sh /app/setup.sh\n"),
        bad("FROM alpine:3.20\nRUN apk add curl && «&&» curl --version\n"),
        bad("FROM alpine:3.20\nRUN for name in a b; do touch /$name; «fi»\n"),
        bad("-- run.sh --\n#!/bin/sh\necho «\"»starting\nexec python3 app.py\n"),
        good("FROM alpine:3.20\nRUN if [ -f /app/setup.sh ]; then sh /app/setup.sh; fi\n"),
        good("FROM mcr.microsoft.com/windows/servercore:ltsc2022\nRUN dir ) else (\n"),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for line in file.command_lines() {
            // zsh's grammar is wider.
            let is_read =
                matches!(&line.interpreter, Interpreter::Posix { name, .. } if **name != "zsh");
            if !is_read || line.errors.is_empty() || is_windows(file, line) {
                continue;
            }
            for error in &line.errors {
                found.add(&RULE, file.at(error.span)).message = error.message.clone();
            }
        }
    }
    for document in cx.of_kind(Kind::Shell) {
        let Some(shell) = document.shell() else { continue };
        let shebang = shell.script.shebang.map(|span| document.source.slice(span));
        if shebang.is_some_and(|line| !line.contains("sh") || line.contains("zsh")) {
            continue;
        }
        for error in &shell.errors {
            found.add(&RULE, document.place(error.span)).message = error.message.clone();
        }
    }
}
