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
        "`{tool}` is used in a stage that also uses `{other}`",
        "`{tool}` 与 `{other}` 在同一阶段混用",
    ),
    why: text(
        "Two programs for one task are two packages to install and to keep free of holes.",
        "用两个程序做同一件事，就要多安装一个软件包，也要多为一个软件包修补漏洞。",
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
        let mut used = Used::default();
        for (line, command) in commands(file) {
            let Some(name @ ("wget" | "curl")) = command.name() else { continue };
            let stage = stage_of(file, line.instruction).map(|stage| stage.index);
            if used.stage != stage {
                used = Used { stage, ..Used::default() };
            }
            let (own, other, other_name) = match name {
                "wget" => (&mut used.wget, used.curl, "curl"),
                _ => (&mut used.curl, used.wget, "wget"),
            };
            own.get_or_insert(program_span(command));
            // Once an instruction: whoever reads it sees the rest.
            let Some(other) = other.filter(|_| used.told != Some(line.instruction)) else {
                continue;
            };
            used.told = Some(line.instruction);
            let finding = found.add(&RULE, file.at(program_span(command)));
            finding.arg("tool", name).arg("other", other_name);
            finding.related(file.at(other), text("used here first", "首次使用处"));
        }
    }
}

/// What a stage has used so far.
#[derive(Default)]
struct Used {
    stage: Option<usize>,
    wget: Option<Span>,
    curl: Option<Span>,
    /// The instruction that was last told of.
    told: Option<usize>,
}
