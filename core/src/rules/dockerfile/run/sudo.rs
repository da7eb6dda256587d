//! `sudo` in a build.
//!
//! In the default set: where the build is root it does nothing, and most images have no `sudo`.
//! Where USER has left root on purpose it is only advice.

use super::super::base_image::is_root;
use super::super::file::{File, files};
use super::{commands, is_as_written, program_span, sources};
use crate::document::CommandLine;
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::shell::SimpleCommand;
use crate::text::{Place, Span, text};

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/sudo",
    severity: Severity::Warning,
    summary: text("sudo in a build", "构建中使用 sudo"),
    message: text("sudo is used while the image is built", "构建镜像时使用了 sudo"),
    why: text(
        "The build is root unless USER says otherwise, and most base images have no sudo, so the step fails; with it, an unprivileged user of the image can become root again.",
        "除非 USER 另有指定，构建以 root 运行；多数基础镜像没有 sudo，该步骤会失败；若装有 sudo，镜像中的普通用户又能重新获得 root 权限。",
    ),
    help: text(
        "run the command before USER gives up root, or between `USER root` and the next USER",
        "请在 USER 切换到普通用户之前执行该命令，或放在 `USER root` 与下一条 USER 之间",
    ),
    rests_on: &[&sources::AVOID_SUDO],
    aliases: &["DL3004", "DS-0010", "AVD-DS-0010", "CKV2_DOCKER_1"],
    examples: &[
        bad("FROM debian:12\nRUN «sudo» apt-get update && «sudo» apt-get install -y git\n")
            .fixed("FROM debian:12\nRUN apt-get update && apt-get install -y git\n"),
        bad("FROM debian:12\nUSER app\nRUN «sudo» chown app /data\n"),
        bad("FROM example.com/base:1\nRUN «sudo» make install\n"),
        bad("FROM debian:12\nRUN «sudo» -u app make\n"),
        good("FROM debian:12\nRUN apt-get update && apt-get install -y sudo\n"),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for (line, command) in commands(file).filter(|(_, one)| one.name() == Some("sudo")) {
            let is_root = is_root(file, line.instruction);
            let finding = found.add(&RULE, file.at(program_span(command)));
            if is_root == Some(false) {
                finding.severity(Severity::Info);
            }
            if let Some(at) = removable(file, line, command).filter(|_| is_root == Some(true)) {
                finding.fix(Fix::safe(text("remove `sudo`", "删除 `sudo`")).delete(at));
            }
        }
    }
}

/// `sudo` and the blank behind it, where the rest runs the same without.
fn removable(file: File<'_>, line: &CommandLine, command: &SimpleCommand) -> Option<Place> {
    let [sudo, program, ..] = &command.words[..] else { return None };
    // Options choose another user or environment; `NAME=value` is no command.
    let is_program = |name: &str| !name.starts_with('-') && !name.contains('=');
    let gap = Span::new(sudo.span.end as usize, program.span.start as usize);
    let is_plain = !gap.is_empty() && file.raw(gap).bytes().all(|byte| byte == b' ');
    let is_removable = program.literal().is_some_and(is_program)
        && is_plain
        && !line.is_onbuild
        && is_as_written(file, line, sudo)
        && command.assignments.is_empty();
    is_removable.then(|| file.at(sudo.span.to(gap)))
}
