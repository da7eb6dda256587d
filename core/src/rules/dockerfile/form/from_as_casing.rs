//! `FROM … as`: two cases in one instruction. In the default set as advice: a fix is there.

use super::super::file::files;
use super::BUILD_CHECKS;
use crate::dockerfile::Body;
use crate::fact::{Certainty, Citation};
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::text::text;

static SAME_CASE: Citation = Citation {
    publication: &BUILD_CHECKS,
    says: text(
        "FromAsCasing: `AS` is written in the same case as `FROM`",
        "FromAsCasing：`AS` 与 `FROM` 的大小写应一致",
    ),
    certainty: Certainty::Documented,
};

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/from-as-casing",
    severity: Severity::Info,
    summary: text("FROM and AS in different cases", "FROM 与 AS 大小写不一致"),
    message: text(
        "`{written}` is not in the case of its `{from}`",
        "`{written}` 与所在的 `{from}` 大小写不一致",
    ),
    why: text(
        "Keywords in one case stand out from the names between them.",
        "关键字大小写一致，才能与中间的名称区分开。",
    ),
    help: text("write `{wanted}`", "请写作 `{wanted}`"),
    rests_on: &[&SAME_CASE],
    aliases: &["FromAsCasing"],
    examples: &[
        bad("FROM alpine:3.20 «as» base\n").fixed("FROM alpine:3.20 AS base\n"),
        bad("from alpine:3.20 «AS» base\n").fixed("from alpine:3.20 as base\n"),
        good("FROM alpine:3.20 AS base\n"),
        good("from alpine:3.20 as base\n"),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for (_, instruction) in file.instructions() {
            let Body::From { as_word: Some(word), .. } = &instruction.body else { continue };
            let (from, written) = (file.raw(instruction.keyword_span), word.raw());
            // A keyword in mixed case has a rule of its own.
            let wanted = if from.bytes().all(|byte| byte.is_ascii_lowercase()) {
                "as"
            } else if from.bytes().all(|byte| byte.is_ascii_uppercase()) {
                "AS"
            } else {
                continue;
            };
            if written == wanted {
                continue;
            }
            let at = file.at(word.span);
            let finding = found.add(&RULE, at);
            finding.arg("written", written).arg("from", from).arg("wanted", wanted);
            if word.text.is_verbatim(0, written.len()) {
                finding.fix(
                    Fix::safe(text("write {wanted}", "改为 {wanted}"))
                        .arg("wanted", wanted)
                        .replace(at, wanted),
                );
            }
        }
    }
}
