//! A variable used in the very ENV that sets it. In the default set: the value is the one from
//! before, mostly none.

use std::collections::HashSet;

use super::super::file::files;
use super::super::sources::REFERENCE;
use super::scope::walk;
use crate::dockerfile::{Body, Instruction, Keyword, Pair, variables_used};
use crate::fact::{Certainty, Citation};
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::{Span, text};

static BEFORE: Citation = Citation {
    publication: &REFERENCE,
    says: text(
        "variables keep the value from before the instruction throughout the whole of it",
        "在同一条指令中，变量始终取该指令之前的值",
    ),
    certainty: Certainty::Documented,
};

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/env-self-reference",
    severity: Severity::Warning,
    summary: text("a variable used where it is set", "在同一条 ENV 中使用刚设置的变量"),
    message: text(
        "this ENV itself sets `{name}`, so that its new value does not hold here yet",
        "`{name}` 由这条 ENV 设置，此处尚不能使用新值",
    ),
    why: text(
        "All values of one ENV see the variables from before it: what stands here is empty, or old.",
        "同一条 ENV 的所有值都只能看到之前的变量：此处为空或为旧值。",
    ),
    help: text("set `{name}` in an ENV of its own, above", "请在上方单独用一条 ENV 设置 `{name}`"),
    rests_on: &[&BEFORE],
    aliases: &["DL3044"],
    examples: &[
        bad("FROM alpine:3.20\nENV ROOT=/srv DATA=\"${«ROOT»}/data\"\n"),
        good("FROM alpine:3.20\nENV ROOT=/srv\nENV DATA=$ROOT/data\n"),
        good("FROM alpine:3.20\nENV PATH=/app/bin:$PATH\n"),
        good("FROM alpine:3.20\nARG ROOT=/srv\nENV ROOT=$ROOT DATA=$ROOT/data\n"),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        let escape = file.content.tree.escape;
        walk(file, |scope, instruction, _| {
            if instruction.keyword != Keyword::Env {
                return;
            }
            let mut told = HashSet::new();
            let siblings = Siblings::of(instruction);
            for one in variables_used(instruction, escape) {
                if !scope.declared.contains(&one.name)
                    && siblings.set(&one.name, one.name_span)
                    && told.insert(one.name.clone())
                {
                    found.add(&RULE, file.at(one.name_span)).arg("name", &one.name);
                }
            }
        });
    }
}

/// What one ENV sets.
pub(super) struct Siblings<'a> {
    names: HashSet<&'a str>,
    /// The values' spans in their order, each with the name that it is for.
    values: Vec<(Span, &'a str)>,
}

impl<'a> Siblings<'a> {
    /// Those of `instruction`; none where it is no ENV.
    pub(super) fn of(instruction: &'a Instruction) -> Siblings<'a> {
        let pairs = match &instruction.body {
            Body::Pairs { pairs, .. } if instruction.keyword == Keyword::Env => &pairs[..],
            _ => &[],
        };
        let value = |pair: &'a Pair| Some((pair.value.as_ref()?.span, pair.name.raw()));
        Siblings {
            names: pairs.iter().map(|pair| pair.name.raw()).collect(),
            values: pairs.iter().filter_map(value).collect(),
        }
    }

    /// Whether it sets `name`.
    pub(super) fn name(&self, name: &str) -> bool {
        self.names.contains(name)
    }

    /// Whether `name`, used at `at`, is set by other pairs alone.
    pub(super) fn set(&self, name: &str, at: Span) -> bool {
        let after = self.values.partition_point(|(value, _)| value.start <= at.start);
        let around = after.checked_sub(1).and_then(|index| self.values.get(index));
        let is_own = around.is_some_and(|(value, own)| value.contains(at) && *own == name);
        self.name(name) && !is_own
    }
}
