//! Backticks. Strict: a matter of taste until one nests them.

use super::super::file::files;
use super::sources::POSIX;
use crate::fact::{Certainty, Citation};
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::shell::{Part, SubstitutionKind};
use crate::text::text;

static SUBSTITUTION: Citation = Citation {
    publication: &POSIX,
    says: text(
        "in backticks a backslash before `$`, a backtick or a backslash goes first; `$(…)` is read as it stands",
        "反引号内，`$`、反引号和反斜杠之前的反斜杠会先被去掉；`$(…)` 则按原样解析",
    ),
    certainty: Certainty::Documented,
};

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/backticks",
    severity: Severity::Info,
    strict: true,
    summary: text("backticks instead of `$(…)`", "使用反引号而非 `$(…)`"),
    message: text("this substitution is written with backticks", "该命令替换使用了反引号"),
    why: text(
        "Escapes and quotes inside of backticks mean something else than outside, and they nest only with more escapes.",
        "反引号内的转义和引号与外面含义不同，嵌套还需要更多转义。",
    ),
    help: text("write `$(…)`", "改写为 `$(…)`"),
    rests_on: &[&SUBSTITUTION],
    aliases: &["SC2006"],
    examples: &[
        bad("FROM alpine:3.20\nRUN echo \"«`uname -r`»\"\n")
            .fixed("FROM alpine:3.20\nRUN echo \"$(uname -r)\"\n"),
        good("FROM alpine:3.20\nRUN echo \"$(uname -r)\"\n"),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for command in file.run_commands() {
            let values = command.assignments.iter().map(|assignment| &assignment.value);
            for part in command.words.iter().chain(values).flat_map(|word| &word.parts) {
                let Part::Substitution { kind: SubstitutionKind::Backticks, span, .. } = part
                else {
                    continue;
                };
                let at = file.at(*span);
                let raw = file.raw(*span);
                let finding = found.add(&RULE, at);
                let inner = raw.strip_prefix('`').and_then(|raw| raw.strip_suffix('`'));
                // `$((` would begin arithmetic, and an escape means something else outside.
                let is_same =
                    |inner: &&str| !inner.contains(['\\', '`', '\n']) && !inner.starts_with('(');
                if let Some(inner) = inner.filter(is_same) {
                    finding.fix(
                        Fix::safe(text("write `$(…)`", "改写为 `$(…)`"))
                            .replace(at, format!("$({inner})")),
                    );
                }
            }
        }
    }
}
