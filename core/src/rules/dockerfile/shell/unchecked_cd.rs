//! `cd` that may fail unseen. Strict: in an image one mostly knows that the folder is there.

use super::super::file::files;
use super::sources::POSIX;
use crate::document::Interpreter;
use crate::fact::{Certainty, Citation};
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::shell::{OperatorKind, SimpleCommand};
use crate::text::text;

static LISTS: Citation = Citation {
    publication: &POSIX,
    says: text(
        "a list goes on behind `;` and a newline whatever the status of the command before",
        "无论前一条命令的状态如何，`;` 和换行之后的命令都会继续执行",
    ),
    certainty: Certainty::Documented,
};

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/unchecked-cd",
    severity: Severity::Warning,
    strict: true,
    summary: text("cd that may fail unseen", "cd 失败时不会被发现"),
    message: text("what follows this cd runs even if cd fails", "即使 cd 失败，后面的命令也会执行"),
    why: text(
        "If the folder is missing, the commands behind run in the folder before, and the build goes on.",
        "目录不存在时，后面的命令会在原目录执行，构建仍会继续。",
    ),
    help: text("join them with `&&`, or begin with `set -e`", "用 `&&` 连接，或在开头写 `set -e`"),
    rests_on: &[&LISTS],
    aliases: &["SC2164"],
    examples: &[
        bad("FROM alpine:3.20\nRUN «cd» /srv; rm -rf cache\n"),
        bad("FROM alpine:3.20\nRUN <<EOF\n«cd» /srv\nrm -rf cache\nEOF\n"),
        good("FROM alpine:3.20\nRUN cd /srv && rm -rf cache\n"),
        good("FROM alpine:3.20\nRUN set -e; cd /srv; rm -rf cache\n"),
        good("FROM alpine:3.20\nRUN cd /srv || exit 1; rm -rf cache\n"),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for line in file.command_lines() {
            if matches!(line.interpreter, Interpreter::Posix { has_errexit: true, .. }) {
                continue;
            }
            let commands = &line.script.commands;
            for (index, command) in commands.iter().enumerate().filter(|(_, one)| is_unchecked(one))
            {
                let Some(word) = command.words.first() else { continue };
                if commands.len() > index + 1 {
                    found.add(&RULE, file.at(word.span));
                }
            }
        }
    }
}

fn is_unchecked(command: &SimpleCommand) -> bool {
    command.name() == Some("cd")
        && command.words.len() > 1
        && !command.position.has_errexit
        && !command.position.in_condition
        && (command.is_followed_by(OperatorKind::Semicolon)
            || command.is_followed_by(OperatorKind::Newline))
}
