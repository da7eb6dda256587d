//! What the Dockerfile's parser could not read. In the default set: nothing is built.

use super::super::file::{File, files};
use super::super::sources::REFERENCE;
use super::{instruction_order, onbuild_trigger};
use crate::dockerfile::Stage;
use crate::fact::{Certainty, Citation};
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::{Span, text};

static FORMAT: Citation = Citation {
    publication: &REFERENCE,
    says: text(
        "the instructions, their order and their arguments; the builder refuses anything else",
        "规定了指令、顺序和参数；构建器会拒绝其他内容",
    ),
    certainty: Certainty::Documented,
};

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/syntax",
    severity: Severity::Error,
    summary: text("the Dockerfile cannot be read", "无法解析 Dockerfile"),
    message: text("the Dockerfile cannot be read here", "此处的 Dockerfile 无法解析"),
    why: text(
        "The builder stops at the first thing that it cannot read, before anything is built.",
        "构建器遇到第一处无法解析的内容就会停止，什么都不会构建。",
    ),
    rests_on: &[&FORMAT],
    aliases: &["DL1000", "unknown-instruction"],
    examples: &[
        bad("FROM alpine:3.20\n«COPPY» a b\n"),
        bad("FROM alpine:3.20\nHEALTHCHECK «RUN» true\n"),
        good("FROM alpine:3.20\nRUN true\n"),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        let told = told_elsewhere(file);
        for error in &file.content.errors {
            if told.contains(&error.span) {
                continue;
            }
            let finding = found.add(&RULE, file.at(error.span));
            finding.message = error.message.clone();
        }
    }
}

/// What has a rule of its own, with words of its own.
fn told_elsewhere(file: File<'_>) -> Vec<Span> {
    let early = instruction_order::early(file).map(|instruction| instruction.keyword_span);
    let triggers = onbuild_trigger::forbidden(file);
    // An empty name of a base image.
    let is_empty = |stage: &&Stage| stage.expanded.value() == Some("");
    let bases = file.stages().iter().filter(is_empty).map(|stage| stage.image.span);
    triggers.map(|inner| inner.at).chain(early).chain(bases).collect()
}
