//! A stage called `scratch` or `context`. In the default set: the name does not do what it says.

use super::super::file::files;
use super::super::form::BUILD_CHECKS;
use crate::fact::{Certainty, Citation};
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::text;

static RESERVED: Citation = Citation {
    publication: &BUILD_CHECKS,
    says: text(
        "ReservedStageName: `scratch` and `context` mean something to the builder and name no stage",
        "ReservedStageName：`scratch` 和 `context` 对构建器有特殊含义，不能用作阶段名",
    ),
    certainty: Certainty::Documented,
};

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/reserved-stage",
    severity: Severity::Warning,
    summary: text("a stage with a reserved name", "阶段使用了保留名称"),
    message: text(
        "`{name}` is a reserved word, not a name for a stage",
        "`{name}` 是保留字，不能用作阶段名",
    ),
    why: text(
        "FROM scratch and --from=context mean the builder's own, so that the stage may never be reached.",
        "FROM scratch 和 --from=context 对构建器另有含义，该阶段可能永远无法被引用。",
    ),
    help: text("give the stage another name", "请为该阶段另取名称"),
    rests_on: &[&RESERVED],
    aliases: &["DL3063", "ReservedStageName"],
    examples: &[
        bad("FROM alpine:3.20 AS «scratch»\n"),
        bad("FROM alpine:3.20 AS «context»\n"),
        good("FROM alpine:3.20 AS contexts\n"),
    ],
    check,
    ..Rule::DEFAULT
};

const RESERVED_NAMES: &[&str] = &["scratch", "context"];

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for name in file.stages().iter().filter_map(|stage| stage.name.as_ref()) {
            if RESERVED_NAMES.iter().any(|reserved| name.raw().eq_ignore_ascii_case(reserved)) {
                found.add(&RULE, file.at(name.span)).arg("name", name.raw());
            }
        }
    }
}
