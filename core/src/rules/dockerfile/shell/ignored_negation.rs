//! `! command` under `set -e`. Strict: it is a test that was meant, but harmless where it holds.

use super::super::file::files;
use super::sources::POSIX;
use crate::document::Interpreter;
use crate::fact::{Certainty, Citation};
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::shell::{OperatorKind, SimpleCommand};
use crate::text::text;

static ERREXIT: Citation = Citation {
    publication: &POSIX,
    says: text(
        "`set -e` leaves a pipeline that begins with `!` out",
        "`set -e` 不作用于以 `!` 开头的管道",
    ),
    certainty: Certainty::Documented,
};

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/ignored-negation",
    severity: Severity::Warning,
    strict: true,
    summary: text("a negated command that set -e passes over", "被 set -e 忽略的取反命令"),
    message: text(
        "`set -e` does not stop here, whatever `! {command}` gives",
        "无论 `! {command}` 结果如何，`set -e` 都不会在此停止",
    ),
    why: text(
        "The check has no effect: the build goes on where it was meant to stop.",
        "该检查不起作用：本应停止的构建会继续。",
    ),
    help: text("write `if {command}; then exit 1; fi`", "改写为 `if {command}; then exit 1; fi`"),
    rests_on: &[&ERREXIT],
    aliases: &["SC2251"],
    examples: &[
        bad("FROM alpine:3.20\nRUN set -e; ! «grep» -r TODO /srv; echo clean\n"),
        good("FROM alpine:3.20\nRUN set -e; if grep -r TODO /srv; then exit 1; fi; echo clean\n"),
        good("FROM alpine:3.20\nRUN ! grep -r TODO /srv\n"),
        good("FROM alpine:3.20\nRUN set -e; ! grep -r TODO /srv || exit 1; echo clean\n"),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for line in file.command_lines() {
            let is_set = matches!(line.interpreter, Interpreter::Posix { has_errexit: true, .. });
            let commands = &line.script.commands;
            for (index, command) in commands.iter().enumerate().filter(|(_, one)| is_passed(one)) {
                let Some(word) = command.words.first() else { continue };
                if (is_set || command.position.has_errexit) && commands.len() > index + 1 {
                    found.add(&RULE, file.at(word.span)).arg("command", file.raw(word.span));
                }
            }
        }
    }
}

/// Whether the status of `! …` is looked at by nobody.
fn is_passed(command: &SimpleCommand) -> bool {
    let position = &command.position;
    position.is_negated
        && !position.in_condition
        && !position.in_pipeline
        && (command.is_followed_by(OperatorKind::Semicolon)
            || command.is_followed_by(OperatorKind::Newline))
}
