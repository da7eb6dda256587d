//! The `.dockerignore` itself.
//!
//! Default: a pattern that cannot be read stops the build, and one that never matches leaves in the
//! context what somebody meant to keep out.

use crate::document::{Document, Kind};
use crate::fact::{Certainty, Citation, Publication};
use crate::rule::{Context, Findings, Rule, Severity, bad, good};
use crate::text::{Span, text};

pub(super) static CONTEXT: Publication = Publication {
    title: "Docker Docs: Build context, .dockerignore files",
    url: "https://docs.docker.com/build/concepts/context/#dockerignore-files",
    date: "",
};

static PATTERNS: Citation = Citation {
    publication: &CONTEXT,
    says: text(
        "one pattern a line in the syntax of Go's filepath.Match, with `**` and `!`; a line is a comment only if it begins with `#`",
        "每行一个 Go filepath.Match 语法的模式，另支持 `**` 和 `!`；只有以 `#` 开头的行才是注释",
    ),
    certainty: Certainty::Documented,
};

pub(in super::super) static SYNTAX: Rule = Rule {
    id: "dockerfile/ignore-syntax",
    severity: Severity::Error,
    summary: text("a pattern of .dockerignore cannot be read", ".dockerignore 中的模式无效"),
    message: text("this pattern cannot be read", "该模式无法解析"),
    why: text(
        "The builder refuses the file, so nothing is built.",
        "构建器会拒绝该文件，什么都不会构建。",
    ),
    help: text(
        "close the `[`, or write `\\[` for the letter itself; give `!` a pattern",
        "请闭合 `[`，或用 `\\[` 表示字符本身；为 `!` 补上模式",
    ),
    rests_on: &[&PATTERNS],
    examples: &[
        bad("-- .dockerignore --\nnode_modules\n«logs/[0-9»\n"),
        bad("-- .dockerignore --\n*\n«!»\n"),
        good("-- .dockerignore --\nlogs/[0-9]*\n!logs/1\n"),
    ],
    check: syntax,
    ..Rule::DEFAULT
};

fn syntax(cx: &Context<'_>, found: &mut Findings) {
    for document in cx.of_kind(Kind::DockerIgnore) {
        for error in document.dockerignore().map_or(&[][..], |content| &content.errors) {
            let finding = found.add(&SYNTAX, document.place(error.span));
            finding.message = error.message.clone();
        }
    }
}

pub(in super::super) static USELESS: Rule = Rule {
    id: "dockerfile/ignore-without-match",
    summary: text(
        "a pattern of .dockerignore matches nothing",
        ".dockerignore 中的模式不匹配任何内容",
    ),
    message: text(
        "`{pattern}` leads out of the context, where nothing is",
        "`{pattern}` 指向上下文之外，那里没有任何内容",
    ),
    why: text(
        "What was meant to stay out is sent to the builder, and COPY may take it into the image.",
        "本应排除的内容会被发送给构建器，COPY 可能把它带入镜像。",
    ),
    help: text(
        "write the path from the root of the context, and a comment on a line of its own that begins with `#`",
        "路径请从上下文根目录写起；注释请单独成行并以 `#` 开头",
    ),
    rests_on: &[&PATTERNS],
    examples: &[
        bad("-- .dockerignore --\n«../shared»\n"),
        bad("-- .dockerignore --\n«*.log # of the tests»\n  «# not a comment»\n"),
        good("-- .dockerignore --\n# of the tests\n*.log\n**/a#b\n"),
    ],
    check: useless,
    ..Rule::DEFAULT
};

fn useless(cx: &Context<'_>, found: &mut Findings) {
    for document in cx.of_kind(Kind::DockerIgnore) {
        for (span, is_comment) in useless_in(document) {
            let finding = found.add(&USELESS, document.place(span));
            finding.arg("pattern", document.source.slice(span));
            if is_comment {
                finding.says(text(
                    "`{pattern}` is one pattern: `#` begins a comment only at the start of a line",
                    "`{pattern}` 是一个整体模式：只有位于行首的 `#` 才开始注释",
                ));
            }
        }
    }
}

/// Patterns that never match, and whether a comment is the reason.
fn useless_in(document: &Document) -> Vec<(Span, bool)> {
    let patterns = document.dockerignore().map_or(&[][..], |content| &content.file.patterns);
    let judge = |pattern: &crate::dockerignore::Pattern| {
        let is_comment = pattern.text.starts_with('#') || pattern.text.contains(" # ");
        (is_comment || pattern.leads_out()).then_some((pattern.span, is_comment))
    };
    patterns.iter().filter_map(judge).collect()
}
