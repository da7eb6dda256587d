//! A pipeline whose first commands may fail unseen.
//!
//! Strict: most pipelines of real files fail loudly at their next step anyway (`tar` of nothing,
//! the program that was not installed), and `pipefail` breaks those that end a producer on purpose.

use super::super::base_image::{base_image, stage_of};
use super::super::file::{File, files};
use super::super::known_images::System;
use super::sources;
use crate::document::{CommandLine, Interpreter};
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::shell::SimpleCommand;
use crate::text::{Span, text};

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/pipefail",
    severity: Severity::Warning,
    strict: true,
    summary: text("A pipeline without pipefail", "管道未启用 pipefail"),
    message: text(
        "if `{program}` fails, its pipeline may still succeed",
        "`{program}` 失败时，其管道仍可能成功",
    ),
    why: text(
        "The shell looks only at the last command of a pipeline: a broken download passes, and the image is built without what it needs.",
        "shell 只看管道的最后一个命令：下载失败也会通过，构建出的镜像缺少所需内容。",
    ),
    help: text(
        "set `SHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]` before it (on Alpine `/bin/ash`), or begin the RUN with `set -o pipefail &&`",
        "请在其前面设置 `SHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]`（Alpine 上用 `/bin/ash`），或让 RUN 以 `set -o pipefail &&` 开头",
    ),
    rests_on: &[&sources::PIPES],
    aliases: &["DL4006"],
    examples: &[
        bad("FROM debian:12\nRUN curl -fsSL https://example.com/a.tgz «|» tar -xz\n"),
        bad(
            "FROM debian:12\nSHELL [\"/bin/sh\", \"-o\", \"pipefail\", \"-c\"]\nRUN curl -f https://example.com/a «|» tee /a\n",
        ),
        good(
            "FROM debian:12\nSHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]\nRUN curl -fsSL https://example.com/a.tgz | tar -xz\n",
        ),
        good(
            "FROM alpine:3.22\nRUN set -eo pipefail; curl -fsSL https://example.com/a.tgz | tar -xz\n",
        ),
        good("FROM debian:12\nRUN curl -fsSLO https://example.com/a.tgz && tar -xzf a.tgz\n"),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for line in file.runs() {
            // One finding a RUN: what mends one pipeline mends them all.
            let script = &line.script;
            let Some(pipeline) = script.pipelines.iter().find(|one| !one.has_pipefail) else {
                continue;
            };
            let stage = stage_of(file, line.instruction);
            let system = stage.and_then(|stage| base_image(file, stage)?.system());
            if sees_failures(line, system) {
                continue;
            }
            let Some(pipe) = pipeline.operators.first() else { continue };
            let first = script.simple_elements(pipeline).next().flatten();
            let finding = found.add(&RULE, file.at(pipe.span));
            match first.and_then(SimpleCommand::name) {
                Some(program) => finding.arg("program", program),
                None => finding.says(text(
                    "if what stands before the pipe fails, the pipeline may still succeed",
                    "管道中靠前的命令失败时，整个管道仍可能成功",
                )),
            };
            if let Some(fix) = shell_before(file, line, system) {
                finding.fix(fix);
            }
        }
    }
}

/// Whether SHELL sets `pipefail` for a shell that knows it. `sh` does only where it is BusyBox's.
fn sees_failures(line: &CommandLine, system: Option<System>) -> bool {
    match &line.interpreter {
        Interpreter::Posix { name, has_pipefail, .. } => {
            let is_known = **name != "dash" && (**name != "sh" || system == Some(System::Alpine));
            *has_pipefail && is_known
        }
        _ => true,
    }
}

/// SHELL before the RUN. Never safe: it holds for what follows too, and a producer that its
/// consumer ends early (`yes |`, `| head`) fails then.
fn shell_before(file: File<'_>, line: &CommandLine, system: Option<System>) -> Option<Fix> {
    let shell = match system? {
        System::Debian | System::RedHat => r#"["/bin/bash", "-o", "pipefail", "-c"]"#,
        System::Alpine => r#"["/bin/ash", "-eo", "pipefail", "-c"]"#,
    };
    let instruction = file.content.tree.instructions.get(line.instruction)?;
    let at = Span::at(instruction.span.start as usize);
    let fix = Fix::risky(text("set a SHELL with pipefail", "设置带 pipefail 的 SHELL"));
    Some(fix.replace(file.at(at), format!("SHELL {shell}\n")))
}
