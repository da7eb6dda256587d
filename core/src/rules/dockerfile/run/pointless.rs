//! Programs of a machine with people and services, in a build that has neither.
//!
//! Strict: `kill` and `service` have uses while one RUN starts, fills and stops a server.

use super::super::file::files;
use super::{commands, lost_service, program_span, sources};
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::text;

const PROGRAMS: &[&str] = &[
    "free", "ifconfig", "kill", "mount", "nano", "ps", "service", "shutdown", "ssh", "top", "vim",
];

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/pointless-commands",
    severity: Severity::Info,
    strict: true,
    summary: text("A command that has no use in a build", "构建中没有意义的命令"),
    message: text(
        "`{program}` has no use while an image is built",
        "构建镜像时 `{program}` 没有意义",
    ),
    why: text(
        "A build has no terminal, no running services and no other machine to look after: such a command fails, waits, or leaves nothing behind.",
        "构建过程没有终端、没有运行中的服务，也没有需要管理的机器：这类命令会失败、等待，或不留下任何结果。",
    ),
    help: text("remove it, or do it when the container starts", "请删除，或在容器启动时执行"),
    rests_on: &[&sources::OWN_SHELL, &sources::ONE_PROCESS],
    aliases: &["DL3001"],
    examples: &[
        bad("FROM debian:12\nRUN «free» -m\n"),
        bad("FROM debian:12\nRUN make && «ps» aux\n"),
        good("FROM debian:12\nRUN apt-get update && apt-get install -y ssh vim\n"),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for (line, command) in commands(file) {
            let name = command.name().filter(|name| PROGRAMS.contains(name));
            if let Some(name) = name.filter(|_| lost_service::started(line, command).is_none()) {
                found.add(&RULE, file.at(program_span(command))).arg("program", name);
            }
        }
    }
}
