//! What the Dockerfile's parser could not read. In the default set: nothing is built.

use std::collections::HashSet;

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
    aliases: &[
        "DL1000",
        "unknown-instruction",
        "CASING_DIRECTIVE",
        "ARGUMENT_MISSING",
        "ARGUMENT_EXTRA",
        "ARGUMENT_REQUIRES_ONE",
        "ARGUMENT_REQUIRES_AT_LEAST_ONE",
        "ARGUMENT_REQUIRES_TWO",
        "ARGUMENT_REQUIRES_AT_LEAST_TWO",
        "ARGUMENT_REQUIRES_ONE_OR_THREE",
        "ARGUMENT_UNNECESSARY",
        "INVALID_BUILD_STAGE_NAME",
        "FLAG_AT_LEAST_ONE",
        "FLAG_DUPLICATE",
        "FLAG_INVALID_DURATION",
        "FLAG_LESS_THAN_1MS",
        "FLAG_MISSING_DURATION",
        "FLAG_MISSING_VALUE",
        "FLAG_UNKNOWN_UNIT",
        "NO_SOURCE_IMAGE",
        "INVALID_ESCAPE_DIRECTIVE",
        "INVALID_AS",
        "INVALID_DESTINATION",
        "INVALID_PORT",
        "INVALID_PROTO",
        "INVALID_SYNTAX",
        "SHELL_JSON_FORM",
        "SHELL_REQUIRES_ONE",
        "SYNTAX_MISSING_EQUALS",
        "SYNTAX_MISSING_NAMES",
        "SYNTAX_MISSING_SINGLE_QUOTE",
        "SYNTAX_MISSING_DOUBLE_QUOTE",
        "UNKNOWN_INSTRUCTION",
        "UNKNOWN_ADD_FLAG",
        "UNKNOWN_COPY_FLAG",
        "UNKNOWN_FROM_FLAG",
        "UNKNOWN_HEALTHCHECK_FLAG",
        "UNKNOWN_TYPE",
        "UNSUPPORTED_MODIFIER",
        "HEALTHCHECK_CMD_ARGUMENT_MISSING",
        "FLAG_INVALID_FROM_VALUE",
        "FLAG_INVALID_LINK_VALUE",
        "FLAG_EXPECTED_BOOLEAN_VALUE",
        "DUPLICATED_ESCAPE_DIRECTIVE",
    ],
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
fn told_elsewhere(file: File<'_>) -> HashSet<Span> {
    let early = instruction_order::early(file).map(|instruction| instruction.keyword_span);
    let triggers = onbuild_trigger::forbidden(file);
    // An empty name of a base image.
    let is_empty = |stage: &&Stage| stage.expanded.value() == Some("");
    let bases = file.stages().iter().filter(is_empty).map(|stage| stage.image.span);
    triggers.map(|inner| inner.at).chain(early).chain(bases).collect()
}
