//! Two stages of one name. In the default set: one of the two is never meant.

use super::super::file::files;
use super::super::form::BUILD_CHECKS;
use crate::fact::{Certainty, Citation};
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::{Message, text};

static UNIQUE: Citation = Citation {
    publication: &BUILD_CHECKS,
    says: text(
        "DuplicateStageName: names of stages are unique; of two stages with one name only the last can be named",
        "DuplicateStageName：阶段名应唯一；重名时只有最后一个阶段可被引用",
    ),
    certainty: Certainty::Documented,
};

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/duplicate-stage",
    severity: Severity::Warning,
    summary: text("two stages of one name", "阶段重名"),
    message: text("a stage `{name}` exists already", "已有名为 `{name}` 的阶段"),
    why: text(
        "What is copied from that name depends on where it stands in the file, and older builders refuse it.",
        "引用该名称时得到的内容取决于其在文件中的位置，旧版构建器会直接拒绝。",
    ),
    help: text("give it a name of its own", "请为其另取名称"),
    rests_on: &[&UNIQUE],
    aliases: &[
        "DL3024",
        "DuplicateStageName",
        "DS-0012",
        "CKV_DOCKER_11",
        "DUPLICATE_BUILD_STAGE_NAME",
    ],
    examples: &[
        bad("FROM alpine:3.20 AS build\nFROM alpine:3.19 AS «Build»\n"),
        good("FROM alpine:3.20 AS build\nFROM alpine:3.20 AS run\n"),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        let mut known = std::collections::HashMap::new();
        for name in file.stages().iter().filter_map(|stage| stage.name.as_ref()) {
            if let Some(first) = known.insert(name.raw().to_ascii_lowercase(), name.span) {
                found.add(&RULE, file.at(name.span)).arg("name", name.raw()).related_message(
                    file.at(first),
                    Message::new(text("the earlier one", "先前的阶段")),
                );
            }
        }
    }
}
