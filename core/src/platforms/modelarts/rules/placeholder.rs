//! Values that are still to be filled in.

use super::super::config::configs;
use super::super::deployment::deployments;
use super::super::spec::KEYS;
use super::MODELARTS;
use crate::document::Kind;
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::shell::Word;
use crate::text::{Place, text};
use crate::tree::{Node, REPLACE_ME, is_placeholder};

pub(super) static LEFT: Rule = Rule {
    id: "modelarts/placeholder-left",
    severity: Severity::Info,
    summary: text("a value is still to be filled in", "有待填写的值"),
    message: text("this is still to be filled in", "此处尚未填写"),
    why: text(
        "A placeholder that reaches ModelArts is taken literally. Plimsoll judges nothing about a value that it cannot know.",
        "占位符会被 ModelArts 原样使用。对于无法得知的值，Plimsoll 不作判断。",
    ),
    help: text("fill it in before the package is imported", "导入前请填写"),
    rests_on: &[&KEYS],
    examples: &[
        bad(r#"{"model_algorithm":"a","model_type":"Image","health":{"url":"«/<health path>»"}}"#),
        bad(
            r#"{"model_type":"Image","apis":[{"url":"/","request":{"data":{"type":"object","properties":{«"<parameter>"»:{"type":"file"}}}}}]}"#,
        ),
        bad("-- run.sh --\n#!/bin/sh\nexec redis-server --requirepass «REPLACE_ME»\n"),
        bad("-- run.sh --\n#!/bin/sh\nDB_PASS=«REPLACE_ME» exec sh -c «'serve -p REPLACE_ME'»\n"),
        good("-- run.sh --\n#!/bin/sh\nexec sed s/REPLACEMENT/x/ a\n"),
        good(r#"{"model_algorithm":"a","model_type":"Image","health":{"url":"/health"}}"#),
    ],
    check,
    ..MODELARTS
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for config in configs(cx) {
        mark(config.root, &|span| config.at(span), found);
    }
    for service in deployments(cx) {
        mark(service.root, &|span| service.at(span), found);
    }
    for document in cx.of_kind(Kind::Shell) {
        let commands = document.shell().into_iter().flat_map(|shell| &shell.script.commands);
        for command in commands {
            let values = command.assignments.iter().map(|assignment| &assignment.value);
            for word in command.words.iter().chain(values).filter(|word| is_left(word)) {
                found.add(&LEFT, document.place(word.span));
            }
        }
    }
}

/// Whether a word of a script is what `init` writes for a secret. Others look like placeholders and
/// are meant so.
fn is_left(word: &Word) -> bool {
    let is_end = |c: char| !c.is_ascii_alphanumeric() && c != '_';
    word.literal().is_some_and(|text| text.split(is_end).any(|part| part == REPLACE_ME))
}

fn mark(root: &Node, at: &dyn Fn(crate::text::Span) -> Place, found: &mut Findings) {
    root.walk(&mut |_, node| {
        if node.as_str().is_some() && node.is_unknown() {
            found.add(&LEFT, at(node.inner_span()));
        }
        for member in node.members().iter().filter(|member| is_placeholder(&member.key)) {
            found.add(&LEFT, at(member.key_span));
        }
    });
}
