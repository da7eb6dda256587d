//! `echo` with escapes. Strict: each shell does something else, but the author has seen one of them.

use super::super::file::files;
use super::sources::ECHO;
use crate::fact::{Certainty, Citation};
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::shell::Part;
use crate::text::text;

static DIFFERS: Citation = Citation {
    publication: &ECHO,
    says: text(
        "what echo makes of a backslash differs between systems; printf is the way that works everywhere",
        "echo 对反斜杠的处理因系统而异；printf 才是通用的做法",
    ),
    certainty: Certainty::Documented,
};

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/echo-escapes",
    severity: Severity::Info,
    strict: true,
    summary: text("echo with an escape", "echo 中含有转义"),
    message: text(
        "whether echo makes something of `{escape}` depends on the shell",
        "echo 是否处理 `{escape}` 取决于 shell",
    ),
    why: text(
        "dash turns it into a control character, bash prints the letters: another base image, another file.",
        "dash 会转换为控制字符，bash 会原样输出：换基础镜像后，文件内容就不同。",
    ),
    help: text("use printf", "请使用 printf"),
    rests_on: &[&DIFFERS],
    aliases: &["SC2028"],
    examples: &[
        bad("FROM debian:12\nRUN echo 'a«\\n»b' > /etc/list\n"),
        good("FROM debian:12\nRUN printf 'a\\nb\\n' > /etc/list\n"),
        good("FROM debian:12\nRUN echo 'C:\\\\new'\n"),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for command in file.run_commands().filter(|one| one.name() == Some("echo")) {
            let mut arguments = command.words.iter().skip(1).peekable();
            let is_flag = |flag: &str| flag.starts_with('-') && flag.contains(['e', 'E']);
            if arguments.peek().is_some_and(|word| word.literal().is_some_and(is_flag)) {
                continue;
            }
            let parts = arguments.flat_map(|word| &word.parts);
            let first = parts.filter_map(|part| match part {
                Part::Literal { text, .. } => {
                    let at = escape(text.text())?;
                    Some((text.span(at, at + 2), &text.text()[at..at + 2]))
                }
                _ => None,
            });
            // One finding a command: the others come from the same thought.
            if let Some((span, escape)) = first.take(1).next() {
                found.add(&RULE, file.at(span)).arg("escape", escape);
            }
        }
    }
}

/// Where the first escape that `echo` may read stands in `text`.
fn escape(text: &str) -> Option<usize> {
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        if character == '\\' {
            match characters.next() {
                Some((_, 'n' | 't' | 'r')) => return Some(at),
                Some(_) => {}
                None => return None,
            }
        }
    }
    None
}
