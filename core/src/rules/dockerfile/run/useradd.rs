//! `useradd` with a very large UID.
//!
//! In the default set: the image grows by gigabytes, and the mend is one option.

use super::super::file::files;
use super::options::options;
use super::{commands, is_as_written, program_span, sources};
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::text::{Span, text};

/// UIDs from here on make the logs of logins noticeably large.
const HIGH: u64 = 100_000;

/// The options of useradd(8) that take a value.
const WITH_VALUE: &[&str] = &[
    "b",
    "base-dir",
    "c",
    "comment",
    "d",
    "home",
    "home-dir",
    "e",
    "expiredate",
    "f",
    "inactive",
    "F",
    "g",
    "gid",
    "G",
    "groups",
    "k",
    "skel",
    "K",
    "key",
    "p",
    "password",
    "P",
    "prefix",
    "R",
    "root",
    "s",
    "shell",
    "u",
    "uid",
    "Z",
    "selinux-user",
];

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/useradd-highuid",
    severity: Severity::Warning,
    summary: text(
        "useradd with a large UID writes huge logs",
        "useradd 使用很大的 UID 会写出巨大的日志",
    ),
    message: text(
        "the user with UID {uid} makes the login logs of the image huge",
        "UID 为 {uid} 的用户会使镜像中的登录日志变得巨大",
    ),
    why: text(
        "/var/log/lastlog and /var/log/faillog have a place for every UID up to the largest; they are sparse on disk, but in the layer their zeros are written out, up to gigabytes.",
        "/var/log/lastlog 和 /var/log/faillog 为直到最大 UID 的每个 UID 保留位置；它们在磁盘上是稀疏文件，但写入镜像层时零字节会全部写出，可达数 GB。",
    ),
    help: text("pass `--no-log-init`", "请加上 `--no-log-init`"),
    rests_on: &[&sources::NO_LOG_INIT],
    aliases: &["DL3046"],
    examples: &[
        bad("FROM debian:12\nRUN «useradd» -m -u 1000660000 app\n")
            .fixed("FROM debian:12\nRUN useradd --no-log-init -m -u 1000660000 app\n"),
        bad("FROM debian:12\nRUN groupadd app && «useradd» --uid=200000 -g app app\n").fixed(
            "FROM debian:12\nRUN groupadd app && useradd --no-log-init --uid=200000 -g app app\n",
        ),
        good("FROM debian:12\nRUN useradd -l -u 1000660000 app\n"),
        good("FROM debian:12\nRUN useradd -u 10001 app\n"),
        good("FROM debian:12\nARG ID\nRUN useradd -u $ID app\n"),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for (line, command) in commands(file).filter(|(_, one)| one.name() == Some("useradd")) {
            let options = options(command, WITH_VALUE);
            if options.iter().any(|one| matches!(one.name, "l" | "no-log-init")) {
                continue;
            }
            let uid = options.iter().rfind(|one| matches!(one.name, "u" | "uid"));
            let uid = uid.and_then(|one| one.value);
            let is_high = |uid: &&str| uid.parse().is_ok_and(|uid: u64| uid >= HIGH);
            let Some(uid) = uid.filter(is_high) else { continue };
            let program = program_span(command);
            let finding = found.add(&RULE, file.at(program));
            finding.arg("uid", uid);
            if command.words.first().is_some_and(|word| is_as_written(file, line, word)) {
                finding.fix(
                    Fix::safe(text("add `--no-log-init`", "加上 `--no-log-init`"))
                        .replace(file.at(Span::at(program.end as usize)), " --no-log-init"),
                );
            }
        }
    }
}
