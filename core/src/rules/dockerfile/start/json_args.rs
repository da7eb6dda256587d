//! A shell between the container and its program. In the default set: the service then hears no
//! signal, and every stop of the container takes its full grace time.

use super::super::file::{File, files};
use super::super::form::json_form::is_meant_as_json;
use super::section::{Root, Section, sections};
use super::sources::{FORMS, SHELL_FORM};
use crate::dockerfile::{Body, CommandForm, Instruction, Keyword};
use crate::document::Interpreter;
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::shell::{Part, Position, SimpleCommand, Word};
use crate::text::text;

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/json-args",
    severity: Severity::Warning,
    summary: text("CMD or ENTRYPOINT in shell form", "CMD 或 ENTRYPOINT 使用 shell 形式"),
    message: text(
        "{instruction} runs its program behind a shell",
        "{instruction} 通过 shell 运行程序",
    ),
    why: text(
        "The shell gets SIGTERM and does not pass it on: the service cannot finish its requests, and is killed when the grace time is over.",
        "SIGTERM 发给 shell 而不会转发：服务无法处理完请求，宽限期结束后被强制终止。",
    ),
    help: text(
        "write {instruction} as a JSON array; where a shell is needed, put `exec` before the program",
        "将 {instruction} 写成 JSON 数组；确需 shell 时在程序前加 `exec`",
    ),
    rests_on: &[&SHELL_FORM, &FORMS],
    aliases: &["DL3025", "JSONArgsRecommended"],
    examples: &[
        bad("FROM python:3.12\nCMD «gunicorn -b :8000 app:app»\n")
            .fixed("FROM python:3.12\nCMD [\"gunicorn\", \"-b\", \":8000\", \"app:app\"]\n"),
        bad("FROM python:3.12\nCMD «python -c 'print(\"ready\")'»\n")
            .fixed("FROM python:3.12\nCMD [\"python\", \"-c\", \"print(\\\"ready\\\")\"]\n"),
        bad("FROM python:3.12\nENTRYPOINT «python serve.py \\\n    --workers 2»\n").fixed(
            "FROM python:3.12\nENTRYPOINT [\"python\", \"serve.py\", \\\n    \"--workers\", \"2\"]\n",
        ),
        bad("FROM python:3.12\nCMD «exec uvicorn app:app»\n")
            .fixed("FROM python:3.12\nCMD [\"uvicorn\", \"app:app\"]\n"),
        // The base image's ENTRYPOINT may treat the two forms differently.
        bad("FROM postgres:17\nCMD «postgres -c shared_buffers=1GB»\n"),
        // What only a shell can do stays as it is.
        bad("FROM python:3.12\nCMD «uvicorn app:app --port $PORT»\n"),
        bad("FROM python:3.12\nCMD «python migrate.py && python serve.py»\n"),
        bad("FROM python:3.12\nCMD «python serve.py *.json»\n"),
        // The arguments of CMD would come to it.
        bad("FROM python:3.12\nENTRYPOINT «python serve.py»\nCMD [\"--debug\"]\n"),
        good("FROM python:3.12\nCMD [\"python\", \"serve.py\"]\n"),
        good("FROM python:3.12\nSHELL [\"/bin/bash\", \"-c\"]\nCMD python serve.py\n"),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for section in sections(file) {
            for (index, instruction) in section.numbered() {
                judge(file, &section, index, instruction, found);
            }
        }
    }
}

fn judge(
    file: File<'_>,
    section: &Section<'_>,
    index: usize,
    instruction: &Instruction,
    found: &mut Findings,
) -> Option<()> {
    let Body::Command(CommandForm::Shell { text: line, .. }) = &instruction.body else {
        return None;
    };
    if !matches!(instruction.keyword, Keyword::Cmd | Keyword::Entrypoint)
        || is_meant_as_json(line.text(), instruction.keyword)
    {
        return None;
    }
    let command_line = file.content.command_line(index)?;
    // Whoever names a shell wants one.
    if !matches!(command_line.interpreter, Interpreter::Posix { is_named: false, .. }) {
        return None;
    }
    let finding = found.add(&RULE, file.at(instruction.arguments_span()));
    finding.arg("instruction", instruction.keyword.name());
    let is_alone = command_line.errors.is_empty() && command_line.script.comments.is_empty();
    if let [command] = &command_line.script.commands[..] {
        let starts_with_exec = command.name() == Some("exec");
        if starts_with_exec {
            // The program takes the shell's place, so signals reach it.
            finding.severity(Severity::Info);
        }
        if is_alone && let Some(fix) = exec_form(file, section, instruction, command) {
            finding.fix(fix);
        }
    }
    Some(())
}

/// Words that a shell does not look up as a program.
const BUILTINS: &[&str] = &[
    "!", ".", ":", "[", "[[", "alias", "bg", "break", "builtin", "cd", "command", "continue",
    "coproc", "declare", "echo", "eval", "exec", "exit", "export", "false", "fg", "getopts",
    "hash", "jobs", "kill", "let", "local", "printf", "pwd", "read", "readonly", "return", "set",
    "shift", "shopt", "source", "test", "time", "times", "trap", "true", "type", "typeset",
    "ulimit", "umask", "unalias", "unset", "wait", "{", "}",
];

/// The line as a JSON array, if a shell would do nothing but start the program.
fn exec_form(
    file: File<'_>,
    section: &Section<'_>,
    instruction: &Instruction,
    command: &SimpleCommand,
) -> Option<Fix> {
    let whole = instruction.arguments_span();
    let is_plain = command.assignments.is_empty()
        && command.redirections.is_empty()
        && command.position == Position::default()
        && command.span == whole;
    let is_windows = file.content.tree.escape != '\\'
        || matches!(section.end.root, Root::Image(name) if name.contains("windows"));
    if !is_plain || is_windows {
        return None;
    }
    let mut words = &command.words[..];
    let mut fix = match instruction.keyword {
        // With ENTRYPOINT in exec form CMD gives it arguments: other ones than before.
        Keyword::Cmd if section.end.entrypoint.is_some() => return None,
        // Once it is in exec form, ENTRYPOINT takes the words of CMD.
        Keyword::Entrypoint if section.end.cmd.is_some() => Fix::risky(TITLE),
        // An ENTRYPOINT of the base image may look at the words that it gets.
        Keyword::Cmd if !section.end.root.runs_cmd() => Fix::risky(TITLE),
        _ => Fix::safe(TITLE),
    };
    if let [exec, rest @ ..] = words
        && exec.literal() == Some("exec")
    {
        let gap = crate::text::Span { start: exec.span.start, end: rest.first()?.span.start };
        if file.raw(gap).contains('\n') {
            return None;
        }
        fix = fix.delete(file.at(gap));
        words = rest;
    }
    let program = words.first()?.literal()?;
    if program.starts_with('-') || BUILTINS.contains(&program) {
        return None;
    }
    let last = words.len() - 1;
    for (position, word) in words.iter().enumerate() {
        if is_read_by_shell(word) || file.raw(word.span).contains('\n') {
            return None;
        }
        let quoted = serde_json::to_string(word.written_value()?.text()).ok()?;
        let open = if position == 0 { "[" } else { "" };
        let close = if position == last { "]" } else { "," };
        fix = fix.replace(file.at(word.span), format!("{open}{quoted}{close}"));
    }
    Some(fix)
}

const TITLE: crate::text::Text = text("use the exec form", "改用 exec 形式");

/// Whether a shell makes something else of the word: file names, a home folder, a value.
fn is_read_by_shell(word: &Word) -> bool {
    let is_special = |part: &Part| match part {
        Part::Literal { text, is_quoted: false } => {
            text.text().contains(['*', '?', '[', '{', '~', '\\', '#', '!', '^'])
        }
        Part::Literal { .. } => false,
        _ => true,
    };
    word.parts.iter().any(is_special)
}
