//! Copying from a stage that holds nothing. In the default set: the build stops at the COPY.

use super::super::file::{File, files};
use super::super::sources::REFERENCE;
use super::references::{base_stage, call, references};
use crate::dockerfile::{BaseName, Body, Keyword, Stage, Word};
use crate::fact::{Certainty, Citation};
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::text;

static SCRATCH: Citation = Citation {
    publication: &REFERENCE,
    says: text(
        "COPY --from takes files from what another stage built; FROM scratch begins with an empty file system",
        "COPY --from 从其他阶段的构建结果中取文件；FROM scratch 从空文件系统开始",
    ),
    certainty: Certainty::Documented,
};

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/empty-source",
    severity: Severity::Error,
    summary: text("copying from an empty stage", "从空阶段复制"),
    message: text(
        "the stage `{stage}` holds no files: nothing was added to scratch",
        "阶段 `{stage}` 中没有任何文件：基于 scratch 且未添加内容",
    ),
    why: text("The build stops here: the source is not found.", "构建会在此停止：找不到来源文件。"),
    help: text(
        "add the files to that stage, or copy from another",
        "请在该阶段添加文件，或改从其他阶段复制",
    ),
    rests_on: &[&SCRATCH],
    aliases: &["copy-from-empty-scratch-stage"],
    examples: &[
        bad("FROM scratch AS files\nLABEL a=b\nFROM alpine:3.20\nCOPY --from=«files» /app /app\n"),
        good(
            "FROM scratch AS files\nCOPY app /app\nFROM alpine:3.20\nCOPY --from=files /app /app\n",
        ),
        good("FROM scratch AS files\nFROM alpine:3.20\nCOPY --from=files / /app\n"),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        let stages = file.stages();
        let mut is_empty: Vec<bool> = Vec::with_capacity(stages.len());
        for stage in stages {
            let begins_empty = match base_stage(stage) {
                Some(base) => is_empty.get(base).copied().unwrap_or_default(),
                None => stage.base == BaseName::Scratch,
            };
            is_empty.push(begins_empty && adds_nothing(file, stage));
        }
        for reference in references(file).iter().filter(|reference| reference.is_plain()) {
            let Some(target) = reference.target(&file.content.tree) else { continue };
            // A stage that copies from itself is another mistake.
            if !is_empty.get(target).copied().unwrap_or_default() || reference.stage == Some(target)
            {
                continue;
            }
            let instruction = file.content.tree.instructions.get(reference.instruction);
            let Some(Body::Copy { sources, .. }) = instruction.map(|one| &one.inner().body) else {
                continue;
            };
            if sources.iter().any(names_a_file)
                && let Some(stage) = stages.get(target)
            {
                found.add(&RULE, file.at(reference.name.span)).arg("stage", call(stage));
            }
        }
    }
}

fn adds_nothing(file: File<'_>, stage: &Stage) -> bool {
    let adds = [Keyword::Copy, Keyword::Add, Keyword::Run, Keyword::Workdir, Keyword::Unknown];
    file.of_stage(stage).iter().all(|instruction| !adds.contains(&instruction.keyword))
}

/// Whether something must be there: a pattern may find nothing, and the root is always there.
fn names_a_file(source: &Word) -> bool {
    let name = source.raw();
    !name.contains(['*', '?', '[', '$']) && !matches!(name, "/" | "." | "./" | "/.")
}
