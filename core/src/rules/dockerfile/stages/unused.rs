//! A stage that the last one does not need. Strict: many a file has stages for `--target`.

use super::super::file::files;
use super::super::sources::REFERENCE;
use super::references::{base_stage, call, references};
use crate::fact::{Certainty, Citation};
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::text;

static TARGET: Citation = Citation {
    publication: &REFERENCE,
    says: text(
        "the last stage is what a build gives, unless --target names another",
        "构建结果是最后一个阶段，除非用 --target 指定其他阶段",
    ),
    certainty: Certainty::Documented,
};

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/unused-stage",
    severity: Severity::Info,
    strict: true,
    summary: text("a stage that the image does not need", "镜像不需要的阶段"),
    message: text(
        "the last stage neither builds on `{stage}` nor copies from it",
        "最后一个阶段既不基于 `{stage}` 构建，也不从中复制内容",
    ),
    why: text(
        "A plain build leaves the stage out: what it tests or makes is neither tested nor made.",
        "普通构建会跳过该阶段：其中的测试不会执行，产物也不会生成。",
    ),
    help: text(
        "remove the stage, copy from it, or build it with --target",
        "请删除该阶段、从中复制内容，或用 --target 构建",
    ),
    rests_on: &[&TARGET],
    aliases: &["no-unreachable-stages"],
    examples: &[
        bad("FROM alpine:3.20 AS «test»\nRUN true\nFROM alpine:3.20\n"),
        good(
            "FROM alpine:3.20 AS build\nFROM build AS more\nFROM alpine:3.20\nCOPY --from=more /a /b\n",
        ),
        good("FROM alpine:3.20 AS build\nARG WHICH\nFROM alpine:3.20\nCOPY --from=$WHICH /a /b\n"),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        let stages = file.stages();
        let all = references(file);
        // Which stage a variable names, only the build knows.
        let is_known = stages.iter().all(|stage| stage.expanded.is_known)
            && all.iter().all(|reference| reference.is_plain());
        let Some(last) = stages.len().checked_sub(1).filter(|_| is_known) else { continue };
        let mut sources: Vec<Vec<usize>> = vec![Vec::new(); stages.len()];
        for reference in &all {
            if let (Some(from), Some(to)) = (reference.stage, reference.target(&file.content.tree))
                && let Some(sources) = sources.get_mut(from)
            {
                sources.push(to);
            }
        }
        let mut is_needed = vec![false; stages.len()];
        let mut next = vec![last];
        while let Some(index) = next.pop() {
            if std::mem::replace(&mut is_needed[index], true) {
                continue;
            }
            next.extend(&sources[index]);
            next.extend(base_stage(&stages[index]));
        }
        for stage in stages.iter().filter(|stage| !is_needed[stage.index]) {
            let at = stage.name.as_ref().map_or(stage.image.span, |name| name.span);
            found.add(&RULE, file.at(at)).arg("stage", call(stage));
        }
    }
}
