//! wget that fills the build's log with its progress.
//!
//! Strict: it is the log's looks, not the image.

use super::super::base_image::sure_system;
use super::super::file::files;
use super::super::known_images::System;
use super::options::options;
use super::{commands, is_as_written, program_span, sources};
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::text::{Span, text};

/// Options that say what becomes of the progress.
const QUIET: &[&str] =
    &["progress", "q", "quiet", "nv", "no-verbose", "o", "output-file", "a", "append-output"];

/// The options of GNU Wget that take a value and whose letters or values could be mistaken.
const WITH_VALUE: &[&str] = &[
    "o",
    "output-file",
    "a",
    "append-output",
    "O",
    "output-document",
    "P",
    "directory-prefix",
    "t",
    "tries",
    "T",
    "timeout",
    "U",
    "user-agent",
    "i",
    "input-file",
    "B",
    "base",
    "e",
    "execute",
    "w",
    "wait",
    "Q",
    "quota",
    "header",
    "progress",
    "user",
    "password",
    "post-data",
    "post-file",
    "l",
    "level",
    "A",
    "accept",
    "R",
    "reject",
    "D",
    "domains",
    "I",
    "X",
];

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/wget-progress",
    severity: Severity::Info,
    strict: true,
    summary: text("wget fills the build log", "wget 占满构建日志"),
    message: text(
        "wget writes its progress into the build log, a dot per kilobyte",
        "wget 把进度写入构建日志，每 1 KB 一个点",
    ),
    why: text(
        "A large file makes thousands of lines, in which the errors of the build are lost.",
        "下载大文件会产生上千行输出，构建错误淹没其中。",
    ),
    help: text(
        "pass `-nv`, or `--progress=dot:giga` with GNU Wget",
        "请加上 `-nv`；GNU Wget 也可用 `--progress=dot:giga`",
    ),
    rests_on: &[&sources::WGET_PROGRESS],
    aliases: &["DL3047"],
    examples: &[
        bad("FROM debian:12\nRUN «wget» https://example.com/model.tar\n")
            .fixed("FROM debian:12\nRUN wget --progress=dot:giga https://example.com/model.tar\n"),
        bad("FROM alpine:3.22\nRUN «wget» -O /m https://example.com/model.tar\n"),
        good("FROM debian:12\nRUN wget -qO /m https://example.com/model.tar\n"),
        good("FROM debian:12\nRUN wget --progress=dot:giga https://example.com/model.tar\n"),
        good("FROM debian:12\nRUN wget -o /tmp/log https://example.com/model.tar\n"),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for (line, command) in commands(file).filter(|(_, one)| one.name() == Some("wget")) {
            // `-nv` is one option, not a cluster.
            let is_quiet = command.has_argument("-nv")
                || options(command, WITH_VALUE).iter().any(|one| QUIET.contains(&one.name));
            let downloads = command.words.len() > 1
                && !command.has_argument("--version")
                && !command.has_argument("--help");
            if is_quiet || !downloads {
                continue;
            }
            let program = program_span(command);
            let finding = found.add(&RULE, file.at(program));
            // BusyBox and Wget2 know no `dot:giga`; Debian's wget is GNU's.
            let is_gnu = sure_system(file, line.instruction) == Some(System::Debian);
            let may_edit =
                command.words.first().is_some_and(|word| is_as_written(file, line, word));
            if is_gnu && may_edit {
                finding.fix(
                    Fix::safe(text("add `--progress=dot:giga`", "加上 `--progress=dot:giga`"))
                        .replace(file.at(Span::at(program.end as usize)), " --progress=dot:giga"),
                );
            }
        }
    }
}
