//! An instruction before the first FROM. In the default set: the builder refuses the file.

use super::super::file::{File, files};
use super::super::sources::REFERENCE;
use crate::dockerfile::{Instruction, Keyword};
use crate::fact::{Certainty, Citation};
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::text;

static FROM_FIRST: Citation = Citation {
    publication: &REFERENCE,
    says: text(
        "a Dockerfile begins with FROM; only parser directives, comments and global ARGs may stand before it",
        "Dockerfile 必须以 FROM 开头；其前只能有解析指令、注释和全局 ARG",
    ),
    certainty: Certainty::Documented,
};

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/instruction-order",
    severity: Severity::Error,
    summary: text("an instruction before FROM", "FROM 之前有其他指令"),
    message: text(
        "{instruction} stands before the first FROM, where only ARG may",
        "{instruction} 位于第一个 FROM 之前，此处只允许 ARG",
    ),
    why: text(
        "There is no image yet that the instruction could change, and the builder refuses the file.",
        "此时还没有可供该指令修改的镜像，构建器会拒绝该文件。",
    ),
    help: text("move it below FROM", "请将其移到 FROM 之后"),
    rests_on: &[&FROM_FIRST],
    aliases: &["DL3061"],
    examples: &[
        bad("«RUN» true\n"),
        bad("ARG TAG=3.20\n«ENV» A=b\nFROM alpine:$TAG\n"),
        good("# the base\nARG TAG=3.20\nFROM alpine:$TAG\nENV A=b\n"),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        if let Some(instruction) = early(file) {
            found
                .add(&RULE, file.at(instruction.keyword_span))
                .arg("instruction", instruction.keyword.name());
        }
    }
}

/// The first instruction that stands where only ARG may; it tells it for all.
pub(super) fn early(file: File<'_>) -> Option<&Instruction> {
    let all = file.instructions().map(|(_, instruction)| instruction);
    all.take_while(|instruction| instruction.keyword != Keyword::From)
        .find(|instruction| !matches!(instruction.keyword, Keyword::Arg | Keyword::Unknown))
}
