//! RUN after RUN, each with one command.
//!
//! Strict: separate layers are often wanted, for the cache or for a readable build log.

use super::super::file::files;
use super::sources;
use crate::dockerfile::{Instruction, Keyword};
use crate::document::{CommandLine, Interpreter};
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::text;

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/consecutive-run",
    severity: Severity::Info,
    strict: true,
    summary: text("RUN instructions that could be one", "可以合并的多条 RUN"),
    message: text("this RUN could be part of the one before", "这条 RUN 可以并入前一条"),
    why: text(
        "Each RUN is a layer: what a later one deletes still takes its place in the image.",
        "每条 RUN 都是一层：后一层删除的文件仍会占用镜像空间。",
    ),
    help: text(
        "join the commands with `&&`, or write them into one `RUN <<EOF`",
        "请用 `&&` 连接命令，或写进同一个 `RUN <<EOF`",
    ),
    rests_on: &[&sources::FEW_LAYERS],
    aliases: &["DL3059"],
    examples: &[
        bad("FROM debian:12\nRUN make\n# then\n«RUN» make install\n"),
        good("FROM debian:12\nRUN make && make install\nRUN ldconfig\n"),
        good("FROM debian:12\nRUN make\nWORKDIR /app\nRUN make install\n"),
        good("FROM debian:12\nRUN --mount=type=cache,target=/root/.cache make\nRUN make install\n"),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        let mut before: Option<(&Instruction, Option<&CommandLine>)> = None;
        for (index, instruction) in file.instructions() {
            // ONBUILD belongs to another build than its neighbours.
            let is_onbuild = instruction.keyword == Keyword::Onbuild;
            let run = instruction.inner();
            if run.keyword != Keyword::Run {
                before = None;
                continue;
            }
            let line = file.content.command_line(index);
            if let Some((earlier, earlier_line)) = before
                && (earlier.keyword == Keyword::Onbuild) == is_onbuild
                && is_single(earlier_line)
                && is_single(line)
                && has_same_flags(earlier.inner(), run)
            {
                let finding = found.add(&RULE, file.at(run.keyword_span));
                finding.related(
                    file.at(earlier.inner().keyword_span),
                    text("the RUN before", "前一条 RUN"),
                );
            }
            before = Some((instruction, line));
        }
    }
}

fn is_single(line: Option<&CommandLine>) -> bool {
    line.is_some_and(|line| match line.interpreter {
        Interpreter::Posix { .. } => line.script.main_commands().count() <= 1,
        // Exec form is one command; of another shell's language nothing is known.
        Interpreter::None => true,
        Interpreter::Other => false,
    })
}

fn has_same_flags(one: &Instruction, other: &Instruction) -> bool {
    let flags = |instruction: &Instruction| -> Vec<(String, Option<String>)> {
        let value = |flag: &crate::dockerfile::Flag| {
            (flag.name.clone(), flag.value.as_ref().map(|value| value.raw().to_owned()))
        };
        instruction.flags.iter().map(value).collect()
    };
    flags(one) == flags(other)
}
