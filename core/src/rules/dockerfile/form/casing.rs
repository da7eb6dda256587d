//! Keywords in several cases. In the default set as advice: it costs nothing and a fix is there.

use super::super::file::files;
use super::BUILD_CHECKS;
use crate::fact::{Certainty, Citation};
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::text::text;

static CONSISTENT: Citation = Citation {
    publication: &BUILD_CHECKS,
    says: text(
        "ConsistentInstructionCasing: all instructions of a file are in upper case or all in lower case",
        "ConsistentInstructionCasing：文件中的指令应统一为大写或统一为小写",
    ),
    certainty: Certainty::Documented,
};

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/casing",
    severity: Severity::Info,
    summary: text("instructions in different cases", "指令大小写不一致"),
    message: text(
        "`{written}` is not written as the file's other instructions: `{wanted}`",
        "`{written}` 与文件中其他指令的大小写不一致：`{wanted}`",
    ),
    why: text(
        "An instruction in another case is easily overlooked, and a search for it misses it.",
        "大小写不同的指令容易被忽略，也不易搜索到。",
    ),
    help: text("write `{wanted}`", "请写作 `{wanted}`"),
    rests_on: &[&CONSISTENT],
    aliases: &["ConsistentInstructionCasing", "CASING_INSTRUCTION"],
    examples: &[
        bad("FROM alpine:3.20\n«Run» true\nCMD [\"sh\"]\n")
            .fixed("FROM alpine:3.20\nRUN true\nCMD [\"sh\"]\n"),
        bad("«FROM» alpine:3.20\nrun true\ncmd [\"sh\"]\n")
            .fixed("from alpine:3.20\nrun true\ncmd [\"sh\"]\n"),
        good("from alpine:3.20\nrun true\n"),
        good("FROM alpine:3.20\nRUN true\n"),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        let known = || {
            let all = file.instructions().map(|(_, instruction)| instruction);
            all.filter(|instruction| !instruction.keyword.name().is_empty())
                .map(|instruction| (instruction, file.raw(instruction.keyword_span)))
        };
        let lower = known().filter(|(_, written)| is_lower(written)).count();
        let upper = known().filter(|(_, written)| is_upper(written)).count();
        let is_lower_file = lower > upper;
        for (instruction, written) in known() {
            let wanted = match is_lower_file {
                true if !is_lower(written) => written.to_ascii_lowercase(),
                false if !is_upper(written) => written.to_ascii_uppercase(),
                _ => continue,
            };
            let at = file.at(instruction.keyword_span);
            let finding = found.add(&RULE, at);
            finding.arg("written", written).arg("wanted", &wanted);
            // A keyword that a continuation cuts in two is for people.
            if wanted.eq_ignore_ascii_case(instruction.keyword.name()) {
                finding.fix(
                    Fix::safe(text("write {wanted}", "改为 {wanted}"))
                        .arg("wanted", &wanted)
                        .replace(at, wanted),
                );
            }
        }
    }
}

fn is_lower(word: &str) -> bool {
    !word.bytes().any(|byte| byte.is_ascii_uppercase())
}

fn is_upper(word: &str) -> bool {
    !word.bytes().any(|byte| byte.is_ascii_lowercase())
}
