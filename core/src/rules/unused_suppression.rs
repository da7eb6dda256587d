//! A comment that silences nothing: the rule was fixed, mistyped or never fired.
//!
//! Found by `suppress`, which alone knows what was silenced; this is its id, words and page.

use crate::fact::{Certainty, Citation, Publication};
use crate::rule::{Findings, Rule, Severity, bad, good};
use crate::text::{Place, text};

static CONTRACT: Publication =
    Publication { title: "Plimsoll: suppression comments", url: "", date: "2026-11" };

static REPORTED: Citation = Citation {
    publication: &CONTRACT,
    says: text(
        "a suppression that suppresses nothing is reported",
        "未屏蔽任何内容的屏蔽注释会被报告",
    ),
    certainty: Certainty::Necessary,
};

pub(crate) static RULE: Rule = Rule {
    id: "project/unused-suppression",
    severity: Severity::Info,
    summary: text("a comment silences nothing", "屏蔽注释没有屏蔽任何内容"),
    message: text("this comment silences nothing", "该注释没有屏蔽任何内容"),
    why: text(
        "The comment may hide a later finding that nobody has looked at.",
        "该注释以后可能掩盖没有人看过的问题。",
    ),
    help: text("remove the name from the comment", "从注释中删除该名称"),
    rests_on: &[&REPORTED],
    examples: &[
        bad("FROM alpine:3.20\n# plimsoll ignore=«dockerfile/syntax»\nRUN true\n"),
        bad("FROM alpine:3.20\n# plimsoll ignore=«dockerfile/sintax»\nRUN true\n"),
        good(
            "FROM alpine:3.20\n# plimsoll ignore=dockerfile/syntax -- shown in a talk\nRUNN true\n",
        ),
    ],
    ..Rule::DEFAULT
};

/// The name at `at` silences nothing.
pub(crate) fn unused(found: &mut Findings, at: Place) {
    found.add(&RULE, at);
}

/// There is no rule of the name at `at`.
pub(crate) fn unknown(found: &mut Findings, at: Place) {
    found.add(&RULE, at).says(text("there is no rule of this name", "没有该名称的规则"));
}
