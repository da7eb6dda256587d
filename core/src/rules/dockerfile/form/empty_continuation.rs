//! An empty line inside an instruction. In the default set: the builder says that it will refuse
//! it, and a fix is there.

use super::super::file::files;
use super::BUILD_CHECKS;
use crate::fact::{Certainty, Citation};
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::text::{Span, text};

static FUTURE: Citation = Citation {
    publication: &BUILD_CHECKS,
    says: text(
        "NoEmptyContinuation: an empty line behind a continuation is accepted for now and will become an error",
        "NoEmptyContinuation：续行之后的空行目前仍被接受，但将来会报错",
    ),
    certainty: Certainty::Documented,
};

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/empty-continuation",
    severity: Severity::Warning,
    summary: text("an empty line inside an instruction", "指令中间有空行"),
    message: text(
        "an empty line stands inside {instruction}, which goes on below it",
        "{instruction} 中间有空行，其下仍是该指令的内容",
    ),
    why: text(
        "The instruction looks as if it ended here; a future builder will refuse the file.",
        "该指令看似到此结束；将来的构建器会拒绝该文件。",
    ),
    help: text("remove the empty line", "请删除空行"),
    rests_on: &[&FUTURE],
    aliases: &["NoEmptyContinuation", "EMPTY_CONTINUATION_LINE"],
    examples: &[
        bad("FROM alpine:3.20\nRUN true && \\\n«»\n    false\n")
            .fixed("FROM alpine:3.20\nRUN true && \\\n    false\n"),
        bad("FROM alpine:3.20\nRUN true \\\n«»\n# why\n\n    && false\n")
            .fixed("FROM alpine:3.20\nRUN true \\\n# why\n    && false\n"),
        bad("FROM alpine:3.20\nRUN true \\\n«»\n\n\t\n    && false \\\n\n    || true\n")
            .fixed("FROM alpine:3.20\nRUN true \\\n    && false \\\n    || true\n"),
        good("FROM alpine:3.20\nRUN true && \\\n    # why\n    false\n"),
        good("FROM alpine:3.20\nRUN <<END\ntrue\n\nfalse\nEND\n"),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for (_, instruction) in file.instructions() {
            let lines = &instruction.blank_lines;
            let Some(first) = lines.first() else { continue };
            // One finding tells it for the instruction.
            let blank = file.raw(*first);
            let at = Span::new(
                first.start as usize,
                first.start as usize + blank.trim_end_matches(['\r', '\n']).len(),
            );
            let fix = Fix::safe(text("remove the empty line", "删除空行"));
            // Lines that follow one another go in one edit.
            let together = lines.chunk_by(|line, next| line.end == next.start);
            let together = together.filter_map(|lines| {
                Some(Span { start: lines.first()?.start, end: lines.last()?.end })
            });
            found
                .add(&RULE, file.at(at))
                .arg("instruction", instruction.keyword.name())
                .fix(together.fold(fix, |fix, lines| fix.delete(file.at(lines))));
        }
    }
}
