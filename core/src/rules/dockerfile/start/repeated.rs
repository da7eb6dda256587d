//! CMD, ENTRYPOINT and HEALTHCHECK that another one of the same stage overrides. In the default
//! set: the earlier one never takes effect, and whoever reads it is misled.

use super::super::file::{File, files};
use super::section::{Section, sections};
use super::sources::LAST_ONE;
use crate::dockerfile::{Instruction, Keyword};
use crate::rule::{Context, Findings, Fix, Rule, bad, good};
use crate::text::{Span, Text, text};

const MESSAGE: Text = text(
    "this {instruction} never takes effect: another one follows in the same stage",
    "该 {instruction} 不会生效：同一阶段中后面还有一个",
);
const HELP: Text =
    text("keep the one {instruction} that is meant", "只保留真正需要的那个 {instruction}");

pub(super) static CMD: Rule = Rule {
    id: "dockerfile/multi-cmd",
    summary: text("several CMD in a stage", "同一阶段有多个 CMD"),
    message: MESSAGE,
    why: text(
        "Only the last CMD counts; a change to an earlier one changes nothing.",
        "只有最后一个 CMD 有效；修改前面的不会有任何效果。",
    ),
    help: HELP,
    rests_on: &[&LAST_ONE],
    aliases: &["DL4003", "MultipleInstructionsDisallowed", "DS-0016", "MULTIPLE_INSTRUCTIONS"],
    examples: &[
        bad("FROM python:3.12\n«CMD» [\"python\"]\nRUN true\nCMD [\"python\", \"serve.py\"]\n")
            .fixed("FROM python:3.12\nRUN true\nCMD [\"python\", \"serve.py\"]\n"),
        bad("FROM python:3.12\n«CMD» [\"a\"]\n  «cmd» b \\\n    c\nCMD [\"d\"]\n")
            .fixed("FROM python:3.12\nCMD [\"d\"]\n"),
        // The comment would be left with the wrong instruction.
        bad(
            "FROM python:3.12\n# Try it out.\n«CMD» [\"python\"]\nCMD [\"python\", \"serve.py\"]\n",
        ),
        good(
            "FROM python:3.12 AS base\nCMD [\"python\"]\nFROM base\nCMD [\"python\", \"serve.py\"]\n",
        ),
    ],
    check: |cx, found| check(cx, found, &CMD, Keyword::Cmd),
    ..Rule::DEFAULT
};

pub(super) static ENTRYPOINT: Rule = Rule {
    id: "dockerfile/multi-entrypoint",
    summary: text("several ENTRYPOINT in a stage", "同一阶段有多个 ENTRYPOINT"),
    message: MESSAGE,
    why: text(
        "Only the last ENTRYPOINT counts; a wrapper that an earlier one starts never runs.",
        "只有最后一个 ENTRYPOINT 有效；前面指定的包装程序不会运行。",
    ),
    help: HELP,
    rests_on: &[&LAST_ONE],
    aliases: &["DL4004", "MultipleInstructionsDisallowed", "DS-0007"],
    examples: &[
        bad("FROM python:3.12\n«ENTRYPOINT» [\"python\"]\nENTRYPOINT [\"python\", \"serve.py\"]\n")
            .fixed("FROM python:3.12\nENTRYPOINT [\"python\", \"serve.py\"]\n"),
        good("FROM python:3.12\nENTRYPOINT [\"python\"]\nCMD [\"serve.py\"]\n"),
    ],
    check: |cx, found| check(cx, found, &ENTRYPOINT, Keyword::Entrypoint),
    ..Rule::DEFAULT
};

pub(super) static HEALTHCHECK: Rule = Rule {
    id: "dockerfile/multi-healthcheck",
    summary: text("several HEALTHCHECK in a stage", "同一阶段有多个 HEALTHCHECK"),
    message: MESSAGE,
    why: text(
        "Only the last HEALTHCHECK counts; what an earlier one looks at is never checked.",
        "只有最后一个 HEALTHCHECK 有效；前面的检查不会执行。",
    ),
    help: HELP,
    rests_on: &[&LAST_ONE],
    aliases: &["DL3012", "MultipleInstructionsDisallowed", "DS-0023"],
    examples: &[
        bad("FROM python:3.12\n«HEALTHCHECK» NONE\nHEALTHCHECK CMD [\"/live\"]\n")
            .fixed("FROM python:3.12\nHEALTHCHECK CMD [\"/live\"]\n"),
        good("FROM python:3.12\nHEALTHCHECK CMD [\"/live\"]\nFROM python:3.13\nHEALTHCHECK NONE\n"),
    ],
    check: |cx, found| check(cx, found, &HEALTHCHECK, Keyword::Healthcheck),
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings, rule: &'static Rule, keyword: Keyword) {
    for file in files(cx) {
        for section in sections(file) {
            judge(file, &section, found, rule, keyword);
        }
    }
}

fn judge(
    file: File<'_>,
    section: &Section<'_>,
    found: &mut Findings,
    rule: &'static Rule,
    keyword: Keyword,
) {
    let all: Vec<&Instruction> =
        section.instructions.iter().filter(|one| one.keyword == keyword).collect();
    let Some((last, earlier)) = all.split_last() else { return };
    for instruction in earlier {
        let finding = found.add(rule, file.at(instruction.keyword_span));
        finding.arg("instruction", keyword.name());
        finding.related(file.at(last.keyword_span), text("this one counts", "生效的是这一个"));
        if let Some(fix) = removal(file, instruction) {
            finding.fix(fix);
        }
    }
}

/// Its lines out of the file, unless a comment goes with them.
fn removal(file: File<'_>, instruction: &Instruction) -> Option<Fix> {
    let source = file.document.source.text();
    let (start, end) = (instruction.span.start as usize, instruction.span.end as usize);
    let line_start = source.get(..start)?.rfind('\n').map_or(0, |at| at + 1);
    let line_end = end + source.get(end..)?.find('\n')? + 1;
    let is_alone = source.get(line_start..start)?.trim().is_empty()
        && source.get(end..line_end)?.trim().is_empty();
    let comments = &file.content.tree.comments;
    let next = comments.partition_point(|one| (one.span.start as usize) < line_start);
    let holds_comment = comments.get(next).is_some_and(|one| (one.span.start as usize) < line_end);
    let follows_comment = next.checked_sub(1).and_then(|at| comments.get(at)).is_some_and(|one| {
        let between = source.get(one.span.end as usize..line_start);
        between.is_some_and(|between| between.matches('\n').count() == 1)
    });
    if !is_alone || holds_comment || follows_comment {
        return None;
    }
    Some(
        Fix::safe(text("remove it", "删除该指令")).delete(file.at(Span::new(line_start, line_end))),
    )
}
