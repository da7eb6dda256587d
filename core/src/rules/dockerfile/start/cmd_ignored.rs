//! CMD and ENTRYPOINT that do not go together. In the default set: what stands in CMD does not
//! run, or runs as an argument of itself.

use super::super::file::{File, files};
use super::exec_line::is_exec;
use super::section::{Section, sections};
use super::sources::{FORMS, SHELL_FORM};
use crate::dockerfile::CommandForm;
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::text;

pub(super) static IGNORED: Rule = Rule {
    id: "dockerfile/cmd-ignored",
    severity: Severity::Warning,
    summary: text("CMD behind an ENTRYPOINT in shell form", "shell 形式的 ENTRYPOINT 使 CMD 失效"),
    message: text(
        "CMD is ignored: ENTRYPOINT is in shell form",
        "CMD 被忽略：ENTRYPOINT 使用 shell 形式",
    ),
    why: text(
        "The container runs ENTRYPOINT without what CMD says, and arguments given at `docker run` are lost as well.",
        "容器只运行 ENTRYPOINT，CMD 的内容不会生效，`docker run` 时给出的参数也会丢失。",
    ),
    help: text(
        "write ENTRYPOINT as a JSON array, or remove CMD",
        "将 ENTRYPOINT 写成 JSON 数组，或删除 CMD",
    ),
    rests_on: &[&SHELL_FORM],
    examples: &[
        bad("FROM python:3.12\nENTRYPOINT python serve.py\n«CMD» [\"--port\", \"8000\"]\n"),
        bad("FROM python:3.12\n«CMD» python worker.py\nENTRYPOINT python serve.py\n"),
        good(
            "FROM python:3.12\nENTRYPOINT [\"python\", \"serve.py\"]\nCMD [\"--port\", \"8000\"]\n",
        ),
        good(
            "FROM python:3.12\nENTRYPOINT exec python serve.py \"$@\"\nCMD [\"_\", \"--debug\"]\n",
        ),
        // An ENTRYPOINT takes away the CMD of the stage below.
        good(
            "FROM python:3.12 AS base\nCMD python worker.py\nFROM base\nENTRYPOINT python serve.py\n",
        ),
    ],
    check: check_ignored,
    ..Rule::DEFAULT
};

pub(super) static REPEATED: Rule = Rule {
    id: "dockerfile/cmd-repeats-entrypoint",
    severity: Severity::Warning,
    summary: text("CMD begins with ENTRYPOINT's program", "CMD 重复了 ENTRYPOINT 的程序"),
    message: text(
        "CMD gives `{program}` its own name as an argument: ENTRYPOINT starts it already",
        "CMD 把 `{program}` 自身的名称作为参数传入：ENTRYPOINT 已经启动它",
    ),
    why: text(
        "CMD is appended to ENTRYPOINT: `python serve.py` becomes `python python serve.py`, and there is no such script.",
        "CMD 会追加到 ENTRYPOINT 之后：`python serve.py` 变成 `python python serve.py`，而该脚本不存在。",
    ),
    help: text(
        "leave `{program}` out of CMD, or remove ENTRYPOINT",
        "从 CMD 中去掉 `{program}`，或删除 ENTRYPOINT",
    ),
    rests_on: &[&FORMS],
    examples: &[
        bad("FROM python:3.12\nENTRYPOINT [\"python\"]\nCMD [\"«python»\", \"serve.py\"]\n"),
        good("FROM python:3.12\nENTRYPOINT [\"python\"]\nCMD [\"serve.py\"]\n"),
        good("FROM python:3.12\nENTRYPOINT [\"tini\", \"--\"]\nCMD [\"python\", \"serve.py\"]\n"),
    ],
    check: check_repeated,
    ..Rule::DEFAULT
};

fn check_ignored(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for section in own_pairs(file) {
            let (Some(cmd), Some(CommandForm::Shell { text: line, .. })) =
                (section.end.cmd, section.end.entrypoint)
            else {
                continue;
            };
            // The words of CMD are `$0`, `$1` … of the shell.
            let takes_arguments = line.text().match_indices('$').any(|(at, _)| {
                let rest = line.text()[at + 1..].trim_start_matches('{');
                rest.starts_with(|sign: char| sign.is_ascii_digit() || matches!(sign, '@' | '*'))
            });
            if takes_arguments || line.text().trim_start().starts_with('[') {
                continue;
            }
            let finding = found.add(&IGNORED, file.at(cmd.keyword_span));
            if let Some(entrypoint) = section.end.entrypoint_instruction {
                finding.related(
                    file.at(entrypoint.keyword_span),
                    text("this is in shell form", "此处使用 shell 形式"),
                );
            }
        }
    }
}

/// The sections that set CMD or ENTRYPOINT themselves: others only inherit what was said already.
fn own_pairs<'a>(file: File<'a>) -> impl Iterator<Item = Section<'a>> {
    sections(file).into_iter().filter(|section| {
        let is_own = |wanted: Option<&crate::dockerfile::Instruction>| {
            wanted.is_some_and(|wanted| {
                section.instructions.iter().any(|one| one.span == wanted.span)
            })
        };
        is_own(section.end.cmd) || is_own(section.end.entrypoint_instruction)
    })
}

fn check_repeated(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for section in own_pairs(file) {
            repeated(file, &section, found);
        }
    }
}

fn repeated(file: File<'_>, section: &Section<'_>, found: &mut Findings) -> Option<()> {
    let entrypoint = section.end.entrypoint.filter(|form| is_exec(form))?.exec()?;
    let cmd = section.end.cmd?.command()?.exec()?;
    let (program, word) = (entrypoint.first()?.value.text(), cmd.first()?);
    // A wrapper may run itself; a name that holds a path is a script that may look at it.
    let is_plain = !program.contains('/') && !program.ends_with(".sh") && !program.is_empty();
    if !is_plain || word.value.text() != program {
        return None;
    }
    let finding = found.add(&REPEATED, file.at(word.value.whole()));
    finding.arg("program", program);
    Some(())
}
