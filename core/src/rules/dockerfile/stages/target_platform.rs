//! `FROM --platform=$TARGETPLATFORM`. In the default set as advice: it changes nothing.

use super::super::file::files;
use super::super::form::BUILD_CHECKS;
use crate::dockerfile::Body;
use crate::fact::{Certainty, Citation};
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::text::{Span, text};

static DEFAULT: Citation = Citation {
    publication: &BUILD_CHECKS,
    says: text(
        "RedundantTargetPlatform: the target platform is what FROM takes without the flag",
        "RedundantTargetPlatform：不写该选项时，FROM 使用的就是目标平台",
    ),
    certainty: Certainty::Documented,
};

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/redundant-targetplatform",
    severity: Severity::Info,
    summary: text("a flag that asks for the default", "选项与默认值相同"),
    message: text(
        "--platform={variable} is what FROM does without the flag",
        "不写该选项时，FROM 等同于使用 --platform={variable}",
    ),
    why: text(
        "The flag makes the reader look for a difference that there is not.",
        "该选项会让读者误以为此处有特殊之处。",
    ),
    help: text("leave the flag out", "请去掉该选项"),
    rests_on: &[&DEFAULT],
    aliases: &["DL3065", "RedundantTargetPlatform"],
    examples: &[
        bad("FROM «--platform=$TARGETPLATFORM» alpine:3.20\n").fixed("FROM alpine:3.20\n"),
        bad("FROM «--platform=\"${TARGETPLATFORM}\"»   alpine:3.20 AS a\n")
            .fixed("FROM alpine:3.20 AS a\n"),
        good("FROM --platform=$BUILDPLATFORM alpine:3.20\n"),
        good("FROM --platform=$TARGETOS/amd64 alpine:3.20\n"),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for (_, instruction) in file.instructions() {
            let Body::From { image, .. } = &instruction.body else { continue };
            let Some(flag) = instruction.flag("platform") else { continue };
            let value = flag.value.as_ref().map_or("", |value| value.raw().trim_matches('"'));
            if !matches!(value, "$TARGETPLATFORM" | "${TARGETPLATFORM}") {
                continue;
            }
            // The blanks behind it go with it.
            let behind = Span::new(flag.span.end as usize, image.span.start as usize);
            let blanks = file.raw(behind);
            let blanks = blanks.len() - blanks.trim_start_matches([' ', '\t']).len();
            let end = flag.span.end as usize + blanks;
            let all = Span::new(flag.span.start as usize, end);
            found
                .add(&RULE, file.at(flag.span))
                .arg("variable", value)
                .fix(Fix::safe(text("leave it out", "去掉")).delete(file.at(all)));
        }
    }
}
