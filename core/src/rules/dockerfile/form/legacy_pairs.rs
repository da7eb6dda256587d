//! `ENV name value` without an equals sign. In the default set as advice: the meaning is clear
//! to the builder, but not to most readers, and a fix is there.

use super::super::file::{File, files};
use super::BUILD_CHECKS;
use crate::dockerfile::{Body, Instruction, Pair};
use crate::fact::{Certainty, Citation};
use crate::rule::{Context, Findings, Fix, Rule, Severity, bad, good};
use crate::text::{Span, text};

static LEGACY: Citation = Citation {
    publication: &BUILD_CHECKS,
    says: text(
        "LegacyKeyValueFormat: the form with blanks between name and value is kept for old files and may go",
        "LegacyKeyValueFormat：以空格分隔名称和值的写法仅为兼容旧文件而保留，将来可能移除",
    ),
    certainty: Certainty::Documented,
};

pub(super) static RULE: Rule = Rule {
    id: "dockerfile/legacy-pairs",
    severity: Severity::Info,
    summary: text("a name and a value without `=`", "名称与值之间缺少 `=`"),
    message: text(
        "{instruction} gives `{name}` its value without `=`",
        "{instruction} 为 `{name}` 赋值时没有使用 `=`",
    ),
    why: text(
        "All that follows the name is the value: a second pair on the line becomes part of the first.",
        "名称之后的全部内容都会成为值：同一行的第二个键值对会并入第一个的值。",
    ),
    help: text("write {name}=value", "请写作 {name}=value"),
    rests_on: &[&LEGACY],
    aliases: &["LegacyKeyValueFormat"],
    examples: &[
        bad("FROM alpine:3.20\nENV «LANG» C.UTF-8\n").fixed("FROM alpine:3.20\nENV LANG=C.UTF-8\n"),
        bad("FROM alpine:3.20\nENV «GREETING» good  day $NAME\n")
            .fixed("FROM alpine:3.20\nENV GREETING=\"good  day $NAME\"\n"),
        bad("FROM alpine:3.20\nLABEL «note»   \"a b\"\n")
            .fixed("FROM alpine:3.20\nLABEL note=\"a b\"\n"),
        bad("FROM alpine:3.20\nENV «TOOLS» \\\n    curl \\\n    git\n")
            .fixed("FROM alpine:3.20\nENV TOOLS=\"curl \\\n    git\"\n"),
        bad("FROM alpine:3.20\nENV «A» b \"c d\"\nENV «PORT» = 80\n"),
        bad("ARG «VERSION» 3.20\nFROM alpine:3.20\n"),
        bad("FROM alpine:3.20\nENV «A\u{2028}B» c\n"),
        good("FROM alpine:3.20\nENV LANG=C.UTF-8 A=b\nARG ONE TWO\n"),
    ],
    check,
    ..Rule::DEFAULT
};

fn check(cx: &Context<'_>, found: &mut Findings) {
    for file in files(cx) {
        for (_, instruction) in file.instructions() {
            let instruction = instruction.inner();
            if let Body::Args(pairs) = &instruction.body {
                check_arg(file, pairs, found);
            }
            let Body::Pairs { pairs, is_legacy: true } = &instruction.body else { continue };
            let [pair] = &pairs[..] else { continue };
            let finding = found.add(&RULE, file.at(pair.name.span));
            finding.arg("instruction", instruction.keyword.name()).arg("name", pair.name.raw());
            if let Some(fix) = fix(file, instruction, pair) {
                finding.fix(fix);
            }
        }
    }
}

/// `ARG VERSION 1.2`, which declares two arguments, the second of a name that none can have.
fn check_arg(file: File<'_>, pairs: &[Pair], found: &mut Findings) {
    let [Pair { name, value: None }, Pair { name: second, value: None }] = pairs else { return };
    let is_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let is_value = second.raw().starts_with(|letter: char| letter.is_ascii_digit())
        || !second.raw().chars().all(is_name);
    if !is_value || second.raw().contains('$') {
        return;
    }
    let gap = Span::new(name.span.end as usize, second.span.start as usize);
    let finding = found.add(&RULE, file.at(name.span));
    finding
        .severity(Severity::Warning)
        .says(text(
            "ARG declares `{name}` without a value, and a second argument called `{value}`",
            "ARG 声明了没有值的 `{name}`，以及另一个名为 `{value}` 的参数",
        ))
        .help(text("write {name}={value}", "请写作 {name}={value}"))
        .arg("name", name.raw())
        .arg("value", second.raw());
    let is_gap = file.raw(gap).bytes().all(|byte| matches!(byte, b' ' | b'\t'));
    // Behind `=` a quote would begin what it does not begin now.
    if is_gap && is_one_word(second.raw(), file.content.tree.escape) {
        finding.fix(Fix::risky(text("write it with `=`", "改用 `=`")).replace(file.at(gap), "="));
    }
}

/// The same value behind an equals sign, where quotes can hold it together as it stands.
fn fix(file: File<'_>, instruction: &Instruction, pair: &Pair) -> Option<Fix> {
    let value = pair.value.as_ref()?;
    let raw = value.raw();
    let escape = file.content.tree.escape;
    // Before `=` words end where they do not end now: at any blank of Unicode, behind a quote.
    let ends_name = |letter: char| {
        letter.is_whitespace() || matches!(letter, '"' | '\'' | '=') || letter == escape
    };
    if pair.name.raw().contains(ends_name) {
        return None;
    }
    // `ENV PORT = 80` gives `= 80`, which nobody meant.
    if raw.starts_with('=') || !instruction.span.contains(value.span) {
        return None;
    }
    let gap = Span::new(pair.name.span.end as usize, value.span.start as usize);
    let is_gap = |letter: char| letter == escape || letter.is_ascii_whitespace();
    if gap.is_empty() || !file.raw(gap).chars().all(is_gap) {
        return None;
    }
    let title = Fix::safe(text("write it with `=`", "改用 `=`"));
    if is_one_word(raw, escape) {
        return Some(title.replace(file.at(gap), "="));
    }
    // In quotes an escape or a quote would mean something else than it does now.
    if raw.contains(['"', '\'', escape]) {
        return None;
    }
    let end = Span::at(value.span.end as usize);
    Some(title.replace(file.at(gap), "=\"").replace(file.at(end), "\""))
}

/// Whether quotes hold `text` together, so that it stays one value behind `=`.
fn is_one_word(text: &str, escape: char) -> bool {
    let mut quote = None;
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match quote {
            None if letter.is_whitespace() => return false,
            None if letter == '"' || letter == '\'' => quote = Some(letter),
            Some(open) if letter == open => quote = None,
            Some('\'') => {}
            _ if letter == escape => {
                letters.next();
            }
            _ => {}
        }
    }
    quote.is_none()
}
