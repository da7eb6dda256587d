//! Comments that silence a linter, where a team wants its exceptions in one place.
//!
//! Strict: most teams want their exceptions beside the line that they are about.

use super::super::file::{File, files};
use crate::document::{Check, Pragma};
use crate::fact::{Certainty, Citation, Publication};
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::{Span, text};

static HADOLINT: Publication = Publication {
    title: "hadolint: DL1001",
    url: "https://github.com/hadolint/hadolint/wiki/DL1001",
    date: "",
};

static EXCEPTIONS: Citation = Citation {
    publication: &HADOLINT,
    says: text(
        "a team may want that no ignore comment stands in its files",
        "团队可能希望文件中不出现忽略注释",
    ),
    certainty: Certainty::Documented,
};

pub(crate) static RULE: Rule = Rule {
    id: "dockerfile/no-inline-ignore",
    severity: Severity::Info,
    strict: true,
    summary: text("a comment silences a linter", "注释屏蔽了检查规则"),
    message: text("this comment silences {rules}", "该注释屏蔽了 {rules}"),
    why: text(
        "Each such comment is an exception that nobody sees who reads only the configuration.",
        "每条这样的注释都是一个例外，只看配置的人无从得知。",
    ),
    help: text(
        "write the exception into `[per-file-ignores]` of plimsoll.toml",
        "请将例外写入 plimsoll.toml 的 `[per-file-ignores]`",
    ),
    rests_on: &[&EXCEPTIONS],
    aliases: &["DL1001"],
    examples: &[
        bad("FROM debian:12\n«# hadolint ignore=DL3027»\nRUN apt update\n"),
        bad(
            "«# plimsoll file-ignore=dockerfile/no-apt -- a demo»\nFROM debian:12\nRUN apt update\n",
        ),
        bad("# check=«skip=all;error=true»\nFROM debian:12 AS Build\n"),
        good("FROM debian:12\n# hadolint shell=bash\nRUN apt-get update\n"),
        good("# check=error=true\nFROM debian:12\n"),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for directive in file.content.tree.directives.iter().filter(|one| one.name == "check") {
            let check = Check::read(&directive.value, directive.value_span.start as usize);
            report(file, found, directive.value_span, &skipped(&check), 0);
        }
        for comment in &file.content.tree.comments {
            let names = match Pragma::read(file.raw(comment.span)) {
                Some(Pragma::Ignore { names, .. }) => names,
                Some(Pragma::Check(check)) => skipped(&check),
                _ => continue,
            };
            report(file, found, comment.span, &names, comment.span.start as usize);
        }
    }
}

fn skipped(check: &Check) -> Vec<std::ops::Range<usize>> {
    check.skip.iter().chain(&check.skip_all).cloned().collect()
}

/// The comment at `at` silences the rules at `names`, which begin at `offset`.
fn report(
    file: File<'_>,
    found: &mut Findings,
    at: Span,
    names: &[std::ops::Range<usize>],
    offset: usize,
) {
    let names: Vec<&str> = names
        .iter()
        .map(|name| file.raw(Span::new(offset + name.start, offset + name.end)))
        .collect();
    if !names.is_empty() {
        found.add(&RULE, file.at(at)).arg("rules", names.join(", "));
    }
}
