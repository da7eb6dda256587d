//! `cd` in RUN: what it changes ends with the RUN, which is what WORKDIR is for.
//!
//! A RUN that ends with its only `cd` is in the default set, for its author believes that it does
//! something. A `cd` before further commands does what it says, so advice against it is strict.

use super::super::base_image::stage_of;
use super::super::file::{File, files};
use super::{commands, is_as_written, is_last, program_span, sources};
use crate::dockerfile::{Body, Instruction, Keyword};
use crate::document::CommandLine;
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::shell::SimpleCommand;
use crate::text::{Span, text};

const ALIASES: &[&str] = &["DL3003", "DS-0013", "AVD-DS-0013"];

pub(super) static LOST: Rule = Rule {
    id: "dockerfile/lost-cd",
    severity: Severity::Warning,
    summary: text("A cd at the end of a RUN", "RUN 末尾的 cd"),
    message: text(
        "this `cd` ends with its RUN, so it changes nothing",
        "这个 `cd` 随 RUN 结束而失效，不会改变任何东西",
    ),
    why: text(
        "The next instruction starts in the directory of the last WORKDIR again, so its relative paths are not where they seem to be.",
        "下一条指令仍从最近一条 WORKDIR 的目录开始，其中的相对路径并不指向看上去的位置。",
    ),
    help: text("use WORKDIR", "请使用 WORKDIR"),
    rests_on: &[&sources::OWN_SHELL, &sources::PREFER_WORKDIR],
    aliases: ALIASES,
    examples: &[
        bad("FROM debian:12\nRUN «cd» /app\nRUN make\n"),
        bad("FROM debian:12\nRUN mkdir -p /app && «cd» /app\n"),
        good("FROM debian:12\nRUN cd /app && make && cd ..\n"),
        good("FROM debian:12\nWORKDIR /app\nRUN make\n"),
    ],
    check: check_lost,
    ..Rule::DEFAULT
};

pub(super) static INSTEAD_OF_WORKDIR: Rule = Rule {
    id: "dockerfile/cd-instead-of-workdir",
    severity: Severity::Info,
    strict: true,
    summary: text("cd in RUN instead of WORKDIR", "在 RUN 中使用 cd 而不是 WORKDIR"),
    message: text(
        "`cd` changes the directory only for the rest of this RUN",
        "`cd` 只为这条 RUN 的其余部分切换目录",
    ),
    why: text(
        "Chains that walk through directories are hard to read, and the next RUN starts elsewhere than this one ended.",
        "在目录间切换的命令串难以阅读，下一条 RUN 的起始目录也与本条结束时不同。",
    ),
    help: text("set the directory with WORKDIR before it", "请在其前面用 WORKDIR 设定目录"),
    rests_on: &[&sources::PREFER_WORKDIR],
    aliases: ALIASES,
    examples: &[
        bad("FROM debian:12\nRUN «cd» /src && make install\nWORKDIR /app\n")
            .fixed("FROM debian:12\nWORKDIR /src\nRUN make install\nWORKDIR /app\n"),
        bad("FROM debian:12\nRUN «cd» /src && make install\nRUN ls\n"),
        bad("FROM debian:12\nRUN git clone https://example.com/a.git && «cd» a && make\n"),
        good("FROM debian:12\nWORKDIR /src\nRUN make install\n"),
        good("FROM debian:12\nRUN (cd /src && make) && echo done\n"),
    ],
    check: check_instead,
    ..Rule::DEFAULT
};

fn check_lost(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for (line, command) in commands(file).filter(|(line, one)| is_lost(line, one)) {
            let finding = found.add(&LOST, file.at(program_span(command)));
            let Some(instruction) = file.content.tree.instructions.get(line.instruction) else {
                continue;
            };
            let is_alone = line.script.commands.len() == 1 && !line.is_onbuild;
            if let Some(directory) = directory(file, line, command).filter(|_| is_alone) {
                let all = instruction.keyword_span.to(command.span);
                finding.fix(
                    Fix::risky(text("set the directory with WORKDIR", "用 WORKDIR 设定目录"))
                        .replace(file.at(all), format!("WORKDIR {directory}")),
                );
            }
        }
    }
}

fn check_instead(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for (line, command) in commands(file) {
            let is_cd = command.name() == Some("cd") && !is_lost(line, command);
            let position = &command.position;
            if !is_cd || position.in_subshell || position.in_substitution {
                continue;
            }
            let finding = found.add(&INSTEAD_OF_WORKDIR, file.at(program_span(command)));
            if let Some(fix) = before(file, line, command) {
                finding.fix(fix);
            }
        }
    }
}

/// Whether the RUN's only `cd` is its last command.
fn is_lost(line: &CommandLine, command: &SimpleCommand) -> bool {
    let is_cd = |one: &&SimpleCommand| matches!(one.name(), Some("cd" | "pushd" | "popd"));
    command.name() == Some("cd")
        && line.interpreter.is_posix()
        && is_last(line, command)
        && line.script.commands.iter().filter(is_cd).count() == 1
}

/// The absolute directory that `cd` names, if WORKDIR takes it letter for letter.
fn directory<'a>(
    file: File<'_>,
    line: &CommandLine,
    command: &'a SimpleCommand,
) -> Option<&'a str> {
    let [_, word] = &command.words[..] else { return None };
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/._-+@".contains(&byte);
    let directory = word.literal().filter(|path| path.starts_with('/'))?;
    let is_whole = command.assignments.is_empty() && command.redirections.is_empty();
    (directory.bytes().all(is_plain) && is_whole && is_as_written(file, line, word))
        .then_some(directory)
}

/// `RUN cd DIRECTORY && REST` as `WORKDIR DIRECTORY` and `RUN REST`: safe where nothing that
/// follows lies in the old directory, because another WORKDIR comes first.
fn before(file: File<'_>, line: &CommandLine, command: &SimpleCommand) -> Option<Fix> {
    let instruction = file.content.tree.instructions.get(line.instruction)?;
    let directory = directory(file, line, command)?;
    let [first, next, ..] = &line.script.commands[..] else { return None };
    let is_first = first.span == command.span && instruction.flags.is_empty();
    if !is_first || line.is_onbuild || !instruction.heredocs.is_empty() {
        return None;
    }
    // Only `cd DIRECTORY && next` on one line: whatever else stands between is left alone.
    let next_start = next.assignments.first().map_or(next.span.start, |one| one.span.start);
    let gap = Span::new(command.span.end as usize, next_start as usize);
    let keyword_gap = Span::new(instruction.keyword_span.end as usize, command.span.start as usize);
    let is_blank = |text: &str| text.bytes().all(|byte| byte == b' ');
    let gap_is_and = file.raw(gap).trim_matches(' ') == "&&";
    let moves_back =
        line.script.commands.iter().skip(1).any(|one| {
            one.name() == Some("popd") || one.name() == Some("cd") && one.has_argument("-")
        });
    if !gap_is_and || !is_blank(file.raw(keyword_gap)) || moves_back {
        return None;
    }
    let rest_of_stage = file
        .content
        .tree
        .instructions
        .get(line.instruction + 1..stage_of(file, line.instruction)?.range.end)?;
    let title = text("set the directory with WORKDIR", "用 WORKDIR 设定目录");
    let fix = if sets_directory_next(rest_of_stage) { Fix::safe(title) } else { Fix::risky(title) };
    let keyword = file.raw(instruction.keyword_span);
    let all = instruction.keyword_span.to(Span::at(next_start as usize));
    Some(fix.replace(file.at(all), format!("WORKDIR {directory}\n{keyword} ")))
}

/// Whether an absolute WORKDIR comes before anything that looks at the working directory.
fn sets_directory_next(rest: &[Instruction]) -> bool {
    let is_independent = |one: &&Instruction| {
        matches!(
            one.keyword,
            Keyword::Arg
                | Keyword::Env
                | Keyword::Expose
                | Keyword::Label
                | Keyword::Shell
                | Keyword::StopSignal
                | Keyword::User
                | Keyword::Volume
        )
    };
    match rest.iter().find(|one| !is_independent(one)).map(|one| (one.keyword, &one.body)) {
        Some((Keyword::Workdir, Body::Text(path))) => path.raw().starts_with('/'),
        _ => false,
    }
}
