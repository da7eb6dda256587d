//! `# sytax=…`: a parser directive that the builder reads as a mere comment, or whose image has a
//! typing mistake. In the default set: nobody writes such a line for people to read.

use super::super::file::{File, files};
use super::super::sources::REFERENCE;
use crate::fact::{Certainty, Citation};
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::text::{Span, file_name, nearest, text};

static DIRECTIVES: Citation = Citation {
    publication: &REFERENCE,
    says: text(
        "parser directives have the form `# name=value` and stand above everything else; any other line is a comment",
        "解析指令的形式为 `# 名称=值`，且必须位于文件最前面；其他行一律视为注释",
    ),
    certainty: Certainty::Documented,
};

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/directive",
    severity: Severity::Warning,
    summary: text("a parser directive without effect", "无效的解析指令"),
    message: text(
        "`{written}` is no parser directive; did you mean `{wanted}`?",
        "`{written}` 不是解析指令；是否想写 `{wanted}`？",
    ),
    why: text(
        "The builder takes the line for a comment and goes on with its own syntax version and escape character.",
        "构建器会把该行当作注释，并继续使用自带的语法版本和转义字符。",
    ),
    help: text("write `# {wanted}`", "请写作 `# {wanted}`"),
    rests_on: &[&DIRECTIVES],
    aliases: &["syntax-directive-typo"],
    examples: &[
        bad("# «sytax»=docker/dockerfile:1\nFROM alpine:3.20\n"),
        bad("#«syntax docker/dockerfile:1.9»\nFROM alpine:3.20\n"),
        bad("# syntax=«docker/dokerfile»:1\nFROM alpine:3.20\n")
            .fixed("# syntax=docker/dockerfile:1\nFROM alpine:3.20\n"),
        bad("# The web front\n# «syntax»=docker/dockerfile:1\nFROM alpine:3.20\n"),
        good("# syntax=docker/dockerfile:1\n# syntax is fine\nFROM alpine:3.20\n"),
        good("# syntax=ghcr.io/acme/frontend:2\n# version=1\nFROM alpine:3.20\n"),
    ],
    check,
    ..Rule::DEFAULT
};

/// The frontends that Docker publishes.
const NAMESPACE: &str = "docker";
const FRONTENDS: &[&str] = &["dockerfile", "dockerfile-upstream"];

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for directive in &file.content.tree.directives {
            if directive.name == "syntax" {
                check_frontend(file, &directive.value, directive.value_span, found);
            }
        }
        let first = file.instructions().next().map(|(_, instruction)| instruction.span.start);
        let comments = file.content.tree.comments.iter().map(|comment| comment.span);
        for comment in comments.take_while(|span| first.is_none_or(|first| span.start < first)) {
            check_comment(file, comment, found);
        }
    }
}

/// `docker/dokerfile:1`
fn check_frontend(file: File<'_>, value: &str, span: Span, found: &mut Findings) {
    let name = value.split([':', '@']).next().unwrap_or_default();
    let Some((namespace, image)) = name.split_once('/') else { return };
    let wanted = if namespace == NAMESPACE && !FRONTENDS.contains(&image) {
        nearest(image, FRONTENDS.iter().copied()).map(|image| format!("{NAMESPACE}/{image}"))
    } else if namespace != NAMESPACE && FRONTENDS.contains(&image) {
        nearest(namespace, [NAMESPACE]).map(|namespace| format!("{namespace}/{image}"))
    } else {
        None
    };
    let Some(wanted) = wanted else { return };
    let start = span.start as usize;
    let at = file.at(Span::new(start, start + name.len()));
    found
        .add(&RULE, at)
        .severity(Severity::Error)
        .says(text(
            "there is no frontend `{written}`; did you mean `{wanted}`?",
            "没有名为 `{written}` 的前端；是否想写 `{wanted}`？",
        ))
        .help(text("write `{wanted}`", "请写作 `{wanted}`"))
        .arg("written", name)
        .arg("wanted", &wanted)
        .fix(
            Fix::safe(text("write {wanted}", "改为 {wanted}"))
                .arg("wanted", &wanted)
                .replace(at, &wanted),
        );
}

/// A comment above the first instruction that was to be a directive.
fn check_comment(file: File<'_>, comment: Span, found: &mut Findings) {
    let whole = file.raw(comment);
    let body = whole.trim_start_matches('#').trim();
    let Some(end) = body.find(|letter: char| !letter.is_ascii_alphabetic()) else { return };
    let (name, rest) = body.split_at(end);
    let rest = rest.trim_start();
    let (sign, value) = match rest.chars().next() {
        Some(sign @ ('=' | ':')) => (Some(sign), rest[1..].trim_start()),
        _ => (None, rest),
    };
    let Some(meant) = nearest(name, ["syntax", "escape"]) else { return };
    if name.len() < 4 || value.contains(char::is_whitespace) || !is_value_of(meant, value) {
        return;
    }
    let is_named = name.eq_ignore_ascii_case(meant);
    let start = comment.start as usize + (whole.len() - whole.trim_start_matches('#').len());
    let blanks = file.raw(Span::new(start, comment.end as usize));
    let start = start + (blanks.len() - blanks.trim_start().len());
    let name_span = Span::new(start, start + name.len());
    let body_span = Span::new(start, start + body.len());
    let wanted = format!("{meant}={value}");
    if is_named && sign == Some('=') {
        found
            .add(&RULE, file.at(name_span))
            .severity(Severity::Info)
            .says(text(
                "`{written}` stands below a comment or an empty line, where no parser directive is read",
                "`{written}` 位于注释或空行之后，不会被当作解析指令",
            ))
            .help(text(
                "move `{wanted}` to the top of the file",
                "请将 `{wanted}` 移到文件开头",
            ))
            .arg("written", name)
            .arg("wanted", wanted);
        return;
    }
    let at = file.at(if sign == Some('=') { name_span } else { body_span });
    found.add(&RULE, at).arg("written", file.raw(at.span)).arg("wanted", &wanted).fix(
        // The file may have been written for the builder's own version.
        Fix::risky(text("write {wanted}", "改为 {wanted}"))
            .arg("wanted", &wanted)
            .replace(file.at(body_span), &wanted),
    );
}

/// Whether `value` can only be meant for the directive `name`.
fn is_value_of(name: &str, value: &str) -> bool {
    match name {
        "escape" => matches!(value, "\\" | "`"),
        _ => {
            let image = value.split([':', '@']).next().unwrap_or_default();
            let last = file_name(image);
            image.contains('/') && FRONTENDS.contains(&last)
        }
    }
}
