//! Both wget and curl in one stage.
//!
//! Strict: one of them is often there already, so that leaving it out saves nothing.

use super::super::base_image::stage_of;
use super::super::file::files;
use super::{commands, program_span, sources};
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::{Span, text};

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/wget-and-curl",
    severity: Severity::Info,
    strict: true,
    summary: text("Both wget and curl in a stage", "同一阶段同时使用 wget 和 curl"),
    message: text(
        "`{tool}` is used where `{other}` already does the same",
        "已使用 `{other}`，又使用作用相同的 `{tool}`",
    ),
    why: text(
        "Two programs for one task are two packages to install and to keep free of holes.",
        "用两个程序做同一件事，就要多安装一个软件包，多修补一份漏洞。",
    ),
    help: text("use `{other}` for both", "两处都使用 `{other}`"),
    rests_on: &[&sources::FEW_PACKAGES],
    aliases: &["DL4001", "DS-0014", "AVD-DS-0014"],
    examples: &[
        bad(
            "FROM debian:12\nRUN wget https://example.com/a\nRUN «curl» -O https://example.com/b\n",
        ),
        good(
            "FROM debian:12 AS one\nRUN wget https://example.com/a\nFROM debian:12\nRUN curl -O https://example.com/b\n",
        ),
        good("FROM debian:12\nRUN apt-get update && apt-get install -y wget curl\n"),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        // The stage, its first tool with its place, and whether it was told.
        let mut first: Option<(Option<usize>, &str, Span)> = None;
        let mut told = None;
        for (line, command) in commands(file) {
            let Some(name @ ("wget" | "curl")) = command.name() else { continue };
            let stage = stage_of(file, line.instruction).map(|stage| stage.index);
            match first {
                Some((at, other, span)) if at == stage => {
                    if other != name && told != Some(stage) {
                        told = Some(stage);
                        let finding = found.add(&RULE, file.at(program_span(command)));
                        finding.arg("tool", name).arg("other", other);
                        finding.related(file.at(span), text("used here first", "首次使用处"));
                    }
                }
                _ => first = Some((stage, name, program_span(command))),
            }
        }
    }
}
