//! Stages that copy from one another. In the default set: the builder refuses it.

use super::super::file::files;
use super::super::sources::REFERENCE;
use super::references::{Reference, base_stage, call, references};
use crate::fact::{Certainty, Citation};
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::text;

static STAGES: Citation = Citation {
    publication: &REFERENCE,
    says: text(
        "a stage is built after the stages that it is built from and copies from",
        "一个阶段所基于的阶段和从中复制的阶段都会先于它构建",
    ),
    certainty: Certainty::Documented,
};

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/circular-stages",
    severity: Severity::Error,
    summary: text("stages that wait for one another", "阶段循环依赖"),
    message: text(
        "`{source}` itself needs the stage `{stage}` that copies from it",
        "`{source}` 本身又依赖于从它复制内容的阶段 `{stage}`",
    ),
    why: text(
        "Neither stage can be built first, and the builder refuses the file.",
        "两个阶段都无法先行构建，构建器会拒绝该文件。",
    ),
    help: text("move what both need into a stage of its own", "请将双方都需要的内容放入单独的阶段"),
    rests_on: &[&STAGES],
    aliases: &["circular-stage-deps"],
    examples: &[
        bad(
            "FROM alpine:3.20 AS a\nCOPY --from=«b» /x /x\nFROM alpine:3.20 AS b\nCOPY --from=a /y /y\n",
        ),
        good(
            "FROM alpine:3.20 AS a\nFROM alpine:3.20 AS b\nCOPY --from=a /y /y\nFROM b\nCOPY --from=a /y /z\n",
        ),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        let stages = file.stages();
        let all = references(file);
        let edge = |reference: &Reference| {
            let (from, to) = (reference.stage?, reference.target(&file.content.tree)?);
            (from != to).then_some((from, to))
        };
        // Without a look ahead there is no circle.
        if !all.iter().filter_map(edge).any(|(from, to)| to > from) {
            continue;
        }
        let bases = stages.iter().filter_map(|stage| Some((stage.index, base_stage(stage)?)));
        let edges: Vec<(usize, usize)> = all.iter().filter_map(edge).chain(bases).collect();
        let is_left = in_circles(stages.len(), &edges);
        let stuck = |index: usize| is_left.get(index).copied().unwrap_or_default();
        for reference in &all {
            let Some((from, to)) = edge(reference) else { continue };
            if to > from && stuck(from) && stuck(to) {
                let name = |index: usize| stages.get(index).map(call).unwrap_or_default();
                found
                    .add(&RULE, file.at(reference.name.span))
                    .arg("source", name(to))
                    .arg("stage", name(from));
            }
        }
    }
}

/// Which of `count` nodes are left when those that need nothing more, and those that nothing needs
/// any more, are taken away again and again.
fn in_circles(count: usize, edges: &[(usize, usize)]) -> Vec<bool> {
    let mut is_left = vec![true; count];
    for is_turned in [false, true] {
        let turned = edges.iter().map(|&(a, b)| if is_turned { (b, a) } else { (a, b) });
        let mut needs = vec![0_usize; count];
        let mut users: Vec<Vec<usize>> = vec![Vec::new(); count];
        for (from, to) in turned.filter(|&(a, b)| is_left[a] && is_left[b]) {
            needs[from] += 1;
            users[to].push(from);
        }
        let mut free: Vec<usize> = (0..count).filter(|&n| is_left[n] && needs[n] == 0).collect();
        while let Some(node) = free.pop() {
            is_left[node] = false;
            for &user in &users[node] {
                needs[user] -= 1;
                if needs[user] == 0 {
                    free.push(user);
                }
            }
        }
    }
    is_left
}
