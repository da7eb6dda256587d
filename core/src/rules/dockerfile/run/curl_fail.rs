//! curl that hands on a server's error page as if it were the file.
//!
//! Strict: where the file is unpacked or checked next, the page is noticed anyway.

use super::super::file::files;
use super::options::options;
use super::{commands, program_span, sources};
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::text;

/// The options of curl that take a value and are common in builds.
const WITH_VALUE: &[&str] = &[
    "o",
    "output",
    "H",
    "header",
    "d",
    "data",
    "u",
    "user",
    "A",
    "user-agent",
    "X",
    "request",
    "x",
    "proxy",
    "m",
    "max-time",
    "retry",
    "retry-delay",
    "retry-max-time",
    "connect-timeout",
    "e",
    "referer",
    "b",
    "cookie",
    "c",
    "cookie-jar",
    "F",
    "form",
    "T",
    "upload-file",
    "w",
    "write-out",
    "K",
    "config",
    "E",
    "cert",
    "key",
    "cacert",
    "capath",
    "proto",
    "proto-redir",
    "ciphers",
    "max-redirs",
    "output-dir",
    "url",
    "r",
    "range",
    "C",
    "continue-at",
    "D",
    "dump-header",
    "data-raw",
    "data-binary",
];

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/curl-fail",
    severity: Severity::Info,
    strict: true,
    summary: text("curl without --fail", "curl 未使用 --fail"),
    message: text(
        "curl hands on an error page as if it were the file",
        "curl 会把错误页当作所下载的文件",
    ),
    why: text(
        "If the server answers 404, curl succeeds and the page is saved or run in place of the file; the build goes on.",
        "服务器返回 404 时 curl 仍算成功，错误页会代替文件被保存或执行，构建继续进行。",
    ),
    help: text("pass `--fail` (`-f`)", "请加上 `--fail`（`-f`）"),
    rests_on: &[&sources::CURL_FAIL],
    examples: &[
        bad("FROM debian:12\nRUN «curl» -sL https://example.com/install.sh | bash\n"),
        bad("FROM debian:12\nRUN «curl» -LO https://example.com/model.bin\n"),
        good("FROM debian:12\nRUN curl -fsSL https://example.com/install.sh | bash\n"),
        good("FROM debian:12\nRUN curl --fail-with-body -o /m https://example.com/model.bin\n"),
        good("FROM debian:12\nRUN curl https://example.com/ping\n"),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for (_, command) in commands(file).filter(|(_, one)| one.name() == Some("curl")) {
            let options = options(command, WITH_VALUE);
            let has = |names: &[&str]| options.iter().any(|one| names.contains(&one.name));
            let fails = has(&["f", "fail", "fail-with-body", "I", "head", "K", "config"]);
            let keeps = has(&["o", "output", "O", "remote-name", "remote-name-all", "J"])
                || command.position.in_pipeline
                || command.redirections.iter().any(|one| matches!(&*one.operator, ">" | ">>"));
            if keeps && !fails {
                found.add(&RULE, file.at(program_span(command)));
            }
        }
    }
}
