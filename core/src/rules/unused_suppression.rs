//! A comment that silences nothing: the rule was fixed, mistyped or never fired.
//!
//! Found by `suppress`, which alone knows what was silenced; this is its id, words and page.

use crate::fact::{Certainty, Citation, Publication};
use crate::rule::{Finding, Findings, Rule, Severity, bad, good};
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
        bad("FROM debian:12\n# hadolint ignore=«DL3027»\nRUN apt-get update\n"),
        bad("FROM debian:12\n# hadolint ignore=«no-apt»,DL3027\nRUN apt-get update\n"),
        bad("# check=skip=«StagenameCasing»;«warn=true»\nFROM debian:12\n"),
        good(
            "FROM alpine:3.20\n# plimsoll ignore=dockerfile/syntax -- shown in a talk\nRUNN true\n",
        ),
        good("FROM debian:12\n# hadolint ignore=DL3027 # as in the manual\nRUN apt update\n"),
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

/// hadolint passes over the whole comment because of what stands at `at`.
pub(crate) fn unreadable(found: &mut Findings, at: Place) {
    found
        .add(&RULE, at)
        .says(text(
            "hadolint reads no rule here and passes over the whole comment",
            "hadolint 无法将此处读作规则，因此忽略整条注释",
        ))
        .help(text(
            "write ids such as DL3006, separated by commas, and the reason behind a `#`",
            "请写 DL3006 这样的编号并以逗号分隔，理由写在 `#` 之后",
        ));
}

/// The build refuses the directive because of the option at `at`.
pub(crate) fn refused(found: &mut Findings, at: Place) {
    no_option_of(found, at).severity(Severity::Error);
}

/// The comment is passed over because of the option at `at`.
pub(crate) fn no_option(found: &mut Findings, at: Place) {
    no_option_of(found, at);
}

fn no_option_of(found: &mut Findings, at: Place) -> &mut Finding {
    found.add(&RULE, at).says(text("`check` has no such option", "`check` 没有该选项")).help(text(
        "options are `skip=`, `error=true` and `experimental=`, separated by semicolons",
        "选项有 `skip=`、`error=true` 和 `experimental=`，以分号分隔",
    ))
}

/// BuildKit has no check of the name at `at`.
pub(crate) fn no_check(found: &mut Findings, at: Place) {
    found
        .add(&RULE, at)
        .says(text("BuildKit has no check of this name", "BuildKit 没有该名称的检查"))
        .help(text(
            "write the name as BuildKit does, its case included",
            "请按 BuildKit 的写法填写名称，注意大小写",
        ));
}
