//! Comments above ARG and FROM that do not begin with the name. Strict: only those whose tools
//! read such comments as descriptions gain by it.

use super::super::file::{File, files};
use super::BUILD_CHECKS;
use crate::dockerfile::{Body, Instruction, Word};
use crate::fact::{Certainty, Citation};
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::{Span, text};

static DESCRIPTION: Citation = Citation {
    publication: &BUILD_CHECKS,
    says: text(
        "InvalidDefinitionDescription: the comment right above an ARG or a named FROM describes it, and begins with its name",
        "InvalidDefinitionDescription：紧邻 ARG 或命名 FROM 上方的注释是其说明，应以其名称开头",
    ),
    certainty: Certainty::Documented,
};

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/definition-comment",
    severity: Severity::Info,
    strict: true,
    summary: text("a description without its name", "说明未以名称开头"),
    message: text(
        "the comment above `{name}` does not begin with that name",
        "`{name}` 上方的注释没有以该名称开头",
    ),
    why: text(
        "`docker build --call=outline` shows such comments as descriptions, and leaves out those without the name.",
        "`docker build --call=outline` 会把这类注释显示为说明，没有名称的则会被忽略。",
    ),
    help: text(
        "begin it with `{name}`, or leave an empty line below it",
        "请以 `{name}` 开头，或在其下留一个空行",
    ),
    rests_on: &[&DESCRIPTION],
    aliases: &["InvalidDefinitionDescription"],
    examples: &[
        bad("# which Alpine\nARG «TAG»=3.20\nFROM alpine:$TAG\n"),
        bad("# everything is built here\nFROM alpine:3.20 AS «build»\n"),
        good(
            "# TAG which Alpine\nARG TAG=3.20\n\n# not a description\n\nFROM alpine:$TAG AS build\n",
        ),
        good("# build everything\nFROM alpine:3.20 AS build\n# anything\nRUN true\n"),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for (_, instruction) in file.instructions() {
            let names: Vec<&Word> = match &instruction.body {
                Body::Args(pairs) => pairs.iter().map(|pair| &pair.name).collect(),
                Body::From { name: Some(name), .. } => vec![name],
                _ => continue,
            };
            let Some(comment) = comment_above(file, instruction) else { continue };
            let words = file.raw(comment).trim_start_matches('#').trim();
            let first = words.split(' ').next().unwrap_or_default();
            if let Some(name) = names.first().filter(|_| !words.is_empty())
                && names.iter().all(|name| name.raw() != first)
            {
                found
                    .add(&RULE, file.at(name.span))
                    .arg("name", name.raw())
                    .related(file.at(comment), text("the comment", "该注释"));
            }
        }
    }
}

/// The comment on the line right above the instruction.
fn comment_above(file: File<'_>, instruction: &Instruction) -> Option<Span> {
    let comments = &file.content.tree.comments;
    let next = comments.partition_point(|comment| comment.span.end <= instruction.span.start);
    let comment = comments.get(next.checked_sub(1)?)?.span;
    let between = Span::new(comment.end as usize, instruction.span.start as usize);
    let between = file.raw(between);
    let is_next_line = between.bytes().filter(|byte| *byte == b'\n').count() == 1;
    (is_next_line && between.trim().is_empty()).then_some(comment)
}
