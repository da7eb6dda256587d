//! What may not stand behind ONBUILD. In the default set: the builder refuses the file.

use super::super::file::{File, files};
use super::super::sources::REFERENCE;
use crate::dockerfile::{Body, Keyword};
use crate::fact::{Certainty, Citation};
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::{Span, text};

static TRIGGERS: Citation = Citation {
    publication: &REFERENCE,
    says: text(
        "ONBUILD may trigger no FROM, MAINTAINER or ONBUILD",
        "ONBUILD 不能触发 FROM、MAINTAINER 或 ONBUILD",
    ),
    certainty: Certainty::Documented,
};

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/onbuild-trigger",
    severity: Severity::Error,
    summary: text("a trigger that ONBUILD refuses", "ONBUILD 不允许的触发指令"),
    message: text("ONBUILD cannot trigger {instruction}", "ONBUILD 不能触发 {instruction}"),
    why: text(
        "The builder refuses the instruction when this image is built.",
        "构建该镜像时，构建器会拒绝这条指令。",
    ),
    help: text(
        "write {instruction} without ONBUILD, or leave it to those who build on the image",
        "请去掉 ONBUILD 直接书写 {instruction}，或交由基于该镜像的构建来处理",
    ),
    rests_on: &[&TRIGGERS],
    aliases: &[
        "DL3043",
        "invalid-onbuild-trigger",
        "ONBUILD_CHAINING_DISALLOWED",
        "ONBUILD_TRIGGER_DISALLOWED",
    ],
    examples: &[
        bad("FROM alpine:3.20\nONBUILD «FROM» alpine:3.19\n"),
        bad("FROM alpine:3.20\nONBUILD «ONBUILD» RUN true\n"),
        bad("FROM alpine:3.20\nONBUILD «maintainer» nobody\n"),
        good("FROM alpine:3.20\nONBUILD COPY . /app\n"),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for trigger in forbidden(file) {
            found.add(&RULE, file.at(trigger.at)).arg("instruction", trigger.keyword.name());
        }
    }
}

/// A trigger that is not allowed.
pub(super) struct Trigger {
    keyword: Keyword,
    /// Where its keyword stands.
    pub(super) at: Span,
}

pub(super) fn forbidden(file: File<'_>) -> impl Iterator<Item = Trigger> {
    file.instructions().filter_map(|(_, instruction)| match &instruction.body {
        Body::Onbuild(inner)
            if matches!(inner.keyword, Keyword::From | Keyword::Maintainer | Keyword::Onbuild) =>
        {
            Some(Trigger { keyword: inner.keyword, at: inner.keyword_span })
        }
        _ => None,
    })
}
