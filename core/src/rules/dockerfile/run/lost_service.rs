//! A service that a RUN starts and that ends with it.
//!
//! In the default set: whoever writes this believes that the container will have the service.

use super::super::file::files;
use super::{commands, is_last, sources};
use crate::document::CommandLine;
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::shell::{SimpleCommand, Word};
use crate::text::{Span, text};

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/lost-service",
    severity: Severity::Warning,
    summary: text("A service started by the last command of a RUN", "RUN 的最后一个命令启动服务"),
    message: text(
        "`{service}` is started while the image is built, and ends with this RUN",
        "`{service}` 在构建镜像时启动，并随这条 RUN 结束",
    ),
    why: text(
        "An image keeps files, not processes: the service does not run in the container, and what needs it fails at its first request.",
        "镜像只保留文件，不保留进程：容器中不会有该服务，依赖它的程序在第一个请求时就会失败。",
    ),
    help: text(
        "start it from CMD or ENTRYPOINT, or give it a container of its own",
        "请在 CMD 或 ENTRYPOINT 中启动，或为其使用单独的容器",
    ),
    rests_on: &[&sources::OWN_SHELL],
    aliases: &["DL3001"],
    examples: &[
        bad(
            "FROM debian:12\nRUN apt-get install -y redis-server && service redis-server «start»\n",
        ),
        bad("FROM debian:12\nRUN /etc/init.d/nginx «restart»\n"),
        bad("FROM fedora:42\nRUN systemctl enable nginx && systemctl «start» nginx\n"),
        good(
            "FROM debian:12\nRUN service mariadb start && mariadb < /schema.sql && service mariadb stop\n",
        ),
        good("FROM debian:12\nCMD service nginx start && tail -f /var/log/nginx/access.log\n"),
    ],
    check,
    ..Rule::DEFAULT
};

/// The service that `command` starts as the last one of its RUN, and where that is said.
pub(super) fn started<'a>(
    line: &CommandLine,
    command: &'a SimpleCommand,
) -> Option<(&'a str, Span)> {
    let program = command.name()?;
    let word = |index: usize| command.words.get(index).and_then(Word::literal);
    let (service, action) = match program {
        "service" => (word(1)?, 2),
        "systemctl" => (word(2)?, 1),
        _ => (program.strip_prefix("/etc/init.d/")?, 1),
    };
    let starts = matches!(word(action)?, "start" | "restart");
    let at = command.words.get(action)?.span;
    (starts && is_last(line, command)).then_some((service, at))
}

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for (line, command) in commands(file) {
            if let Some((service, at)) = started(line, command) {
                found.add(&RULE, file.at(at)).arg("service", service);
            }
        }
    }
}
